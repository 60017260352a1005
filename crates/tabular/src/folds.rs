//! Which rows are learned from, and their numbers.

use data::{Fold, Scaler, Scaling, Split, SplitKind, Values, overlap};
use inputs::encoder::Encoder;
use inputs::source::Source;
use inputs::target::{self, TargetInfo};
use learn::unit::Rows;
use nn::Targets;
use spec::error::{Error, Result};
use spec::input_kind::InputKind;
use spec::model::ModelKind;
use spec::scale::Scale;
use spec::task::Task;
use tensor::random::Key;

use crate::context::Context;
use crate::views::{self, View};

/// The rows of one fold as numbers, on scales fitted on its training rows.
pub struct FoldData<'a> {
    pub scaler: Option<Scaler>,
    /// The same rows for each kind of input that a model reads; as columns last.
    pub(super) views: Vec<View>,
    /// Rows that are predicted: where they come from, and which.
    pub judged: [Judged<'a>; 2],
}

impl FoldData<'_> {
    /// The rows as a single model reads them best: by the first kind of input of its list that is there.
    pub(super) fn view(&self, kind: &ModelKind) -> &View {
        let reads = kind.spec().reads();
        let best = reads.iter().find_map(|input| self.views.iter().find(|view| view.kind == *input));
        best.unwrap_or_else(|| self.columns())
    }

    /// The rows as columns.
    pub(super) fn columns(&self) -> &View {
        &self.views[self.views.len() - 1]
    }
}

/// Rows that are predicted and compared.
pub struct Judged<'a> {
    pub source: &'a Source,
    pub values: target::Values,
    pub rows: Vec<usize>,
}

/// Splits the rows whose target is known.
pub fn folds(
    run: &Context<'_>,
    source: &mut Source,
    info: &TargetInfo,
    values: &target::Values,
    columns: &[String],
) -> Result<Vec<Fold>> {
    let experiment = run.experiment;
    experiment.split.check()?;
    let known: Vec<usize> = (0..source.n_rows()).filter(|&row| values.known(row, info.names.len())).collect();
    if known.len() < source.n_rows() {
        run.note(format!("{} rows without a target are left out", source.n_rows() - known.len()));
    }
    let mut split = experiment.split.clone();
    if experiment.data.test.is_some() {
        let [train, validation, _] = split.fractions;
        split.fractions = [train / (train + validation), validation / (train + validation), 0.0];
    }
    let pick = |all: &[String]| known.iter().map(|&row| all[row].clone()).collect::<Vec<_>>();
    let column = |split: &Split| split.column.clone().unwrap_or_default();
    let groups = match split.kind {
        SplitKind::Scaffold => Some(pick(source.scaffolds()?)),
        SplitKind::Group => {
            let cells = source.table.column(&column(&split))?.as_text();
            Some(known.iter().map(|&row| cells[row].clone().unwrap_or_default()).collect())
        }
        _ => None,
    };
    let times = match split.kind {
        SplitKind::Time => {
            let times = source.table.column(&column(&split))?.times()?;
            Some(known.iter().map(|&row| times[row]).collect::<Vec<_>>())
        }
        _ => None,
    };
    let features = match split.kind {
        SplitKind::KennardStone => {
            let scale = Scale::default();
            let encoder = Encoder::fit_columns(source, &experiment.data, columns, &known, &scale, &mut Vec::new())?;
            Some((encoder.encode(source, &known)?.x, encoder.names().len()))
        }
        _ => None,
    };
    let labels = values.labels().map(|labels| known.iter().map(|&row| labels[row]).collect::<Vec<_>>());
    let rows = data::Rows {
        n: known.len(),
        groups: groups.as_deref(),
        labels: labels.as_deref(),
        times: times.as_deref(),
        features: features.as_ref().map(|(x, width)| (x.as_slice(), *width)),
    };
    let folds = split.folds(&rows, Key::new(experiment.seed, "split"))?;
    let named = |rows: Vec<usize>| rows.into_iter().map(|row| known[row]).collect::<Vec<_>>();
    let folds: Vec<Fold> = folds
        .into_iter()
        .map(|f| Fold { train: named(f.train), validation: named(f.validation), test: named(f.test) })
        .collect();
    for fold in &folds {
        check_classes(info, values, fold, run)?;
    }
    Ok(folds)
}

/// A class that no training row has cannot be learned.
fn check_classes(info: &TargetInfo, values: &target::Values, fold: &Fold, run: &Context<'_>) -> Result<()> {
    let target::Values::Classes(labels) = values else { return Ok(()) };
    for (class, name) in info.classes.iter().enumerate() {
        if !fold.train.iter().any(|&row| labels[row] == Some(class)) {
            run.note(format!("no training row is of class `{name}`: it cannot be learned (try `--split stratified`)"));
        }
    }
    Ok(())
}

/// Warnings about rows on two sides of a fold.
pub fn leaks(source: &Source, test: Option<&Source>, columns: &[String], folds: &[Fold]) -> Result<Vec<String>> {
    let keys = |source: &Source| -> Result<Vec<String>> {
        // Another table of spectra may have another axis.
        let columns = if source.spectra.is_some() { &[] } else { columns };
        let mut pixels = vec![0.0; source.images.as_ref().map_or(0, |images| images.shape().numbers())];
        let columns = columns.iter().map(|name| source.table.column(name)).collect::<data::Result<Vec<_>>>()?;
        let row = |row: usize| {
            let mut key = source.molecules.as_ref().map_or_else(String::new, |m| m.canonical[row].clone());
            if let Some(spectra) = &source.spectra {
                spectra.row(row).iter().for_each(|y| key.push_str(&format!("{:x},", y.to_bits())));
            }
            if let Some(images) = &source.images {
                // Unreadable rows are reported where they are learned.
                let read = images.read(row, &mut pixels);
                key.push_str(&data::hash::of_rows(&pixels, pixels.len().max(1)).concat());
                key.push_str(&read.err().map_or_else(String::new, |_| row.to_string()));
            }
            for column in &columns {
                key.push('\u{1f}');
                match &column.values {
                    Values::Text(text) => key.push_str(text.get(row).unwrap_or_default()),
                    // Every missing number has the same bits.
                    Values::Number(numbers) if numbers[row].is_nan() => {}
                    Values::Number(numbers) => key.push_str(&format!("{:x}", numbers[row].to_bits())),
                }
            }
            key
        };
        Ok((0..source.n_rows()).map(row).collect())
    };
    let mut own = keys(source)?;
    let n = own.len();
    own.extend(test.map(keys).transpose()?.unwrap_or_default());
    let [one, several] = match source.molecules {
        Some(_) => ["molecule stands", "molecules stand"],
        None => ["row of features stands", "rows of features stand"],
    };
    let mut notes = Vec::new();
    for fold in folds {
        let fold =
            Fold { test: if test.is_some() { (n..own.len()).collect() } else { fold.test.clone() }, ..fold.clone() };
        let shared = overlap(&own, &fold);
        for (sides, shared) in
            [("training and test", shared.train_test), ("training and validation", shared.train_validation)]
        {
            if let Some(&(a, b)) = shared.examples.first() {
                let other = if b >= n {
                    format!("row {} of the test table", b - n + 1)
                } else {
                    format!("row {}", source.rows[b] + 1)
                };
                notes.push(format!(
                    "leak: {} {} on both sides of {sides}, for example row {} and {other}",
                    shared.n_keys,
                    if shared.n_keys == 1 { one } else { several },
                    source.rows[a] + 1
                ));
            }
        }
    }
    Ok(notes)
}

impl<'a> FoldData<'a> {
    pub fn new(
        run: &Context<'_>,
        (source, values): (&'a Source, &target::Values),
        test: Option<&'a Source>,
        info: &TargetInfo,
        columns: &[String],
        fold: &Fold,
    ) -> Result<Self> {
        let experiment = run.experiment;
        let mut notes = Vec::new();
        let (data, scale) = (&experiment.data, &experiment.scale);
        let encoder = Encoder::fit_columns(source, data, columns, &fold.train, scale, &mut notes)?;
        // Of sequences only the ends are missing, which is harmless.
        if experiment.data.sequence.is_none() {
            notes.into_iter().for_each(|note| run.note(note));
        }
        let scaler = (info.task == Task::Regression).then(|| match values.select(&fold.train, info, None) {
            Targets::Numbers { width, values } => Scaler::fit(&values, width, experiment.scale.targets),
            Targets::Classes { .. } => Scaler::fit::<f64>(&[], 0, Scaling::None),
        });
        let weights = row_weights(run, source, info, values, fold)?;
        let rows = |encoder: &Encoder, rows: &[usize]| -> Result<Rows> {
            let weights = if weights.is_empty() { Vec::new() } else { rows.iter().map(|&row| weights[row]).collect() };
            let images = encoder.image_rows(source, rows, &experiment.data)?;
            let block = if images.is_some() { Vec::new().into() } else { encoder.encode(source, rows)? };
            Ok(Rows {
                inputs: encoder.inputs(),
                tokens: encoder.kind().tokens(),
                images,
                x: block.x,
                graphs: block.graphs,
                y: values.select(rows, info, scaler.as_ref()),
                weights,
            })
        };
        let both = |encoder: &Encoder| -> Result<(Rows, Option<Rows>)> {
            let validation = (!fold.validation.is_empty()).then(|| rows(encoder, &fold.validation)).transpose()?;
            Ok((rows(encoder, &fold.train)?, validation))
        };
        let mut views = Vec::new();
        for kind in views::wanted(experiment, source) {
            let encoder = encoder.as_kind(kind, experiment, source, columns, &fold.train)?;
            let (train, validation) = both(&encoder)?;
            views.push(View { kind, encoder, train, validation });
        }
        let (train, validation) = both(&encoder)?;
        views.push(View { kind: InputKind::Columns, encoder: encoder.clone(), train, validation });
        let judged = match test {
            None => Judged { source, values: values.clone(), rows: fold.test.clone() },
            Some(test) => {
                encoder.check(&test.table)?;
                let values = info
                    .read(&test.table)?
                    .ok_or_else(|| Error::missing_column(info.names.join("`, `"), &test.table))?;
                let rows = (0..test.n_rows()).filter(|&row| values.known(row, info.names.len())).collect();
                Judged { source: test, values, rows }
            }
        };
        let validated = Judged { source, values: values.clone(), rows: fold.validation.clone() };
        Ok(FoldData { scaler, views, judged: [validated, judged] })
    }
}

/// Weights of all rows; empty where all are equally weighted. Weights have mean one over the training rows.
fn row_weights(
    run: &Context<'_>,
    source: &Source,
    info: &TargetInfo,
    values: &target::Values,
    fold: &Fold,
) -> Result<Vec<f64>> {
    let data = &run.experiment.data;
    let mut weights = match &data.weights {
        None => Vec::new(),
        Some(name) => {
            let column = source.table.column(name)?;
            let bad =
                |row: usize, value: String| Error::BadWeight { column: name.clone(), place: column.place(row), value };
            let read = column.as_numbers()?.into_iter().enumerate().map(|(row, weight)| match weight {
                Some(w) if w > 0.0 => Ok(w),
                Some(w) => Err(bad(row, w.to_string())),
                None => Err(bad(row, "that is missing".into())),
            });
            read.collect::<Result<Vec<f64>>>()?
        }
    };
    if let (true, target::Values::Classes(labels)) = (data.balance_classes, values) {
        let mut counts = vec![0.0_f64; info.classes.len()];
        fold.train.iter().filter_map(|&row| labels[row]).for_each(|class| counts[class] += 1.0);
        weights.resize(source.n_rows(), 1.0);
        for (weight, label) in weights.iter_mut().zip(labels) {
            *weight /= label.map_or(1.0, |class| counts[class].max(1.0));
        }
    }
    let mean = fold.train.iter().filter_map(|&row| weights.get(row)).sum::<f64>() / fold.train.len().max(1) as f64;
    weights.iter_mut().for_each(|w| *w /= mean);
    Ok(weights)
}
