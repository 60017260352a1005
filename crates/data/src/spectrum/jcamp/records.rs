//! Labeled records: `##LABEL= value`, and lines that belong to it.

/// A record as it stands in a file.
#[derive(Clone, Debug)]
pub(super) struct Record<'a> {
    /// Its label in capital letters, without what may stand between them.
    pub label: String,
    /// Its line, from one.
    pub line: usize,
    first: &'a str,
    rest: Vec<(usize, &'a str)>,
}

impl<'a> Record<'a> {
    /// What stands after the sign of equality, without comments.
    pub fn value(&self) -> &'a str {
        self.first
    }

    /// The lines below, each with its number.
    pub fn lines(&self) -> impl Iterator<Item = (usize, &'a str)> + '_ {
        self.rest.iter().copied()
    }
}

/// The records of a text in their order.
pub(super) fn records(text: &str) -> Vec<Record<'_>> {
    let mut records: Vec<Record<'_>> = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let line = line.split("$$").next().unwrap_or(line).trim();
        match line.strip_prefix("##").and_then(|rest| rest.split_once('=')) {
            Some((label, value)) => {
                let label = label.chars().filter(|letter| !matches!(letter, ' ' | '-' | '/' | '_')).collect::<String>();
                let label = label.to_uppercase();
                records.push(Record { label, line: at + 1, first: value.trim(), rest: Vec::new() });
            }
            None if line.is_empty() => {}
            None => records.last_mut().into_iter().for_each(|record| record.rest.push((at + 1, line))),
        }
    }
    records
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_alike_however_they_are_written() {
        let found = records("##Data Type= IR $$ spectrum\n##data-type=\n 1 2\n\n3 $$ 4\n");
        assert!(found.iter().all(|record| record.label == "DATATYPE"));
        assert_eq!((found[0].value(), found[1].line), ("IR", 2));
        assert_eq!(found[1].lines().collect::<Vec<_>>(), [(3, "1 2"), (5, "3")]);
    }
}
