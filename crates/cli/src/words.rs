//! Parsers of values on the command line.

/// A fraction between zero and one.
pub fn share(text: &str) -> Result<f64, String> {
    let share = text.parse().ok().filter(|share| (0.01..=0.999).contains(share));
    share.ok_or_else(|| format!("`{text}` is not a fraction, expected a number from 0.01 to 0.999 such as 0.9"))
}

/// Names that were written together.
pub type Names = Vec<String>;

/// Names between commas; text in double quotes is one name.
pub fn names(text: &str) -> Result<Names, String> {
    let (mut names, mut name, mut quoted) = (Vec::new(), String::new(), false);
    for letter in text.chars() {
        match letter {
            '"' => quoted = !quoted,
            ',' if !quoted => names.push(std::mem::take(&mut name)),
            letter => name.push(letter),
        }
    }
    names.push(name);
    match (quoted, names.iter().any(String::is_empty)) {
        (true, _) => Err("a double quote is not closed".into()),
        (_, true) => Err("a name is empty, expected names with commas between them".into()),
        _ => Ok(names),
    }
}

/// Location of the steps of sequences.
pub fn sequence(text: &str) -> Result<String, String> {
    let (kind, rest) = text.split_once(':').map_or((text, None), |(kind, rest)| (kind, Some(rest)));
    let is_right = match (kind, rest) {
        ("tokens", None) | ("columns", None) => true,
        ("columns", Some(channels)) => channels.parse::<u32>().is_ok_and(|n| n > 0),
        ("rows", Some(rest)) => !rest.is_empty() && rest.split(':').count() <= 2,
        _ => false,
    };
    let expected = "expected `tokens`, `columns`, `columns:2`, `rows:ID` or `rows:ID:TIME` with names of columns";
    if is_right { Ok(text.to_owned()) } else { Err(format!("`{text}` does not say where the steps are, {expected}")) }
}

/// A range of an axis, of which either bound may be left out.
pub fn spectra(text: &str) -> Result<(Option<f64>, Option<f64>), String> {
    let end = |text: &str| match text {
        "" => Some(None),
        text => text.parse().ok().filter(|x: &f64| x.is_finite()).map(Some),
    };
    let ends = text.split_once(':').and_then(|(low, high)| Some((end(low)?, end(high)?)));
    let is_right = |(low, high): &(Option<f64>, Option<f64>)| low.zip(*high).is_none_or(|(low, high)| low < high);
    let expected = "expected numbers such as `400:1800`, `400:` or `:1800`";
    ends.filter(is_right).ok_or_else(|| format!("`{text}` is not a range of an axis, {expected}"))
}

/// Height and width in pixels.
pub fn size(text: &str) -> Result<[usize; 2], String> {
    sides(text)?.0.try_into().map_err(|_| format!("`{text}` is not a size, expected height and width such as `28x28`"))
}

/// Height and width, and perhaps a third number.
#[derive(Clone)]
pub struct Sides(pub Vec<usize>);

pub fn sides(text: &str) -> Result<Sides, String> {
    let sides = text.split(['x', 'X']).map(|side| side.parse().ok().filter(|&side| side > 0)).collect();
    let sides: Option<Vec<usize>> = sides;
    let sides = sides.filter(|sides| matches!(sides.len(), 2 | 3));
    sides.map(Sides).ok_or_else(|| format!("`{text}` is not a size, expected one such as `28x28`"))
}

/// The number of a row, from one.
pub fn row(text: &str) -> Result<usize, String> {
    let row = text.parse().ok().filter(|row| *row > 0);
    row.ok_or_else(|| format!("`{text}` is not a row: rows count from 1, without the header"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_in_quotes_may_hold_a_comma() {
        assert_eq!(names("a,\"rate, 1/s\",b").unwrap(), ["a", "rate, 1/s", "b"]);
        assert!(names("a,,b").is_err() && names("\"a").is_err());
    }
}
