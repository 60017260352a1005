//! Gaussian processes as models of a table: one for each target.

use bayes::{FittedProcess, GaussianProcess, Kernel, Mean, Observations};
use nn::{Examples, Targets};
use serde::{Deserialize, Serialize};
use spec::error::Result;

use crate::model_file::{Arrays, Reader};

/// A process for each target.
#[derive(Clone, Debug)]
pub struct Processes(Vec<FittedProcess>);

/// Data saved with the arrays.
#[derive(Serialize, Deserialize)]
pub(crate) struct ProcessHeader {
    kernel: Kernel,
    #[serde(default)]
    mean: Mean,
    width: usize,
    within: Vec<f64>,
    values: Vec<usize>,
}

/// The range of an even spread of variance one, $\sqrt{12}$.
const RANGE: f64 = 3.464_101_615_137_754_6;

/// Inputs of mean zero and variance one fill the unit cube, for which the priors are made, if they are spread evenly.
fn into_cube(x: f64) -> f64 {
    x / RANGE + 0.5
}

/// More rows than this would need many gigabytes, and minutes for every decomposition.
const MOST_ROWS: usize = 10_000;

impl Processes {
    /// Learns each target from the rows where it is known; `scaled` says whether the inputs have been brought to one scale.
    pub fn fit(spec: &GaussianProcess, examples: &Examples<f64>, scaled: bool, seed: u64) -> Result<Self> {
        let unsuitable = |expected: &str, found: String, hint: &'static str| nn::Error::Unsuitable {
            model: "a Gaussian process",
            expected: expected.into(),
            found,
            hint,
        };
        let Targets::Numbers { width: targets, values } = &examples.targets else {
            let hint = "use `logistic`, `mlp` or `random_forest`";
            return Err(unsuitable("numbers as targets", "there are classes".into(), hint).into());
        };
        if let Some(fault) = spec.fault(examples.width) {
            let hint = "see `model.kernel`, `model.mean` and `model.noise` (see `gedanken explain gaussian_process`)";
            return Err(unsuitable("what suits its inputs", fault, hint).into());
        }
        for part in spec.kernel.parts() {
            let (found, hint) = match part {
                Kernel::Latent(_) => ("`latent`, which needs categories as numbers", "use `hamming` or a `matern`"),
                Kernel::Tanimoto(_) if scaled => {
                    ("`tanimoto`, which needs unscaled bits", "set `scale.inputs = \"none\"`")
                }
                _ => continue,
            };
            return Err(unsuitable("a covariance function of scaled inputs", format!("there is {found}"), hint).into());
        }
        let one = |target: usize| {
            let y = |row: usize| values[row * targets + target];
            let known: Vec<usize> = (0..examples.n_rows()).filter(|&row| y(row).is_finite()).collect();
            if known.len() > MOST_ROWS {
                let found = format!("there are {} rows", known.len());
                let hint = "use `mlp` or `random_forest`, or fewer rows";
                return Err(unsuitable("at most 10,000 rows", found, hint).into());
            }
            let x: Vec<f64> = known.iter().flat_map(|&row| examples.row(row)).map(|&x| into_cube(x)).collect();
            let y: Vec<f64> = known.iter().map(|&row| y(row)).collect();
            Ok(spec.fit(&x, examples.width, &y, &[], None, seed))
        };
        (0..*targets).map(one).collect::<Result<_>>().map(Processes)
    }

    /// Means and standard deviations for `x: [rows, inputs]`, both `[rows, targets]`; the noise of a measurement is part of the
    /// standard deviation.
    pub fn predict(&self, x: &[f32]) -> [Vec<f64>; 2] {
        let x: Vec<f64> = x.iter().map(|&x| into_cube(f64::from(x))).collect();
        let said: Vec<_> = self.0.iter().map(|process| (process.predict(&x), process.noise())).collect();
        let rows = said.first().map_or(0, |(said, _)| said.mean.len());
        let places = || (0..rows).flat_map(|row| said.iter().map(move |one| (row, one)));
        let deviation = |(row, (said, noise)): (usize, &(bayes::Posterior, f64))| (said.variance[row] + noise).sqrt();
        [places().map(|(row, (said, _))| said.mean[row]).collect(), places().map(deviation).collect()]
    }

    /// Vector-Jacobian product of the means at `x: [rows, inputs]`, given `dy: [rows, targets]`.
    pub fn pullback(&self, x: &[f32], dy: &[f64]) -> Vec<f64> {
        let x: Vec<f64> = x.iter().map(|&x| into_cube(f64::from(x))).collect();
        let mut dx = vec![0.0; x.len()];
        for (target, process) in self.0.iter().enumerate() {
            let own: Vec<f64> = dy.iter().skip(target).step_by(self.0.len()).copied().collect();
            let pulled = process.pullback_mean(&x, &own);
            dx.iter_mut().zip(pulled).for_each(|(dx, pulled)| *dx += pulled / RANGE);
        }
        dx
    }

    /// Adds its arrays under names that begin with `prefix`.
    pub(crate) fn write(&self, prefix: &str, arrays: &mut Arrays) -> ProcessHeader {
        for (target, process) in self.0.iter().enumerate() {
            let data = process.observations();
            let name = |name: &str| format!("{prefix}.process_{target}.{name}");
            arrays.add(&name("theta"), process.theta());
            arrays.add_shaped(&name("x"), &data.x, &[data.n(), data.width]);
            arrays.add(&name("y"), &data.y);
            arrays.add(&name("counts"), &data.counts);
            arrays.add(&name("scale"), &data.scale);
        }
        let all = || self.0.iter().map(FittedProcess::observations);
        ProcessHeader {
            kernel: self.0.first().map_or_else(Kernel::default, |process| process.kernel().clone()),
            mean: self.0.first().map_or_else(Mean::default, |process| process.mean().clone()),
            width: all().next().map_or(0, |data| data.width),
            within: all().map(|data| data.within).collect(),
            values: all().map(|data| data.n_values).collect(),
        }
    }

    /// The processes whose arrays have names that begin with `prefix`.
    pub(crate) fn read(header: ProcessHeader, prefix: &str, reader: &Reader<'_>) -> Result<Self> {
        let ProcessHeader { kernel, mean, width, within, values } = header;
        let one = |(target, (within, n_values)): (usize, (f64, usize))| {
            let name = |name: &str| format!("{prefix}.process_{target}.{name}");
            let array = |part: &str| reader.array::<f64>(&name(part));
            let (theta, x, y, counts) = (array("theta")?, array("x")?, array("y")?, array("counts")?);
            let scale = array("scale")?;
            let [center, deviation] = scale[..] else {
                return Err(
                    reader.wrong(format!("array `{}` has no two numbers", name("scale")), "the file is damaged")
                );
            };
            let expected = kernel.parameters(width).len() + 1 + mean.count(width);
            if x.len() != y.len() * width || counts.len() != y.len() || theta.len() != expected {
                let reason = format!("{} points have {} values", x.len() / width.max(1), y.len());
                return Err(reader.wrong(reason, "the file is damaged"));
            }
            if !theta.iter().chain(&x).chain(&y).all(|x| x.is_finite()) {
                let reason = "a number of a Gaussian process is not finite".into();
                return Err(reader.wrong(reason, "the file is damaged"));
            }
            let scale = [center, deviation];
            let data = Observations { x, width, y, counts, known: Vec::new(), within, n_values, scale };
            Ok(FittedProcess::new(kernel.clone(), mean.clone(), theta, data))
        };
        within.into_iter().zip(values).enumerate().map(one).collect::<Result<_>>().map(Processes)
    }
}
