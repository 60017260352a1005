//! Errors of models and training.

/// Errors of models and training.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[allow(missing_docs)] // the messages say it
pub enum Error {
    #[error("layer {at} (`{layer}`) expects {expected}, but the layer before it gives {found}")]
    LayerInput { at: usize, layer: &'static str, expected: String, found: String },

    #[error("layer {at} (`{layer}`) has {what} = 0\nhint: give it at least one")]
    EmptyLayer { at: usize, layer: &'static str, what: &'static str },

    #[error("a graph has {found}, but {expected} are expected")]
    Graph { found: String, expected: &'static str },

    #[error("{reason}")]
    Unreadable { reason: String },

    #[error("there are no rows to train on")]
    NoRows,

    #[error(
        "training stopped in epoch {epoch}, step {step}: `{op}` gave a number that is not finite{}{}\nhint: {hint}",
        if *.backward { " in its gradient" } else { "" },
        .row.map_or_else(String::new, |row| format!(", first in training row {}", row + 1))
    )]
    NotFinite { epoch: usize, step: usize, op: &'static str, backward: bool, row: Option<usize>, hint: &'static str },

    #[error("`{loss}` compares {expected}, but the targets are {found}\nhint: {hint}")]
    LossDoesNotFit { loss: &'static str, expected: &'static str, found: &'static str, hint: &'static str },

    #[error("{model} needs {expected}, but {found}\nhint: {hint}")]
    Unsuitable { model: &'static str, expected: String, found: String, hint: &'static str },

    #[error("a saved state has {found} {what}, this network needs {expected}\nhint: resume with the same experiment")]
    StateDoesNotFit { what: &'static str, found: usize, expected: usize },

    #[error("the random forest could not be {what}: {reason}")]
    Forest { what: &'static str, reason: String },

    #[error("the linear system of {model} could not be solved\nhint: use a larger penalty")]
    Singular { model: &'static str },
}
