//! How several points are chosen at once: the settings.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::acquisition::Acquisition;

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
