//! Axes that matter only where another axis has certain values.

use super::{Axis, Space};

/// An axis that matters only where another has one of some values: the width of a second layer, where there are two.
///
/// Where it does not matter, it stands in the middle of its range, so that points that differ in nothing are the same point.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    /// The axis that may not matter.
    pub axis: usize,
    /// The axis that decides; it has levels or categories, and its own conditions stand before this one.
    pub on: usize,
    /// Its values with which the axis matters.
    pub values: Vec<f64>,
}

impl Axis {
    /// Where a point stands on this axis when it does not matter.
    pub(super) fn idle(&self) -> f64 {
        match self {
            Axis::Continuous => 0.5,
            Axis::Levels(_) => self.value(self.nearest(0.5)),
            _ => 0.0,
        }
    }
}

impl Space {
    /// Which axes matter at a point.
    pub fn active(&self, x: &[f64]) -> Vec<bool> {
        let mut active = vec![true; x.len()];
        for Condition { axis, on, values } in &self.conditions {
            active[*axis] &= active[*on] && values.contains(&x[*on]);
        }
        active
    }

    /// Puts the axes that do not matter at points `[n, axes]` to where they idle.
    pub fn settle(&self, points: &mut [f64]) {
        if self.conditions.is_empty() {
            return;
        }
        for x in points.chunks_exact_mut(self.width()) {
            let active = self.active(x);
            let idle = (0..x.len()).filter(|&axis| !active[axis]);
            idle.for_each(|axis| x[axis] = self.axes[axis].idle());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::designs::Design;
    use tensor::random::Key;

    /// Up to three layers, each with a width of its own.
    fn layers() -> Space {
        let mut space = Space::new(vec![Axis::Levels(vec![0.0, 0.5, 1.0]), Axis::Continuous, Axis::Continuous]);
        space.conditions =
            vec![Condition { axis: 1, on: 0, values: vec![0.5, 1.0] }, Condition { axis: 2, on: 0, values: vec![1.0] }];
        space
    }

    #[test]
    fn what_does_not_matter_stands_in_the_middle() {
        let mut points = [0.0, 0.1, 0.9, 0.5, 0.1, 0.9, 1.0, 0.1, 0.9];
        layers().settle(&mut points);
        assert_eq!(points, [0.0, 0.5, 0.5, 0.5, 0.1, 0.5, 1.0, 0.1, 0.9]);
    }

    #[test]
    fn an_axis_below_one_that_does_not_matter_does_not_matter() {
        let mut space = layers();
        space.axes.push(Axis::Categories(2));
        space.axes.push(Axis::Continuous);
        space.conditions.push(Condition { axis: 3, on: 0, values: vec![1.0] });
        space.conditions.push(Condition { axis: 4, on: 3, values: vec![0.0] });
        assert_eq!(space.active(&[0.5, 0.3, 0.5, 0.0, 0.2]), [true, true, false, false, false]);
        assert_eq!(space.active(&[1.0, 0.3, 0.4, 0.0, 0.2]), [true; 5]);
    }

    #[test]
    fn designs_hold_no_point_twice_under_different_names() {
        let space = layers();
        for design in [Design::Sobol, Design::Random, Design::LatinHypercube, Design::Farthest] {
            let points = design.points(&space, 20, &[], Key::new(1, "design"));
            let mut settled = points.clone();
            space.settle(&mut settled);
            assert_eq!(points, settled, "{design:?}");
            let shallow = points.chunks(3).filter(|x| x[0] == 0.0).count();
            assert_eq!((points.len() / 3, shallow), (20, 1), "{design:?}");
        }
    }

    #[test]
    fn a_finite_space_lists_each_point_once() {
        let mut space = Space::new(vec![Axis::Categories(2), Axis::Categories(3)]);
        space.conditions = vec![Condition { axis: 1, on: 0, values: vec![1.0] }];
        assert_eq!(space.listed().unwrap(), [0.0, 0.0, 1.0, 0.0, 1.0, 1.0, 1.0, 2.0]);
    }
}
