//! Checks of values before they are stored.

use spec::error::{Error, Result};

use crate::store::trial::{Asker, Proposal, State, Told};

/// A finite number.
pub(crate) fn number(what: &str, value: f64) -> Result<()> {
    if value.is_finite() {
        return Ok(());
    }
    refuse(format!("{what} is {value}"), "give a finite number, or report that the trial failed")
}

/// A name or a text that both databases can hold.
pub(crate) fn text(what: &str, text: &str) -> Result<()> {
    if text.is_empty() {
        return refuse(format!("{what} is empty"), "give it a text, or leave it out");
    }
    if text.contains('\0') {
        return refuse(format!("{what} {text:?} holds a zero character"), "leave this character out");
    }
    Ok(())
}

/// The time, and the end of a lease, which must lie after it.
pub(crate) fn times(now: f64, lease: Option<f64>) -> Result<()> {
    number("the time", now)?;
    let Some(lease) = lease else { return Ok(()) };
    number("the end of the lease", lease)?;
    if lease > now {
        return Ok(());
    }
    refuse(format!("the lease ends at {lease}, and it is {now}"), "let it end later")
}

pub(crate) fn asker(asker: &Asker) -> Result<()> {
    times(asker.now, asker.lease)?;
    asker.worker.map_or(Ok(()), |worker| text("the name of the worker", worker))?;
    asker.request.map_or(Ok(()), |request| text("the name of the request", request))
}

pub(super) fn proposal(proposal: &Proposal) -> Result<()> {
    text("the origin of a point", &proposal.origin)?;
    match proposal.point.iter().find(|(_, value)| value.is_null()) {
        Some((name, _)) => {
            refuse(format!("`{name}` of a point is null"), "give it a value, or leave it out; NaN is not a value")
        }
        None => Ok(()),
    }
}

pub(crate) fn told(told: &Told) -> Result<()> {
    if told.state == State::Pending {
        return refuse("`pending` is reported".into(), "report that a trial is complete, failed or abandoned");
    }
    if told.state == State::Complete && told.outcomes.is_empty() {
        let hint = "give at least one outcome, or tell that the trial failed or was abandoned";
        return refuse("a complete trial without an outcome is reported".into(), hint);
    }
    for (name, value) in &told.outcomes {
        number(&format!("the outcome `{name}`"), *value)?;
    }
    told.reason.as_deref().map_or(Ok(()), |reason| text("the reason", reason))
}

fn refuse(what: String, hint: &'static str) -> Result<()> {
    Err(Error::NotStored { what, hint })
}
