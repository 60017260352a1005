//! Short options of the command line: a name and the path of a setting. Help, default, range and words come from the schema.

use serde_json::Value;

use crate::schema::visit::find;
use crate::schema::{description, words};

/// A short option for a setting.
#[derive(Clone, Copy, Debug)]
pub struct Short {
    /// The option, without its dashes.
    pub name: &'static str,
    /// The setting.
    pub path: &'static str,
    /// How its value is written.
    pub form: Form,
    /// Options that cannot be combined with it.
    pub conflicts: &'static [&'static str],
}

/// How the value of a short option is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Text, such as the name of a column.
    Text(&'static str),
    /// A whole number.
    Number,
    /// Names with commas between them.
    Names,
    /// Values with commas between them.
    Words,
    /// One of a few values.
    Word,
    /// Height and width, such as `28x28`.
    Size,
    /// Height, width, and perhaps how many numbers a pixel has.
    Sides,
    /// Nothing: it is switched on.
    Switch,
}

const fn short(name: &'static str, path: &'static str, form: Form) -> Short {
    Short { name, path, form, conflicts: &[] }
}

const COLUMN: Form = Form::Text("COLUMN");

/// Those of `gedanken fit`.
pub const FIT: [Short; 13] = [
    short("target", "data.target", Form::Names),
    short("smiles", "data.smiles", COLUMN),
    short("features", "data.features", Form::Names),
    Short {
        conflicts: &["time", "sequence", "spectra", "smiles", "features"],
        ..short("images", "data.images.column", COLUMN)
    },
    Short {
        conflicts: &["time", "sequence", "spectra", "smiles", "images"],
        ..short("pixels", "data.images.pixels", Form::Sides)
    },
    short("size", "data.images.input.size", Form::Size),
    short("weights", "data.weights", COLUMN),
    short("task", "data.task", Form::Word),
    short("folds", "split.folds", Form::Number),
    short("repeats", "split.repeats", Form::Number),
    short("test", "data.test", Form::Text("FILE")),
    short("skip-invalid", "data.skip_invalid", Form::Switch),
    short("seed", "seed", Form::Number),
];

/// Those of `gedanken fit` for time series; all but the first need it.
pub const SERIES: [Short; 10] = [
    short("time", "forecast.time", COLUMN),
    short("horizon", "forecast.horizon", Form::Number),
    short("window", "forecast.window", Form::Number),
    short("frequency", "forecast.frequency", Form::Text("STEP")),
    short("series", "forecast.series", COLUMN),
    short("past", "forecast.past", Form::Names),
    short("future", "forecast.future", Form::Names),
    short("calendar", "forecast.calendar", Form::Words),
    short("season", "forecast.season", Form::Number),
    short("resample", "forecast.resample", Form::Text("STEP")),
];

impl Short {
    /// Its help: the description of the setting, with its default and range.
    pub fn help(&self) -> String {
        let Some((field, default)) = find(self.path) else { return String::new() };
        let text = description(&field).split("\n\n").next().unwrap_or_default().replace('\n', " ");
        let text = crate::sources::without_keys(&text);
        let mut help = text.trim().trim_end_matches('.').to_owned();
        let is_plain = matches!(&default, Value::Number(_) | Value::String(_)) && default.as_str() != Some("");
        if is_plain && self.form != Form::Switch {
            help += &format!(" [default: {}]", default.to_string().trim_matches('"'));
        }
        let range = crate::schema::explain::range(&field);
        if !range.is_empty() {
            help += &format!(
                " [range: {}]",
                range.trim_matches(['[', ']', '(', ')']).replace(", ", " to ").replace("to inf", "and more")
            );
        }
        help
    }

    /// Its possible values, where these are few.
    pub fn words(&self) -> Vec<(String, String)> {
        find(self.path).map_or_else(Vec::new, |(field, _)| words(&field))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_short_option_is_a_setting_and_has_its_words() {
        for short in FIT.iter().chain(&SERIES) {
            assert!(find(short.path).is_some(), "{}", short.path);
            let help = short.help();
            assert!(help.len() > 10 && !help.contains('['.to_string().repeat(2).as_str()), "{}: {help}", short.name);
        }
        assert!(SERIES[1].help().contains("[default: 1] [range: 1 to 10000]"), "{}", SERIES[1].help());
        assert_eq!(FIT[7].words().len(), 2);
    }
}
