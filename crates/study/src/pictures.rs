//! Figures of a study.

use bayes::{Knowledge, Learned};
use report::{Figure, Slice};
use spec::campaign::Goal;
use spec::error::Result;
use spec::parameter::{Parameter, number};

use crate::ask::last_hyperparameters;
use crate::store::trial::{State, Trial};
use crate::study::Study;
use crate::summary::short;

/// Steps of a profile.
const STEPS: usize = 101;
/// Of so many trials one stands out among parallel coordinates.
const ONE_OF: usize = 10;

impl Study {
    /// Parameter importance: the fraction of the variance of the surrogate model of the first objective, the largest first: total
    /// Sobol indices, which sum to more than one where parameters interact. None where nothing was measured.
    ///
    /// # Errors
    /// A trial is not in the space.
    pub fn importance(&self, trials: &[Trial]) -> Result<Vec<(String, f64)>> {
        let known = self.knowledge(trials)?;
        Ok(self.learned(&known, trials).map_or_else(Vec::new, |learned| self.ranked(&learned)))
    }

    fn learned<'a>(&'a self, known: &'a Knowledge, trials: &[Trial]) -> Option<Learned<'a>> {
        let before = last_hyperparameters(trials);
        self.campaign.chooser().learn(&self.terrain.space, known, &before, self.campaign.seed)
    }

    fn ranked(&self, learned: &Learned<'_>) -> Vec<(String, f64)> {
        let names = self.terrain.varied().map(|parameter| parameter.name().to_owned());
        let mut found: Vec<(String, f64)> = names.zip(learned.importance(self.campaign.seed)).collect();
        found.sort_by(|a, b| b.1.total_cmp(&a.1));
        found
    }

    /// Figures of the study, each with the name of its file: `convergence`, `parallel_coordinates`, `importance`, `slice_NAME`
    /// for each parameter that is a number, and of two objectives or more `pareto`. What needs more trials is left out.
    ///
    /// # Errors
    /// A trial is not in the space.
    pub fn figures(&self, trials: &[Trial]) -> Result<Vec<(String, Figure)>> {
        let complete: Vec<&Trial> = trials.iter().filter(|trial| trial.state == State::Complete).collect();
        let mut figures = Vec::new();
        if complete.is_empty() {
            return Ok(figures);
        }
        if self.campaign.objectives.len() == 1 {
            figures.push(("convergence".into(), self.convergence(&complete)));
        }
        figures.push(("parallel_coordinates".into(), self.parallel(&complete)?));
        if self.campaign.objectives.len() > 1 {
            figures.push(("pareto".into(), self.front(&complete)));
        }
        let known = self.knowledge(trials)?;
        let Some(learned) = self.learned(&known, trials).filter(|_| complete.len() > 2) else { return Ok(figures) };
        let ranked = self.ranked(&learned);
        let bars: Vec<(&str, f64, f64, f64)> = ranked.iter().map(|(name, s)| (name.as_str(), *s, *s, *s)).collect();
        figures.push((
            "importance".into(),
            report::importance(
                &self.title("Parameter importance"),
                "fraction of the variance (total Sobol index)",
                &bars,
            ),
        ));
        if let Some(best) = learned.best() {
            for (axis, parameter) in self.terrain.varied().enumerate() {
                if let Some((_, log)) = parameter.range() {
                    let name = format!("slice_{}", parameter.name().replace(|c: char| !c.is_alphanumeric(), "_"));
                    figures.push((name, self.slice(&learned, &best, (axis, parameter, log), &complete)));
                }
            }
        }
        Ok(figures)
    }

    fn title(&self, what: &str) -> String {
        format!("{what}: {}", self.name())
    }

    /// Measured values of an objective.
    fn outcome_of(&self, trial: &Trial, objective: usize) -> f64 {
        trial.outcomes.get(&self.campaign.objectives[objective].name).copied().unwrap_or(f64::NAN)
    }

    fn convergence(&self, complete: &[&Trial]) -> Figure {
        let objective = &self.campaign.objectives[0];
        let values: Vec<f64> = complete.iter().map(|trial| self.outcome_of(trial, 0)).collect();
        let better = if objective.goal == Goal::Maximize { f64::max } else { f64::min };
        let mut best: Vec<f64> = Vec::new();
        values.iter().for_each(|y| best.push(best.last().map_or(*y, |before| better(*before, *y))));
        report::convergence(&self.title("Best so far"), &objective.name, &values, &[("best so far", &best, None)])
    }

    /// Parallel coordinates: parameters and the first objective, trials from the best to the worst.
    fn parallel(&self, complete: &[&Trial]) -> Result<Figure> {
        let objective = &self.campaign.objectives[0];
        let sign = objective.goal.sign();
        let mut sorted = complete.to_vec();
        sorted.sort_by(|a, b| (sign * self.outcome_of(a, 0)).total_cmp(&(sign * self.outcome_of(b, 0))));
        let outcomes: Vec<f64> = sorted.iter().map(|trial| self.outcome_of(trial, 0)).collect();
        let (low, high) = outcomes.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), y| (l.min(*y), h.max(*y)));
        let mut lines = Vec::new();
        for (trial, outcome) in sorted.iter().zip(&outcomes) {
            let x = self.terrain.place(&trial.point, &format!("trial {}", trial.number))?;
            let active = self.terrain.space.active(&x);
            let share = |axis: usize| {
                let own = &self.terrain.space.axes[axis];
                let most = own.count().unwrap_or(2).max(2) - 1;
                let share = if own.is_number() { x[axis] } else { x[axis] / most as f64 };
                if active[axis] { share } else { f64::NAN }
            };
            let mut line: Vec<f64> = (0..x.len()).map(share).collect();
            line.push(if high > low { (outcome - low) / (high - low) } else { 0.5 });
            lines.push(line);
        }
        let names: Vec<&str> = self.terrain.varied().map(Parameter::name).chain([objective.name.as_str()]).collect();
        let ends = self.terrain.varied().map(|parameter| match parameter.range() {
            Some(([low, high], log)) => {
                let log = if log { " (log)" } else { "" };
                format!("{} {} to {}{log}", parameter.name(), short(low), short(high))
            }
            None => format!("{} {}", parameter.name(), parameter.words().join(", ")),
        });
        let note = ends.chain([format!("{} {} to {}", objective.name, short(low), short(high))]);
        let good = complete.len().div_ceil(ONE_OF);
        let note = note.collect::<Vec<_>>().join("; ");
        Ok(report::parallel_coordinates(&self.title("All trials"), &names, &lines, good, &note))
    }

    /// The first two objectives.
    fn front(&self, complete: &[&Trial]) -> Figure {
        let trials: Vec<Trial> = complete.iter().map(|trial| (*trial).clone()).collect();
        let best: Vec<i64> = self.best(&trials).trials.iter().map(|trial| trial.number).collect();
        let pair = |trial: &&Trial| (self.outcome_of(trial, 0), self.outcome_of(trial, 1));
        let side = |on: bool| -> Vec<(f64, f64)> {
            complete.iter().filter(|trial| best.contains(&trial.number) == on).map(pair).collect()
        };
        let labels = [0, 1].map(|at| self.campaign.objectives[at].name.as_str());
        report::pareto(&self.title("Trade-off"), labels, &side(false), &side(true))
    }

    /// Prediction of the surrogate model along one parameter, with the others at their best.
    fn slice(
        &self,
        learned: &Learned<'_>,
        best: &[f64],
        (axis, parameter, log): (usize, &Parameter, bool),
        complete: &[&Trial],
    ) -> Figure {
        let sign = self.campaign.objectives[0].goal.sign();
        let profile = learned.profile(best, axis, STEPS);
        let value = |place: &f64| number(&parameter.value(*place)).unwrap_or(f64::NAN);
        let x: Vec<f64> = profile.values.iter().map(value).collect();
        let said = |f: fn(&bayes::Forecast) -> f64| -> Vec<f64> { profile.forecasts.iter().map(f).collect() };
        let mean: Vec<f64> = said(|forecast| forecast.mean).into_iter().map(|mean| sign * mean).collect();
        let tried = complete
            .iter()
            .filter_map(|trial| Some((number(trial.point.get(parameter.name())?)?, self.outcome_of(trial, 0))));
        let (at, outcomes): (Vec<f64>, Vec<f64>) = tried.unzip();
        let slice = Slice {
            x: &x,
            mean: &mean,
            deviation: &said(|forecast| forecast.deviation),
            promise: &said(|forecast| forecast.log_improvement.exp() * forecast.feasible),
            trials: (&at, &outcomes),
        };
        let title = self.title(&format!("Along {}", parameter.name()));
        report::posterior(&title, parameter.name(), log, &self.campaign.objectives[0].name, &slice)
    }
}
