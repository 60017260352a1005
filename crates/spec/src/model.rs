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

/// What is trained.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ModelKind {
    /// Multilayer perceptron.
    Mlp(Mlp),
    /// Layers as they are listed.
    Sequential(Sequential),
    /// Threshold units with their own learning rule.
    Perceptron(Perceptron),
    /// Logistic regression, for classes.
    Logistic(Logistic),
    /// Linear regression with a penalty on squares, for numbers.
    Ridge(Ridge),
    /// Linear regression with a penalty on absolute values, for numbers.
    Lasso(Lasso),
    /// Linear regression with both penalties, for numbers.
    ElasticNet(ElasticNet),
    /// Linear regression on a few sums of the features, for numbers from spectra.
    Pls(PartialLeastSquares),
    /// Simple recurrent network, for sequences.
    Rnn(RecurrentNetwork),
    /// Long short-term memory, for sequences.
    Lstm(RecurrentNetwork),
    /// Recurrent network with reset and update gates, for sequences.
    Gru(RecurrentNetwork),
    /// Encoder and decoder, for forecasts.
    Seq2seq(Seq2seq),
    /// Dilated causal convolutions, for sequences.
    Convolution(Convolutions),
    /// Two convolutions and a perceptron, for images.
    Lenet(LeNet),
    /// Small filters one behind the other, for images.
    Vgg(Vgg),
    /// Residual network, for images.
    Resnet(ResNet),
    /// Residual network along one axis, for spectra and sequences.
    Resnet1d(ResNet1d),
    /// Graph convolutions, for molecules.
    Gcn(GraphConvolutions),
    /// Graph attention, for molecules.
    Gat(GraphAttentionNetwork),
    /// Message passing, for molecules.
    Mpnn(MessagePassingNetwork),
    /// Directed message passing, for molecules.
    DMpnn(DirectedMessagePassingNetwork),
    /// A fingerprint that is learnt, for molecules.
    NeuralFingerprint(NeuralFingerprintNetwork),
    /// Trees grown on resampled rows.
    RandomForest(RandomForest),
    /// Gaussian process, for numbers.
    GaussianProcess(GaussianProcess),
    /// The mean of the training targets, or the frequencies of the classes.
    Mean(Mean),
    /// The best on validation rows of what suits the data.
    Auto(Auto),
    /// Models trained on resampled rows, averaged.
    Bagging(Ensemble),
    /// Models trained on all rows from different seeds, averaged.
    Averaging(Ensemble),
    /// Models of several kinds, averaged.
    Voting(Voting),
}

/// Several models whose predictions are averaged; the deviation between them comes with every prediction.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Ensemble {
    /// How many models.
    #[schemars(range(min = 2, max = 1000))]
    pub members: usize,
    /// What each of them is.
    pub of: Box<ModelKind>,
}

/// Several models of different kinds, whose predictions are averaged; each of them counts alike.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Voting {
    /// The models.
    #[schemars(length(min = 2))]
    pub of: Vec<ModelKind>,
}

/// Trains what suits the data, and keeps what is best on validation rows.
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
