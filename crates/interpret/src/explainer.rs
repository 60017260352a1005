//! Predictions for rows that are put together from the features of others: what all explanations are made of.

use std::collections::HashSet;

use data::{Column, Table, Values};
use inputs::block::Block;
use inputs::encoder::Encoder;
use inputs::source::Source;
use learn::fitted::{PartModel, Samples};
use nn::Graphs;
use rayon::prelude::*;
use spec::error::{Error, Result};
use tabular::model::Model;
use tensor::random::Key;

use crate::players::{Player, players};
use crate::settings::Interpret;

/// More rows than this hardly change the result, and take longer; they are a random sample.
const MOST_ROWS: usize = 1000;

/// A model with encoded rows.
pub(crate) struct Explainer<'a> {
    pub model: &'a Model,
    pub source: &'a Source,
    /// The features that take part.
    pub players: Vec<Player>,
    /// Rows of the source that are used; encoded row `i` is row `rows[i]`.
    pub rows: Vec<usize>,
    /// Rows that are explained; they are encoded after the others.
    pub explained: Vec<Subject<'a>>,
    /// Background: encoded rows that represent the absence of a feature.
    pub background: Vec<usize>,
    /// For each model the encoded rows.
    pub parts: Vec<Encoded>,
    molecules: Option<Source>,
}

/// The row or molecule that is explained.
pub(crate) struct Subject<'a> {
    /// Its place among the encoded rows.
    pub at: usize,
    /// Its row in the table's file, from zero; `None` of a molecule that was given.
    pub in_file: Option<usize>,
    /// Its row in the source.
    pub row: usize,
    /// A molecule that was given.
    pub smiles: Option<&'a str>,
}

/// Rows as encoded for one of the models.
pub(crate) struct Encoded {
    /// `[rows, width]`.
    pub x: Vec<f32>,
    pub width: usize,
    /// The feature that owns each number.
    pub owner: Vec<usize>,
    /// The graph of each row, and the feature that it is.
    pub graphs: Option<(Graphs, usize)>,
}

/// Rows that are put together at a time.
const CHUNK: usize = 1024;

impl<'a> Explainer<'a> {
    pub fn new(model: &'a Model, source: &'a Source, asked: &'a Interpret) -> Result<Self> {
        let mut rows = Key::new(asked.seed, "interpret").random().permutation(source.n_rows());
        let judged: HashSet<usize> = asked.judged.iter().copied().collect();
        // Evaluated rows come first; others make up the number.
        rows.sort_by_key(|&row| !judged.contains(&source.rows[row]));
        rows.truncate(MOST_ROWS);
        rows.sort_unstable();
        let molecules = given(model, source, asked)?;
        let (players, owners) = players(model.parts.iter().map(|part| &part.encoder), source);
        let mut explained = Vec::new();
        let mut encoded_rows = rows.clone();
        for &row in &asked.rows {
            let found = source.rows.iter().position(|&in_file| in_file == row);
            let found = found.ok_or_else(|| no_row(row, source))?;
            explained.push(Subject { at: encoded_rows.len(), in_file: Some(row), row: found, smiles: None });
            encoded_rows.push(found);
        }
        for (k, smiles) in asked.smiles.iter().enumerate() {
            explained.push(Subject { at: encoded_rows.len() + k, in_file: None, row: k, smiles: Some(smiles) });
        }
        let encode = |(part, owner): (&PartModel, Vec<usize>)| -> Result<Encoded> {
            encoded(&part.encoder, (source, &encoded_rows), molecules.as_ref(), owner)
        };
        let parts = model.parts.iter().zip(owners).map(encode).collect::<Result<Vec<_>>>()?;
        let mut background = Key::new(asked.seed, "background").random().permutation(rows.len());
        background.truncate(asked.background);
        background.sort_unstable();
        Ok(Explainer { model, source, players, rows, explained, background, parts, molecules })
    }

    /// The source that holds a subject.
    pub(crate) fn source_of(&self, subject: &Subject<'_>) -> &Source {
        self.molecules.as_ref().filter(|_| subject.smiles.is_some()).unwrap_or(self.source)
    }

    /// How many numbers a prediction has.
    pub fn outputs(&self) -> usize {
        self.model.target.outputs()
    }

    /// Predictions `[n, outputs]` for rows that take feature `player` from the encoded row `pick(row, player)`.
    pub fn predict(&self, n: usize, pick: &(dyn Fn(usize, usize) -> usize + Sync)) -> Result<Vec<f64>> {
        let chunk = |start: usize| -> Result<Vec<f64>> {
            let rows = start..(start + CHUNK).min(n);
            let each = self.parts.iter().zip(&self.model.parts).map(|(encoded, part)| {
                let row = |row: usize| {
                    let number =
                        move |(at, &player): (usize, &usize)| encoded.x[pick(row, player) * encoded.width + at];
                    encoded.owner.iter().enumerate().map(number)
                };
                let x: Vec<f32> = rows.clone().flat_map(row).collect();
                let graphs = encoded.graphs.as_ref().map(|(graphs, player)| {
                    graphs.select(&rows.clone().map(|row| pick(row, *player)).collect::<Vec<_>>())
                });
                part.predict_encoded(&Block { x, graphs }, &self.model.target, Samples::of(&self.model.experiment))
            });
            Ok(self.model.together(&each.collect::<Result<Vec<_>>>()?).values)
        };
        let starts: Vec<usize> = (0..n).step_by(CHUNK).collect();
        Ok(starts.into_par_iter().map(chunk).collect::<Result<Vec<_>>>()?.concat())
    }

    /// One of the numbers of each prediction.
    pub(crate) fn predict_one(
        &self,
        output: usize,
        n: usize,
        pick: &(dyn Fn(usize, usize) -> usize + Sync),
    ) -> Result<Vec<f64>> {
        Ok(self.predict(n, pick)?.into_iter().skip(output).step_by(self.outputs().max(1)).collect())
    }
}

/// Rows of the table, and after them the molecules that were given. The first owner of a model of graphs has the graph.
fn encoded(
    encoder: &Encoder,
    (source, rows): (&Source, &[usize]),
    molecules: Option<&Source>,
    mut owner: Vec<usize>,
) -> Result<Encoded> {
    let Block { mut x, mut graphs } = encoder.encode(source, rows)?;
    if let Some(molecules) = molecules {
        let given = encoder.encode(molecules, &(0..molecules.n_rows()).collect::<Vec<_>>())?;
        x.extend(given.x);
        graphs.iter_mut().zip(&given.graphs).for_each(|(graphs, given)| graphs.extend(given));
    }
    let graphs = graphs.map(|graphs| (graphs, owner.remove(0)));
    Ok(Encoded { width: owner.len(), x, owner, graphs })
}

/// The molecules that were given, as a source like that of the table.
fn given(model: &Model, source: &Source, asked: &Interpret) -> Result<Option<Source>> {
    if asked.smiles.is_empty() {
        return Ok(None);
    }
    let (Some(molecules), true) = (&source.molecules, model.parts[0].encoder.kind().needs_only_molecules()) else {
        return Err(model.not_from_smiles());
    };
    let column = Column::new(&molecules.column, Values::Text(asked.smiles.iter().map(String::as_str).collect()));
    // A molecule that was asked for is explained or refused, never left out.
    let data = spec::data::Data { skip_invalid: false, ..model.experiment.data.clone() };
    let table = Table::from_columns("the molecules that were given", vec![column])?;
    Source::new(table, String::new(), &data, &model.experiment.molecules).map(Some)
}

fn no_row(row: usize, source: &Source) -> Error {
    let last = source.rows.last().map_or(0, |row| row + 1);
    let reason = match row {
        row if row < last => "its molecule cannot be read, and it was left out".to_owned(),
        _ => format!("the last is row {last}"),
    };
    Error::NoSuchRow { row: row + 1, table: source.table.source.clone(), reason }
}
