//! `cargo dev house`: what must stay true of the crates and files of the project, and how large they are.
//!
//! | rule | file |
//! |---|---|
//! | files of a crate do not import one another in a circle | `circles` |
//! | crates use crates on lower floors; databases have one user | `floors` |
//! | only `tensor` is unsafe; a model's kind is asked for in one place | `kinds` |
//! | sizes of files and crates | `sizes` |
//!
//! The code is read as words (`tokens`), imports (`uses`) and modules (`modules`). What is not yet true stands in `open`.

mod circles;
mod floors;
mod kinds;
mod modules;
mod open;
mod place;
mod sizes;
mod tokens;
mod uses;

use crate::result::Result;

/// Prints the table of crates.
///
/// # Errors
/// All that is wrong.
pub fn house() -> Result<()> {
    let places = place::places()?;
    println!("{}", sizes::table(&places));
    let mut found = floors::wrong(&places)?;
    found.extend(kinds::wrong(&places));
    found.extend(circles::wrong(&places));
    found.extend(sizes::wrong(&places)?);
    if found.is_empty() { Ok(()) } else { Err(found.join("\n       ")) }
}
