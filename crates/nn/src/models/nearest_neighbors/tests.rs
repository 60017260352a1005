//! Golden numbers are those of scikit-learn 1.9.1, `KNeighborsRegressor` and `KNeighborsClassifier`.

use super::*;

const X: [f64; 12] = [0.0, 0.0, 1.0, 0.25, 0.5, 2.0, -1.0, 1.0, 2.0, -1.0, 0.75, 0.5];
const Y: [f64; 12] = [1.0, 10.0, 2.0, 20.0, 4.0, 0.0, 8.0, -10.0, 16.0, 5.0, 32.0, 7.0];
/// The second is a training row.
const ASKED: [f64; 6] = [0.3, 0.4, 1.0, 0.25, -2.0, 3.0];

/// The rows are kept in single precision.
const TOLERANCE: f64 = 1e-6;

fn model(neighbors: usize, metric: NeighborMetric, weights: NeighborWeights) -> NearestNeighbors {
    NearestNeighbors { neighbors, metric, weights }
}

fn numbers(x: &[f64], width: usize, values: &[f64], targets: usize) -> Examples<f64> {
    let targets = Targets::Numbers { width: targets, values: values.into() };
    Examples { width, x: x.into(), targets, weights: Vec::new() }
}

fn assert_close(found: &[f64], wanted: &[f64]) {
    assert_eq!(found.len(), wanted.len());
    let near = |(a, b): (&f64, &f64)| (a - b).abs() < TOLERANCE * (1.0 + b.abs());
    assert!(found.iter().zip(wanted).all(near), "{found:?}, but scikit-learn says {wanted:?}");
}

#[test]
fn numbers_are_those_of_scikit_learn() {
    use NeighborMetric::{Euclidean, Manhattan};
    use NeighborWeights::{Distance, Uniform};
    let plain = [35.0 / 3.0, 37.0 / 3.0, 35.0 / 3.0, 37.0 / 3.0, 13.0 / 3.0, 0.0];
    let near = [13.332602504985523, 11.34036485683365, 2.0, 20.0, 4.873032777533503, -1.549913956659603];
    let blocks = [14.008635578583766, 11.426597582037997, 2.0, 20.0, 4.895348837209302, -1.6279069767441858];
    for (metric, weights, wanted) in [
        (Euclidean, Uniform, plain),
        (Euclidean, Distance, near),
        (Manhattan, Uniform, plain),
        (Manhattan, Distance, blocks),
    ] {
        let fitted = model(3, metric, weights).fit(&numbers(&X, 2, &Y, 2)).unwrap();
        assert_close(&fitted.predict(&ASKED, &Device::cpu(1)).unwrap(), &wanted);
    }
}

#[test]
fn shares_of_classes_are_those_of_scikit_learn() {
    let targets = Targets::Classes { count: 3, labels: vec![0, 1, 2, 0, 1, 1] };
    let examples = Examples { width: 2, x: X.to_vec(), targets, weights: Vec::new() };
    let plain = [1.0 / 3.0, 2.0 / 3.0, 0.0, 1.0 / 3.0, 2.0 / 3.0, 0.0, 2.0 / 3.0, 0.0, 1.0 / 3.0];
    let near = [0.35931380744466, 0.6406861925553401, 0.0, 0.0, 1.0, 0.0, 0.6611257854052844, 0.0, 0.33887421459471556];
    for (weights, wanted) in [(NeighborWeights::Uniform, plain), (NeighborWeights::Distance, near)] {
        let fitted = model(3, NeighborMetric::Auto, weights).fit(&examples).unwrap();
        assert_close(&fitted.predict(&ASKED, &Device::cpu(1)).unwrap(), &wanted);
    }
}

/// There the distance is called `jaccard`.
#[test]
fn tanimoto_of_bits_is_that_of_scikit_learn() {
    let x = [1, 1, 0, 0, 1, 1, 0, 0, 1, 1, 0, 1, 1, 0, 0, 1, 1, 1, 1, 0, 0, 0, 0, 1, 1].map(f64::from);
    let examples = numbers(&x, 5, &[1.0, 2.0, 4.0, 8.0, 16.0], 1);
    let asked = [1, 1, 1, 0, 1, 0, 0, 1, 1, 1].map(f64::from);
    for (weights, wanted) in
        [(NeighborWeights::Uniform, [4.5, 9.0]), (NeighborWeights::Distance, [3.6923076923076925, 10.4])]
    {
        let fitted = model(2, NeighborMetric::Tanimoto, weights).fit(&examples).unwrap();
        assert_close(&fitted.predict(&asked, &Device::cpu(1)).unwrap(), &wanted);
    }
}

/// By hand: of (2, 0, 1) and (1, 1, 1) the smaller numbers sum to 2, the larger ones to 4; (9, 9, 9) is farther.
#[test]
fn tanimoto_of_counts_takes_smaller_over_larger_numbers() {
    let fitted = NearestNeighbors { metric: NeighborMetric::Tanimoto, ..NearestNeighbors::default() };
    let fitted = fitted.fit(&numbers(&[1.0, 1.0, 1.0, 9.0, 9.0, 9.0, 0.0, 0.0, 0.0], 3, &[1.0, 2.0, 3.0], 1)).unwrap();
    let found = fitted.distances(&[&[2.0, 0.0, 1.0], &[0.0, 0.0, 0.0]]);
    assert_eq!(found, [[0.5, 1.0 - 3.0 / 27.0, 1.0], [1.0, 1.0, 0.0]]);
}

#[test]
fn fingerprints_are_recognized_by_their_bits_and_their_length() {
    let metric = |width: usize, entry: f64| {
        let mut x: Vec<f64> = (0..2 * width).map(|at| f64::from(u8::from(at % 3 == 0))).collect();
        x[1] = entry;
        NearestNeighbors::default().fit(&numbers(&x, width, &[1.0, 2.0], 1)).unwrap().settings.metric
    };
    assert_eq!(metric(64, 1.0), NeighborMetric::Tanimoto);
    assert_eq!(metric(64, 2.0), NeighborMetric::Euclidean);
    assert_eq!(metric(63, 1.0), NeighborMetric::Euclidean);
}

#[test]
fn of_rows_equally_far_the_first_is_the_nearest() {
    let one = model(1, NeighborMetric::Euclidean, NeighborWeights::Uniform);
    let fitted = one.fit(&numbers(&[1.0, -1.0, 1.0, -1.0], 1, &[1.0, 2.0, 3.0, 4.0], 1)).unwrap();
    assert_eq!(fitted.predict(&[0.0, -1.0], &Device::cpu(1)).unwrap(), [1.0, 2.0]);
}

#[test]
fn a_target_that_is_missing_is_looked_for_in_other_rows() {
    let nan = f64::NAN;
    let one = model(1, NeighborMetric::Euclidean, NeighborWeights::Uniform);
    let fitted = one.fit(&numbers(&[0.0, 1.0, 2.0], 1, &[1.0, nan, nan, 5.0, 3.0, 6.0], 2)).unwrap();
    assert_eq!(fitted.predict(&[0.1, 1.1], &Device::cpu(1)).unwrap(), [1.0, 5.0, 3.0, 5.0]);
    let unknown = one.fit(&numbers(&[0.0, 1.0], 1, &[1.0, nan, 2.0, nan], 2)).unwrap_err().to_string();
    assert!(unknown.contains("one is nowhere known"), "{unknown}");
}

#[test]
fn a_row_that_weighs_twice_counts_twice_and_fewer_rows_than_asked_for_are_all_asked() {
    let examples = Examples { weights: vec![2.0, 1.0], ..numbers(&[0.0, 1.0], 1, &[3.0, 9.0], 1) };
    let fitted = NearestNeighbors::default().fit(&examples).unwrap();
    assert_eq!(fitted.predict(&[0.0], &Device::cpu(1)).unwrap(), [5.0]);
}

#[test]
fn nan_stays_nan_and_negative_numbers_have_no_tanimoto() {
    let said = |metric| {
        let fitted = model(1, metric, NeighborWeights::Uniform).fit(&numbers(&[1.0, 0.0, 0.0, 1.0], 2, &[1.0, 2.0], 1));
        let fitted = fitted.unwrap();
        (fitted.predict(&[f64::NAN, 1.0], &Device::cpu(1)).unwrap(), fitted.predict(&[-1.0, 1.0], &Device::cpu(1)))
    };
    for metric in [NeighborMetric::Euclidean, NeighborMetric::Manhattan, NeighborMetric::Tanimoto] {
        let (nan, negative) = said(metric);
        assert!(nan[0].is_nan(), "{metric:?}");
        assert_eq!(negative.is_err(), metric == NeighborMetric::Tanimoto);
    }
    let wrong = NearestNeighbors::default().fit(&numbers(&[f64::NAN], 1, &[1.0], 1)).unwrap_err().to_string();
    assert!(wrong.contains("features that are finite numbers"), "{wrong}");
}

#[test]
fn saved_rows_say_the_same_bits_on_any_number_of_threads() {
    let x = grad::check::randn([300 * 5], 1).data().to_vec();
    let y = grad::check::randn([300 * 2], 2).data().to_vec();
    let fitted = NearestNeighbors::default().fit(&numbers(&x, 5, &y, 2)).unwrap();
    let said = fitted.predict(&x, &Device::cpu(1)).unwrap();
    let saved: FittedNeighbors = serde_json::from_str(&serde_json::to_string(&fitted).unwrap()).unwrap();
    assert_eq!(saved.predict(&x, &Device::cpu(3)).unwrap(), said);
    let read: NearestNeighbors = serde_json::from_str(r#"{"metric": "tanimoto", "weights": "distance"}"#).unwrap();
    assert_eq!(read, model(5, NeighborMetric::Tanimoto, NeighborWeights::Distance));
}
