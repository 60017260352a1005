//! An explanation as a page, and its figures.

use ::report::{Block, Card, Figure, Page, Section};
use chem::Molecule;
use report::words::{number, with_unit};
use serde_json::{Map, Value};

use crate::dependence::Dependence;
use crate::found::Interpretation;
use crate::single::Explained;
use crate::text::{counterfactual_table, features_table, importance_table, rest, sentences};

/// Features in tables and figures of the page.
const LISTED: usize = 20;

impl Interpretation {
    /// The page as plain data; `to_html` makes one file of it.
    pub fn page(&self) -> Page {
        let mut sections = Vec::new();
        if let Some(importance) = &self.importance {
            let caption = format!("{} where a feature is shuffled among {} rows", importance.loss, importance.rows);
            let words = "A feature counts for as much as the model loses without it. Features that say the same stand in for \
                         one another, and each seems to count for little; what the model looks at need not be a cause.";
            let mut blocks = vec![Block::Paragraph(words.into())];
            blocks.extend(self.importance_figure().map(|figure| Block::Figures(vec![figure])));
            blocks.push(Block::Table { caption, table: importance_table(importance, LISTED), marked: None });
            sections.push(Section { title: "Feature importance".into(), blocks });
        }
        if !self.dependence.is_empty() {
            let words = "The thick line is the mean prediction while one feature is set to other values that occur, and all \
                         others stay as they are; thin lines are single rows. Lines that are not parallel show that features \
                         act together. Where features go hand in hand, some of these rows cannot exist.";
            let figures = self.dependence.iter().map(|d| self.dependence_figure(d)).collect();
            let blocks = vec![Block::Paragraph(words.into()), Block::Figures(figures)];
            sections.push(Section { title: "Partial dependence".into(), blocks });
        }
        sections.extend(self.explained.iter().map(|explained| self.single(explained)));
        if !self.notes.is_empty() {
            let blocks = self.notes.iter().map(|note| Block::Note(format!("{note}."))).collect();
            sections.push(Section { title: "Notes".into(), blocks });
        }
        Page {
            title: format!("Why {}?", self.output.split(" [").next().unwrap_or_default()),
            subtitle: format!(
                "Feature importance and partial dependence of the model ({}), over {} rows of a table.",
                self.model, self.rows
            ),
            sections,
            footer: format!(
                "Made by Gedanken {}. The same model, table and seed give the same page.",
                env!("CARGO_PKG_VERSION")
            ),
        }
    }

    /// Every figure with the name of its file.
    pub fn figures(&self) -> Vec<(String, Figure)> {
        let mut figures: Vec<(String, Figure)> = Vec::new();
        figures.extend(self.importance_figure().map(|figure| ("importance".to_owned(), figure)));
        for (at, dependence) in self.dependence.iter().enumerate() {
            figures.push((format!("dependence_{}", at + 1), self.dependence_figure(dependence)));
        }
        for (at, explained) in self.explained.iter().enumerate() {
            figures.push((format!("explained_{}", at + 1), self.shares(explained)));
        }
        figures
    }

    /// The same for Plotly: an object with a figure for each name.
    pub fn plotly(&self) -> Value {
        self.figures().into_iter().map(|(name, figure)| (name, figure.to_plotly())).collect::<Map<_, _>>().into()
    }

    fn importance_figure(&self) -> Option<Figure> {
        let importance = self.importance.as_ref()?;
        let first = importance.features.iter().take(LISTED);
        let bars: Vec<_> = first.map(|f| (f.name.as_str(), f.loss, f.low, f.high)).collect();
        let unit = if self.unit.is_empty() { String::new() } else { format!(" [{}]", self.unit) };
        Some(report::importance("Permutation importance", &format!("{}{unit}", importance.loss), &bars))
    }

    fn dependence_figure(&self, dependence: &Dependence) -> Figure {
        let Dependence { feature, values, words, mean, single } = dependence;
        if words.is_empty() {
            return report::dependence(feature, feature, &self.output, values, mean, single);
        }
        // Words have no order: a bar each, from the lowest to the highest single row.
        let ends = |at: usize| {
            let column = single.iter().map(|curve| curve[at]);
            column.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), y| (low.min(y), high.max(y)))
        };
        let bar = |(at, word): (usize, &String)| (word.clone(), mean[at], ends(at));
        let bars: Vec<_> = words.iter().enumerate().map(bar).collect();
        let bars: Vec<_> = bars.iter().map(|(word, mean, (low, high))| (word.as_str(), *mean, *low, *high)).collect();
        report::importance(feature, &self.output, &bars)
    }

    /// Contributions of the features to one prediction, with standard errors.
    fn shares(&self, explained: &Explained) -> Figure {
        let name = |feature: &crate::single::Contribution| match feature.value.is_empty() {
            true => feature.feature.clone(),
            false => format!("{} = {}", feature.feature, feature.value),
        };
        let names: Vec<String> = explained.features.iter().take(LISTED).map(name).collect();
        let bar = |(name, f): (&'_ String, &crate::single::Contribution)| {
            let bar = (f.shapley, f.shapley - f.shapley_error, f.shapley + f.shapley_error);
            (name.clone(), bar)
        };
        let bars: Vec<_> = names.iter().zip(&explained.features).map(bar).collect();
        let bars: Vec<_> = bars.iter().map(|(name, (x, low, high))| (name.as_str(), *x, *low, *high)).collect();
        let label = format!("added to the mean of {}", with_unit(explained.mean, &self.unit));
        report::importance(&format!("{}: Shapley values", explained.name), &label, &bars)
    }

    fn single(&self, explained: &Explained) -> Section {
        let mut blocks: Vec<Block> = sentences(explained)
            .iter()
            .map(|sentence| Block::Paragraph(format!("{}.", opened(sentence, explained))))
            .collect();
        blocks.extend(drawings(explained));
        blocks.push(Block::Figures(vec![self.shares(explained)]));
        let caption = "What each feature adds, and its standard error".to_owned();
        blocks.push(Block::Table { caption, table: features_table(explained, LISTED), marked: None });
        let rest = rest(explained, LISTED);
        blocks.extend((!rest.is_empty()).then(|| Block::Paragraph(format!("{}.", rest.trim_end()))));
        if !explained.counterfactuals.is_empty() {
            blocks.push(Block::Paragraph("The nearest rows with a different prediction (counterfactuals):".into()));
            blocks.push(neighbors(explained));
        }
        Section { title: explained.name.clone(), blocks }
    }
}

/// The sentence with a large first letter; a molecule at its beginning is set as code, for its letters have a meaning.
fn opened(sentence: &str, explained: &Explained) -> String {
    if let (None, Some(rest)) = (explained.row, sentence.strip_prefix(&explained.name)) {
        return format!("`{}`{rest}", explained.name);
    }
    let mut letters = sentence.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

/// The molecule with its atoms colored, once for each attribution method.
fn drawings(explained: &Explained) -> Option<Block> {
    let atoms = explained.atoms.as_ref()?;
    let molecule = Molecule::parse(explained.smiles.as_ref()?).ok()?;
    let masking: Vec<f64> = atoms.masking.iter().map(|x| x.unwrap_or(0.0)).collect();
    let card = |title: &str, caption: &str, weights: &[f64]| {
        let largest = weights.iter().map(|x| x.abs()).fold(0.0, f64::max);
        Card {
            title: title.to_owned(),
            svg: molecule.depict_weighted(weights),
            caption: caption.to_owned(),
            facts: vec![("strongest color".to_owned(), number(largest))],
        }
    };
    let mut cards = vec![card(
        "atoms, by masking",
        "Orange atoms raise the prediction, blue ones lower it: its change when the atom is removed.",
        &masking,
    )];
    if let Some(gradients) = &atoms.gradients {
        let elsewhere = number(atoms.elsewhere.unwrap_or(0.0));
        let caption = format!(
            "Contributions of the bits of the circular fingerprint, distributed over their atoms; {elsewhere} belongs to no atom."
        );
        cards.push(card("atoms, by integrated gradients", &caption, gradients));
    }
    Some(Block::Cards(cards))
}

fn neighbors(explained: &Explained) -> Block {
    if explained.counterfactuals.iter().all(|c| c.smiles.is_none()) {
        let caption = "The nearest rows with another prediction".into();
        return Block::Table { caption, table: counterfactual_table(explained), marked: None };
    }
    let card = |c: &crate::neighbors::Counterfactual| {
        let smiles = c.smiles.clone().unwrap_or_default();
        let mut facts = vec![
            ("predicted".to_owned(), number(c.predicted)),
            ("change".to_owned(), number(c.change)),
            ("distance".to_owned(), format!("{:.3}", c.distance)),
        ];
        facts.extend(c.class.clone().map(|class| ("class".to_owned(), class)));
        Card {
            title: format!("row {}", c.row + 1),
            svg: Molecule::parse(&smiles).map_or_else(|_| String::new(), |molecule| molecule.depict()),
            caption: format!("`{smiles}`"),
            facts,
        }
    };
    Block::Cards(explained.counterfactuals.iter().map(card).collect())
}
