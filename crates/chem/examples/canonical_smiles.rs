//! Reads SMILES, one a line, and prints the canonical SMILES of each; an empty line and a message where there is none.
//!
//! `printf 'OCC\nC1CC\n' | cargo run -p chem --example canonical_smiles`

use std::io::{BufWriter, Write, stdin, stdout};

fn main() -> std::io::Result<()> {
    let mut out = BufWriter::new(stdout().lock());
    for line in stdin().lines() {
        match chem::Molecule::parse(&line?) {
            Ok(molecule) => writeln!(out, "{}", molecule.canonical_smiles())?,
            Err(error) => {
                eprintln!("error: {error}");
                writeln!(out)?;
            }
        }
    }
    Ok(())
}
