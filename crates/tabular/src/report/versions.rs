//! Versions of the program and of the data, for reproduction to the bit.

use ::report::{Block, Section};

use crate::outcome::Outcome;

pub fn section(outcome: &Outcome) -> Option<Section> {
    let model = outcome.model.to_bytes().map(|bytes| ::data::hash::of_bytes(&bytes));
    let mut facts = vec![
        ("Gedanken".to_owned(), env!("CARGO_PKG_VERSION").to_owned()),
        ("processor".to_owned(), format!("{}, {}", std::env::consts::ARCH, std::env::consts::OS)),
        ("data".to_owned(), format!("SHA-256 `{}`", outcome.model.data_sha256)),
    ];
    facts.extend(model.ok().map(|hash| ("`model.safetensors`".to_owned(), format!("SHA-256 `{hash}`"))));
    let words = "The same program, data, settings and seed give the same model file, byte for byte, on the same kind of \
                 processor. The one exception is `train.parallel = \"hogwild\"`.";
    Some(Section { title: "Versions".into(), blocks: vec![Block::Facts(facts), Block::Paragraph(words.into())] })
}
