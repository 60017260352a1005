//! Features of a node or an edge: categories and real numbers.

use serde::{Deserialize, Serialize};
use tensor::Real;

/// Codes that a node or an edge can have at most.
const MOST: usize = 16;

/// For each code of a node or an edge how many categories it has; one stands for a real number, which passes as it is.
///
/// ```
/// // Four elements, and a mass.
/// let codes = nn::Codes::new(&[4, 1]).unwrap();
/// let mut numbers = [0.0; 5];
/// codes.unfold(&[2.0, 0.12], &mut numbers);
/// assert_eq!((codes.numbers(), numbers), (5, [0.0, 0.0, 1.0, 0.0, 0.12]));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<usize>", into = "Vec<usize>")]
pub struct Codes {
    categories: [u16; MOST],
    count: u8,
}

/// Features of the nodes and of the edges of graphs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GraphCodes {
    /// Of each node.
    pub nodes: Codes,
    /// Of each edge.
    pub edges: Codes,
}

impl Codes {
    /// `None` of more than sixteen codes, or of one without a category or with more than 65,535.
    pub fn new(categories: &[usize]) -> Option<Self> {
        let mut codes = Codes { categories: [0; MOST], count: u8::try_from(categories.len()).ok()? };
        for (at, &count) in categories.iter().enumerate() {
            *codes.categories.get_mut(at)? = u16::try_from(count).ok().filter(|count| *count > 0)?;
        }
        Some(codes)
    }

    /// How many codes there are.
    pub fn len(&self) -> usize {
        self.count.into()
    }

    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// How many categories each code has.
    pub fn categories(&self) -> impl Iterator<Item = usize> {
        self.categories[..self.len()].iter().map(|&count| count.into())
    }

    /// How many numbers they become.
    pub fn numbers(&self) -> usize {
        self.categories().sum()
    }

    /// A one at the place of each category, and real numbers as they are; what is not a category of a code stays zero.
    pub fn unfold<C: Real, T: Real>(&self, codes: &[C], numbers: &mut [T]) {
        numbers.fill(T::ZERO);
        let mut from = 0;
        for (&code, count) in codes.iter().zip(self.categories()) {
            let category = code.to_f64();
            if count == 1 {
                numbers[from] = T::of(category);
            } else if category >= 0.0 && category < count as f64 {
                numbers[from + category as usize] = T::ONE;
            }
            from += count;
        }
    }
}

impl TryFrom<Vec<usize>> for Codes {
    type Error = &'static str;

    fn try_from(categories: Vec<usize>) -> Result<Self, Self::Error> {
        Codes::new(&categories).ok_or("at most 16 codes, each with at least one category")
    }
}

impl From<Codes> for Vec<usize> {
    fn from(codes: Codes) -> Self {
        codes.categories().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_category_is_none() {
        let codes = Codes::new(&[2, 3]).unwrap();
        let mut numbers = [9.0; 5];
        codes.unfold(&[-1.0, 3.0], &mut numbers);
        assert_eq!(numbers, [0.0; 5]);
        assert_eq!((Codes::new(&[0]), Codes::new(&[1; 17])), (None, None));
        assert_eq!(Codes::try_from(Vec::from(codes)), Ok(codes));
    }
}
