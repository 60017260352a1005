//! Tables of errors and of the horizon.

use ::report::{Alignment, Table};
use nn::metrics::Interval;
use report::words::merit;

use crate::forecaster::Forecasts;
use crate::outcome::{ALL, ForecastOutcome, MOST_TABLES};
use crate::scores::ForecastScores;
use crate::targets::TargetColumns;

impl ForecastOutcome {
    /// A table of errors for each target.
    pub fn tables(&self, scores: &[ForecastScores]) -> Vec<(String, Table)> {
        let several = self.model.targets.names.len() > 1;
        let mut list: Vec<(String, Table)> = Vec::new();
        for at in 0..self.model.targets.names.len() {
            // Without enough blocks of origins there are no intervals.
            let sure = scores.iter().any(|model| model.targets.get(at).is_some_and(|target| target.mae.is_some()));
            let header = ["model", "MAE", "95 %", "RMSE", "95 %", "sMAPE", "MASE", "coverage"];
            let header: Vec<&str> = header.into_iter().filter(|name| sure || *name != "95 %").collect();
            let mut table = Table::new(&header);
            for model in scores {
                let Some(target) = model.targets.get(at) else { continue };
                let range = |interval: Option<Interval>| {
                    interval.map_or_else(String::new, |i| format!("[{}, {}]", merit(i.low), merit(i.high)))
                };
                let errors = &target.errors;
                let mut row = vec![model.model.clone()];
                for (value, interval) in [(errors.mae, target.mae), (errors.rmse, target.rmse)] {
                    row.push(merit(value));
                    row.extend(sure.then(|| range(interval)));
                }
                row.push(format!("{} %", merit(errors.smape)));
                row.push(errors.mase.map_or_else(|| "-".into(), merit));
                row.push(share(target.coverage));
                table.row(&row);
            }
            list.push((self.model.targets.label(at), table));
        }
        if several {
            let mut table = Table::new(&["model", "MSE", "MAE"]);
            for model in scores {
                table.row(&[
                    model.model.clone(),
                    format!("{:.4}", model.scaled_mse),
                    format!("{:.4}", model.scaled_mae),
                ]);
            }
            list.push((ALL.into(), table));
        }
        list
    }
}

/// A fraction in percent, or a dash.
fn share(x: Option<f64>) -> String {
    x.map_or_else(|| "-".into(), |x| format!("{:.1} %", 100.0 * x))
}

impl ForecastScores {
    /// One line for each target.
    pub fn table(&self, targets: &TargetColumns) -> Table {
        let mut table = Table::new(&["target", "MAE", "RMSE", "MAPE", "sMAPE", "MASE", "pinball", "coverage", "width"]);
        for (at, target) in self.targets.iter().enumerate() {
            let errors = &target.errors;
            let maybe = |x: Option<f64>| x.map_or_else(|| "-".into(), merit);
            let percent = |text: String| if text == "-" { text } else { format!("{text} %") };
            table.row(&[
                targets.label(at),
                merit(errors.mae),
                merit(errors.rmse),
                percent(maybe(errors.mape)),
                percent(merit(errors.smape)),
                maybe(errors.mase),
                maybe(target.pinball),
                share(target.coverage),
                maybe(target.width),
            ]);
        }
        table
    }
}

impl Forecasts {
    /// The first steps as an aligned table, of the first three targets.
    pub fn to_table(&self, time: &str, most: usize) -> Table {
        let several = self.steps.iter().any(|step| step.series.is_some());
        let mut header = vec![time.to_owned()];
        header.extend(several.then(|| "series".to_owned()));
        for name in self.targets.iter().take(MOST_TABLES) {
            header.extend([name.clone(), "low".into(), "high".into()]);
        }
        let alignment = header.iter().enumerate().map(|(at, _)| match at {
            0 => Alignment::Left,
            1 if several => Alignment::Left,
            _ => Alignment::Right,
        });
        let alignment = alignment.collect();
        let rows = self.steps.iter().take(most).map(|step| {
            let mut row = vec![step.time.clone()];
            row.extend(several.then(|| step.series.clone().unwrap_or_default()));
            row.extend(step.values.iter().take(MOST_TABLES).flatten().map(|y| report::words::number(*y)));
            row
        });
        Table { rows: rows.collect(), header, alignment }
    }
}
