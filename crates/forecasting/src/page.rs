//! The report of a run with forecasts.

use ::report::{Block, Figure, Highlight, Page, Section};
use report::words::merit;

use crate::outcome::ForecastOutcome;
use crate::predict::title_of;

impl ForecastOutcome {
    /// The report as one page.
    pub fn page(&self) -> Page {
        let names = self.model.targets.names.join(", ");
        let own = self.scores.last();
        let highlights = own.iter().flat_map(|own| &own.targets).take(4).map(|target| Highlight {
            name: format!("MAE, {}", target.target),
            value: merit(target.errors.mae),
            detail: target.mae.map_or_else(String::new, |i| format!("95 %: {} to {}", merit(i.low), merit(i.high))),
        });
        let mut result = vec![Block::Highlights(highlights.collect()), Block::Paragraph(self.verdict())];
        result.extend(self.notes.iter().cloned().map(Block::Note));
        for (title, table) in self.tables(&self.scores) {
            let brackets = if table.header.iter().any(|name| name == "95 %") {
                "; brackets hold 95 % of the bootstrap resamples of blocks"
            } else {
                ""
            };
            let caption = format!("{title} on the test steps{brackets}");
            let marked = self.scores.len().checked_sub(1);
            result.push(Block::Table { caption, table, marked });
        }
        result.extend(self.blocks().map(|line| Block::Paragraph(line.replace("+-", "±"))));
        let figures: Vec<Figure> = self.figures().into_iter().map(|(_, figure)| figure).collect();
        let facts = self.model.facts().into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        let experiment = toml::to_string(&self.model.experiment).unwrap_or_default();
        let section = |title: &str, blocks: Vec<Block>| Section { title: title.into(), blocks };
        Page {
            title: format!("Forecasts of {names}"),
            subtitle: format!(
                "{}, horizon of {} steps from a window of {} steps.",
                title_of(&self.model.experiment.model),
                self.model.frame.horizon,
                self.model.frame.window
            ),
            sections: vec![
                section("Result", result),
                section("Figures", vec![Block::Figures(figures)]),
                section("Model", vec![Block::Facts(facts)]),
                section("Experiment", vec![Block::Code { caption: "experiment.toml".into(), text: experiment }]),
            ],
            footer: format!(
                "Made by Gedanken {}. The same data and settings give the same page.",
                env!("CARGO_PKG_VERSION")
            ),
        }
    }
}
