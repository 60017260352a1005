//! What every kind of layer tells, and the list of kinds that becomes one enum.

use grad::Var;
use tensor::Real;

use crate::form::Form;
use crate::parameters::{Builder, Context};

/// A kind of layer. It takes its parameters in the order in which it asked for them.
pub(crate) trait Kind {
    /// Asks for the parameters after `inputs` and tells what it gives; what it would read instead where that does not fit.
    fn build(&self, inputs: Form, builder: &mut Builder) -> Result<Form, &'static str>;

    /// Applies the layer to `x: [n, numbers of form]`; where rows are graphs, to `[nodes, features]`.
    fn apply<'t, T: Real>(&self, x: Var<'t, T>, form: Form, cx: &Context<'t, '_, T>) -> Var<'t, T>;

    /// Whether samples of predictions differ by it.
    fn draws(&self) -> bool {
        false
    }

    /// Whether it reads nothing but graphs.
    fn reads_graphs(&self) -> bool {
        false
    }

    /// Whether it gives the numbers that it gets, each scaled, moved or bent by itself: no hidden layer.
    fn keeps(&self) -> bool {
        false
    }
}

/// Makes `enum Layer` and what is asked of all its kinds.
///
/// Below the module that they stand in, one line for each kind: the word in files and messages, the variant, how it is taken
/// apart, and the reference to a [`Kind`] that follows. Each module has `samples`, which the tests of all layers walk.
macro_rules! layers {
    ($($module:ident { $($(#[$doc:meta])+ $word:literal $variant:ident $fields:tt, $pattern:tt => $kind:expr;)+ })+) => {
        /// One layer of a sequential network.
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
        #[serde(tag = "kind")]
        pub enum Layer {
            $($($(#[$doc])+ #[serde(rename = $word)] $variant $fields,)+)+
        }

        impl Layer {
            /// Asks for the parameters of a layer after `inputs` and tells what it gives; what it would read instead where
            /// that does not fit.
            pub(crate) fn build(&self, inputs: Form, builder: &mut Builder) -> Result<Form, &'static str> {
                match self {
                    $($(Layer::$variant $pattern => Kind::build($kind, inputs, builder),)+)+
                }
            }

            /// Applies the layer to `x: [n, numbers of form]`.
            pub(crate) fn apply<'t, T: Real>(&self, x: Var<'t, T>, form: Form, cx: &Context<'t, '_, T>) -> Var<'t, T> {
                match self {
                    $($(Layer::$variant $pattern => Kind::apply($kind, x, form, cx),)+)+
                }
            }

            /// Whether it has random zeros.
            pub fn draws(&self) -> bool {
                match self {
                    $($(Layer::$variant $pattern => Kind::draws($kind),)+)+
                }
            }

            /// Whether it reads nothing but graphs.
            pub fn reads_graphs(&self) -> bool {
                match self {
                    $($(Layer::$variant $pattern => Kind::reads_graphs($kind),)+)+
                }
            }

            /// Whether it gives the numbers that it gets, each scaled, moved or bent by itself: no hidden layer.
            pub(crate) fn keeps(&self) -> bool {
                match self {
                    $($(Layer::$variant $pattern => Kind::keeps($kind),)+)+
                }
            }

            /// The word that stands in files and messages.
            pub fn name(&self) -> &'static str {
                match self {
                    $($(Layer::$variant { .. } => $word,)+)+
                }
            }
        }

        impl Layer {
            /// Of each kind the comment of its settings, which the schema of the enum leaves out.
            pub fn docs() -> Vec<(&'static str, String)> {
                vec![$($(($word, $crate::layers::kind::doc_of!($fields)),)+)+]
            }
        }

        /// Of each kind at least one, and what goes into it.
        #[cfg(test)]
        pub(crate) fn samples() -> Vec<(Form, Layer)> {
            [$($module::samples()),+].concat()
        }
    };
}
pub(super) use layers;

/// The comment of what a variant wraps; nothing of one that has fields of its own.
macro_rules! doc_of {
    (($settings:ty)) => {
        grad::optim::doc_of::<$settings>()
    };
    ($fields:tt) => {
        String::new()
    };
}
pub(crate) use doc_of;
