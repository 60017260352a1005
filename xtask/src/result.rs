//! How a command of the project ends.

/// A failure in words.
pub type Result<T> = std::result::Result<T, String>;
