//! The sources of the keys in square brackets.

/// All sources, as BibTeX.
const SOURCES: &str = include_str!("../refs.bib");

/// Title of the program where it is cited.
const TITLE: &str = "Gedanken: deep learning for physical scientists";

/// The BibTeX entry of a key such as `Kingma2015`; `None` of a key without one.
pub fn entry(key: &str) -> Option<&'static str> {
    let at = SOURCES.find(&format!("{{{key},"))?;
    let start = SOURCES[..at].rfind('@')?;
    let end = SOURCES[at..].find("\n}")?;
    Some(&SOURCES[start..at + end + 2])
}

/// The keys in square brackets of a text, each once, in their order: of `[Kingma2015, Reddi2018]` both.
pub fn keys(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for inside in text.split('[').skip(1).filter_map(|rest| rest.split_once(']')).map(|(inside, _)| inside) {
        for key in inside.trim_end_matches('\\').split([',', ';']).map(str::trim) {
            if is_key(key) && !found.contains(&key) {
                found.push(key);
            }
        }
    }
    found
}

/// A text without its keys in square brackets.
pub fn without_keys(text: &str) -> String {
    let mut plain = text.to_owned();
    for inside in text.split('[').skip(1).filter_map(|rest| rest.split_once(']')).map(|(inside, _)| inside) {
        if inside.split([',', ';']).all(|key| is_key(key.trim())) {
            plain = plain.replace(&format!(" [{inside}]"), "");
        }
    }
    plain
}

/// A name and a year, and nothing else: `Kingma2015`, `White2023a`.
fn is_key(text: &str) -> bool {
    let year = text.trim_end_matches(|c: char| c.is_ascii_lowercase());
    let name = year.trim_end_matches(|c: char| c.is_ascii_digit());
    (3..=4).contains(&(year.len() - name.len()))
        && name.starts_with(char::is_uppercase)
        && name.chars().all(char::is_alphabetic)
}

/// The full reference of a key in one line: authors, title, where it was published, year; `None` of a key without an entry.
pub fn reference(key: &str) -> Option<String> {
    let entry = entry(key)?;
    let authors = field(entry, "author")?.replace(" and ", ", ");
    let place = ["journal", "booktitle", "publisher", "school", "howpublished", "institution"];
    let place = place.into_iter().find_map(|name| field(entry, name));
    let volume = field(entry, "volume").map(|volume| format!(" {volume}"));
    let pages = field(entry, "pages").map(|pages| format!(", {}", pages.replace("--", "-")));
    let place = place.map(|place| format!(" {place}{}{}", volume.unwrap_or_default(), pages.unwrap_or_default()));
    let title = field(entry, "title")?;
    Some(format!("[{key}] {authors}: {title}.{} ({})", place.unwrap_or_default(), field(entry, "year")?))
}

/// A field of an entry without braces.
fn field(entry: &str, name: &str) -> Option<String> {
    // Some entries line up their signs of equality.
    let value_of = |start: &String| entry.split(start).skip(1).find_map(|rest| rest.trim_start().strip_prefix('='));
    let after = [format!("\n  {name}"), format!(", {name}")].iter().find_map(value_of)?.trim_start();
    let value = match after.strip_prefix('{') {
        Some(inside) => {
            let mut depth = 1_usize;
            let end = inside.find(|c| {
                depth = if c == '{' { depth + 1 } else { depth - usize::from(c == '}') };
                depth == 0
            });
            &inside[..end?]
        }
        None => after.split([',', '\n']).next()?.trim_matches('"'),
    };
    let plain: String = value.chars().filter(|c| !matches!(c, '{' | '}')).collect();
    Some(plain.replace("\\&", "&").replace('~', " ").split_whitespace().collect::<Vec<_>>().join(" "))
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

    #[test]
    fn keys_are_names_with_a_year() {
        assert_eq!(
            keys("a [b] of [Cho2014, Gers2000] and \\[Kipf2017\\], [0, 1], `[batch, features]`"),
            ["Cho2014", "Gers2000", "Kipf2017"]
        );
    }

    #[test]
    fn every_entry_has_a_reference() {
        for key in SOURCES.lines().filter_map(|line| line.strip_prefix('@')?.split_once('{')?.1.strip_suffix(',')) {
            assert!(reference(key).is_some(), "{key}: {:?}", entry(key));
        }
        let text = reference("Kingma2015").unwrap();
        assert!(text.contains("Adam") && text.ends_with("(2015)"), "{text}");
    }

    /// `CITATION.cff` is read by hosts of repositories; it must agree with the program's own entry.
    #[test]
    fn the_entry_of_the_program_agrees_with_its_citation_file() {
        let citation = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../CITATION.cff")).unwrap();
        for text in [env!("CARGO_PKG_AUTHORS"), TITLE, env!("CARGO_PKG_VERSION")] {
            assert!(citation.contains(text) && own_entry().contains(text), "{text}");
        }
    }
}
