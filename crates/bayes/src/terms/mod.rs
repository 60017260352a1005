//! What is maximized over a space: a sum of logarithms, one for each thing that makes a point good.

mod cost;
mod draw;
mod improvement;
mod joint;
mod limit;
mod penalty;

pub(crate) use cost::{CostTerm, Costs};
pub(crate) use draw::DrawTerm;
pub(crate) use improvement::ImprovementTerm;
pub(crate) use joint::JointTerm;
pub(crate) use limit::LimitTerm;
pub(crate) use penalty::PenaltyTerm;

/// One part of what is maximized. The logarithm of expected improvement, of a probability, of a cost: parts of different
/// kinds go together because they are added.
pub(crate) trait Term: Sync {
    /// At each of the points `x: [m, width]`.
    fn values(&self, x: &[f64]) -> Vec<f64>;

    /// At one point, and how it moves with it.
    fn climb(&self, x: &[f64]) -> (f64, Vec<f64>);
}

/// The sum of parts.
#[derive(Default)]
pub(crate) struct Sum<'a>(pub Vec<Box<dyn Term + 'a>>);

impl Term for Sum<'_> {
    fn values(&self, x: &[f64]) -> Vec<f64> {
        let mut lists = self.0.iter().map(|term| term.values(x));
        let mut all = lists.next().unwrap_or_default();
        lists.for_each(|list| all.iter_mut().zip(list).for_each(|(all, own)| *all += own));
        all
    }

    fn climb(&self, x: &[f64]) -> (f64, Vec<f64>) {
        let (mut value, mut slope) = (0.0, vec![0.0; x.len()]);
        for term in &self.0 {
            let (own, by) = term.climb(x);
            value += own;
            slope.iter_mut().zip(by).for_each(|(slope, by)| *slope += by);
        }
        (value, slope)
    }
}

/// A term of single points over a batch of `members` side by side: the sum over its members.
pub(crate) struct EachMember<T> {
    pub term: T,
    pub members: usize,
}

impl<T: Term> Term for EachMember<T> {
    fn values(&self, x: &[f64]) -> Vec<f64> {
        let all = self.term.values(x);
        all.chunks_exact(self.members.max(1)).map(|own| own.iter().sum()).collect()
    }

    fn climb(&self, x: &[f64]) -> (f64, Vec<f64>) {
        let parts: Vec<(f64, Vec<f64>)> =
            x.chunks_exact(x.len() / self.members.max(1)).map(|x| self.term.climb(x)).collect();
        (parts.iter().map(|part| part.0).sum(), parts.into_iter().flat_map(|part| part.1).collect())
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::Term;
    use crate::designs::sobol;
    use crate::process::{FittedProcess, GaussianProcess, Noise};
    use tensor::random::Key;

    /// A process in two dimensions.
    pub fn process() -> FittedProcess {
        let x = sobol(12, 2, Key::new(0, "design"));
        let y: Vec<f64> = x.chunks(2).map(|x| 3.0 * (5.0 * x[0]).sin() + x[1]).collect();
        GaussianProcess { noise: Noise::Deterministic, ..Default::default() }.fit(&x, 2, &y, &[], None, 0)
    }

    /// The slope of a term is the derivative of its value, and both ways of asking give one value.
    pub fn check(term: &dyn Term, x: &[f64]) {
        let (value, slope) = term.climb(x);
        assert!((value - term.values(x)[0]).abs() < 1e-9 * (1.0 + value.abs()), "{value} {:?}", term.values(x));
        for axis in 0..x.len() {
            let moved = |by: f64| {
                let mut x = x.to_vec();
                x[axis] += by;
                term.climb(&x).0
            };
            let numeric = (moved(1e-6) - moved(-1e-6)) / 2e-6;
            assert!((slope[axis] - numeric).abs() < 2e-5 * (1.0 + numeric.abs()), "{axis}: {slope:?} {numeric}");
        }
    }
}
