//! Gaussian processes and what is decided with them, in double precision.

#![forbid(unsafe_code)]

mod acquisition;
mod designs;
mod kernels;
mod likelihood;
mod minimise;
mod next;
mod observations;
mod points;
mod posterior;
mod prior;
mod problems;
mod process;

pub use acquisition::{Acquisition, log_cdf, log_improvement, log_pdf};
pub use designs::{MOST_INPUTS, sobol};
pub use kernels::{
    Hamming, Kernel, Latent, Linear, Parameter, Periodic, RationalQuadratic, Scaled, Several, Stationary, Tanimoto,
    White,
};
pub use minimise::{Minimum, Search, minimise};
pub use next::next_point;
pub use observations::Observations;
pub use points::Points;
pub use posterior::Posterior;
pub use prior::Prior;
pub use problems::Problem;
pub use process::{FittedProcess, GaussianProcess, Noise};
