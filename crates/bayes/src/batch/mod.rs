//! Several points at once.

mod believer;
mod greedy;
mod joint;
mod kmeans;
mod penalised;
mod slice;
mod thompson;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tensor::random::Key;

use crate::acquisition::Acquisition;
use crate::beliefs::Beliefs;
use crate::fantasy::Fantasies;
use crate::hunt::Hunt;
use crate::knowledge::Knowledge;
use crate::space::Space;
use crate::strategy::Strategy;
use crate::terms::{ImprovementTerm, Sum, Term};

/// How the points of a batch are kept apart, and away from those that are pending. A single point without pending ones is the same
/// in all of them but Thompson sampling and K-means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Batch {
    /// The improvement that the whole batch promises, in the mean over possible values of its points \[Wilson2018\].
    MonteCarlo {
        /// All points are moved together, not chosen one after the other.
        #[serde(default)]
        joint: bool,
    },
    /// Points whose values are awaited are said to have a certain value \[Ginsbourger2010\].
    ConstantLiar {
        /// Which value.
        #[serde(default)]
        lie: Lie,
    },
    /// Points whose values are awaited are said to have the value that is expected \[Ginsbourger2010\].
    KrigingBeliever,
    /// What lies near to other points is worth less \[Gonzalez2016\].
    LocalPenalisation,
    /// Each point is the lowest of a function drawn from what is known \[HernandezLobato2017\].
    Thompson,
    /// Points drawn where the acquisition is large fall into clusters, of which each gives one \[Groves2018\].
    KMeans {
        /// Which point of a cluster.
        #[serde(default)]
        pick: Pick,
    },
}

impl Default for Batch {
    fn default() -> Self {
        Batch::MonteCarlo { joint: false }
    }
}

/// What a liar says of values that are awaited.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Lie {
    /// The best value so far: points stay near to one another.
    #[default]
    Best,
    /// The mean of all values.
    Mean,
    /// The worst value so far: points keep away from one another.
    Worst,
}

/// Which point of a cluster stands for it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Pick {
    /// The drawn point that promises most.
    #[default]
    Best,
    /// The drawn point nearest to the middle.
    Medoid,
}

impl Batch {
    /// At most `n` points; fewer where the space is exhausted.
    pub(crate) fn choose(self, context: &Context<'_>, n: usize) -> Vec<f64> {
        match self {
            Batch::MonteCarlo { joint: false } => greedy::choose(context, n),
            Batch::MonteCarlo { joint: true } => joint::choose(context, n),
            Batch::ConstantLiar { lie } => believer::choose(context, n, Some(lie)),
            Batch::KrigingBeliever => believer::choose(context, n, None),
            Batch::LocalPenalisation => penalised::choose(context, n),
            Batch::Thompson => thompson::choose(context, n),
            Batch::KMeans { pick } => kmeans::choose(context, n, pick),
        }
    }

    /// Why it does not go with an acquisition, in words; `None` where it does.
    pub(crate) fn fault(self, acquisition: Acquisition) -> Option<String> {
        let improves = matches!(
            acquisition,
            Acquisition::LogExpectedImprovement
                | Acquisition::ExpectedImprovement
                | Acquisition::NoisyExpectedImprovement
        );
        match self {
            Batch::Thompson if acquisition != Acquisition::default() => {
                Some("Thompson sampling draws functions and takes their lowest points: it has no acquisition".into())
            }
            Batch::MonteCarlo { joint: true } if !improves => {
                Some("points that are moved together are judged by expected improvement alone".into())
            }
            _ => None,
        }
    }
}

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
            let reference = crate::acquisition::Reference { best, ..self.beliefs.reference.clone() };
            terms.push(Box::new(ImprovementTerm::new(self.acquisition, fantasies, &reference, self.margin)));
        }
        Sum(terms)
    }

    /// A process without pending points, as something to promise from.
    pub fn alone(&self, process: &crate::process::FittedProcess) -> Fantasies {
        Fantasies::new(process, &[], self.strategy.draws, self.key.shard(1))
    }

    /// Numbers of values of each axis, for draws of functions.
    pub fn levels(&self) -> Vec<usize> {
        self.space.axes.iter().map(|axis| axis.count().unwrap_or(1)).collect()
    }
}
