//! The original features: columns, descriptors, and each fingerprint as a whole.

use data::Values;
use inputs::encoder::Encoder;
use inputs::feature::Feature;
use inputs::source::Source;

/// One of them; it owns one or several of the numbers that a model computes from.
pub(crate) struct Player {
    /// A column, a descriptor, or the name of a fingerprint.
    pub name: String,
    /// Whether it follows from a molecule.
    molecule: bool,
}

/// The value of a feature in a row.
pub enum Held {
    /// A number; NaN where it is missing.
    Number(f64),
    /// A category.
    Word(String),
    /// Many numbers, which are meaningless one by one.
    Many,
}

/// All features of the models, in the order of their first appearance, and for each model which of them owns each of its
/// numbers.
pub(crate) fn players<'a>(
    encoders: impl Iterator<Item = &'a Encoder>,
    source: &Source,
) -> (Vec<Player>, Vec<Vec<usize>>) {
    let mut players: Vec<Player> = Vec::new();
    let mut owners = Vec::new();
    for encoder in encoders {
        let of = |Feature { name, of_molecule: molecule }| {
            let at = players.iter().position(|p| p.name == name && p.molecule == molecule);
            at.unwrap_or_else(|| {
                players.push(Player { name, molecule });
                players.len() - 1
            })
        };
        owners.push(encoder.features(source).into_iter().map(of).collect());
    }
    (players, owners)
}

impl Player {
    /// Its value in a row of the source.
    pub fn held(&self, source: &Source, row: usize) -> Held {
        if self.molecule {
            let Some(molecules) = &source.molecules else { return Held::Many };
            let at = molecules.names.iter().position(|name| *name == self.name);
            return at.map_or(Held::Many, |at| {
                Held::Number(f64::from(molecules.features[row * molecules.names.len() + at]))
            });
        }
        let Ok(column) = source.table.column(&self.name) else { return Held::Many };
        match &column.values {
            Values::Number(numbers) => Held::Number(numbers[row]),
            Values::Text(text) => match text.get(row) {
                None => Held::Number(f64::NAN),
                Some(cell) => cell.parse().map_or_else(|_| Held::Word(cell.to_owned()), Held::Number),
            },
        }
    }
}

impl Held {
    /// As text.
    pub fn words(&self) -> String {
        match self {
            Held::Number(x) if x.is_nan() => "missing".into(),
            Held::Number(x) => report::words::number(*x),
            Held::Word(word) => word.clone(),
            Held::Many => String::new(),
        }
    }
}
