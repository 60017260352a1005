//! How long a step takes: warm-up, then blocks of many steps, of which the median and the best count.

use std::fmt;
use std::time::Instant;

/// Length of a block: long beside the clock's resolution, short beside disturbances from other programs.
const BLOCK_SECONDS: f64 = 0.04;
/// The shortest warm-up, and its share of the time that is measured.
const WARM_UP_SECONDS: f64 = 0.2;
const WARM_UP_SHARE: f64 = 0.3;
/// Fewer give no median.
const MIN_BLOCKS: usize = 3;

/// The times of one run; shown as the end of the output line.
#[derive(Debug, PartialEq)]
pub struct Timing {
    /// Of the means of the blocks.
    pub median_us: f64,
    /// The lowest mean of a block.
    pub best_us: f64,
    /// In all blocks.
    pub n_steps: usize,
    /// The process's largest resident memory, 0 where the system does not tell.
    pub peak_mb: f64,
    /// The first step, with everything that is done only once.
    pub first_s: f64,
}

impl fmt::Display for Timing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Timing { median_us, best_us, n_steps, peak_mb, first_s } = self;
        write!(f, "{median_us:.2},{best_us:.2},{n_steps},{peak_mb:.1},{first_s:.4}")
    }
}

/// Runs `step` for about `seconds`, after a warm-up.
pub fn measure(seconds: f64, mut step: impl FnMut()) -> Timing {
    let first_s = time(&mut step);
    let warm_up = (WARM_UP_SHARE * seconds).max(WARM_UP_SECONDS);
    let (n_warm, spent) = repeat(warm_up, || time(&mut step));
    let block = ((BLOCK_SECONDS * n_warm.len() as f64 / spent) as usize).max(1);
    let (mut means, _) = repeat(seconds, || time(|| (0..block).for_each(|_| step())) / block as f64);
    means.sort_by(f64::total_cmp);
    Timing {
        median_us: means[means.len() / 2] * 1e6,
        best_us: means[0] * 1e6,
        n_steps: means.len() * block,
        peak_mb: peak_mb(),
        first_s,
    }
}

/// Calls `run` until `seconds` have passed and it ran often enough; its results, and the seconds that passed.
fn repeat(seconds: f64, mut run: impl FnMut() -> f64) -> (Vec<f64>, f64) {
    let (start, mut results) = (Instant::now(), Vec::new());
    while start.elapsed().as_secs_f64() < seconds || results.len() < MIN_BLOCKS {
        results.push(run());
    }
    (results, start.elapsed().as_secs_f64())
}

fn time(run: impl FnOnce()) -> f64 {
    let start = Instant::now();
    run();
    start.elapsed().as_secs_f64()
}

/// What Linux calls the high-water mark of resident memory.
fn peak_mb() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
    kilobytes.map_or(0.0, |kilobytes| kilobytes / 1024.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn a_sleeping_step_takes_as_long_as_it_sleeps() {
        let timing = measure(0.1, || std::thread::sleep(Duration::from_millis(5)));
        assert!(timing.best_us >= 5000.0 && timing.median_us >= timing.best_us, "{timing:?}");
        assert!(timing.n_steps >= MIN_BLOCKS && timing.first_s >= 0.005, "{timing:?}");
    }

    #[test]
    fn the_line_has_fixed_digits() {
        let timing = Timing { median_us: 61.234, best_us: 60.0, n_steps: 650, peak_mb: 9.96, first_s: 0.00123 };
        assert_eq!(timing.to_string(), "61.23,60.00,650,10.0,0.0012");
    }
}
