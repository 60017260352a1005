//! Figures of forecasts.

use ::report::{Figure, Steps, error_by_step, forecast, learning_curve};

use crate::outcome::{ForecastOutcome, MOST_PICTURES, Past, Shown};

/// Forecasts in the figure of the test.
const MOST_FORECASTS: usize = 12;

impl ForecastOutcome {
    /// Named figures: the forecast, the test, the errors over the horizon, the losses.
    pub fn figures(&self) -> Vec<(String, Figure)> {
        let mut list = Vec::new();
        let names = &self.model.targets.names;
        let dates = self.model.ends.clock.dates;
        let time = self.model.experiment.forecast.as_ref().map_or("time", |forecast| forecast.time.as_str());
        let several = self.history.len() > 1;
        for past in &self.history {
            for (at, name) in names.iter().enumerate().take(MOST_PICTURES) {
                let end = past.series.as_ref().filter(|_| several).map_or_else(String::new, |id| format!("_{id}"));
                let tag = if names.len() > 1 { format!("_{name}{end}") } else { end };
                let label = self.model.targets.label(at);
                if let Some(next) = &self.next {
                    let steps: Vec<_> = next.steps.iter().filter(|step| step.series == past.series).collect();
                    let column = |place: usize| steps.iter().map(|step| step.values[at][place]).collect::<Vec<f64>>();
                    let x: Vec<f64> = steps.iter().map(|step| step.at).collect();
                    let (y, low, high) = (column(0), column(1), column(2));
                    let shown = past.at.len().saturating_sub((6 * steps.len()).max(2 * self.model.frame.window));
                    let figure = forecast(
                        &format!("{}, the next {} steps", with_series(name, past, several), steps.len()),
                        &label,
                        (time, dates),
                        (&past.at[shown..], &past.values[at][shown..]),
                        &[Steps { x: &x, y: &y, low: &low, high: &high }],
                    );
                    list.push((file_name(&format!("forecast{tag}")), figure));
                }
                list.push((
                    file_name(&format!("test{tag}")),
                    self.test_figure(past, at, &label, (time, dates), several),
                ));
            }
        }
        let by_step: Vec<(&str, Vec<f64>)> = self
            .scores
            .iter()
            .map(|model| (model.model.as_str(), model.by_step.iter().map(|errors| errors[0]).collect()))
            .collect();
        let by_step: Vec<(&str, &[f64])> = by_step.iter().map(|(name, errors)| (*name, &errors[..])).collect();
        list.push((
            "error_by_step".into(),
            error_by_step("Error over the horizon", "RMSE in standard deviations of the training", &by_step),
        ));
        if let Some((records, best)) = self.histories.first().filter(|(records, _)| !records.is_empty()) {
            let epochs: Vec<f64> = records.iter().map(|record| record.epoch as f64).collect();
            let train: Vec<f64> = records.iter().map(|record| record.train_loss).collect();
            let validation: Vec<f64> = records.iter().filter_map(|record| record.validation_loss).collect();
            let figure = learning_curve(&epochs, &train, &validation, best.map(|best| best as f64), "loss");
            list.push(("learning_curve".into(), figure));
        }
        list
    }

    fn test_figure(&self, past: &Past, target: usize, label: &str, axis: (&str, bool), several: bool) -> Figure {
        let own: Vec<&Shown> = self.shown.iter().filter(|shown| shown.series == past.series).collect();
        let own = &own[own.len().saturating_sub(MOST_FORECASTS)..];
        let column = |place: usize| -> Vec<Vec<f64>> {
            own.iter().map(|shown| shown.steps.iter().map(|step| step.2[target][place]).collect()).collect()
        };
        let x: Vec<Vec<f64>> = own.iter().map(|shown| shown.steps.iter().map(|step| step.1).collect()).collect();
        let (truth, y, low, high) = (column(0), column(1), column(2), column(3));
        let steps: Vec<Steps<'_>> =
            (0..own.len()).map(|at| Steps { x: &x[at], y: &y[at], low: &low[at], high: &high[at] }).collect();
        let title = format!("{}, forecasts of the test", with_series(&self.model.targets.names[target], past, several));
        forecast(&title, label, axis, (&x.concat(), &truth.concat()), &steps)
    }
}

fn with_series(name: &str, past: &Past, several: bool) -> String {
    past.series.as_ref().filter(|_| several).map_or_else(|| name.to_owned(), |id| format!("{name} of {id}"))
}

/// Letters that every file system takes.
fn file_name(text: &str) -> String {
    text.chars().map(|c| if c.is_alphanumeric() || c == '_' || c == '-' { c } else { '_' }).collect()
}
