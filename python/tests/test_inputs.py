"""Images, spectra and molecular graphs from arrays."""

import numpy as np
import pytest

import gedanken as gd

SMALL = gd.Lenet(features=[4, 8], kernel=3, hidden=[16])


@pytest.fixture(scope="module")
def spots():
    """Images of 12 x 12 with a bright square or a bright line somewhere, and which it is."""
    random = np.random.default_rng(0)
    x = random.normal(0, 0.1, size=(120, 12, 12))
    is_line = np.arange(len(x)) % 2 == 1
    for image, line, (row, column) in zip(x, is_line, random.integers(0, 9, size=(len(x), 2))):
        image[row : row + 3, slice(None) if line else slice(column, column + 3)] += 1
    return x, np.where(is_line, "line", "spot")


@pytest.fixture(scope="module")
def bands():
    """Spectra with a band whose height is what is looked for, over a slope that says nothing."""
    random = np.random.default_rng(0)
    axis, y = np.linspace(400, 1800, 71), random.uniform(0, 1, size=80)
    x = y[:, None] * np.exp(-(((axis - 1000) / 60) ** 2)) + random.normal(size=(80, 1)) * axis / 1800
    return dict(zip(axis, x.T)), y


def test_images_are_arrays_of_three_axes(spots):
    x, y = spots
    model = gd.fit(SMALL, x, y, train=gd.Training(epochs=40, batch=8))
    assert (model.predict(x) == y).mean() > 0.9
    assert model.experiment["data"]["images"]["pixels"] == [12, 12]
    # A table of the same pixels is the same to it.
    assert np.array_equal(model.predict_proba(x[:3]), model.predict_proba(x[:3].reshape(3, -1)))


def test_images_in_color_have_a_fourth_axis(spots):
    x, y = spots
    color = np.stack([x, 0 * x, -x], axis=-1)
    augment = gd.Augmentation(flip_horizontal=True)
    train = gd.Training(epochs=2)
    model = gd.fit(SMALL, color, y, images=gd.Images(input=gd.ImageInput(size=[10, 10]), augment=augment), train=train)
    assert model.experiment["data"]["images"]["pixels"] == [12, 12, 3]
    assert model.predict_proba(color[:4]).shape == (4, 2)


def test_images_of_another_shape_are_refused(spots):
    x, y = spots
    model = gd.fit(SMALL, x, y, train=gd.Training(epochs=1))
    with pytest.raises(gd.InputError, match=r"images of shape \(6, 24\), but the model reads images of shape \(12, 12\)"):
        model.predict(x.reshape(-1, 6, 24))
    with pytest.raises(gd.InputError, match="image 1, pixel"):
        gd.fit(SMALL, np.where(np.arange(len(x))[:, None, None] == 1, np.nan, x), y)


@pytest.mark.parametrize("kind", [gd.Pls(components=3), gd.Resnet1d(features=[4], blocks=1)])
def test_spectra_are_named_by_their_axis(bands, kind):
    x, y = bands
    spectra = gd.Spectra(low=700, high=1300, steps=[gd.StandardNormalVariateStep()] if kind.kind != "pls" else [])
    model = gd.fit(kind, x, y, spectra=spectra, train=gd.Training(epochs=20))
    assert model.predict(x).shape == (80,)
    if kind.kind == "pls":
        assert np.abs(model.predict(x) - y).max() < 1e-3
    with pytest.raises(gd.InputError, match="axis"):
        model.predict({name: cells for name, cells in x.items() if float(name) < 1000})


@pytest.mark.parametrize("kind", [gd.Gcn(features=16), gd.DMpnn(hidden=16, head=[16])])
def test_graph_networks_read_smiles(alcohols, kind):
    smiles, carbons = alcohols
    model = gd.fit(kind, smiles, carbons, train=gd.Training(epochs=100, batch=8), features=gd.MoleculeFeatures(maccs=False))
    assert np.abs(model.predict(smiles) - carbons).mean() < 4
    with pytest.raises(gd.InputError, match="row 2"):
        model.predict(["CCO", "no molecule"])
