//! `##NTUPLES=`: several variables in pages, as spectrometers of nuclear magnetic resonance write them.
//!
//! `##SYMBOL= X, R, I, N` names the variables, and the records beside it say the same of each, in the same order: `##FACTOR=`,
//! `##FIRST=`, `##LAST=`, `##VAR_DIM=`, `##UNITS=`. Each page tells which of them it holds: `##DATA TABLE= (X++(R..R)), XYDATA`.

use super::records::Record;

/// Which variables a page holds, as places among the symbols.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Variables {
    /// The axis.
    pub x: usize,
    /// What stands over it.
    pub y: usize,
}

/// The form of the data and the variables of a page, from the symbols and the record `##DATA TABLE=`.
pub(super) fn variables(symbols: &str, table: &Record<'_>) -> Result<(String, Variables), String> {
    let (form, kind) = table.value().rsplit_once(',').unwrap_or((table.value(), ""));
    if kind.trim().eq_ignore_ascii_case("peaks") {
        return Err("it holds peaks, expected a spectrum".into());
    }
    let form = form.replace(' ', "").to_uppercase();
    let names: Vec<String> = symbols.split(',').map(|symbol| symbol.trim().to_uppercase()).collect();
    let place = |name: &str| names.iter().position(|symbol| symbol == name);
    let inner = form.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')).unwrap_or_default();
    // `X++(R..R)` or `XY..XY`.
    let (x, y, plain) = match inner.split_once("++(") {
        Some((x, rest)) => (x, rest.split("..").next().unwrap_or_default(), "(X++(Y..Y))"),
        None => (inner.get(..1).unwrap_or_default(), inner.get(1..2).unwrap_or_default(), "(XY..XY)"),
    };
    match (place(x), place(y)) {
        (Some(x), Some(y)) => Ok((plain.to_owned(), Variables { x, y })),
        _ => Err(format!("`{form}` names what is none of the symbols {}", names.join(", "))),
    }
}

impl Variables {
    /// The record that says of all variables what another label says of one, and the place of that one in it.
    pub fn of(self, label: &str) -> Option<(&'static str, usize)> {
        let Variables { x, y } = self;
        Some(match label {
            "XUNITS" => ("UNITS", x),
            "YUNITS" => ("UNITS", y),
            "XFACTOR" => ("FACTOR", x),
            "YFACTOR" => ("FACTOR", y),
            "FIRSTX" => ("FIRST", x),
            "LASTX" => ("LAST", x),
            "NPOINTS" => ("VARDIM", y),
            _ => return None,
        })
    }
}
