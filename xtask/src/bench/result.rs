//! The output line that all programs share, and what many rounds of it say.

use crate::result::Result;

/// `label,workload,threads,median us,best us,steps,peak MB,first step s`, or `label,workload,threads,FAIL,reason`.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Program and variant.
    pub label: String,
    /// A, B...
    pub workload: String,
    /// Threads that it was allowed.
    pub threads: usize,
    /// Numbers, or why there are none.
    pub times: std::result::Result<Times, String>,
}

/// The numbers of one line, or of many.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Times {
    /// Microseconds a step, the median.
    pub median: f64,
    /// Microseconds a step in the best block.
    pub best: f64,
    /// Largest memory of the process in megabytes.
    pub peak_mb: f64,
    /// Seconds until the first step was done.
    pub first_s: f64,
}

impl Line {
    /// Reads a line.
    pub fn parse(line: &str) -> Result<Self> {
        let wrong = || format!("not a line of results: `{line}`");
        let words: Vec<&str> = line.split(',').collect();
        let [label, workload, threads, rest @ ..] = &words[..] else { return Err(wrong()) };
        let number = |word: &str| word.parse::<f64>().ok().filter(|x| x.is_finite());
        let times = match rest {
            ["FAIL", reason @ ..] => Err(reason.join(",")),
            [median, best, steps, peak_mb, first_s] => {
                let all = [median, best, peak_mb, first_s, steps].map(|word| number(word));
                let [Some(median), Some(best), Some(peak_mb), Some(first_s), Some(_)] = all else {
                    return Err(wrong());
                };
                Ok(Times { median, best, peak_mb, first_s })
            }
            _ => return Err(wrong()),
        };
        let threads = threads.parse().map_err(|_| wrong())?;
        Ok(Line { label: label.to_string(), workload: workload.to_string(), threads, times })
    }

    /// The line of a program that gave none.
    pub fn failed(label: &str, workload: &str, threads: usize, reason: &str) -> Self {
        Line { label: label.into(), workload: workload.into(), threads, times: Err(reason.into()) }
    }
}

/// All rounds of each label for one workload and number of threads, in the order in which labels first came.
pub fn summary(lines: &[Line], workload: &str, threads: usize) -> Vec<Line> {
    let mine: Vec<&Line> = lines.iter().filter(|line| line.workload == workload && line.threads == threads).collect();
    let mut labels: Vec<&str> = Vec::new();
    for line in &mine {
        if !labels.contains(&line.label.as_str()) {
            labels.push(&line.label);
        }
    }
    let of_label = |label: &str| -> Line {
        let rounds: Vec<&Line> = mine.iter().copied().filter(|line| line.label == label).collect();
        let good: Vec<Times> = rounds.iter().filter_map(|line| line.times.clone().ok()).collect();
        let times = if good.is_empty() { rounds[0].times.clone() } else { Ok(of_rounds(&good)) };
        Line { label: label.into(), workload: workload.into(), threads, times }
    };
    labels.into_iter().map(of_label).collect()
}

/// The median of medians, the best of the best; memory and first step at their worst.
fn of_rounds(rounds: &[Times]) -> Times {
    let mut medians: Vec<f64> = rounds.iter().map(|times| times.median).collect();
    medians.sort_by(f64::total_cmp);
    let fold = |f: fn(f64, f64) -> f64, of: fn(&Times) -> f64| rounds.iter().map(of).reduce(f).unwrap_or(f64::NAN);
    Times {
        median: medians[medians.len() / 2],
        best: fold(f64::min, |times| times.best),
        peak_mb: fold(f64::max, |times| times.peak_mb),
        first_s: fold(f64::max, |times| times.first_s),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_read() {
        let line = Line::parse("torch-fused,A,2,390.10,385.00,12000,687.2,0.0123").unwrap();
        assert_eq!((line.label.as_str(), line.workload.as_str(), line.threads), ("torch-fused", "A", 2));
        assert_eq!(line.times, Ok(Times { median: 390.1, best: 385.0, peak_mb: 687.2, first_s: 0.0123 }));
        let failed = Line::parse("jax-jit,B,1,FAIL,no module, sorry").unwrap();
        assert_eq!(failed, Line::failed("jax-jit", "B", 1, "no module, sorry"));
    }

    #[test]
    fn anything_else_is_refused() {
        for line in ["", "ours,A,1", "ours,A,one,1,1,1,1,1", "ours,A,1,NaN,1,1,1,1", "ours,A,1,1,1,1,1"] {
            assert_eq!(Line::parse(line), Err(format!("not a line of results: `{line}`")));
        }
    }

    #[test]
    fn rounds_become_median_of_medians_and_best_block() {
        let line = |median: f64| Line::parse(&format!("ours,A,1,{median},{},9,1,1", median - 1.0)).unwrap();
        let mut lines = [90.0, 60.0, 70.0].map(line).to_vec();
        lines.push(Line::failed("ours", "A", 1, "once"));
        lines.push(Line::parse("ours,A,2,1,1,1,1,1").unwrap());
        let [only] = &summary(&lines, "A", 1)[..] else { panic!() };
        assert_eq!(only.times, Ok(Times { median: 70.0, best: 59.0, peak_mb: 1.0, first_s: 1.0 }));
    }
}
