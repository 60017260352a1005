//! Which letter stands between the fields of a text.

use csv::{ReaderBuilder, StringRecord};

/// The delimiter that cuts the most of the first rows into as many fields as the header, at least two; among equals
/// the one with more fields. A text with a single column counts as divided by commas.
pub fn sniff(text: &str) -> u8 {
    let mut end = text.len().min(SAMPLE);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let complete = end == text.len();
    let score = |&delimiter: &u8| score(&text[..end], delimiter, complete);
    let best = [b'\t', b';', b','].into_iter().filter(|delimiter| score(delimiter).1 > 1);
    best.max_by(|a, b| {
        let ((share_a, fields_a), (share_b, fields_b)) = (score(a), score(b));
        share_a.total_cmp(&share_b).then(fields_a.cmp(&fields_b))
    })
    .unwrap_or(b',')
}

/// Bytes and rows that are looked at.
const SAMPLE: usize = 1 << 18;
const ROWS: usize = 100;

/// Fraction of rows with as many fields as the header, and that number.
fn score(sample: &str, delimiter: u8, complete: bool) -> (f64, usize) {
    let mut reader =
        ReaderBuilder::new().delimiter(delimiter).flexible(true).has_headers(false).from_reader(sample.as_bytes());
    let mut record = StringRecord::new();
    let mut lengths = Vec::new();
    while lengths.len() <= ROWS && reader.read_record(&mut record).unwrap_or(false) {
        lengths.push(record.len());
    }
    // The last row of a sample may be cut.
    if !complete && lengths.len() > 1 {
        lengths.pop();
    }
    let fields = lengths.first().copied().unwrap_or(0);
    let equal = lengths.iter().filter(|&&n| n == fields).count();
    (equal as f64 / lengths.len().max(1) as f64, fields)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delimiter_is_the_one_that_gives_rows_of_equal_length() {
        assert_eq!(sniff("a,b\n1,2\n"), b',');
        assert_eq!(sniff("a;b\n1,5;2,5\n"), b';');
        assert_eq!(sniff("a, x\tb, y\n1\t2\n3\t4\n"), b'\t');
        assert_eq!(sniff("\"a;b\",c\n1,2\n"), b',');
        assert_eq!(sniff("smiles\nCCO\n"), b',');
    }

    #[test]
    fn one_ragged_row_does_not_change_the_delimiter() {
        assert_eq!(sniff("a,b\n1,2\n1,2,3\n4,5\n"), b',');
    }
}
