//! Series and their times in messages.

use crate::Column;

/// `the series`, or its name, for the beginning of messages.
pub(super) fn subject(id: Option<&str>) -> String {
    id.map_or_else(|| "the series".to_owned(), |id| format!("series `{id}`"))
}

/// The time column and the series, for messages: `date` of series `a`.
pub(super) fn time_of(time: &Column, id: Option<&str>) -> String {
    match id {
        Some(id) => format!("`{}` of series `{id}`", time.header()),
        None => format!("`{}`", time.header()),
    }
}
