//! `cargo dev fixtures`: golden numbers, made by the reference programs.

use crate::process::root;
use crate::result::Result;
use crate::venv::Venv;

/// Runs `fixtures/make.py` on these families; without any it says which there are.
pub fn fixtures(families: &[&str]) -> Result<()> {
    let requirements = "fixtures/requirements.txt";
    let venv = Venv::new("fixtures-venv")?;
    if root()?.join(requirements).exists() {
        venv.install(&["--requirement", requirements])?;
    } else {
        eprintln!("{requirements} does not exist: only what Python has is there");
    }
    venv.run(&[&["fixtures/make.py"], families].concat())
}
