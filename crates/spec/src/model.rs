//! The one list of models.

use bayes::GaussianProcess;
use nn::models::{
    Convolutions, DirectedMessagePassingNetwork, ElasticNet, GraphAttentionNetwork, GraphConvolutions, Lasso, LeNet,
    Logistic, Mean, MessagePassingNetwork, Mlp, NeuralFingerprintNetwork, PartialLeastSquares, Perceptron,
    RandomForest, RecurrentNetwork, ResNet, ResNet1d, Ridge, Sequential, Vgg,
};
use nn::{Layer, Seq2seq};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::data::Data;
use crate::task::Task;

/// Model kinds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ModelKind {
    /// Multilayer perceptron: stacked dense layers.
    Mlp(Mlp),
    /// A network of layers as they are listed.
    Sequential(Sequential),
    /// Perceptron or delta rule: a single layer of threshold units with its own learning rule.
    Perceptron(Perceptron),
    /// Logistic regression, for classes.
    Logistic(Logistic),
    /// Linear regression with a penalty on the squares of the weights, for numbers.
    Ridge(Ridge),
    /// Linear regression with a penalty on the absolute values of the weights, which sets many to zero, for numbers.
    Lasso(Lasso),
    /// Linear regression with penalties on absolute values and on squares, for numbers.
    ElasticNet(ElasticNet),
    /// Partial least squares: linear regression on a few latent variables, for numbers from spectra.
    Pls(PartialLeastSquares),
    /// Simple recurrent network, for sequences: $h_t = \tanh(W x_t + U h_{t-1} + b)$ \[Elman1990\].
    Rnn(RecurrentNetwork),
    /// Long short-term memory, for sequences \[Hochreiter1997, Gers2000\]: $c_t = f_t \odot c_{t-1} + i_t \odot g_t$
    /// and $h_t = o_t \odot \tanh c_t$ with $i_t, f_t, o_t = \sigma(W x_t + U h_{t-1} + b)$ and
    /// $g_t = \tanh(W x_t + U h_{t-1} + b)$, each with $W$, $U$ and $b$ of its own.
    Lstm(RecurrentNetwork),
    /// Gated recurrent unit, for sequences \[Cho2014\]: $h_t = (1 - z_t) \odot n_t + z_t \odot h_{t-1}$ with
    /// $r_t, z_t = \sigma(W x_t + U h_{t-1} + b)$ and $n_t = \tanh(W_n x_t + b_n + r_t \odot (U_n h_{t-1} + b'_n))$.
    Gru(RecurrentNetwork),
    /// Encoder and decoder, a forecasting model.
    Seq2seq(Seq2seq),
    /// Temporal convolutional network: dilated causal convolutions, for sequences.
    Convolution(Convolutions),
    /// LeNet: two convolutions and dense layers, for images.
    Lenet(LeNet),
    /// VGG: stacked convolutions with small kernels, for images.
    Vgg(Vgg),
    /// Residual network, for images.
    Resnet(ResNet),
    /// Residual network along one axis, for spectra and sequences.
    Resnet1d(ResNet1d),
    /// Graph convolutional network, for molecules.
    Gcn(GraphConvolutions),
    /// Graph attention network, for molecules.
    Gat(GraphAttentionNetwork),
    /// Message passing neural network, for molecules.
    Mpnn(MessagePassingNetwork),
    /// Directed message passing neural network (D-MPNN), for molecules.
    DMpnn(DirectedMessagePassingNetwork),
    /// A learned circular fingerprint, for molecules.
    NeuralFingerprint(NeuralFingerprintNetwork),
    /// Decision trees grown on resampled rows, averaged.
    RandomForest(RandomForest),
    /// Gaussian process regression, for numbers, with a standard deviation for each prediction.
    GaussianProcess(GaussianProcess),
    /// Naive baseline: the mean of the training targets, or the frequencies of the classes.
    Mean(Mean),
    /// Trains several models that suit the data and selects the best on the validation rows.
    Auto(Auto),
    /// Bootstrap aggregating \[Breiman1996\]: $\hat y = \frac1M \sum_m f_m(x)$, where each member $f_m$ is trained on
    /// $n$ rows drawn with replacement from the $n$ training rows.
    Bagging(Ensemble),
    /// Ensemble average \[Hansen1990, Lakshminarayanan2017\]: $\hat y = \frac1M \sum_m f_m(x)$, where each member
    /// $f_m$ is trained on all training rows from a random seed of its own.
    Averaging(Ensemble),
    /// Soft voting: the equally weighted mean over models of several kinds.
    Voting(Voting),
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

impl Default for ModelKind {
    fn default() -> Self {
        // On the validation rows of both data sets in docs/results.md five networks together beat one of them.
        ModelKind::Averaging(Ensemble::default())
    }
}

impl Default for Ensemble {
    fn default() -> Self {
        Ensemble { members: 5, of: Box::new(ModelKind::Mlp(Mlp::default())) }
    }
}

/// A single model: its kind, its number among its like, and whether its rows are resampled.
pub type Member<'a> = (&'a ModelKind, usize, bool);

/// The time of a Gaussian process grows with the cube of the rows: a quarter of a minute here.
const MOST_FOR_PROCESS: usize = 5000;

impl ModelKind {
    /// The word that stands in files and tables.
    pub fn name(&self) -> &'static str {
        match self {
            ModelKind::Mlp(_) => "mlp",
            ModelKind::Sequential(_) => "sequential",
            ModelKind::Perceptron(_) => "perceptron",
            ModelKind::Logistic(_) => "logistic",
            ModelKind::Ridge(_) => "ridge",
            ModelKind::Lasso(_) => "lasso",
            ModelKind::ElasticNet(_) => "elastic_net",
            ModelKind::Pls(_) => "pls",
            ModelKind::Rnn(_) => "rnn",
            ModelKind::Lstm(_) => "lstm",
            ModelKind::Gru(_) => "gru",
            ModelKind::Seq2seq(_) => "seq2seq",
            ModelKind::Convolution(_) => "convolution",
            ModelKind::Lenet(_) => "lenet",
            ModelKind::Vgg(_) => "vgg",
            ModelKind::Resnet(_) => "resnet",
            ModelKind::Resnet1d(_) => "resnet1d",
            ModelKind::Gcn(_) => "gcn",
            ModelKind::Gat(_) => "gat",
            ModelKind::Mpnn(_) => "mpnn",
            ModelKind::DMpnn(_) => "d_mpnn",
            ModelKind::NeuralFingerprint(_) => "neural_fingerprint",
            ModelKind::RandomForest(_) => "random_forest",
            ModelKind::GaussianProcess(_) => "gaussian_process",
            ModelKind::Mean(_) => "mean",
            ModelKind::Auto(_) => "auto",
            ModelKind::Bagging(_) => "bagging",
            ModelKind::Averaging(_) => "averaging",
            ModelKind::Voting(_) => "voting",
        }
    }

    /// The name in tables of results; of an ensemble with its members.
    pub fn title(&self) -> String {
        match self {
            ModelKind::Bagging(ensemble) => format!("{} {}, bagged", ensemble.members, ensemble.of.title()),
            ModelKind::Averaging(ensemble) => format!("{} {}, averaged", ensemble.members, ensemble.of.title()),
            ModelKind::Voting(voting) => {
                let each: Vec<String> = voting.of.iter().map(|kind| kind.title().replace(", averaged", "")).collect();
                each.join(" + ")
            }
            ModelKind::DMpnn(_) => "d-mpnn".into(),
            single => single.name().replace('_', " "),
        }
    }

    /// What [`Auto`] chooses from: for numbers a linear model with each penalty (of spectra partial least squares) and, of not too
    /// many rows, a Gaussian process; for classes logistic regression; the forest; the default ensemble of networks. Of spectra a
    /// residual network too; of molecules networks of graphs in place of linear models, and all networks and the process together.
    pub fn suited(task: Task, rows: usize, data: &Data) -> Vec<ModelKind> {
        let (regression, molecules, spectra) =
            (task == Task::Regression, data.smiles.is_some(), data.spectra.is_some());
        let mut list = match task {
            _ if molecules => vec![],
            Task::Regression if spectra => vec![ModelKind::Pls(PartialLeastSquares::default())],
            Task::Regression => vec![ModelKind::Ridge(Ridge::default()), ModelKind::Lasso(Lasso::default())],
            Task::Classification => vec![ModelKind::Logistic(Logistic::default())],
        };
        list.push(ModelKind::RandomForest(RandomForest::default()));
        let first = list.len();
        if regression && rows <= MOST_FOR_PROCESS {
            list.push(ModelKind::GaussianProcess(GaussianProcess::default()));
        }
        list.push(ModelKind::default());
        if spectra {
            list.push(ModelKind::Resnet1d(ResNet1d::default()));
        }
        if molecules {
            let of = Box::new(ModelKind::DMpnn(DirectedMessagePassingNetwork::default()));
            list.push(ModelKind::Averaging(Ensemble { of, ..Ensemble::default() }));
            list.push(ModelKind::Voting(Voting { of: list[first..].to_vec() }));
        }
        list
    }

    /// Whether it reads rows step by step where they are sequences.
    pub fn reads_sequences(&self) -> bool {
        self.needs_sequences() || matches!(self, ModelKind::Sequential(_))
    }

    /// Whether it reads nothing but sequences.
    pub fn needs_sequences(&self) -> bool {
        use ModelKind::{Convolution, Gru, Lstm, Resnet1d, Rnn};
        matches!(self, Rnn(_) | Lstm(_) | Gru(_) | Convolution(_) | Resnet1d(_))
    }

    /// Whether it reads nothing but images.
    pub fn needs_images(&self) -> bool {
        matches!(self, ModelKind::Lenet(_) | ModelKind::Vgg(_) | ModelKind::Resnet(_))
    }

    /// Whether it reads images place by place where rows are some.
    pub fn reads_images(&self) -> bool {
        self.any(&|single| single.needs_images() || matches!(single, ModelKind::Sequential(_)))
    }

    /// Whether it reads molecules as graphs.
    pub fn reads_graphs(&self) -> bool {
        self.any(&|single| match single {
            ModelKind::Gcn(_)
            | ModelKind::Gat(_)
            | ModelKind::Mpnn(_)
            | ModelKind::DMpnn(_)
            | ModelKind::NeuralFingerprint(_) => true,
            ModelKind::Sequential(model) => model.layers.iter().any(Layer::reads_graphs),
            _ => false,
        })
    }

    /// Whether predictions of thinned networks differ.
    pub fn has_dropout(&self) -> bool {
        self.any(&|single| match single {
            ModelKind::Mlp(mlp) => mlp.dropout > 0.0 && !mlp.hidden.is_empty(),
            ModelKind::Sequential(model) => model.layers.iter().any(Layer::draws),
            ModelKind::Rnn(model) | ModelKind::Lstm(model) | ModelKind::Gru(model) => model.dropout > 0.0,
            ModelKind::Seq2seq(model) => model.dropout > 0.0,
            ModelKind::Convolution(model) => model.dropout > 0.0,
            ModelKind::Lenet(model) => model.dropout > 0.0,
            ModelKind::Vgg(model) => model.dropout > 0.0,
            ModelKind::Resnet(model) => model.dropout > 0.0,
            ModelKind::Resnet1d(model) => model.dropout > 0.0,
            ModelKind::Gcn(model) => model.dropout > 0.0,
            ModelKind::Gat(model) => model.dropout > 0.0,
            ModelKind::Mpnn(model) => model.dropout > 0.0 && model.head > 0,
            ModelKind::DMpnn(model) => model.dropout > 0.0,
            ModelKind::NeuralFingerprint(model) => model.dropout > 0.0 && model.head > 0,
            _ => false,
        })
    }

    /// Whether something holds of one of the single models that it consists of.
    fn any(&self, holds: &dyn Fn(&ModelKind) -> bool) -> bool {
        self.members().iter().any(|(single, ..)| holds(single))
    }

    /// The single models it consists of.
    pub fn members(&self) -> Vec<Member<'_>> {
        match self {
            ModelKind::Bagging(ensemble) => (0..ensemble.members).map(|k| (&*ensemble.of, k, true)).collect(),
            ModelKind::Averaging(ensemble) => (0..ensemble.members).map(|k| (&*ensemble.of, k, false)).collect(),
            ModelKind::Voting(voting) => voting.of.iter().flat_map(ModelKind::members).collect(),
            single => vec![(single, 0, false)],
        }
    }

    /// What each member counts in [`ModelKind::together`]; they add up to one.
    pub fn shares(&self) -> Vec<f64> {
        match self {
            ModelKind::Voting(voting) => {
                let kinds = voting.of.len() as f64;
                voting.of.iter().flat_map(ModelKind::shares).map(|share| share / kinds).collect()
            }
            others => {
                let n = others.members().len();
                vec![1.0 / n as f64; n]
            }
        }
    }
}
