//! Short options that are settings: made from the specification's table, with the help of the schema.

use clap::builder::PossibleValue;
use clap::{Arg, ArgAction, ArgMatches, Args, Command, Error, FromArgMatches};
use gedanken::Setting;
use gedanken::short::{FIT, Form, SERIES, Short};
use serde_json::Value;

use crate::words::{Names, Sides, names, sides, size};

/// Values of the short options of `gedanken fit`.
#[derive(Default)]
pub struct Shorts(Vec<(&'static str, Setting)>);

/// The same of time series.
#[derive(Default)]
pub struct SeriesShorts(Shorts);

impl Shorts {
    /// The settings, in the order of the table.
    pub fn settings(&self) -> impl Iterator<Item = Setting> {
        self.0.iter().map(|(_, setting)| setting.clone())
    }

    /// Whether an option was given.
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(own, _)| *own == name)
    }

    fn of(table: &'static [Short], matches: &ArgMatches) -> Self {
        let value = |short: &Short| -> Option<Value> {
            let name = short.name;
            match short.form {
                Form::Text(_) | Form::Word => matches.get_one::<String>(name).map(|text| text.as_str().into()),
                Form::Number => matches.get_one::<u64>(name).map(|&n| n.into()),
                Form::Names => matches.get_many::<Names>(name).map(|all| all.flatten().cloned().collect()),
                Form::Words => matches.get_many::<String>(name).map(|all| all.cloned().collect()),
                Form::Size => matches.get_one::<[usize; 2]>(name).map(|sides| sides.to_vec().into()),
                Form::Sides => matches.get_one::<Sides>(name).map(|sides| sides.0.clone().into()),
                Form::Switch => matches.get_flag(name).then_some(Value::Bool(true)),
            }
        };
        let said = |short: &'static Short| Some((short.name, Setting::new(short.path, value(short)?)));
        Shorts(table.iter().filter_map(said).collect())
    }
}

impl SeriesShorts {
    /// The options.
    pub fn shorts(&self) -> &Shorts {
        &self.0
    }
}

/// Adds to the short options what stands in the schema: their help and their words. The schema takes longer to make than
/// other commands take to run, so it is asked for only where `command` is built.
fn with_help(command: Command) -> Command {
    command.mut_args(|arg| {
        let Some(short) = FIT.iter().chain(&SERIES).find(|short| arg.get_id() == short.name) else { return arg };
        let arg = arg.help(short.help());
        if short.form != Form::Word {
            return arg;
        }
        let words = short.words().into_iter();
        arg.value_parser(words.map(|(word, text)| PossibleValue::new(word).help(text)).collect::<Vec<PossibleValue>>())
    })
}

/// An option without the help of its setting.
fn argument(short: &'static Short) -> Arg {
    let arg = Arg::new(short.name).long(short.name).conflicts_with_all(short.conflicts);
    match short.form {
        Form::Text(what) => arg.value_name(what),
        Form::Number => arg.value_name("N").value_parser(clap::value_parser!(u64)),
        Form::Names => arg.value_name("COLUMNS").value_parser(names).action(ArgAction::Append),
        Form::Words => arg.value_name("WORDS").value_delimiter(',').action(ArgAction::Append),
        Form::Word => arg.value_name("WORD"),
        Form::Size => arg.value_name("HEIGHTxWIDTH").value_parser(size),
        Form::Sides => arg.value_name("HEIGHTxWIDTH").value_parser(sides),
        Form::Switch => arg.action(ArgAction::SetTrue),
    }
}

impl Args for Shorts {
    fn augment_args(command: Command) -> Command {
        command.args(FIT.iter().map(argument)).defer(with_help)
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for Shorts {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        Ok(Shorts::of(&FIT, matches))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        *self = Shorts::of(&FIT, matches);
        Ok(())
    }
}

impl Args for SeriesShorts {
    fn augment_args(command: Command) -> Command {
        let needs_time = |short: &'static Short| match short.name {
            "time" => argument(short),
            // The former name of the option.
            "frequency" => argument(short).visible_alias("freq").requires("time"),
            _ => argument(short).requires("time"),
        };
        command.args(SERIES.iter().map(needs_time))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for SeriesShorts {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        Ok(SeriesShorts(Shorts::of(&SERIES, matches)))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        self.0 = Shorts::of(&SERIES, matches);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;
    use crate::arguments::CommandLine;

    fn check(command: &Command) {
        for arg in command.get_arguments() {
            // Panics where it names an option that is not there.
            command.get_arg_conflicts_with(arg);
        }
        command.get_subcommands().for_each(check);
    }

    #[test]
    fn options_in_conflict_are_options_of_the_same_command() {
        let mut whole = CommandLine::command();
        whole.build();
        check(&whole);
    }

    #[test]
    fn options_have_the_help_and_the_words_of_their_settings() {
        let mut whole = CommandLine::command();
        whole.build();
        let fit = whole.find_subcommand("fit").unwrap();
        for short in FIT.iter().chain(&SERIES) {
            let arg = fit.get_arguments().find(|arg| arg.get_id() == short.name).unwrap();
            assert!(arg.get_help().is_some(), "{}", short.name);
            assert_eq!(short.form == Form::Word, arg.get_possible_values().len() > 1, "{}", short.name);
        }
    }
}
