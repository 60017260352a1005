//! Predictions with uncertainty.

use data::Scaler;
use inputs::target::TargetInfo;
use spec::model::ModelKind;

/// Predictions `[rows, outputs]`, with a standard deviation or interval bounds for each number where the model predicts them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Spread {
    /// Predictions, row by row.
    pub values: Vec<f64>,
    /// Standard deviation of the prediction.
    pub deviation: Option<Vec<f64>>,
    /// Lower and upper bounds.
    pub bounds: Option<[Vec<f64>; 2]>,
}

impl Spread {
    /// Numbers alone.
    pub fn of(values: Vec<f64>) -> Self {
        Spread { values, ..Spread::default() }
    }

    /// With the predictions for the rows after these.
    pub(crate) fn followed_by(mut self, mut more: Spread) -> Self {
        self.values.append(&mut more.values);
        if let (Some(own), Some(more)) = (&mut self.deviation, &mut more.deviation) {
            own.append(more);
        }
        if let (Some(own), Some(more)) = (&mut self.bounds, &mut more.bounds) {
            own.iter_mut().zip(more).for_each(|(own, more)| own.append(more));
        }
        self
    }

    /// From the scale of the training to the target's own unit. Through the power of ten of `log_targets` the bounds go as
    /// they are; the standard deviation by the delta method, $\sigma_y = y \ln 10 \, \sigma_{\lg y}$, which holds where it is
    /// small compared with $y$.
    pub fn restore(mut self, info: &TargetInfo, scaler: Option<&Scaler>) -> Self {
        info.restore(&mut self.values, scaler);
        if let Some(deviation) = &mut self.deviation {
            if let Some(scaler) = scaler {
                scaler.inverse_scale(deviation);
            }
            if info.log {
                let slope = |y: &f64| y * std::f64::consts::LN_10;
                deviation.iter_mut().zip(&self.values).for_each(|(d, y)| *d *= slope(y));
            }
        }
        self.bounds.iter_mut().flatten().for_each(|end| info.restore(end, scaler));
        self
    }
}

/// The mean over several models. Its standard deviation is that of the mixture of their normal distributions, $\sigma^2 =
/// \frac1M \sum_m \left(\sigma_m^2 + \mu_m^2\right) - \bar\mu^2$ \[Lakshminarayanan2017\], where each has one; else
/// that between them, $\frac{1}{M-1} \sum_m (\mu_m - \bar\mu)^2$. Bounds are averaged.
pub(crate) fn average(parts: &[Spread]) -> Spread {
    if let [only] = parts {
        return only.clone();
    }
    let own: Option<Vec<&Vec<f64>>> = parts.iter().map(|part| part.deviation.as_ref()).collect();
    let (n, mean) = (parts.len() as f64, mean(parts.iter().map(|part| &part.values)));
    let between = |i: usize| parts.iter().map(|part| (part.values[i] - mean[i]).powi(2)).sum::<f64>();
    let deviation = |i: usize| match &own {
        Some(own) => (own.iter().map(|d| d[i] * d[i]).sum::<f64>() + between(i)) / n,
        None => between(i) / (n - 1.0),
    };
    let bounds: Option<Vec<&[Vec<f64>; 2]>> = parts.iter().map(|part| part.bounds.as_ref()).collect();
    Spread {
        deviation: Some((0..mean.len()).map(|i| deviation(i).sqrt()).collect()),
        bounds: bounds.map(|bounds| [0, 1].map(|end| self::mean(bounds.iter().map(|both| &both[end])))),
        values: mean,
    }
}

/// Combined prediction of the members of a model: their mean; of voting the mean over its kinds.
pub fn together(kind: &ModelKind, said: &[Spread]) -> Spread {
    kind.combine(said, &average)
}

fn mean<'a>(lists: impl ExactSizeIterator<Item = &'a Vec<f64>> + Clone) -> Vec<f64> {
    let (n, size) = (lists.len() as f64, lists.clone().next().map_or(0, Vec::len));
    (0..size).map(|i| lists.clone().map(|list| list[i]).sum::<f64>() / n).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use data::Scaling;
    use spec::task::Task;

    fn info(log: bool) -> TargetInfo {
        TargetInfo { names: vec!["y".into()], units: vec![], task: Task::Regression, classes: vec![], log }
    }

    fn normal(mean: f64, deviation: f64) -> Spread {
        Spread { deviation: Some(vec![deviation]), ..Spread::of(vec![mean]) }
    }

    /// Variances 1 and 7 with means 1 and 3: 4 within and 1 between.
    #[test]
    fn networks_with_a_deviation_are_mixed_and_others_are_compared() {
        let both = average(&[normal(1.0, 1.0), normal(3.0, 7.0_f64.sqrt())]);
        assert_eq!(both.values, [2.0]);
        assert!((both.deviation.unwrap()[0] - 5.0_f64.sqrt()).abs() < 1e-12);
        let plain = average(&[Spread::of(vec![1.0]), Spread::of(vec![3.0])]);
        assert_eq!(plain.deviation.unwrap(), [2.0_f64.sqrt()]);
        assert_eq!(average(&[normal(1.0, 0.5)]), normal(1.0, 0.5));
    }

    #[test]
    fn ends_are_averaged_and_come_back_to_the_unit_of_the_target() {
        let ends = |low, high| Spread { bounds: Some([vec![low], vec![high]]), ..Spread::of(vec![1.0]) };
        assert_eq!(average(&[ends(0.0, 1.0), ends(1.0, 4.0)]).bounds.unwrap(), [[0.5], [2.5]]);
        let scaler = Scaler { kind: Scaling::Standard, center: vec![1.0], scale: vec![2.0] };
        assert_eq!(ends(-0.5, 0.5).restore(&info(false), Some(&scaler)).bounds.unwrap(), [[0.0], [2.0]]);
        assert_eq!(ends(0.0, 0.5).restore(&info(true), Some(&scaler)).bounds.unwrap(), [[10.0], [100.0]]);
    }

    /// A standard deviation of 0.005 in lg y at y = 100: by differences, (10^2.005 - 10^1.995) / 2 = 1.15132.
    #[test]
    fn a_deviation_goes_through_the_logarithm_by_its_slope() {
        let scaler = Scaler { kind: Scaling::Standard, center: vec![0.0], scale: vec![0.01] };
        let found = normal(200.0, 0.5).restore(&info(true), Some(&scaler)).deviation.unwrap()[0];
        assert!((found / 1.151_32 - 1.0).abs() < 1e-4, "{found}");
        assert_eq!(normal(1.0, 0.5).restore(&info(false), Some(&scaler)).deviation.unwrap(), [0.005]);
    }
}
