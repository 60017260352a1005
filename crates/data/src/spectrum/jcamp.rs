//! JCAMP-DX, the format in which spectrometers and collections exchange spectra \[McDonald1988\].
//!
//! | form | read |
//! |---|---|
//! | `##XYDATA=(X++(Y..Y))` | plain numbers, PAC, SQZ, DIF and DUP, with the check of the last ordinate |
//! | `##XYPOINTS=(XY..XY)` | pairs |
//! | `##NTUPLES=` | the first variable that its pages hold, such as the real part of a spectrum of nuclear magnetic resonance |
//! | several blocks in a file | each with data of its own |
//!
//! `##PEAK TABLE=` is not a spectrum but what someone has read from one, and is not read.

mod ordinates;
mod pages;
mod records;
mod tabulate;

use std::fs;
use std::path::Path;

use crate::{Error, Result};
use pages::{Variables, variables};
use records::{Record, records};
pub use tabulate::tabulate;

/// A spectrum as it stands in a block of a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Spectrum {
    /// Title of the block.
    pub title: String,
    /// Unit of the axis, such as `1/CM`.
    pub x_units: String,
    /// Unit of the intensities, such as `TRANSMITTANCE`.
    pub y_units: String,
    /// The axis, increasing, in its unit.
    pub x: Vec<f64>,
    /// Intensities in their unit; NaN where one is missing.
    pub y: Vec<f64>,
}

/// Reads all spectra of a file.
///
/// # Errors
/// No such file, none with data, and what is wrong in a line, with its number.
pub fn read(path: &Path) -> Result<Vec<Spectrum>> {
    let file = path.display().to_string();
    let bytes = fs::read(path).map_err(|e| Error::Unreadable { file: file.clone(), reason: e.to_string() })?;
    // Older files hold letters in Latin 1, whose bytes are their numbers in Unicode.
    let text = String::from_utf8(bytes).unwrap_or_else(|e| e.into_bytes().into_iter().map(char::from).collect());
    parse(&file, &text)
}

/// The same from text in memory; `file` names it in messages.
///
/// ```
/// let text = "##TITLE=line\n##XUNITS=1/CM\n##FIRSTX=1\n##LASTX=3\n##NPOINTS=3\n##XYDATA=(X++(Y..Y))\n1 10 20 40\n##END=\n";
/// let spectra = data::spectrum::jcamp::parse("line.jdx", text)?;
/// assert_eq!((&spectra[0].x[..], &spectra[0].y[..]), (&[1.0, 2.0, 3.0][..], &[10.0, 20.0, 40.0][..]));
/// # Ok::<(), data::Error>(())
/// ```
///
/// # Errors
/// As [`read`].
pub fn parse(file: &str, text: &str) -> Result<Vec<Spectrum>> {
    let mut spectra = Vec::new();
    // Blocks stand one after the other, or inside a block that only links them.
    let mut block: Vec<Record<'_>> = Vec::new();
    // Which variable the first page of the block holds.
    let mut paged: Option<usize> = None;
    for record in records(text) {
        match record.label.as_str() {
            "TITLE" => (block, paged) = (vec![record], None),
            "XYDATA" | "XYPOINTS" | "DATATABLE" => {
                let block = Block::new(file, &block, &record)?;
                let page = block.variables.map(|variables| variables.y);
                paged = paged.or(page);
                if page == paged {
                    spectra.push(block.spectrum()?);
                }
            }
            _ => block.push(record),
        }
    }
    if spectra.is_empty() {
        let peaks = block.iter().any(|record| record.label == "PEAKTABLE");
        let instead = if peaks { ", and what `##PEAK TABLE=` lists is not a spectrum" } else { "" };
        let reason = format!("it has no `##XYDATA=`, `##XYPOINTS=` or `##NTUPLES=`{instead}");
        return Err(Error::Jcamp { file: file.to_owned(), line: text.lines().count().max(1), reason });
    }
    Ok(spectra)
}

/// What stands before the data of a block, and the data.
struct Block<'a> {
    file: &'a str,
    records: &'a [Record<'a>],
    data: &'a Record<'a>,
    /// In capital letters, without blanks.
    form: String,
    /// Of a page.
    variables: Option<Variables>,
}

impl<'a> Block<'a> {
    fn new(file: &'a str, records: &'a [Record<'a>], data: &'a Record<'a>) -> Result<Self> {
        let form = data.value().replace(' ', "").to_uppercase();
        let mut block = Block { file, records, data, form, variables: None };
        if data.label == "DATATABLE" {
            let symbols = block.record("SYMBOL").map_or("", |record| record.value());
            let (form, page) = variables(symbols, data).map_err(|reason| block.fault(data.line, reason))?;
            (block.form, block.variables) = (form, Some(page));
        }
        Ok(block)
    }

    fn spectrum(&self) -> Result<Spectrum> {
        let pairs = self.data.label == "XYPOINTS" || self.form == "(XY..XY)";
        let (mut x, mut y) = if pairs { self.points()? } else { self.ordinates()? };
        if x.len() > 1 && x[0] > x[x.len() - 1] {
            x.reverse();
            y.reverse();
        }
        if let Some(pair) = x.windows(2).find(|pair| pair[0].partial_cmp(&pair[1]) != Some(std::cmp::Ordering::Less)) {
            return Err(self.fault(self.data.line, format!("{} is followed by {} on its axis", pair[0], pair[1])));
        }
        let text = |label: &str| self.said(label).map_or_else(String::new, |(_, value)| value.to_owned());
        Ok(Spectrum { title: text("TITLE"), x_units: text("XUNITS"), y_units: text("YUNITS"), x, y })
    }

    /// `(X++(Y..Y))`: evenly spaced from FIRSTX to LASTX.
    fn ordinates(&self) -> Result<(Vec<f64>, Vec<f64>)> {
        if self.form != "(X++(Y..Y))" {
            return Err(self.fault(self.data.line, format!("`{}` is not read, expected `(X++(Y..Y))`", self.form)));
        }
        let factor = self.number("YFACTOR")?.unwrap_or(1.0);
        let y = ordinates::decode(self.data.lines(), factor).map_err(|(line, reason)| self.fault(line, reason))?;
        let needed =
            |label| self.number(label)?.ok_or_else(|| self.fault(self.data.line, format!("`##{label}=` is missing")));
        let (first, last) = (needed("FIRSTX")?, needed("LASTX")?);
        let n = self.number("NPOINTS")?.map_or(y.len(), |n| n as usize);
        if n != y.len() {
            let reason = format!("the data have {} points, expected {n} as `##NPOINTS=` says", y.len());
            return Err(self.fault(self.data.line, reason));
        }
        let step = (last - first) / (n.max(2) - 1) as f64;
        Ok(((0..n).map(|at| if at + 1 == n { last } else { first + at as f64 * step }).collect(), y))
    }

    /// `(XY..XY)`: pairs.
    fn points(&self) -> Result<(Vec<f64>, Vec<f64>)> {
        let [x_factor, y_factor] = ["XFACTOR", "YFACTOR"].map(|label| self.number(label));
        let (x_factor, y_factor) = (x_factor?.unwrap_or(1.0), y_factor?.unwrap_or(1.0));
        let mut numbers = Vec::new();
        for (line, text) in self.data.lines() {
            let words = text.split([' ', '\t', ',', ';']).filter(|word| !word.is_empty());
            for word in words {
                numbers.push(word.parse::<f64>().map_err(|_| self.fault(line, format!("`{word}` is not a number")))?);
            }
        }
        if numbers.is_empty() || !numbers.len().is_multiple_of(2) {
            return Err(self.fault(self.data.line, format!("{} numbers are not pairs", numbers.len())));
        }
        Ok(numbers.chunks_exact(2).map(|pair| (x_factor * pair[0], y_factor * pair[1])).unzip())
    }

    fn record(&self, label: &str) -> Option<&Record<'_>> {
        self.records.iter().rev().find(|record| record.label == label)
    }

    /// What is said under a label, of a page under that of all variables, and its line.
    fn said(&self, label: &str) -> Option<(usize, &str)> {
        let Some((all, at)) = self.variables.and_then(|variables| variables.of(label)) else {
            return self.record(label).map(|record| (record.line, record.value()));
        };
        let record = self.record(all)?;
        let value = record.value().split(',').nth(at)?.trim();
        (!value.is_empty()).then_some((record.line, value))
    }

    fn number(&self, label: &str) -> Result<Option<f64>> {
        let Some((line, value)) = self.said(label) else { return Ok(None) };
        let number = value.parse().ok().filter(|x: &f64| x.is_finite());
        number.ok_or_else(|| self.fault(line, format!("`##{label}={value}` is not a number"))).map(Some)
    }

    fn fault(&self, line: usize, reason: String) -> Error {
        Error::Jcamp { file: self.file.to_owned(), line, reason }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn xydata(head: &str, data: &str) -> String {
        format!("##TITLE=t\n##XUNITS=1/CM\n{head}##XYDATA=(X++(Y..Y))\n{data}\n##END=\n")
    }

    fn fault(text: &str) -> String {
        parse("a.jdx", text).unwrap_err().to_string()
    }

    #[test]
    fn factors_comments_and_axes_that_fall_are_read() -> Result<()> {
        let head = "##FIRSTX=4 $$ a comment\n##LASTX=2\n##X FACTOR=1\n##Yfactor=0.5\n##N_POINTS=3\n";
        let spectrum = parse("a.jdx", &xydata(head, "4 2 4 8 $$ and another"))?.remove(0);
        assert_eq!((spectrum.x, spectrum.y), (vec![2.0, 3.0, 4.0], vec![4.0, 2.0, 1.0]));
        assert_eq!((spectrum.title.as_str(), spectrum.x_units.as_str()), ("t", "1/CM"));
        Ok(())
    }

    #[test]
    fn pairs_are_read_with_their_factors() -> Result<()> {
        let text = "##TITLE=t\n##XFACTOR=10\n##XYPOINTS=(XY..XY)\n1, 2; 2, 4\n3.5,-1E+1\n##END=\n";
        let spectrum = parse("a.jdx", text)?.remove(0);
        assert_eq!((spectrum.x, spectrum.y), (vec![10.0, 20.0, 35.0], vec![2.0, 4.0, -10.0]));
        Ok(())
    }

    #[test]
    fn each_block_gives_its_own_spectrum() -> Result<()> {
        let one = xydata("##FIRSTX=1\n##LASTX=2\n##NPOINTS=2\n", "1 5 6");
        let text =
            format!("##TITLE=all\n##DATATYPE=LINK\n##BLOCKS=2\n{one}{}##END=\n", one.replace("TITLE=t", "TITLE=u"));
        let titles: Vec<String> = parse("a.jdx", &text)?.into_iter().map(|spectrum| spectrum.title).collect();
        assert_eq!(titles, ["t", "u"]);
        Ok(())
    }

    #[test]
    fn of_pages_the_first_variable_is_read() -> Result<()> {
        let head = "##TITLE=proton\n##NTUPLES= NMR SPECTRUM\n##SYMBOL= X, R, I, N\n##VAR_DIM= 3, 3, 3, 2\n\
                    ##UNITS= HZ, ARBITRARY UNITS, ARBITRARY UNITS, \n##FACTOR= 1, 0.5, 0.25, 1\n\
                    ##FIRST= 30, 2, 1, 1\n##LAST= 10, 6, 3, 2\n";
        let page = |n: usize, symbol: &str, data: &str| {
            format!("##PAGE= N={n}\n##DATA TABLE= (X++({symbol}..{symbol})), XYDATA\n{data}\n")
        };
        let pages = page(1, "R", "30 2 4 6") + &page(2, "I", "30 1 2 3");
        let spectra = parse("a.jdx", &format!("{head}{pages}##END NTUPLES= NMR SPECTRUM\n##END=\n"))?;
        assert_eq!(spectra.len(), 1);
        assert_eq!((&spectra[0].x, &spectra[0].y), (&vec![10.0, 20.0, 30.0], &vec![3.0, 2.0, 1.0]));
        assert_eq!((spectra[0].title.as_str(), spectra[0].x_units.as_str()), ("proton", "HZ"));
        assert!(fault(&format!("{head}{}", page(1, "Q", "30 1"))).starts_with("`(X++(Q..Q))` names what is none of"));
        assert!(fault(&format!("{head}{}", page(1, "R", "30 1"))).starts_with("the data have 1 points, expected 3"));
        Ok(())
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        let head = "##FIRSTX=1\n##LASTX=2\n##NPOINTS=3\n";
        assert_eq!(
            fault(&xydata(head, "1 5 6")),
            "the data have 2 points, expected 3 as `##NPOINTS=` says\n  --> a.jdx, line 6\n\
             hint: the file is damaged, or not the JCAMP-DX that is read: XYDATA=(X++(Y..Y)) or XYPOINTS=(XY..XY)"
        );
        assert!(fault(&xydata("##FIRSTX=a\n", "1 5")).starts_with("`##FIRSTX=a` is not a number\n  --> a.jdx, line 3"));
        assert!(fault(&xydata("", "1 5")).starts_with("`##FIRSTX=` is missing"));
        assert!(fault(&xydata("##FIRSTX=1\n##LASTX=1\n", "1 5 6")).starts_with("1 is followed by 1 on its axis"));
        assert!(fault("##TITLE=t\n##XYPOINTS=(XY..XY)\n1 2 3\n").starts_with("3 numbers are not pairs"));
        assert!(fault("##TITLE=t\n##XYDATA=(R++(I..I))\n1\n").starts_with("`(R++(I..I))` is not read"));
        assert!(fault("hello\n").starts_with("it has no `##XYDATA=`, `##XYPOINTS=` or `##NTUPLES=`\n"));
        let peaks = fault("##TITLE=t\n##PEAK TABLE=(XY..XY)\n1,2\n");
        assert!(peaks.contains("what `##PEAK TABLE=` lists is not a spectrum"), "{peaks}");
    }
}
