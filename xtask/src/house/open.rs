//! What is known to be wrong. The lists only become shorter: a test fails when something on them is no longer true.

/// Files of a crate that import one another.
pub const OPEN: &[&[&str]] = &[
    &["bayes/kernels/composite.rs", "bayes/kernels/mod.rs", "bayes/kernels/stationary.rs"],
    &[
        "chem/descriptors/composition.rs",
        "chem/descriptors/crippen.rs",
        "chem/descriptors/estate.rs",
        "chem/descriptors/mod.rs",
        "chem/descriptors/polarity.rs",
        "chem/descriptors/rings.rs",
        "chem/descriptors/surface.rs",
        "chem/descriptors/topology.rs",
    ],
    &["data/image/files.rs", "data/image/list.rs"],
    &["data/profile.rs", "data/profile/levels.rs", "data/profile/numbers.rs"],
    &["data/series.rs", "data/series/grid.rs", "data/series/mend.rs", "data/series/resample.rs", "data/series/rows.rs"],
    &[
        "data/split.rs",
        "data/split/group.rs",
        "data/split/kennard_stone.rs",
        "data/split/parts.rs",
        "data/split/random.rs",
        "data/split/scaffold.rs",
        "data/split/stratified.rs",
        "data/split/time.rs",
    ],
    &["nn/layers/activation.rs", "nn/layers/convolution.rs", "nn/layers/mod.rs", "nn/layers/windows.rs"],
    &["nn/seq2seq.rs", "nn/seq2seq/decoder.rs", "nn/seq2seq/looks.rs"],
    &["python/fit.rs", "python/forecast.rs", "python/model.rs"],
    &["report/figure/dates.rs", "report/figure/ticks.rs"],
];

/// Files of more lines than a file should have.
pub const TOO_LONG: &[&str] = &["cli/src/arguments.rs", "study/tests/store/rules.rs"];
