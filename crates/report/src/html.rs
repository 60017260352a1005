//! A page for reading: headings, words, tables and figures as plain data, and one HTML file.

mod blocks;
mod render;
mod style;
mod text;

use base64::Engine;

use crate::{Figure, Table};

/// A page as plain data; [`Page::to_html`] renders it.
///
/// In all its words, what stands between backticks is set as code; everything is escaped.
///
/// ```
/// use report::{Block, Page, Section};
/// let words = Section { title: "Result".to_owned(), blocks: vec![Block::Paragraph("it is `< 1`".to_owned())] };
/// let page = Page { title: "A report".to_owned(), sections: vec![words], ..Page::default() };
/// assert!(page.to_html().contains("<p>it is <code>&lt; 1</code></p>"));
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    /// The heading, and the name of the page in the browser.
    pub title: String,
    /// A line below the heading.
    pub subtitle: String,
    /// The parts of the page; each is listed in its table of contents.
    pub sections: Vec<Section>,
    /// The last line.
    pub footer: String,
}

/// A part of a page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Section {
    /// Its heading.
    pub title: String,
    /// Blocks, from top to bottom.
    pub blocks: Vec<Block>,
}

/// A piece of a section.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// Words.
    Paragraph(String),
    /// Something good to know.
    Note(String),
    /// Something that may make the rest wrong.
    Warning(String),
    /// A few numbers in large letters.
    Highlights(Vec<Highlight>),
    /// Names with their values.
    Facts(Vec<(String, String)>),
    /// A table with its caption; one row may be marked as the one that the page is about.
    Table {
        /// Caption of the table.
        caption: String,
        /// Header and rows.
        table: Table,
        /// The row to mark, from zero.
        marked: Option<usize>,
    },
    /// Figures side by side where there is room.
    Figures(Vec<Figure>),
    /// Drawings with a few values each.
    Cards(Vec<Card>),
    /// Text to be copied, such as an entry of BibTeX.
    Code {
        /// What the text is.
        caption: String,
        /// The text, with its lines.
        text: String,
    },
    /// Long text that a reader opens.
    Folded {
        /// Summary, seen while it is closed.
        summary: String,
        /// The text, with its lines.
        text: String,
    },
}

/// A number that a reader should see first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Highlight {
    /// The quantity.
    pub name: String,
    /// Its value with the unit.
    pub value: String,
    /// A line below, such as the interval.
    pub detail: String,
}

/// An image as an `<svg>` element of so many units, given as the bytes of a PNG; its pixels stay squares.
pub fn picture(png: &[u8], width: usize, height: usize) -> String {
    let data = base64::engine::general_purpose::STANDARD.encode(png);
    format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"><image width="{width}" height="{height}" style="image-rendering: pixelated" href="data:image/png;base64,{data}"/></svg>"#
    )
}

/// A drawing, such as that of a molecule, with a few values.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Card {
    /// The line above.
    pub title: String,
    /// An `<svg>` element, put into the page as it is; empty for none.
    pub svg: String,
    /// A line below the drawing.
    pub caption: String,
    /// Names with their values.
    pub facts: Vec<(String, String)>,
}
