//! The pieces of a section as HTML.

use super::text::{escape, words};
use super::{Block, Card, Highlight};
use crate::{Alignment, Figure, Table};

/// The element of a block; `name` is a name that no other block has.
pub fn block(block: &Block, name: &str) -> String {
    match block {
        Block::Paragraph(text) => format!("<p>{}</p>\n", words(text)),
        Block::Note(text) => format!("<p class=\"note\"><strong>Note.</strong> {}</p>\n", words(text)),
        Block::Warning(text) => {
            format!("<p class=\"note warning\" role=\"note\"><strong>Warning.</strong> {}</p>\n", words(text))
        }
        Block::Highlights(list) => {
            format!("<ul class=\"highlights\">\n{}</ul>\n", list.iter().map(highlight).collect::<String>())
        }
        Block::Facts(list) => facts(list),
        Block::Table { caption, table, marked } => data_table(caption, table, *marked, name),
        Block::Figures(list) => {
            format!("<div class=\"figures\">\n{}</div>\n", list.iter().map(figure).collect::<String>())
        }
        Block::Cards(list) => format!("<ul class=\"cards\">\n{}</ul>\n", list.iter().map(card).collect::<String>()),
        Block::Code { caption, text } => {
            format!("<figure class=\"code\">\n<figcaption>{}</figcaption>\n{}</figure>\n", words(caption), lines(text))
        }
        Block::Folded { summary, text } => {
            format!("<details>\n<summary>{}</summary>\n{}</details>\n", words(summary), lines(text))
        }
    }
}

/// Text with its lines; wide lines scroll for themselves, with the keyboard too.
fn lines(text: &str) -> String {
    format!("<pre tabindex=\"0\"><code>{}</code></pre>\n", escape(text.trim_end()))
}

fn highlight(Highlight { name, value, detail }: &Highlight) -> String {
    format!(
        "<li><span class=\"name\">{}</span> <strong>{}</strong> <span class=\"detail\">{}</span></li>\n",
        words(name),
        words(value),
        words(detail)
    )
}

fn facts(list: &[(String, String)]) -> String {
    let fact =
        |(name, value): &(String, String)| format!("<div><dt>{}</dt><dd>{}</dd></div>\n", words(name), words(value));
    format!("<dl>\n{}</dl>\n", list.iter().map(fact).collect::<String>())
}

fn data_table(caption: &str, table: &Table, marked: Option<usize>, name: &str) -> String {
    let class = |column: usize| match table.alignment.get(column) {
        Some(Alignment::Left) => "",
        _ => " class=\"number\"",
    };
    let header = |(at, cell): (usize, &String)| format!("<th scope=\"col\"{}>{}</th>", class(at), words(cell));
    let cell = |(at, cell): (usize, &String)| match at {
        0 => format!("<th scope=\"row\"{}>{}</th>", class(at), words(cell)),
        _ => format!("<td{}>{}</td>", class(at), words(cell)),
    };
    let row = |(at, cells): (usize, &Vec<String>)| {
        let mark = if marked == Some(at) { " class=\"marked\"" } else { "" };
        format!("<tr{mark}>{}</tr>\n", cells.iter().enumerate().map(cell).collect::<String>())
    };
    format!(
        "<div class=\"scroll\" role=\"region\" aria-labelledby=\"{name}\" tabindex=\"0\">\n<table>\n\
         <caption id=\"{name}\"><span>{}</span></caption>\n<thead>\n<tr>{}</tr>\n</thead>\n<tbody>\n{}</tbody>\n</table>\n</div>\n",
        words(caption),
        table.header.iter().enumerate().map(header).collect::<String>(),
        table.rows.iter().enumerate().map(row).collect::<String>(),
    )
}

fn figure(figure: &Figure) -> String {
    format!("<figure>\n{}<figcaption>{}</figcaption>\n</figure>\n", figure.to_svg_in_page(), words(&figure.description))
}

fn card(Card { title, svg, caption, facts: list }: &Card) -> String {
    let caption =
        if caption.is_empty() { String::new() } else { format!("<p class=\"caption\">{}</p>\n", words(caption)) };
    format!("<li>\n<p class=\"name\">{}</p>\n{svg}{caption}{}</li>\n", words(title), facts(list))
}
