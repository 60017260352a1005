//! Images that cannot be read.

use crate::Error;

/// Handling of images that cannot be read or have another size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Invalid {
    /// The first is an error. Only the heads of files are read before training.
    Refuse,
    /// They are left out and listed; to find them, every file is read to its end once.
    Skip,
}

/// An image that was left out.
#[derive(Clone, Debug, PartialEq)]
pub struct Skipped {
    /// Its row among all images, from zero.
    pub row: usize,
    /// Why, with its file.
    pub reason: Error,
}
