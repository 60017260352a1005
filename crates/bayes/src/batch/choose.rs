//! One word for all ways to choose a batch.

use super::{Batch, Context, believer, greedy, joint, kmeans, penalized, thompson};

impl Batch {
    /// At most `n` points; fewer where the space is exhausted.
    pub(crate) fn choose(self, context: &Context<'_>, n: usize) -> Vec<f64> {
        match self {
            Batch::MonteCarlo { joint: false } => greedy::choose(context, n),
            Batch::MonteCarlo { joint: true } => joint::choose(context, n),
            Batch::ConstantLiar { lie } => believer::choose(context, n, Some(lie)),
            Batch::KrigingBeliever => believer::choose(context, n, None),
            Batch::LocalPenalization => penalized::choose(context, n),
            Batch::Thompson => thompson::choose(context, n),
            Batch::KMeans { pick } => kmeans::choose(context, n, pick),
        }
    }
}
