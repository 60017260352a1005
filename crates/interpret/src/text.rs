//! An explanation as text for a terminal.

use ::report::{Alignment, Table};
use chem::Molecule;
use evaluation::domain::DomainStatus;
use evaluation::scores::digits;
use report::words::number;

use crate::atoms::Atoms;
use crate::found::Interpretation;
use crate::permutation::Importance;
use crate::single::Explained;

/// Features that are listed.
const LISTED: usize = 15;

impl Interpretation {
    /// Tables and sentences.
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        if let Some(importance) = &self.importance {
            text += &format!(
                "{}: feature importance of the model ({})\n\n{}",
                self.output,
                self.model,
                importance_text(importance)
            );
        }
        if !self.dependence.is_empty() {
            text += "\npartial dependence: the mean prediction, while one feature is set to other values that occur\n";
            text += &self.dependence_table().to_text();
        }
        let singles: Vec<String> = self.explained.iter().map(explained_text).collect();
        text += &singles.join("\n");
        for note in &self.notes {
            text += &format!("\n{note}\n");
        }
        text
    }

    /// Each plotted feature, the first and last point of its curve, and its lowest and highest point.
    fn dependence_table(&self) -> Table {
        let mut table = Table::new(&["feature", "from", "to", "mean from", "to", "lowest", "highest"]);
        for dependence in &self.dependence {
            let ends = |list: Vec<String>| [list.first().cloned(), list.last().cloned()].map(Option::unwrap_or_default);
            let mean = &dependence.mean;
            let [from, to] = match dependence.words.is_empty() {
                true => ends(dependence.values.iter().map(|x| number(*x)).collect()),
                false => ends(dependence.words.clone()),
            };
            let [first, last] = ends(mean.iter().map(|x| number(*x)).collect());
            let low = mean.iter().copied().fold(f64::INFINITY, f64::min);
            let high = mean.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            table.row(&[dependence.feature.clone(), from, to, first, last, number(low), number(high)]);
        }
        table
    }
}

fn importance_text(importance: &Importance) -> String {
    let table = importance_table(importance, LISTED);
    let rest = match importance.features.len().saturating_sub(LISTED) {
        0 => String::new(),
        rest => format!("and {rest} more features, none of which is as important\n"),
    };
    let kept = importance.loss.rsplit(' ').next().unwrap_or_default();
    format!(
        "{}{rest}\n{} {}rows, {kept} {}; each feature was shuffled {} times\n",
        table.to_text(),
        importance.rows,
        if importance.held_out { "test " } else { "" },
        number(importance.score),
        importance.repeats
    )
}

/// The most important features with their intervals.
pub(super) fn importance_table(importance: &Importance, most: usize) -> Table {
    let mut table = Table::new(&["feature", &importance.loss, "95 %"]);
    let largest = importance.features.iter().map(|f| f.loss.abs()).fold(0.0, f64::max);
    let figure = |x: f64| digits(x, largest);
    for feature in importance.features.iter().take(most) {
        let interval = format!("[{}, {}]", figure(feature.low), figure(feature.high));
        table.row(&[feature.name.clone(), figure(feature.loss), interval]);
    }
    table
}

fn explained_text(explained: &Explained) -> String {
    let mut text = format!("{}\n", sentences(explained).join("\n"));
    text += &format!("\n{}", features_table(explained, LISTED).to_text());
    text += &rest(explained, LISTED);
    if let (Some(atoms), Some(smiles)) = (&explained.atoms, &explained.smiles) {
        text += &format!("\ncontribution of each atom\n{}", atoms_table(atoms, smiles).to_text());
    }
    if !explained.counterfactuals.is_empty() {
        let table = counterfactual_table(explained);
        text += &format!("\nthe nearest rows with a different prediction (counterfactuals)\n{}", table.to_text());
    }
    text
}

/// Sum of the contributions of features that are not listed.
pub fn rest(explained: &Explained, listed: usize) -> String {
    match explained.features.get(listed..) {
        Some(others) if !others.is_empty() => {
            let sum: f64 = others.iter().map(|feature| feature.shapley).sum();
            format!("{} more features add {} in total\n", others.len(), number(sum))
        }
        _ => String::new(),
    }
}

/// The prediction, and the baseline and sum of the contributions.
pub fn sentences(explained: &Explained) -> Vec<String> {
    let mut first = format!("{}: {} is predicted as {}", explained.name, explained.output, number(explained.predicted));
    if let Some([low, high]) = explained.interval {
        first += &format!(" [{}, {}]", number(low), number(high));
    }
    if let Some(observed) = explained.observed {
        first += &format!(", observed was {}", number(observed));
    }
    if let Some(class) = &explained.observed_class {
        first += &format!(", observed was {class}");
    }
    if let Some(status) = explained.domain {
        let at = match status {
            DomainStatus::InDomain => "inside",
            DomainStatus::Borderline => "at the border of",
            DomainStatus::OutOfDomain => "outside",
        };
        first += &format!("; it lies {at} the domain of the training rows");
    }
    let how = if explained.exact { "summed over all orders" } else { "averaged over random orders" };
    let mut list = vec![
        first,
        format!(
            "the mean prediction is {}; the features add {} to it (Shapley values, {how})",
            number(explained.mean),
            number(explained.predicted - explained.mean)
        ),
    ];
    if let (Some(start), Some(error)) = (explained.gradient_start, explained.gradient_error) {
        list.push(format!(
            "for the mean row {} is predicted; integrated gradients lead from there to the prediction, but for {}",
            number(start),
            number(error)
        ));
    }
    list
}

/// Contributions of the first features.
pub(super) fn features_table(explained: &Explained, most: usize) -> Table {
    let gradients = explained.gradient_start.is_some();
    let mut header = vec!["feature", "value", "adds"];
    header.extend((!explained.exact).then_some("+-"));
    header.extend(gradients.then_some("gradients add"));
    let mut table = Table::new(&header);
    let largest = explained.features.iter().map(|f| f.shapley.abs()).fold(0.0, f64::max);
    let figure = |x: f64| digits(x, largest);
    for feature in explained.features.iter().take(most) {
        let mut cells = vec![feature.feature.clone(), feature.value.clone(), figure(feature.shapley)];
        cells.extend((!explained.exact).then(|| figure(feature.shapley_error)));
        cells.extend(feature.gradient.filter(|_| gradients).map(figure));
        table.row(&cells);
    }
    table
}

/// Atoms by their letters, in the order of the SMILES.
fn atoms_table(atoms: &Atoms, smiles: &str) -> Table {
    let mut header = vec!["atom", "by masking"];
    header.extend(atoms.gradients.is_some().then_some("by gradients"));
    let mut table = Table::new(&header);
    let masking = atoms.masking.iter().flatten();
    let largest = masking.chain(atoms.gradients.iter().flatten()).map(|x| x.abs()).fold(0.0, f64::max);
    let figure = |x: f64| digits(x, largest);
    let elements = Molecule::parse(smiles).map_or_else(|_| Vec::new(), |molecule| molecule.elements());
    for (at, element) in elements.into_iter().enumerate() {
        let masked = atoms.masking.get(at).copied().flatten().map_or_else(|| "-".to_owned(), figure);
        let mut cells = vec![format!("{element}{}", at + 1), masked];
        cells.extend(atoms.gradients.as_ref().and_then(|list| list.get(at)).map(|x| figure(*x)));
        table.row(&cells);
    }
    table
}

/// The nearest rows with another prediction.
pub(super) fn counterfactual_table(explained: &Explained) -> Table {
    let classes = explained.counterfactuals.iter().any(|c| c.class.is_some());
    let molecules = explained.counterfactuals.iter().any(|c| c.smiles.is_some());
    let mut header = vec!["row", "distance", "predicted", "change"];
    header.extend(classes.then_some("class"));
    header.extend(molecules.then_some("molecule"));
    let mut table = Table::new(&header);
    table.alignment[0] = Alignment::Right;
    if molecules {
        table.alignment[header.len() - 1] = Alignment::Left;
    }
    let largest = explained.counterfactuals.iter().map(|c| c.predicted.abs()).fold(0.0, f64::max);
    for c in &explained.counterfactuals {
        let (predicted, change) = (digits(c.predicted, largest), digits(c.change, largest));
        let mut cells = vec![(c.row + 1).to_string(), format!("{:.3}", c.distance), predicted, change];
        cells.extend(c.class.clone());
        cells.extend(c.smiles.clone());
        table.row(&cells);
    }
    table
}
