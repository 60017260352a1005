//! Hints for more or less capacity of a model.

use spec::model::ModelKind;

/// Hint for a lower variance of a model.
pub(super) fn less_freedom(kind: &ModelKind) -> String {
    format!("more rows, {}", kind.spec().less_freedom())
}

/// Hint for a lower bias of a model.
pub(super) fn more_freedom(kind: &ModelKind) -> &'static str {
    kind.spec().more_freedom()
}

/// Hint for a variance that averaging reduces.
pub(super) fn ensemble(kind: &ModelKind) -> &'static str {
    kind.ensemble_advice()
}

/// Whether a model fits its own rows nearly exactly, however well it predicts others.
pub(super) fn remembers(kind: &ModelKind) -> bool {
    kind.members().first().is_some_and(|(single, ..)| single.spec().memorizes())
}
