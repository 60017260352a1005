//! Early stopping of trials (pruning).

use spec::tuning::StopRule;

/// Best losses of trials at some epochs: number of the trial, epoch, best validation loss by then.
pub(crate) type Reports = [(i64, i64, f64)];

/// Whether losses are checked after an epoch, counted from one: at 1, 2, 3, 4, 6, 8, 12, ... epochs by the median, at the
/// rungs by Hyperband.
pub fn looks(rule: StopRule, trial: i64, epoch: usize, epochs: usize) -> bool {
    match rule {
        StopRule::Never => false,
        StopRule::Median { .. } => {
            let power = epoch.next_power_of_two();
            epoch == power || 4 * epoch == 3 * power
        }
        StopRule::Hyperband { .. } => rungs(rule, trial, epochs).contains(&epoch),
    }
}

/// Whether a trial that has just reported its best loss at an epoch should stop, given all reports.
pub fn stops(rule: StopRule, trial: i64, epoch: usize, epochs: usize, reports: &Reports) -> bool {
    let at = |number: i64| reports.iter().find(|r| r.0 == number && r.1 == epoch as i64).map(|r| r.2);
    let Some(own) = at(trial) else { return false };
    let peers = |wanted: &dyn Fn(i64) -> bool| -> Vec<f64> {
        let others = reports.iter().filter(|r| r.1 == epoch as i64 && r.0 < trial && wanted(r.0));
        others.map(|r| r.2).collect()
    };
    match rule {
        StopRule::Never => false,
        StopRule::Median { startup, warm_up } => {
            let mut others = peers(&|_| true);
            others.sort_by(f64::total_cmp);
            let middle = others.len() / 2;
            epoch > warm_up
                && others.len() >= startup.max(1)
                && own
                    > if others.len() % 2 == 1 { others[middle] } else { 0.5 * (others[middle - 1] + others[middle]) }
        }
        StopRule::Hyperband { factor, .. } => {
            let own_bracket = bracket(rule, trial, epochs);
            let better = peers(&|other| bracket(rule, other, epochs) == own_bracket);
            let n = better.len() + 1;
            let rank = better.iter().filter(|other| **other <= own).count();
            // The first ones cannot be compared with others: one of each `factor` goes on.
            rank >= ((n as f64 / factor).floor() as usize).max(1)
        }
    }
}

/// The rungs: epochs at which a trial of Hyperband is evaluated.
fn rungs(rule: StopRule, trial: i64, epochs: usize) -> Vec<usize> {
    let StopRule::Hyperband { least, factor } = rule else { return Vec::new() };
    let first = least.max(1) as f64 * factor.powi(bracket(rule, trial, epochs) as i32);
    let rung = |k: i32| (first * factor.powi(k)).round() as usize;
    (0..64).map(rung).take_while(|rung| *rung < epochs).collect()
}

/// The bracket of a trial: each occurs in proportion to its number of trials in a round of Hyperband.
fn bracket(rule: StopRule, trial: i64, epochs: usize) -> usize {
    let StopRule::Hyperband { least, factor } = rule else { return 0 };
    let most = ((epochs.max(1) as f64 / least.max(1) as f64).ln() / factor.ln() + 1e-9).max(0.0) as usize;
    // Bracket number s, which begins at r eta^s, has (most + 1) / (most - s + 1) eta^(most - s) trials.
    let size = |s: usize| {
        let halvings = most - s;
        ((most + 1) as f64 / (halvings + 1) as f64 * factor.powi(halvings as i32)).ceil() as i64
    };
    let round: i64 = (0..=most).map(size).sum();
    let mut place = (trial - 1).rem_euclid(round);
    (0..=most)
        .find(|&s| {
            place -= size(s);
            place < 0
        })
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The reports of five trials at epoch 16.
    fn reports(own: f64) -> Vec<(i64, i64, f64)> {
        let others = [0.5, 0.1, 0.4, 0.2, 0.3];
        let mut all: Vec<(i64, i64, f64)> = (1..).zip(others).map(|(trial, loss)| (trial, 16, loss)).collect();
        all.push((6, 16, own));
        all
    }

    #[test]
    fn the_median_decides_once_enough_trials_were_so_far() {
        let rule = StopRule::Median { startup: 5, warm_up: 10 };
        assert!(stops(rule, 6, 16, 100, &reports(0.31)));
        assert!(!stops(rule, 6, 16, 100, &reports(0.3)));
        // Too early in the training, too few trials.
        let early: Vec<_> = reports(0.9).into_iter().map(|(trial, _, loss)| (trial, 8, loss)).collect();
        assert!(!stops(rule, 6, 8, 100, &early));
        assert!(!stops(rule, 6, 16, 100, &reports(0.9)[1..]));
        // Later trials do not count, so that the order of threads decides nothing about earlier ones.
        assert!(!stops(rule, 1, 16, 100, &reports(0.01)));
    }

    #[test]
    fn the_median_looks_at_few_epochs() {
        let rule = StopRule::default();
        let looked: Vec<usize> = (1..=100).filter(|&epoch| looks(rule, 1, epoch, 100)).collect();
        assert_eq!(looked, [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96]);
    }

    /// Of a maximum of 81 epochs with a factor of 3 there are five brackets of 81, 34, 15, 8 and 5 trials [Li2018].
    #[test]
    fn brackets_are_those_of_hyperband() {
        let rule = StopRule::Hyperband { least: 1, factor: 3.0 };
        let brackets: Vec<usize> = (1..=143).map(|trial| bracket(rule, trial, 81)).collect();
        let count = |s: usize| brackets.iter().filter(|b| **b == s).count();
        assert_eq!([0, 1, 2, 3, 4].map(count), [81, 34, 15, 8, 5]);
        assert_eq!(rungs(rule, 1, 81), [1, 3, 9, 27]);
        assert_eq!(rungs(rule, 143, 81), Vec::<usize>::new());
        assert!(looks(rule, 1, 9, 81) && !looks(rule, 1, 10, 81));
    }

    #[test]
    fn of_three_trials_at_a_rung_the_best_goes_on() {
        let rule = StopRule::Hyperband { least: 16, factor: 3.0 };
        let all = [(1, 16, 0.3), (2, 16, 0.2), (3, 16, 0.1), (4, 16, 0.4)];
        let stopped: Vec<bool> = (1..=4).map(|trial| stops(rule, trial, 16, 160, &all)).collect();
        assert_eq!(stopped, [false, false, false, true]);
    }
}
