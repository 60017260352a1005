//! The applicability domain: how far a row lies from the training rows, and the nearest of them.

mod density;
pub mod points;

use inputs::block::Block;
use inputs::kind::Distance;
use inputs::source::Source;
use learn::fitted::PartModel;
use learn::model_file::{Arrays, Reader};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use spec::error::Result;
use spec::task::Task;
use tensor::random::Key;

use crate::domain::density::Density;
use crate::domain::points::Points;
use crate::scores::digits;

/// Training rows with the distances between them; saved with the model.
///
/// The distance of molecules is one minus the Tanimoto similarity of their ECFP4 fingerprints \[Rogers2010\]; that of
/// numbers is Mahalanobis' distance \[Mahalanobis1936\] with the covariance of the training rows. A row's distance is
/// that to the nearest training row. How densely the training rows lie around it where the network decides is another
/// matter, and can be asked of a network only.
#[derive(Clone, Debug, PartialEq)]
pub struct Domain {
    points: Points,
    /// Indices of the rows in the file, from zero.
    rows: Vec<u32>,
    /// Distances below which 95 % and 99 % of the training rows lie from the nearest other one.
    limits: [f64; 2],
    /// How densely they lie in the last hidden layer of a network.
    density: Option<Density>,
}

/// Data saved with the arrays.
#[derive(Serialize, Deserialize)]
pub struct DomainHeader {
    limits: [f64; 2],
    molecules: bool,
    width: usize,
    /// There is a density.
    #[serde(default)]
    density: bool,
}

/// Domain status of one row.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Neighbor {
    /// Distance to the nearest training row.
    pub distance: f64,
    /// That row in the file of the training, from zero.
    pub row: usize,
    /// Its status.
    pub status: DomainStatus,
    /// Fraction of the training rows with a lower density in the last hidden layer: 0 of a row that is less similar to
    /// the training rows than each of them, for the network; `None` of other models.
    #[serde(default)]
    pub density: Option<f64>,
}

/// Domain status of a distance, compared with those of the training rows from one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DomainStatus {
    /// As near as 95 % of the training rows are to the nearest other one.
    InDomain,
    /// As near as 99 % of them.
    Borderline,
    /// Farther.
    OutOfDomain,
}

impl DomainStatus {
    /// Its name in tables.
    pub fn word(self) -> &'static str {
        match self {
            DomainStatus::InDomain => "in_domain",
            DomainStatus::Borderline => "borderline",
            DomainStatus::OutOfDomain => "out_of_domain",
        }
    }
}

/// Number of training rows that are kept: more would make the model file large. They are a random sample.
const MOST_ROWS: usize = 4000;
/// Rows whose distances to the others give the limits.
const SAMPLE: usize = 1000;

impl Domain {
    /// From some training rows of a model; `None` of fewer than three, of sequences and of images.
    pub fn fit(part: &PartModel, source: &Source, rows: &[usize], seed: u64) -> Result<Option<Self>> {
        // Between sequences of unequal length there is no such distance, and that between pixels says nothing.
        if rows.len() < 3 || part.encoder.distance() == Distance::None {
            return Ok(None);
        }
        let Block { x, .. } = part.encoder.encode(source, rows)?;
        let mut chosen = Key::new(seed, "domain").random().permutation(rows.len());
        chosen.truncate(MOST_ROWS);
        chosen.sort_unstable();
        let points = Points::fit(source, rows, &x, &chosen)?;
        let sample: Vec<usize> = (0..chosen.len()).step_by(chosen.len().div_ceil(SAMPLE)).collect();
        let mut nearest: Vec<f64> = sample.par_iter().map(|&at| points.nearest(points.point(at), Some(at)).0).collect();
        nearest.sort_by(f64::total_cmp);
        let limit = |share: f64| nearest[((nearest.len() - 1) as f64 * share).round() as usize];
        let chosen: Vec<usize> = chosen.iter().map(|&at| rows[at]).collect();
        let density = part.hidden(source, &chosen)?.and_then(|(hidden, width)| Density::fit(&hidden, width));
        let rows = chosen.iter().map(|&row| source.rows[row] as u32).collect();
        Ok(Some(Domain { points, rows, limits: [limit(0.95), limit(0.99)], density }))
    }

    /// Domain status of some rows for the model whose training rows define the domain.
    pub fn locate(&self, part: &PartModel, source: &Source, rows: &[usize]) -> Result<Vec<Neighbor>> {
        let queries = self.points.queries(source, rows, &part.encoder.encode(source, rows)?.x)?;
        let densities = match &self.density {
            Some(density) => part.hidden(source, rows)?.map(|(hidden, _)| density.of(&hidden)),
            None => None,
        };
        let one = |(row, query): (usize, &[f32])| {
            let (distance, at) = self.points.nearest(query, None);
            let status = match distance {
                d if d <= self.limits[0] => DomainStatus::InDomain,
                d if d <= self.limits[1] => DomainStatus::Borderline,
                _ => DomainStatus::OutOfDomain,
            };
            let density = densities.as_ref().map(|densities| densities[row]);
            Neighbor { distance, row: self.rows[at] as usize, status, density }
        };
        Ok(queries.par_chunks(self.points.width().max(1)).enumerate().map(one).collect())
    }

    /// Puts it into the arrays of a model file.
    pub fn write(&self, arrays: &mut Arrays) -> DomainHeader {
        self.points.write(arrays);
        arrays.add_bytes("domain.rows", self.rows.iter().flat_map(|row| row.to_le_bytes()).collect());
        self.density.iter().for_each(|density| density.write(arrays));
        let (molecules, width) = (self.points.molecules(), self.points.width());
        DomainHeader { limits: self.limits, molecules, width, density: self.density.is_some() }
    }

    /// Takes it from a model file.
    pub fn read(reader: &Reader<'_>, header: &DomainHeader) -> Result<Self> {
        let rows: Vec<u32> =
            reader.bytes("domain.rows")?.as_chunks().0.iter().map(|bytes| u32::from_le_bytes(*bytes)).collect();
        let points = Points::read(reader, header.molecules, header.width)?;
        if rows.is_empty() || points.len() != rows.len() {
            let reason = format!("{} rows of the domain have {} points", rows.len(), points.len());
            return Err(reader.wrong(reason, "the file is damaged"));
        }
        let density = header.density.then(|| Density::read(reader)).transpose()?;
        Ok(Domain { points, rows, limits: header.limits, density })
    }
}

/// Usefulness of the status: errors of test rows by domain status.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DomainReport {
    /// Of how many splits this is the first.
    #[serde(default = "one")]
    pub splits: usize,
    /// Rank correlation of distance and error; absent where one of them is constant.
    pub error_correlation: Option<f64>,
    /// Rank correlation of density in the last hidden layer and error, negative where dense places have small ones;
    /// absent of models that are not networks.
    pub density_correlation: Option<f64>,
    /// Root mean squared error (of classes: error rate) in-domain, borderline and out-of-domain, with how many rows.
    pub errors: Vec<(DomainStatus, usize, f64)>,
    /// Distances of the test rows.
    #[serde(skip)]
    pub distances: Vec<f64>,
    /// Sizes of their errors, of the first target.
    #[serde(skip)]
    pub sizes: Vec<f64>,
}

fn one() -> usize {
    1
}

impl DomainReport {
    /// From errors of numbers, or ones and zeros for wrong and right classes.
    pub fn new(neighbors: &[Neighbor], errors: &[f64], task: Task) -> Self {
        let known: Vec<(&Neighbor, f64)> =
            neighbors.iter().zip(errors).filter(|(_, e)| e.is_finite()).map(|(n, e)| (n, e.abs())).collect();
        let (distances, sizes): (Vec<f64>, Vec<f64>) = known.iter().map(|(n, e)| (n.distance, *e)).unzip();
        let group = |status: DomainStatus| {
            let own: Vec<f64> = known.iter().filter(|(n, _)| n.status == status).map(|(_, e)| e * e).collect();
            let mean = own.iter().sum::<f64>() / own.len() as f64;
            (!own.is_empty()).then(|| (status, own.len(), if task == Task::Regression { mean.sqrt() } else { mean }))
        };
        let errors = [DomainStatus::InDomain, DomainStatus::Borderline, DomainStatus::OutOfDomain]
            .into_iter()
            .filter_map(group)
            .collect();
        let error_correlation = nn::metrics::spearman(&distances, &sizes);
        let densities: Option<Vec<f64>> = known.iter().map(|(n, _)| n.density).collect();
        let density_correlation = densities.and_then(|densities| nn::metrics::spearman(&densities, &sizes));
        DomainReport { splits: 1, error_correlation, density_correlation, errors, distances, sizes }
    }

    /// As text.
    pub fn in_a_line(&self) -> String {
        let part = |(status, n, error): &(DomainStatus, usize, f64)| {
            format!("{} {} ({n})", status.word(), digits(*error, *error))
        };
        let parts: Vec<String> = self.errors.iter().map(part).collect();
        let correlation = self.error_correlation.map_or(String::new(), |r| format!("; rank correlation {r:.2}"));
        let density = self
            .density_correlation
            .map_or(String::new(), |r| format!("error by density in the last hidden layer: rank correlation {r:.2}\n"));
        let of = if self.splits > 1 { format!(" in the first of {} splits", self.splits) } else { String::new() };
        format!("error by distance{of}, with rows: {}{correlation}\n{density}", parts.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_are_grouped_by_place_and_ranked_by_distance() {
        let near = |distance, status| Neighbor { distance, row: 0, status, density: Some(1.0 - distance) };
        let neighbors = [
            near(0.1, DomainStatus::InDomain),
            near(0.2, DomainStatus::InDomain),
            near(0.9, DomainStatus::OutOfDomain),
        ];
        let report = DomainReport::new(&neighbors, &[3.0, -4.0, 10.0], Task::Regression);
        assert_eq!(report.errors, [(DomainStatus::InDomain, 2, 12.5_f64.sqrt()), (DomainStatus::OutOfDomain, 1, 10.0)]);
        assert_eq!((report.error_correlation, report.density_correlation), (Some(1.0), Some(-1.0)));
        let line = "error by distance, with rows: in_domain 3.54 (2), out_of_domain 10.0 (1); rank correlation 1.00\n\
             error by density in the last hidden layer: rank correlation -1.00\n";
        assert!(report.in_a_line().starts_with(line), "{}", report.in_a_line());
        let classes = DomainReport::new(&neighbors, &[1.0, 0.0, 1.0], Task::Classification);
        assert_eq!(classes.errors, [(DomainStatus::InDomain, 2, 0.5), (DomainStatus::OutOfDomain, 1, 1.0)]);
    }

    #[test]
    fn a_file_from_before_there_were_densities_has_none() {
        let old = r#"{ "limits": [0.1, 0.2], "molecules": true, "width": 2048 }"#;
        assert!(!serde_json::from_str::<DomainHeader>(old).unwrap().density);
    }
}
