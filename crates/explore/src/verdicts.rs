//! Findings of a look as text, with numbers and advice.

mod columns;
mod dimensions;
mod rows;
mod target;

use spec::data::Data;

use crate::found::Look;
use crate::verdict::Verdict;

/// All verdicts, most important first.
pub(crate) fn of(look: &Look, data: &Data, usable: usize) -> Vec<Verdict> {
    let mut verdicts = rows::verdicts(look, data, usable);
    verdicts.extend(target::verdicts(look, data));
    verdicts.extend(columns::verdicts(look, data));
    verdicts.extend(dimensions::verdicts(look, data, usable));
    // Stable: equally heavy ones stay in the order in which they were found.
    verdicts.sort_by_key(|verdict| verdict.weight);
    verdicts
}
