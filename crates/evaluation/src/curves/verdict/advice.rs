//! What gives a model more freedom, and what less.

use spec::model::ModelKind;

/// What lowers the variance of a model.
pub(super) fn less_freedom(kind: &ModelKind) -> String {
    let own = match single(kind) {
        ModelKind::Mlp(_) | ModelKind::Sequential(_) => "dropout, a larger `train.l2`, a smaller model",
        ModelKind::Ridge(_) | ModelKind::Lasso(_) | ModelKind::ElasticNet(_) | ModelKind::Logistic(_) => {
            "a stronger penalty, fewer features"
        }
        ModelKind::Pls(_) => "fewer `components`, fewer features",
        ModelKind::RandomForest(_) => "more trees, a smaller `max_features`",
        ModelKind::GaussianProcess(_) => "one lengthscale for all inputs, fewer features",
        _ => "a simpler model",
    };
    format!("more rows, {own}")
}

/// What averages a variance away.
pub fn ensemble(kind: &ModelKind) -> &'static str {
    match kind {
        ModelKind::Bagging(_) | ModelKind::Averaging(_) => "more members",
        _ => "an ensemble (`bagging`, `averaging`)",
    }
}

/// What lowers the bias of a model.
pub(super) fn more_freedom(kind: &ModelKind) -> &'static str {
    match single(kind) {
        ModelKind::Mlp(_) | ModelKind::Sequential(_) => "a larger model, more epochs, less penalty, better features",
        ModelKind::RandomForest(_) | ModelKind::GaussianProcess(_) | ModelKind::Mean(_) => {
            "another kind of model, better features"
        }
        _ => "a network or a forest, better features",
    }
}

/// Whether a model fits its own rows nearly exactly, however well it predicts others.
pub(super) fn remembers(kind: &ModelKind) -> bool {
    matches!(single(kind), ModelKind::RandomForest(_))
}

/// What an ensemble consists of.
fn single(kind: &ModelKind) -> &ModelKind {
    kind.members().first().map_or(kind, |(member, ..)| member)
}
