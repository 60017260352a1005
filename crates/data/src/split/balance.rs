//! Groups dealt to parts so that the parts come near to wished sizes.

use std::collections::HashMap;

use tensor::random::Random;

/// The rows of each group, groups in order of their first row.
pub fn members(groups: &[String]) -> Vec<Vec<usize>> {
    let mut members: Vec<Vec<usize>> = Vec::new();
    let mut at: HashMap<&str, usize> = HashMap::new();
    for (row, group) in groups.iter().enumerate() {
        let group = *at.entry(group).or_insert_with(|| {
            members.push(Vec::new());
            members.len() - 1
        });
        members[group].push(row);
    }
    members
}

/// The part of each group. `targets` are the wished shares of the parts; a part with share 0 gets nothing, every
/// other part at least one group.
///
/// Groups larger than half of the smallest part come first, the largest before, for they fit worst; the others come
/// in random order, so that repeats differ. Each goes to the part that lacks most rows.
/// The caller makes sure that there are as many groups as parts.
pub fn balance(sizes: &[usize], targets: &[f64], random: &mut Random) -> Vec<usize> {
    let n: usize = sizes.iter().sum();
    let mut lacking: Vec<f64> = targets.iter().map(|share| share * n as f64).collect();
    let smallest = lacking.iter().copied().filter(|&rows| rows > 0.0).fold(f64::INFINITY, f64::min);
    let mut order = random.permutation(sizes.len());
    let large = |group: usize| if sizes[group] as f64 > smallest / 2.0 { sizes[group] } else { 0 };
    order.sort_by_key(|&group| std::cmp::Reverse(large(group)));

    let mut part_of = vec![0; sizes.len()];
    for &group in &order {
        let open = (0..targets.len()).filter(|&part| targets[part] > 0.0);
        // `max_by` would take the last of equals.
        let part = open.reduce(|best, part| if lacking[part] > lacking[best] { part } else { best }).unwrap_or(0);
        part_of[group] = part;
        lacking[part] -= sizes[group] as f64;
    }
    fill_empty_parts(&mut part_of, sizes, targets);
    part_of
}

/// Gives each empty part the smallest group of a part that has several.
fn fill_empty_parts(part_of: &mut [usize], sizes: &[usize], targets: &[f64]) {
    let mut n_groups = vec![0; targets.len()];
    part_of.iter().for_each(|&part| n_groups[part] += 1);
    for part in 0..targets.len() {
        if targets[part] == 0.0 || n_groups[part] > 0 {
            continue;
        }
        let spare = (0..sizes.len()).filter(|&group| n_groups[part_of[group]] > 1);
        if let Some(group) = spare.min_by_key(|&group| sizes[group]) {
            n_groups[part_of[group]] -= 1;
            n_groups[part] += 1;
            part_of[group] = part;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tensor::random::Key;

    fn random(seed: u64) -> Random {
        Key::new(seed, "split").random()
    }

    #[test]
    fn groups_of_one_row_meet_the_targets_exactly() {
        let part_of = balance(&[1; 100], &[0.8, 0.1, 0.1], &mut random(0));
        let count = |part| part_of.iter().filter(|&&p| p == part).count();
        assert_eq!([count(0), count(1), count(2)], [80, 10, 10]);
    }

    #[test]
    fn a_group_too_large_for_the_test_goes_to_training() {
        let mut sizes = vec![1; 50];
        sizes.push(50);
        assert_eq!(balance(&sizes, &[0.8, 0.1, 0.1], &mut random(0))[50], 0);
    }

    #[test]
    fn three_groups_fill_three_parts() {
        let mut part_of = balance(&[1, 1, 98], &[0.98, 0.01, 0.01], &mut random(0));
        part_of.sort_unstable();
        assert_eq!(part_of, [0, 1, 2]);
    }

    #[test]
    fn another_stream_deals_otherwise() {
        let sizes: Vec<usize> = (1..=40).map(|size| size % 5 + 1).collect();
        let deal = |seed| balance(&sizes, &[0.5, 0.5], &mut random(seed));
        assert_ne!(deal(0), deal(1));
    }
}
