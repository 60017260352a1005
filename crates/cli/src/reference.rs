//! The reference page of the command line.

use std::fmt::Write;

use clap::{Arg, Command, CommandFactory};

use crate::arguments::CommandLine;

/// All commands with their options.
pub fn command_line() -> String {
    let mut whole = CommandLine::command();
    whole.build();
    let mut page = String::from(
        "# Command line\n\nEvery command with its options, as `--help` prints them. Options that are settings have the words, defaults and\nranges of \
         [the settings](settings.md). This page is generated.\n",
    );
    whole
        .get_subcommands()
        .filter(|command| command.get_name() != "help")
        .for_each(|command| add(command, "gedanken", &mut page));
    page
}

fn add(command: &Command, before: &str, page: &mut String) {
    let name = format!("{before} {}", command.get_name());
    let about = command.get_about().map(ToString::to_string).unwrap_or_default();
    let _ = write!(page, "\n## `{name}`\n\n{}.\n", about.trim_end_matches('.'));
    let shown = |arg: &&Arg| !arg.is_hide_set() && !["help", "version"].contains(&arg.get_id().as_str());
    let all: Vec<&Arg> = command.get_arguments().filter(shown).collect();
    if !all.is_empty() {
        page.push_str("\n| option | meaning |\n|---|---|\n");
    }
    for arg in all {
        let help = arg.get_help().map(ToString::to_string).unwrap_or_default().replace('\n', " ").replace('|', "\\|");
        let _ = writeln!(page, "| `{}` | {help} |", option(arg));
    }
    let subcommands = command.get_subcommands().filter(|command| command.get_name() != "help");
    subcommands.for_each(|command| add(command, &name, page));
}

/// `--seed <N>`, or `<TABLE>`.
fn option(arg: &Arg) -> String {
    let names = arg.get_value_names().unwrap_or_default();
    let values = if arg.get_action().takes_values() {
        names.iter().map(|name| format!("<{name}>")).collect::<Vec<_>>().join(" ")
    } else {
        String::new()
    };
    match arg.get_long() {
        Some(long) => format!("--{long} {values}").trim_end().to_owned(),
        None => values,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_stands_on_the_page() {
        let page = command_line();
        for words in ["## `gedanken fit`", "## `gedanken data get`", "`--horizon <N>`", "`--smiles <COLUMN>`"] {
            assert!(page.contains(words), "{words}");
        }
    }
}
