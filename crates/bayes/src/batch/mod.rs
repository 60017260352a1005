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

/// Batch acquisition: how the points of a batch are kept apart, and away from pending points. A single point without
/// pending ones is the same for all of them but Thompson sampling and k-means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Batch {
    /// The joint improvement of the whole batch, $\mathbb E \max_j \max(0, f^* - f(x_j))$, as a mean over samples of
    /// the values \[Wilson2018\].
    MonteCarlo {
        /// Optimize all points together, not one after the other.
        #[serde(default)]
        joint: bool,
    },
    /// Constant liar: pending points are assigned one value $L$, $f(x_j) = L$ \[Ginsbourger2010\].
    ConstantLiar {
        /// The value $L$.
        #[serde(default)]
        lie: Lie,
    },
    /// Kriging believer: pending points are assigned their predicted mean, $f(x_j) = \mu(x_j)$ \[Ginsbourger2010\].
    KrigingBeliever,
    /// Local penalization \[Gonzalez2016\]: the acquisition value is multiplied by
    /// $\prod_j \Phi\bigl((L \lVert x - x_j\rVert - \mu_j + M)/\sigma_j\bigr)$ over the other points $x_j$, with the
    /// best value $M$ and the largest slope $L$; the factor is small around them.
    LocalPenalisation,
    /// Thompson sampling: each point is the minimum of a function sampled from the posterior,
    /// $x_j = \arg\min_x f_j(x)$ \[HernandezLobato2017\].
    Thompson,
    /// K-means: points sampled where the acquisition value is large are clustered, and each cluster gives one point
    /// \[Groves2018\].
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

/// Value that a constant liar assigns to pending points.
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

/// Point that represents a cluster.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Pick {
    /// The sampled point with the largest acquisition value.
    #[default]
    Best,
    /// The sampled point nearest to the center of the cluster.
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
                Some("points that are optimized together are evaluated by expected improvement only".into())
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
