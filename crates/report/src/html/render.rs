//! The page around its sections.

use super::blocks::block;
use super::style::STYLE;
use super::text::{escape, slug, words};
use super::{Page, Section};
use crate::figure::{CSS, FONTS};

impl Page {
    /// The page as one file that needs nothing else: no script, no request, no font. It follows the reader's light or
    /// dark setting, fits a telephone and can be printed. The same page gives the same bytes.
    pub fn to_html(&self) -> String {
        let names = places(&self.sections);
        let mut html = String::from("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        html += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n";
        html += "<meta name=\"color-scheme\" content=\"light dark\">\n";
        // Whatever a table may hold, the browser runs nothing and fetches nothing.
        html += "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; \
                 img-src data:\">\n<link rel=\"icon\" href=\"data:,\">\n";
        html += &format!("<title>{}</title>\n", escape(&self.title));
        html += &format!("<style>\n{}{CSS}\n</style>\n</head>\n<body>\n", STYLE.replace("FONTS", FONTS));
        html += "<a class=\"skip\" href=\"#content\">Skip to the content</a>\n";
        html += &format!("<header>\n<h1>{}</h1>\n", words(&self.title));
        if !self.subtitle.is_empty() {
            html += &format!("<p class=\"subtitle\">{}</p>\n", words(&self.subtitle));
        }
        html += "</header>\n";
        html += &contents(&self.sections, &names);
        html += "<main id=\"content\">\n";
        for (section, name) in self.sections.iter().zip(&names) {
            html +=
                &format!("<section aria-labelledby=\"{name}\">\n<h2 id=\"{name}\">{}</h2>\n", words(&section.title));
            for (at, piece) in section.blocks.iter().enumerate() {
                html += &block(piece, &format!("{name}-{at}"));
            }
            html += "</section>\n";
        }
        html += "</main>\n";
        if !self.footer.is_empty() {
            html += &format!("<footer><p>{}</p></footer>\n", words(&self.footer));
        }
        html + "</body>\n</html>\n"
    }
}

fn contents(sections: &[Section], names: &[String]) -> String {
    let item =
        |(section, name): (&Section, &String)| format!("<li><a href=\"#{name}\">{}</a></li>\n", words(&section.title));
    let items: String = sections.iter().zip(names).map(item).collect();
    if items.is_empty() { items } else { format!("<nav aria-label=\"Contents\">\n<ol>\n{items}</ol>\n</nav>\n") }
}

/// A different name for each section.
fn places(sections: &[Section]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for (at, section) in sections.iter().enumerate() {
        let name = slug(&section.title);
        // `content` is the whole.
        let taken = name.is_empty() || name == "content" || names.contains(&name);
        names.push(if taken { format!("section-{}", at + 1) } else { name });
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Block, Card, Highlight, Table, histogram};

    fn page() -> Page {
        let mut table = Table::new(&["model", "RMSE"]);
        table.row(&["a<b", "1.0"]);
        let blocks = vec![
            Block::Paragraph("one & two".into()),
            Block::Warning("look".into()),
            Block::Highlights(vec![Highlight { name: "RMSE".into(), value: "1 K".into(), detail: "[0, 2]".into() }]),
            Block::Facts(vec![("rows".into(), "3".into())]),
            Block::Table { caption: "Test".into(), table, marked: Some(0) },
            Block::Figures(vec![histogram("t", "x", &[0.0, 1.0], &[1])]),
            Block::Cards(vec![Card { title: "row 1".into(), svg: "<svg></svg>".into(), ..Card::default() }]),
            Block::Folded { summary: "all".into(), text: "a = \"<\"\nb = 2".into() },
        ];
        let section = |title: &str, blocks| Section { title: title.into(), blocks };
        let sections = vec![section("Same", blocks), section("Same", vec![])];
        Page { title: "T <script>".into(), subtitle: "s".into(), sections, footer: "f".into() }
    }

    #[test]
    fn a_page_has_landmarks_a_language_and_contents() {
        let html = page().to_html();
        for part in
            ["<html lang=\"en\">", "<main id=\"content\">", "<nav aria-label=\"Contents\">", "<header>", "<footer>"]
        {
            assert_eq!(html.matches(part).count(), 1, "{part}");
        }
        assert!(html.contains("href=\"#same\"") && html.contains("href=\"#section-2\""));
    }

    #[test]
    fn nothing_is_run_or_fetched() {
        let html = page().to_html();
        assert!(!html.contains("<script") && !html.contains("http:") && !html.contains("https:"), "{html}");
        assert!(html.contains("T &lt;script&gt;") && html.contains("a&lt;b") && html.contains("one &amp; two"));
    }

    #[test]
    fn cells_know_their_row_and_column() {
        let html = page().to_html();
        assert!(html.contains("<caption id=\"same-4\"><span>Test</span></caption>"));
        assert!(html.contains("<th scope=\"col\">model</th>") && html.contains("<th scope=\"row\">a&lt;b</th>"));
    }

    #[test]
    fn the_style_of_figures_stands_in_the_page_once() {
        let html = page().to_html();
        assert_eq!(html.matches("<style>").count(), 1);
        assert!(html.contains("<title>t</title>\n<desc>"));
    }

    #[test]
    fn every_element_that_is_opened_is_closed() {
        let html = page().to_html();
        for name in
            ["section", "div", "figure", "table", "ul", "ol", "li", "dl", "dt", "dd", "p", "details", "svg", "th"]
        {
            let open = html.matches(&format!("<{name}>")).count() + html.matches(&format!("<{name} ")).count();
            assert_eq!(open, html.matches(&format!("</{name}>")).count(), "{name}");
        }
    }
}
