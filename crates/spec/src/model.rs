//! The one list of models: a line for each kind. The contract of each kind is in its own file in `models/`.

use bayes::GaussianProcess;
use nn::models::{
    Convolutions, DirectedMessagePassingNetwork, ElasticNet, GraphAttentionNetwork, GraphConvolutions, Lasso, LeNet,
    Logistic, Mean, MessagePassingNetwork, Mlp, NearestNeighbors, NeuralFingerprintNetwork, PartialLeastSquares,
    Perceptron, RandomForest, RecurrentNetwork, ResNet, ResNet1d, Ridge, Sequential, Vgg,
};
use nn::{Layer, Seq2seq};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model_spec::ModelSpec;
use crate::models::recurrent::Recurrent;

/// Makes the enum of kinds, their names, and the way from a kind to its contract.
macro_rules! models {
    ($($(#[$doc:meta])* $word:literal $variant:ident($settings:ty), $model:ident => $spec:expr;)*) => {
        /// Model kinds.
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
        #[serde(tag = "kind", rename_all = "snake_case")]
        pub enum ModelKind {
            $($(#[$doc])* $variant($settings),)*
        }

        impl ModelKind {
            /// Its name in files and tables.
            pub fn name(&self) -> &'static str {
                match self {
                    $(ModelKind::$variant(_) => $word,)*
                }
            }

            /// Its contract.
            pub fn spec(&self) -> Box<dyn ModelSpec + '_> {
                match self {
                    $(ModelKind::$variant($model) => Box::new($spec),)*
                }
            }

            /// Of each kind the comment of its settings, which the schema of the enum leaves out.
            pub fn docs() -> Vec<(&'static str, String)> {
                vec![$(($word, grad::optim::doc_of::<$settings>()),)*]
            }

            /// One of each kind, with its defaults.
            pub fn all() -> Vec<ModelKind> {
                vec![$(ModelKind::$variant(<$settings>::default()),)*]
            }
        }
    };
}

models! {
    /// Multilayer perceptron: stacked dense layers.
    "mlp" Mlp(Mlp), model => model;
    /// A network of layers as they are listed.
    "sequential" Sequential(Sequential), model => model;
    /// Perceptron or delta rule: a single layer of threshold units with its own learning rule.
    "perceptron" Perceptron(Perceptron), model => model;
    /// Logistic regression, for classes.
    "logistic" Logistic(Logistic), model => model;
    /// Linear regression with a penalty on the squares of the weights, for numbers.
    "ridge" Ridge(Ridge), model => model;
    /// Linear regression with a penalty on the absolute values of the weights, which sets many to zero, for numbers.
    "lasso" Lasso(Lasso), model => model;
    /// Linear regression with penalties on absolute values and on squares, for numbers.
    "elastic_net" ElasticNet(ElasticNet), model => model;
    /// Partial least squares: linear regression on a few latent variables, for numbers from spectra.
    "pls" Pls(PartialLeastSquares), model => model;
    /// Simple recurrent network, for sequences: $h_t = \tanh(W x_t + U h_{t-1} + b)$ \[Elman1990\].
    "rnn" Rnn(RecurrentNetwork), model => Recurrent(model, Layer::Rnn);
    /// Long short-term memory, for sequences \[Hochreiter1997, Gers2000\]: $c_t = f_t \odot c_{t-1} + i_t \odot g_t$
    /// and $h_t = o_t \odot \tanh c_t$ with $i_t, f_t, o_t = \sigma(W x_t + U h_{t-1} + b)$ and
    /// $g_t = \tanh(W x_t + U h_{t-1} + b)$, each with $W$, $U$ and $b$ of its own.
    "lstm" Lstm(RecurrentNetwork), model => Recurrent(model, Layer::Lstm);
    /// Gated recurrent unit, for sequences \[Cho2014\]: $h_t = (1 - z_t) \odot n_t + z_t \odot h_{t-1}$ with
    /// $r_t, z_t = \sigma(W x_t + U h_{t-1} + b)$ and $n_t = \tanh(W_n x_t + b_n + r_t \odot (U_n h_{t-1} + b'_n))$.
    "gru" Gru(RecurrentNetwork), model => Recurrent(model, Layer::Gru);
    /// Encoder and decoder, a forecasting model.
    "seq2seq" Seq2seq(Seq2seq), model => model;
    /// Temporal convolutional network: dilated causal convolutions, for sequences.
    "convolution" Convolution(Convolutions), model => model;
    /// LeNet: two convolutions and dense layers, for images.
    "lenet" Lenet(LeNet), model => model;
    /// VGG: stacked convolutions with small kernels, for images.
    "vgg" Vgg(Vgg), model => model;
    /// Residual network, for images.
    "resnet" Resnet(ResNet), model => model;
    /// Residual network along one axis, for spectra and sequences.
    "resnet1d" Resnet1d(ResNet1d), model => model;
    /// Graph convolutional network, for molecules.
    "gcn" Gcn(GraphConvolutions), model => model;
    /// Graph attention network, for molecules.
    "gat" Gat(GraphAttentionNetwork), model => model;
    /// Message passing neural network, for molecules.
    "mpnn" Mpnn(MessagePassingNetwork), model => model;
    /// Directed message passing neural network (D-MPNN), for molecules.
    "d_mpnn" DMpnn(DirectedMessagePassingNetwork), model => model;
    /// A learned circular fingerprint, for molecules.
    "neural_fingerprint" NeuralFingerprint(NeuralFingerprintNetwork), model => model;
    /// Decision trees grown on resampled rows, averaged.
    "random_forest" RandomForest(RandomForest), model => model;
    /// The nearest training rows: their mean, or the fractions of their classes.
    "nearest_neighbors" NearestNeighbors(NearestNeighbors), model => model;
    /// Gaussian process regression, for numbers, with a standard deviation for each prediction.
    "gaussian_process" GaussianProcess(GaussianProcess), model => model;
    /// Naive baseline: the mean of the training targets, or the frequencies of the classes.
    "mean" Mean(Mean), model => model;
    /// Trains several models that suit the data and selects the best on the validation rows.
    "auto" Auto(Auto), model => model;
    /// Bootstrap aggregating \[Breiman1996\]: $\hat y = \frac1M \sum_m f_m(x)$, where each member $f_m$ is trained on
    /// $n$ rows drawn with replacement from the $n$ training rows.
    "bagging" Bagging(Ensemble), model => model;
    /// Ensemble average \[Hansen1990, Lakshminarayanan2017\]: $\hat y = \frac1M \sum_m f_m(x)$, where each member
    /// $f_m$ is trained on all training rows from a random seed of its own.
    "averaging" Averaging(Ensemble), model => model;
    /// Soft voting: the equally weighted mean over models of several kinds.
    "voting" Voting(Voting), model => model;
}

/// Ensemble of $M$ models of one kind, whose predictions are averaged; of classes, the probabilities. The standard
/// deviation of a prediction is that between the members, $\sigma^2 = \frac{1}{M-1} \sum_m (f_m(x) - \hat y)^2$, or,
/// where members have variances $\sigma_m^2$, that of the mixture,
/// $\sigma^2 = \frac1M \sum_m (\sigma_m^2 + f_m(x)^2) - \hat y^2$ \[Lakshminarayanan2017\].
///
/// Input and output are those of the members.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Ensemble {
    /// Number of members $M$.
    #[schemars(range(min = 2, max = 1000))]
    pub members: usize,
    /// The model that each member is.
    pub of: Box<ModelKind>,
}

/// Ensemble of $K$ kinds of models \[Hastie2009\], $\hat y = \frac1K \sum_k f_k(x)$; of classes, the mean of the
/// probabilities. Each kind is equally weighted, also one that is an ensemble itself.
///
/// Input and output are those of the models.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Voting {
    /// The models.
    #[schemars(length(min = 2))]
    pub of: Vec<ModelKind>,
}

/// Model selection \[Hastie2009\]: trains each model $f_k$ that suits the task and the data and selects
/// $\hat k = \arg\min_k \sqrt{\frac1n \sum_i (y_i - f_k(x_i))^2}$ over the $n$ validation rows; of classes the one
/// with the highest accuracy there.
///
/// Input `[batch, features]` or what the data hold, output `[batch, targets]` or, of classes, `[batch, classes]`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Auto {}

impl Default for Ensemble {
    fn default() -> Self {
        Ensemble { members: 5, of: Box::new(ModelKind::Mlp(Mlp::default())) }
    }
}

impl Default for Voting {
    fn default() -> Self {
        Voting { of: vec![ModelKind::RandomForest(RandomForest::default()), ModelKind::default()] }
    }
}

impl Default for ModelKind {
    fn default() -> Self {
        // On the validation rows of both data sets in docs/results.md five networks together beat one of them.
        ModelKind::Averaging(Ensemble::default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_is_called_in_files_as_in_tables() {
        for kind in ModelKind::all() {
            assert_eq!(serde_json::json!(kind)["kind"], kind.name());
        }
    }

    #[test]
    fn every_kind_reads_something_and_predicts_something() {
        for kind in ModelKind::all() {
            let spec = kind.spec();
            assert!(!spec.reads().is_empty(), "{}", kind.name());
            assert!(!spec.less_freedom().is_empty() && !spec.more_freedom().is_empty(), "{}", kind.name());
        }
    }
}
