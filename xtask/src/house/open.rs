//! What is known to be wrong. The lists only become shorter: a test fails when something on them is no longer true.

/// Files of a crate that import one another.
pub const OPEN: &[&[&str]] = &[];

/// Files of more lines than a file should have.
pub const TOO_LONG: &[&str] = &[];
