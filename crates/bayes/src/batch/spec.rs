//! Settings of batch acquisition: how several points are chosen at once.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::acquisition::Acquisition;

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
    LocalPenalization,
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
