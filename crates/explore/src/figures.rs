//! A look as figures.

use std::path::Path;

use ::report::{Axis, Figure, Mark, Scale, histogram};
use data::files::{create_folder, write_atomically};
use spec::error::Result;

use crate::components::Components;
use crate::distances::Distances;
use crate::found::Look;
use crate::targets::TargetProfile;

impl Look {
    /// Figures with the names of their files: the target, the principal components and the distances between rows.
    pub fn figures(&self) -> Vec<(String, String)> {
        let mut all = Vec::new();
        for (at, target) in self.targets.iter().enumerate() {
            let name = if at == 0 { "target.svg".to_owned() } else { format!("target_{}.svg", at + 1) };
            all.extend(target_figure(target).map(|figure| (name, figure.to_svg())));
        }
        if let Some(features) = &self.features {
            let components = features.components.as_ref().map(components_figure);
            let distances = features.distances.as_ref().and_then(distances_figure);
            all.extend(components.map(|figure| ("components.svg".to_owned(), figure.to_svg())));
            all.extend(distances.map(|figure| ("distances.svg".to_owned(), figure.to_svg())));
        }
        all
    }

    /// Writes the figures and `look.json` into a folder, and makes it if it is not there.
    ///
    /// # Errors
    /// The folder cannot be made, or a file cannot be written.
    pub fn write(&self, folder: &Path) -> Result<()> {
        create_folder(folder)?;
        for (name, svg) in self.figures() {
            write_atomically(&folder.join(name), svg.as_bytes())?;
        }
        Ok(write_atomically(&folder.join("look.json"), format!("{:#}\n", self.to_json()).as_bytes())?)
    }
}

/// How often numbers occur, or how many rows each class has.
fn target_figure(target: &TargetProfile) -> Option<Figure> {
    if let Some(found) = &target.histogram {
        return Some(histogram(&target.name, &target.name, &found.edges, &found.counts));
    }
    let shown = &target.classes[..target.classes.len().min(MOST_CLASSES)];
    let names = shown.iter().map(|class| class.value.clone()).collect();
    let lengths = shown.iter().map(|class| class.rows as f64).collect();
    (!shown.is_empty()).then(|| Figure {
        title: target.name.clone(),
        description: format!("Rows of the {} largest of {} classes", shown.len(), target.classes.len()),
        x: Axis { scale: Scale::Counts, ..Axis::new("rows") },
        y: Axis { scale: Scale::Names(names), ..Axis::new("") },
        marks: vec![Mark::Bars { name: String::new(), y: (0..shown.len()).map(|at| at as f64).collect(), lengths }],
        ..Figure::default()
    })
}

const MOST_CLASSES: usize = 20;

/// The cumulative fraction of the variance of the first components.
fn components_figure(components: &Components) -> Figure {
    let n = components.for_90_percent;
    let numbers = (0..components.cumulative.len()).map(|at| at as f64 + 1.0).collect();
    Figure {
        title: "Principal components".to_owned(),
        description: format!("{n} of {} components explain 90 % of the variance", components.features),
        x: Axis { scale: Scale::Counts, ..Axis::new("components") },
        y: Axis { range: Some([0.0, 1.0]), ..Axis::new("fraction of the variance") },
        marks: vec![
            Mark::Vertical { name: format!("90 %: {n} components"), x: n as f64 },
            Mark::Line { name: "cumulative".to_owned(), x: numbers, y: components.cumulative.clone() },
        ],
        ..Figure::default()
    }
}

/// How often distances between rows occur.
fn distances_figure(distances: &Distances) -> Option<Figure> {
    let found = distances.histogram.as_ref()?;
    let label = "distance between two rows [standard deviations]";
    let mut figure = histogram("Distances between rows", label, &found.edges, &found.counts);
    figure.y.label = "pairs of rows".to_owned();
    figure.marks.push(Mark::Vertical { name: "to the nearest row, median".to_owned(), x: distances.nearest });
    figure.note = Some(format!("nearest / farthest: {:.2} (median over {} rows)", distances.ratio, distances.rows));
    Some(figure)
}
