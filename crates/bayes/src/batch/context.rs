//! What all ways to choose a batch look at.

use tensor::random::Key;

use crate::acquisition::{Acquisition, Reference};
use crate::beliefs::Beliefs;
use crate::fantasy::Fantasies;
use crate::hunt::Hunt;
use crate::knowledge::Knowledge;
use crate::process::FittedProcess;
use crate::space::Space;
use crate::strategy::Strategy;
use crate::terms::{ImprovementTerm, Sum, Term};

/// Everything that the methods look at.
pub(crate) struct Context<'a> {
    pub strategy: &'a Strategy,
    pub space: &'a Space,
    pub listed: Option<&'a [f64]>,
    pub known: &'a Knowledge,
    pub beliefs: &'a Beliefs,
    pub acquisition: Acquisition,
    /// By how much a value must be better than the best, to count.
    pub margin: f64,
    pub key: Key,
}

impl<'a> Context<'a> {
    pub fn new(
        strategy: &'a Strategy,
        space: &'a Space,
        listed: Option<&'a [f64]>,
        known: &'a Knowledge,
        beliefs: &'a Beliefs,
        key: Key,
    ) -> Self {
        let acquisition = strategy.acquisition.resolved(space.width(), known.n());
        Context { strategy, space, listed, known, beliefs, acquisition, margin: 0.0, key }
    }

    /// The search for member number `member`, away from all that is tried, pending or chosen.
    pub fn hunt(&self, member: usize, chosen: &[f64]) -> Hunt<'a> {
        Hunt {
            space: self.space,
            listed: self.listed,
            lengths: self.beliefs.objective.lengths(),
            near: self.beliefs.near.clone(),
            starts: Vec::new(),
            taken: [self.known.x.as_slice(), &self.known.pending, chosen].concat(),
            key: self.key.shard(10 + member),
        }
    }

    /// The acquisition over what may become of pending points, with limits and costs. As long as nothing keeps the bounds, only
    /// they count.
    pub fn promise<'b>(&'b self, fantasies: &'b Fantasies, best: f64) -> Sum<'b> {
        let mut terms: Vec<Box<dyn Term + 'b>> = self.beliefs.besides();
        let limited = !self.beliefs.limits.is_empty();
        if self.beliefs.has_feasible || !limited {
            let reference = Reference { best, ..self.beliefs.reference.clone() };
            terms.push(Box::new(ImprovementTerm::new(self.acquisition, fantasies, &reference, self.margin)));
        }
        Sum(terms)
    }

    /// A process without pending points, as something to promise from.
    pub fn alone(&self, process: &FittedProcess) -> Fantasies {
        Fantasies::new(process, &[], self.strategy.draws, self.key.shard(1))
    }

    /// Numbers of values of each axis, for draws of functions.
    pub fn levels(&self) -> Vec<usize> {
        self.space.axes.iter().map(|axis| axis.count().unwrap_or(1)).collect()
    }
}
