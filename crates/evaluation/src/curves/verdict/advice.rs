//! What gives a model more freedom, and what less.

use spec::model::ModelKind;

/// What lowers the variance of a model.
pub(super) fn less_freedom(kind: &ModelKind) -> String {
    format!("more rows, {}", kind.spec().less_freedom())
}

/// What lowers the bias of a model.
pub(super) fn more_freedom(kind: &ModelKind) -> &'static str {
    kind.spec().more_freedom()
}

/// What averages a variance away.
pub(super) fn ensemble(kind: &ModelKind) -> &'static str {
    kind.ensemble_advice()
}

/// Whether a model fits its own rows nearly exactly, however well it predicts others.
pub(super) fn remembers(kind: &ModelKind) -> bool {
    kind.members().first().is_some_and(|(single, ..)| single.spec().memorizes())
}
