//! Recurrent networks: one specification, three cells.

use nn::Layer;
use nn::layers::{self, Embedding};
use nn::models::RecurrentNetwork;

use crate::error::{Error, Result};
use crate::input_kind::InputKind;
use crate::model_spec::{ModelSpec, Plan, RowShape, Tasks, WindowPlan};
use crate::models::embedding::embedded;

/// A recurrent network with the cell that it consists of.
pub(crate) struct Recurrent<'a>(pub &'a RecurrentNetwork, pub fn(layers::Recurrent) -> Layer);

impl ModelSpec for Recurrent<'_> {
    fn reads(&self) -> &'static [InputKind] {
        &[InputKind::Sequences, InputKind::Spectra]
    }

    fn tasks(&self) -> Tasks {
        Tasks::Both
    }

    fn plan(&self, rows: &RowShape<'_>) -> Result<Plan> {
        let Recurrent(model, cell) = self;
        if model.patch > 1 {
            return Err(Error::Setting {
                message: "patches are read in forecasts only".into(),
                place: "model.patch".into(),
                hint: "leave it out; `data.sequence.channels` puts columns into one step".into(),
            });
        }
        // Tokens become vectors anyway.
        let embed = if rows.tokens.is_some() { 0 } else { model.embed };
        let layers = RecurrentNetwork { embed, ..(*model).clone() }.layers(*cell);
        Ok(Plan::layers(match rows.tokens {
            Some(tokens) if model.embed > 0 => {
                [vec![Layer::Embedding(Embedding { tokens, features: model.embed })], layers].concat()
            }
            tokens => embedded(layers, tokens),
        }))
    }

    fn windows(&self) -> Option<WindowPlan> {
        Some(WindowPlan::Steps { layers: self.0.layers(self.1), patch: self.0.patch })
    }

    fn dropout(&self) -> bool {
        self.0.dropout > 0.0
    }

    fn less_freedom(&self) -> &'static str {
        "a simpler model"
    }

    fn more_freedom(&self) -> &'static str {
        "a network or a forest, better features"
    }
}
