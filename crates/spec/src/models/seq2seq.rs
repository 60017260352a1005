//! Encoder and decoder.

use nn::Seq2seq;

use crate::error::{Error, Result};
use crate::input_kind::InputKind;
use crate::model_spec::{ModelSpec, Plan, RowShape, Tasks, WindowPlan};

impl ModelSpec for Seq2seq {
    fn reads(&self) -> &'static [InputKind] {
        &[InputKind::Sequences]
    }

    fn tasks(&self) -> Tasks {
        Tasks::Forecast
    }

    fn plan(&self, _: &RowShape<'_>) -> Result<Plan> {
        Err(Error::Setting {
            message: "`seq2seq` is a forecasting model, and this table has no column of times".into(),
            place: "model".into(),
            hint: "name the column with `--time`; sequences with labels are read by `lstm`, `gru` and `convolution`"
                .into(),
        })
    }

    fn windows(&self) -> Option<WindowPlan> {
        Some(WindowPlan::Decoder(self.clone()))
    }

    fn dropout(&self) -> bool {
        self.dropout > 0.0
    }

    fn less_freedom(&self) -> &'static str {
        "a simpler model"
    }

    fn more_freedom(&self) -> &'static str {
        "a network or a forest, better features"
    }
}
