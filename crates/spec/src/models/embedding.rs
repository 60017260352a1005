//! Tokens become vectors before a network reads them.

use nn::Layer;
use nn::layers::Embedding;

/// Default embedding width of tokens.
const FEATURES: usize = 32;

/// The layers, after vectors for the tokens where there are some and no layer makes them.
pub(super) fn embedded(layers: Vec<Layer>, tokens: Option<usize>) -> Vec<Layer> {
    match (tokens, layers.first()) {
        (None, _) | (_, Some(Layer::Embedding(_))) => layers,
        (Some(tokens), _) => [vec![Layer::Embedding(Embedding { tokens, features: FEATURES })], layers].concat(),
    }
}
