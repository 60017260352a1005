//! Learning-rate schedules.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Learning-rate schedules: $\eta_t = \eta\, s(t)$ with a factor $s$ on the learning rate $\eta$ of the optimizer, at
/// epoch $t$ of $T$.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Schedule {
    /// A constant learning rate, $s(t) = 1$ \[Bottou2018\].
    #[default]
    Constant,
    /// A step decay, $s(t) = \gamma^{\lfloor t/n \rfloor}$: times $\gamma$ (`factor`) after every $n$ (`every`)
    /// epochs \[Murphy2022\].
    Step {
        /// Epochs $n$ between two reductions.
        #[schemars(range(min = 1))]
        every: usize,
        /// Factor $\gamma$ of a reduction.
        #[schemars(range(min = 0.0, max = 1.0))]
        factor: f64,
    },
    /// An exponential decay, $s(t) = \gamma^{\lfloor t \rfloor}$ \[Murphy2022\].
    Exponential {
        /// Factor $\gamma$ for each epoch.
        #[schemars(range(min = 0.0, max = 1.0))]
        factor: f64,
    },
    /// Half a cosine from 1 to $s_0$ (`floor`) over all epochs,
    /// $s(t) = s_0 + \frac{1 - s_0}{2}\left(1 + \cos\frac{\pi t}{T}\right)$ \[Loshchilov2017\].
    Cosine {
        /// Last value $s_0$ of the factor.
        #[serde(default)]
        #[schemars(range(min = 0.0, max = 1.0))]
        floor: f64,
    },
    /// A reduction on plateaus, $s \leftarrow \gamma s$ (`factor`) whenever the validation loss has not improved for
    /// `patience` epochs \[He2016\].
    OnPlateau {
        /// Epochs without improvement before a reduction.
        #[schemars(range(min = 1))]
        patience: usize,
        /// Factor $\gamma$ of a reduction.
        #[schemars(range(min = 0.0, max = 1.0))]
        factor: f64,
    },
}

/// Memory of a schedule.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Plateau {
    /// Lowest validation loss.
    pub best: Option<f64>,
    /// Epochs since.
    pub waiting: usize,
    /// Cuts so far.
    pub cuts: u32,
}

impl Schedule {
    /// The factor at a moment, `epoch` with its fraction, of a training of `epochs`; grows linearly over the first
    /// `warm_up` epochs.
    ///
    /// ```
    /// use grad::optim::{Plateau, Schedule};
    /// let half = Schedule::Cosine { floor: 0.0 }.factor(5.0, 10, 0.0, &Plateau::default());
    /// assert!((half - 0.5).abs() < 1e-12);
    /// ```
    pub fn factor(&self, epoch: f64, epochs: usize, warm_up: f64, plateau: &Plateau) -> f64 {
        let base = match *self {
            Schedule::Constant => 1.0,
            Schedule::Step { every, factor } => factor.powf((epoch / every as f64).floor()),
            Schedule::Exponential { factor } => factor.powf(epoch.floor()),
            Schedule::Cosine { floor } => {
                let turn = std::f64::consts::PI * (epoch / epochs as f64).min(1.0);
                floor + (1.0 - floor) * 0.5 * (1.0 + turn.cos())
            }
            Schedule::OnPlateau { factor, .. } => factor.powi(plateau.cuts as i32),
        };
        if epoch < warm_up { base * epoch / warm_up } else { base }
    }

    /// Hears of an epoch's validation loss.
    pub fn observe(&self, loss: f64, plateau: &mut Plateau) {
        let Schedule::OnPlateau { patience, .. } = *self else { return };
        if plateau.best.is_none_or(|best| loss < best) {
            *plateau = Plateau { best: Some(loss), waiting: 0, ..*plateau };
        } else {
            plateau.waiting += 1;
            if plateau.waiting >= patience {
                *plateau = Plateau { waiting: 0, cuts: plateau.cuts + 1, ..*plateau };
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn factors_at_known_epochs() {
        let none = Plateau::default();
        assert_eq!(Schedule::Constant.factor(7.0, 10, 0.0, &none), 1.0);
        assert_eq!(Schedule::Step { every: 3, factor: 0.5 }.factor(6.5, 10, 0.0, &none), 0.25);
        assert_eq!(Schedule::Exponential { factor: 0.5 }.factor(2.9, 10, 0.0, &none), 0.25);
        assert_eq!(Schedule::Cosine { floor: 0.1 }.factor(10.0, 10, 0.0, &none), 0.1);
        assert_eq!(Schedule::Constant.factor(1.0, 10, 4.0, &none), 0.25);
    }

    #[test]
    fn a_plateau_cuts_the_rate() {
        let schedule = Schedule::OnPlateau { patience: 2, factor: 0.1 };
        let mut plateau = Plateau::default();
        for loss in [3.0, 2.0, 2.5, 2.1] {
            schedule.observe(loss, &mut plateau);
        }
        assert_eq!(plateau.cuts, 1);
        assert!((schedule.factor(4.0, 10, 0.0, &plateau) - 0.1).abs() < 1e-15);
    }
}
