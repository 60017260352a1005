//! Molecules of an SDF, with the data that stands after each of them.
//!
//! A structure-data file \[Dalby1992\] holds a connection table for each molecule, as V2000 or V3000, then named data, then `$$$$`.
//! Coordinates are used for stereochemistry and then dropped.

use chematic::mol::sdf::SdfRecordReader;

use crate::Molecule;

/// One molecule of the file.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// The first line, often a name; may be empty.
    pub title: String,
    /// As canonical SMILES, or the reason why it is not a molecule.
    pub smiles: Result<String, String>,
    /// Names and values of the data, in the order of the file.
    pub fields: Vec<(String, String)>,
}

/// All molecules of the text of a file.
///
/// ```
/// let text = "ethanol\n\n\n  3  2  0  0  0  0            999 V2000
///     0.0000    0.0000    0.0000 C   0  0
///     1.5000    0.0000    0.0000 C   0  0
///     3.0000    0.0000    0.0000 O   0  0
///   1  2  1  0
///   2  3  1  0
/// M  END
/// > <boiling_point>
/// 351.4
///
/// $$$$
/// ";
/// let records = chem::sdf::records(text);
/// assert_eq!(records[0].smiles.as_deref(), Ok("CCO"));
/// assert_eq!(records[0].fields, [("boiling_point".to_string(), "351.4".to_string())]);
/// ```
pub fn records(text: &str) -> Vec<Record> {
    let mut lines = text.lines().peekable();
    let mut records = Vec::new();
    while lines.peek().is_some() {
        let block: Vec<&str> = lines.by_ref().take_while(|line| line.trim_end() != "$$$$").collect();
        if block.iter().any(|line| !line.trim().is_empty()) {
            records.push(record(&block));
        }
    }
    records
}

fn record(block: &[&str]) -> Record {
    let read = SdfRecordReader::new(&block.join("\n")).next();
    let smiles = match read {
        Some(Ok(record)) => chematic::smiles::rdkit_canonical_smiles(&record.mol)
            .map_err(|error| error.to_string())
            .and_then(|smiles| Molecule::parse(&smiles).map_err(|error| first_line(&error)))
            .map(|molecule| molecule.canonical_smiles()),
        Some(Err(error)) => Err(first_line(&error)),
        None => Err("there is no connection table".into()),
    };
    Record { title: block.first().map_or("", |line| line.trim()).to_owned(), smiles, fields: fields(block) }
}

/// What stands after `> <NAME>`, up to an empty line; read here so that it is known of unreadable molecules too, and in its order.
fn fields(block: &[&str]) -> Vec<(String, String)> {
    let name = |line: &str| {
        let (_, rest) = line.strip_prefix('>')?.split_once('<')?;
        Some(rest.rsplit_once('>')?.0.to_owned())
    };
    let end = block.iter().position(|line| line.trim_end() == "M  END").unwrap_or(block.len());
    let (mut fields, mut lines) = (Vec::new(), block[end..].iter());
    while let Some(line) = lines.next() {
        if let Some(name) = name(line) {
            let value: Vec<&str> = lines.by_ref().map(|line| line.trim()).take_while(|line| !line.is_empty()).collect();
            fields.push((name, value.join("\n")));
        }
    }
    fields
}

fn first_line(error: &dyn std::error::Error) -> String {
    error.to_string().lines().next().unwrap_or_default().to_owned()
}

/// The column of the molecules of an SDF, as canonical SMILES.
pub const SMILES: &str = "smiles";

/// Whether a file is an SDF, by its name.
pub fn is_sdf(path: &std::path::Path) -> bool {
    let extension = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    ["sdf", "sd", "mol"].contains(&extension.as_str())
}

/// The column of molecules that a file has by its nature.
pub fn smiles_column(path: &std::path::Path) -> Option<&'static str> {
    is_sdf(path).then_some(SMILES)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ATOMS: &str = "    0.0000    0.0000    0.0000 C   0  0\n    1.5000    0.0000    0.0000 O   0  0\n";

    #[test]
    fn a_molecule_that_cannot_be_read_keeps_its_data() {
        let text = format!(
            "first\r\n\n\n  2  1  0  0  0  0            999 V2000\n{ATOMS}  1  2  1  0\nM  END\n>  <a>  (1)\n1\n2\n\n> <b>\n\n$$$$\n\
             second\n\n\n  2  1  0  0  0  0            999 V2000\n{ATOMS}  1  7  1  0\nM  END\n> <b>\nx\n\n$$$$\n\n"
        );
        let [first, second] = &records(&text)[..] else { panic!("two records") };
        assert_eq!((first.title.as_str(), first.smiles.as_deref()), ("first", Ok("CO")));
        assert_eq!(first.fields, [("a".into(), "1\n2".into()), ("b".into(), String::new())]);
        assert!(second.smiles.is_err());
        assert_eq!(second.fields, [("b".into(), "x".into())]);
    }

    #[test]
    fn version_3000_is_read_and_hydrogens_are_part_of_their_atoms() {
        let text = "\n  x\n\n  0  0  0     0  0            999 V3000\nM  V30 BEGIN CTAB\nM  V30 COUNTS 3 2 0 0 0\nM  V30 BEGIN ATOM\n\
                    M  V30 1 C 0 0 0 0\nM  V30 2 O 1 0 0 0\nM  V30 3 H 2 0 0 0\nM  V30 END ATOM\nM  V30 BEGIN BOND\n\
                    M  V30 1 1 1 2\nM  V30 2 1 2 3\nM  V30 END BOND\nM  V30 END CTAB\nM  END\n$$$$\n";
        assert_eq!(records(text)[0].smiles.as_deref(), Ok("CO"));
    }

    #[test]
    fn text_that_is_something_else_is_told() {
        assert!(records("a,b\n1,2\n")[0].smiles.is_err());
        assert_eq!(records("\n\n"), []);
    }
}
