//! Properties of elements. Dummy atoms (`*`) have number 0.

/// Atomic number of an atom.
pub(super) fn number(atom: &chematic::core::Atom) -> u8 {
    if atom.wildcard { 0 } else { atom.element.atomic_number() }
}

/// Number of shells that hold electrons: the row of the periodic table, and the principal quantum number of the outermost.
pub(super) fn n_shells(number: u8) -> u8 {
    match number {
        0..=2 => 1,
        3..=10 => 2,
        11..=18 => 3,
        19..=36 => 4,
        37..=54 => 5,
        55..=86 => 6,
        87.. => 7,
    }
}

/// Number of outer electrons, as RDKit counts them: those beyond the last noble gas, filled d and f shells aside.
pub(super) fn n_outer_electrons(number: u8) -> u8 {
    match number {
        0..=2 => number,
        3..=10 => number - 2,
        11..=18 => number - 10,
        19..=29 => number - 18,
        30..=36 => number - 28,
        37..=47 => number - 36,
        48..=54 => number - 46,
        55..=58 => number - 54,
        59..=71 => number - 56,
        72..=79 => number - 68,
        80..=86 => number - 78,
        87..=90 => number - 86,
        91..=103 => number - 88,
        104.. => 2,
    }
}
