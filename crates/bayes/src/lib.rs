//! Gaussian processes and what is decided with them, in double precision.

#![forbid(unsafe_code)]

mod acquisition;
mod ask;
mod batch;
mod beliefs;
mod designs;
mod fantasy;
mod forecast;
mod hunt;
mod kernels;
mod knowledge;
mod learned;
mod likelihood;
mod mean;
mod minimize;
mod observations;
mod pareto;
mod points;
mod posterior;
mod prior;
mod problems;
mod process;
mod samples;
mod space;
mod strategy;
mod terms;
mod warp;

pub use acquisition::{Acquisition, Reference, log_cdf, log_improvement, log_pdf};
pub use ask::Proposal;
pub use batch::{Batch, Lie, Pick};
pub use beliefs::Hyperparameters;
pub use designs::{Design, MOST_INPUTS, sobol};
pub use forecast::Forecast;
pub use kernels::{
    Alike, Hamming, Kernel, Latent, Linear, Parameter, Periodic, RationalQuadratic, Scaled, Several, Stationary,
    Tanimoto, White,
};
pub use knowledge::{Cost, Knowledge, Limited};
pub use learned::{Learned, Profile};
pub use mean::{Mean, Trend};
pub use minimize::{Minimum, Search, minimize, minimize_within};
pub use observations::Observations;
pub use pareto::{hypervolume, pareto_front};
pub use points::Points;
pub use posterior::Posterior;
pub use prior::{Normal, Prior};
pub use problems::Problem;
pub use process::{FittedProcess, GaussianProcess, Noise};
pub use samples::draw_jointly;
pub use space::{Axis, Condition, Limit, Predicate, Space};
pub use strategy::Strategy;
pub use warp::Warp;
