//! The sources behind the keys in square brackets.

/// All sources, as BibTeX.
const SOURCES: &str = include_str!("../refs.bib");

/// What the program is called where it is cited.
const TITLE: &str = "Gedanken: deep learning for physical scientists";

/// The BibTeX entry of a key such as `Kingma2015`; `None` of a key without one.
pub fn entry(key: &str) -> Option<&'static str> {
    let at = SOURCES.find(&format!("{{{key},"))?;
    let start = SOURCES[..at].rfind('@')?;
    let end = SOURCES[at..].find("\n}")?;
    Some(&SOURCES[start..at + end + 2])
}

/// The program's own entry, as BibTeX.
pub fn own_entry() -> String {
    let (authors, version) = (env!("CARGO_PKG_AUTHORS"), env!("CARGO_PKG_VERSION"));
    format!(
        "@software{{Gedanken,\n  author = {{{{{authors}}}}},\n  title = {{{TITLE}}},\n  version = {{{version}}}\n}}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_is_found_whole() {
        let text = entry("Kingma2015").unwrap();
        assert!(text.starts_with("@") && text.ends_with("}"), "{text}");
        assert_eq!(entry("Nobody1900"), None);
    }

    /// `CITATION.cff` is read by hosts of repositories; what it says must be what the program says.
    #[test]
    fn the_entry_of_the_program_agrees_with_its_citation_file() {
        let citation = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../CITATION.cff")).unwrap();
        for text in [env!("CARGO_PKG_AUTHORS"), TITLE, env!("CARGO_PKG_VERSION")] {
            assert!(citation.contains(text) && own_entry().contains(text), "{text}");
        }
    }
}
