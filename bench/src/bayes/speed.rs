//! How long one ask takes, on points that the peers know, too: Halton points and Hartmann6.

use bayes::{GaussianProcess, Knowledge, Observations, Problem, Space, Strategy};

use crate::measure::measure;

const PRIMES: [usize; 6] = [2, 3, 5, 7, 11, 13];

/// The first `n` points of the Halton sequence in six dimensions, from index 1 on.
fn halton(n: usize) -> Vec<f64> {
    let radical = |mut index: usize, base: usize| {
        let (mut value, mut share) = (0.0, 1.0 / base as f64);
        while index > 0 {
            value += share * (index % base) as f64;
            index /= base;
            share /= base as f64;
        }
        value
    };
    (1..=n).flat_map(|index| PRIMES.map(|base| radical(index, base))).collect()
}

fn known(n: usize) -> Knowledge {
    let x = halton(n);
    let y = x.chunks_exact(6).map(|x| Problem::Hartmann6.value(x)).collect();
    Knowledge::of(x, y)
}

/// One line for each workload: `ask100`, `ask500`, `batch10`, `mll2000`.
pub fn report(label: &str, threads: usize, seconds: f64, workloads: &[&String]) -> Result<(), String> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().map_err(|error| error.to_string())?;
    pool.install(|| {
        for workload in workloads {
            let timing = match workload.as_str() {
                "ask100" => ask(seconds, 100, 1),
                "ask500" => ask(seconds, 500, 1),
                "batch10" => ask(seconds, 100, 10),
                "mll2000" => {
                    let known = known(2000);
                    let data = Observations::new(&known.x, 6, &known.objectives[0], &[]);
                    let spec = GaussianProcess::default();
                    measure(seconds, || {
                        std::hint::black_box(spec.likelihood(&data));
                    })
                }
                other => return Err(format!("unknown workload `{other}`; there are ask100, ask500, batch10, mll2000")),
            };
            println!("{label},{workload},{threads},{timing}");
        }
        Ok(())
    })
}

/// Hyperparameters from nothing, and the search.
fn ask(seconds: f64, n: usize, batch: usize) -> crate::measure::Timing {
    let (space, known, strategy) = (Space::cube(6), known(n), Strategy { initial: Some(1), ..Strategy::default() });
    let mut trial = 0;
    measure(seconds, || {
        trial += 1;
        std::hint::black_box(strategy.ask(&space, &known, batch, &Vec::new(), 0, trial));
    })
}
