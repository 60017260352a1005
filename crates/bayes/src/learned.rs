//! Insights of a fitted process: which axes count, and how the value runs along one of them.

use tensor::random::Key;

use crate::beliefs::{Beliefs, Hyperparameters, Learning};
use crate::designs::spread;
use crate::forecast::Forecast;
use crate::knowledge::Knowledge;
use crate::space::Space;
use crate::strategy::Strategy;

/// Pairs of points of which effects are made.
const PAIRS: usize = 2048;

/// Predictions along one axis, through a point.
#[derive(Clone, Debug, PartialEq)]
pub struct Profile {
    /// Values of the axis.
    pub values: Vec<f64>,
    /// Predicted mean at each of them.
    pub forecasts: Vec<Forecast>,
}

/// A process of the first objective, fitted to what is known.
pub struct Learned<'a> {
    space: &'a Space,
    known: &'a Knowledge,
    beliefs: Beliefs,
}

impl Strategy {
    /// What is learned from the trials that have a value; `None` where none has. Hyperparameters begin where they were found
    /// `before`.
    pub fn learn<'a>(
        &self,
        space: &'a Space,
        known: &'a Knowledge,
        before: &Hyperparameters,
        seed: u64,
    ) -> Option<Learned<'a>> {
        let mut learning = Learning { before, restarts: self.restarts, seed, found: Vec::new() };
        let beliefs = Beliefs::new(space, self, known, known.objectives.first()?, &mut learning)?;
        Some(Learned { space, known, beliefs })
    }
}

impl Learned<'_> {
    /// The fraction of each axis in the variation of the mean over the whole space: total Sobol indices
    /// $S_i = \sum (f(a) - f(a^{(i)}))^2 / (2 n \operatorname{Var} f)$, where $a^{(i)}$ has axis $i$ from another point
    /// \[Jansen1999\]. They sum to more than one where axes act together; zeros where nothing varies.
    ///
    /// ```
    /// use bayes::{Knowledge, Space, Strategy};
    /// let space = Space::cube(2);
    /// let x = bayes::Design::Sobol.points(&space, 30, &[], tensor::random::Key::new(0, "doc"));
    /// let y = x.chunks(2).map(|x| (6.0 * x[0]).sin()).collect();
    /// let known = Knowledge::of(x, y);
    /// let learned = Strategy::default().learn(&space, &known, &vec![], 0).unwrap();
    /// let importance = learned.importance(0);
    /// assert!((importance[0] - 1.0).abs() < 0.05 && importance[1] < 0.05);
    /// ```
    pub fn importance(&self, seed: u64) -> Vec<f64> {
        let width = self.space.width();
        let key = Key::new(seed, "importance");
        let [a, b] = [0, 1].map(|side| spread(self.space, PAIRS, key.shard(side)));
        let n = a.len() / width;
        // Points of equal number share digits, whatever their scrambling: pairs are made at random.
        let order = key.shard(2).random().permutation(n);
        let mean = |x: &[f64]| self.beliefs.objective.predict(x).mean;
        let f = mean(&a);
        let average = f.iter().sum::<f64>() / n as f64;
        let variance = f.iter().map(|f| (f - average).powi(2)).sum::<f64>() / n as f64;
        let effect = |axis: usize| {
            let mut mixed = a.clone();
            (0..n).for_each(|row| mixed[row * width + axis] = b[order[row] * width + axis]);
            self.space.settle(&mut mixed);
            let squares: f64 = f.iter().zip(mean(&mixed)).map(|(f, g)| (f - g).powi(2)).sum();
            squares / (2.0 * n as f64 * variance)
        };
        // Differences of rounding errors are nobody's share.
        let unit = self.beliefs.objective.observations().scale[1];
        if variance.sqrt() < 1e-9 * unit {
            return vec![0.0; width];
        }
        (0..width).map(effect).collect()
    }

    /// The best point so far that keeps all bounds, by what the process says.
    pub fn best(&self) -> Option<Vec<f64>> {
        self.beliefs.near.get(..self.space.width()).map(<[f64]>::to_vec)
    }

    /// Predicted mean along an axis from one end to the other, in at most `n` steps, while the others stay at `x`.
    pub fn profile(&self, x: &[f64], axis: usize, n: usize) -> Profile {
        let own = &self.space.axes[axis];
        let values: Vec<f64> = match own.count() {
            None => (0..n).map(|at| at as f64 / (n.max(2) - 1) as f64).collect(),
            Some(count) => {
                let shown = count.min(n);
                (0..shown).map(|at| own.value(at * (count - 1) / (shown.max(2) - 1))).collect()
            }
        };
        let forecast = |value: &f64| {
            let mut x = x.to_vec();
            x[axis] = *value;
            self.space.settle(&mut x);
            Forecast::new(self.space, self.known, &self.beliefs, &x)
        };
        Profile { forecasts: values.iter().map(forecast).collect(), values }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::designs::Design;
    use crate::space::{Axis, Condition};

    /// The Ishigami function, whose total indices are known: 0.558, 0.442, 0.244 for a = 7, b = 0.1.
    #[test]
    fn total_indices_are_those_of_the_ishigami_function() {
        let space = Space::cube(3);
        let x = Design::Sobol.points(&space, 250, &[], Key::new(1, "test"));
        let angle = |x: f64| std::f64::consts::PI * (2.0 * x - 1.0);
        let y = x.chunks(3).map(|x| {
            let [a, b, c] = [angle(x[0]), angle(x[1]), angle(x[2])];
            a.sin() + 7.0 * b.sin().powi(2) + 0.1 * c.powi(4) * a.sin()
        });
        let known = Knowledge::of(x.clone(), y.collect());
        let learned = Strategy::default().learn(&space, &known, &vec![], 0).unwrap();
        let found = learned.importance(0);
        for (found, true_value) in found.iter().zip([0.558, 0.442, 0.244]) {
            assert!((found - true_value).abs() < 0.06, "{found} {true_value}");
        }
    }

    #[test]
    fn a_flat_space_has_no_shares_and_a_profile_takes_every_value_of_an_axis() {
        let mut space = Space::new(vec![Axis::Levels(vec![0.0, 0.5, 1.0]), Axis::Continuous]);
        space.conditions = vec![Condition { axis: 1, on: 0, values: vec![1.0] }];
        let x = Design::Sobol.points(&space, 6, &[], Key::new(1, "test"));
        let known = Knowledge::of(x, vec![2.0; 6]);
        let learned = Strategy::default().learn(&space, &known, &vec![], 0).unwrap();
        assert_eq!(learned.importance(0), [0.0, 0.0]);
        let profile = learned.profile(&learned.best().unwrap(), 0, 50);
        assert_eq!(profile.values, [0.0, 0.5, 1.0]);
        assert!(profile.forecasts.iter().all(|forecast| (forecast.mean - 2.0).abs() < 1e-6));
        assert_eq!(learned.profile(&[1.0, 0.3], 1, 5).values, [0.0, 0.25, 0.5, 0.75, 1.0]);
    }
}
