//! Kinds that consist of others: ensembles, voting, and the selection among several.

use bayes::GaussianProcess;
use nn::models::{
    DirectedMessagePassingNetwork, Lasso, Logistic, Mean, PartialLeastSquares, RandomForest, ResNet1d, Ridge,
};

use crate::data::Data;
use crate::error::{Error, Result};
use crate::input_kind::InputKind;
use crate::model::{Auto, Ensemble, ModelKind, Voting};
use crate::model_spec::{ModelSpec, Plan, RowShape, Tasks};
use crate::task::Task;

/// A single model: its kind, its number among its like, and whether its rows are resampled.
pub type Member<'a> = (&'a ModelKind, usize, bool);

/// The time of a Gaussian process grows with the cube of the rows: a quarter of a minute here.
const MOST_FOR_PROCESS: usize = 5000;

impl ModelKind {
    /// The name in tables of results; of an ensemble with its members.
    pub fn title(&self) -> String {
        match self {
            ModelKind::Bagging(ensemble) => format!("{} {}, bagged", ensemble.members, ensemble.of.title()),
            ModelKind::Averaging(ensemble) => format!("{} {}, averaged", ensemble.members, ensemble.of.title()),
            ModelKind::Voting(voting) => {
                let each: Vec<String> = voting.of.iter().map(|kind| kind.title().replace(", averaged", "")).collect();
                each.join(" + ")
            }
            single => single.spec().title().map_or_else(|| single.name().replace('_', " "), str::to_owned),
        }
    }

    /// Candidates of [`Auto`]: for numbers a linear model with each penalty (of spectra partial least squares) and, of not too
    /// many rows, a Gaussian process; for classes logistic regression; the forest; the default ensemble of networks. Of spectra a
    /// residual network too; of molecules networks of graphs in place of linear models, and an ensemble of all networks and the
    /// process.
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

    /// Baselines for such data: the mean, a linear model, a forest, and of spectra partial least squares.
    pub fn baselines(task: Task, data: &Data) -> Vec<ModelKind> {
        let linear = match task {
            Task::Regression => ModelKind::Ridge(Ridge::default()),
            Task::Classification => ModelKind::Logistic(Logistic::default()),
        };
        let mut all = vec![ModelKind::Mean(Mean::default()), linear, ModelKind::RandomForest(RandomForest::default())];
        if data.spectra.is_some() && task == Task::Regression {
            all.insert(1, ModelKind::Pls(PartialLeastSquares::default()));
        }
        all
    }

    /// The models to train where this one is asked for: itself, or those among which [`Auto`] chooses.
    pub fn candidates(&self, task: Task, rows: usize, data: &Data) -> Vec<ModelKind> {
        match self {
            ModelKind::Auto(_) => ModelKind::suited(task, rows, data),
            kind => vec![kind.clone()],
        }
    }

    /// Whether it is known only during the run which model it is.
    pub fn is_chosen_later(&self) -> bool {
        matches!(self, ModelKind::Auto(_))
    }

    /// Whether one of the single models that it consists of can read such rows.
    pub fn reads(&self, input: InputKind) -> bool {
        self.any(&|single| single.spec().reads().contains(&input))
    }

    /// Whether MC dropout samples differ.
    pub fn has_dropout(&self) -> bool {
        self.any(&|single| single.spec().dropout())
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

    /// Weight of each of its [`ModelKind::members`] in the combined prediction; they add up to one.
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

    /// Combined prediction of its members: their mean; of voting the mean over its kinds. `said` goes through the members again
    /// for each fold on which they were trained.
    pub fn combine<X: Clone>(&self, said: &[X], average: &dyn Fn(&[X]) -> X) -> X {
        let ModelKind::Voting(voting) = self else { return average(said) };
        let (all, mut first) = (self.members().len(), 0);
        let mut of = |kind: &ModelKind| {
            let own = first..first + kind.members().len();
            first = own.end;
            let folds = said.chunks(all).flat_map(|fold| fold[own.clone()].to_vec());
            kind.combine(&folds.collect::<Vec<_>>(), average)
        };
        average(&voting.of.iter().map(&mut of).collect::<Vec<_>>())
    }

    /// What reduces its variance by averaging.
    pub fn ensemble_advice(&self) -> &'static str {
        match self {
            ModelKind::Bagging(_) | ModelKind::Averaging(_) => "more members",
            _ => "an ensemble (`bagging`, `averaging`)",
        }
    }
}

/// The contract of the first member of an ensemble holds for the ensemble; it is planned member by member.
fn no_plan(name: &str) -> Result<Plan> {
    Err(Error::Setting {
        message: format!("`{name}` is not a single model, which members of an ensemble must be"),
        place: "model.of".into(),
        hint: "name a single model there".into(),
    })
}

impl ModelSpec for Ensemble {
    fn reads(&self) -> &'static [InputKind] {
        self.of.spec().reads()
    }

    fn tasks(&self) -> Tasks {
        self.of.spec().tasks()
    }

    fn plan(&self, _: &RowShape<'_>) -> Result<Plan> {
        no_plan("averaging")
    }

    fn less_freedom(&self) -> &'static str {
        self.of.spec().less_freedom()
    }

    fn more_freedom(&self) -> &'static str {
        self.of.spec().more_freedom()
    }
}

impl ModelSpec for Voting {
    fn reads(&self) -> &'static [InputKind] {
        self.of.first().map_or(&[InputKind::Columns], |kind| kind.spec().reads())
    }

    fn tasks(&self) -> Tasks {
        self.of.first().map_or(Tasks::Both, |kind| kind.spec().tasks())
    }

    fn plan(&self, _: &RowShape<'_>) -> Result<Plan> {
        no_plan("voting")
    }

    fn less_freedom(&self) -> &'static str {
        self.of.first().map_or("a simpler model", |kind| kind.spec().less_freedom())
    }

    fn more_freedom(&self) -> &'static str {
        self.of.first().map_or("better features", |kind| kind.spec().more_freedom())
    }
}

impl ModelSpec for Auto {
    fn reads(&self) -> &'static [InputKind] {
        &[InputKind::Graphs, InputKind::Columns]
    }

    fn tasks(&self) -> Tasks {
        Tasks::Both
    }

    fn plan(&self, _: &RowShape<'_>) -> Result<Plan> {
        no_plan("auto")
    }

    fn less_freedom(&self) -> &'static str {
        "a simpler model"
    }

    fn more_freedom(&self) -> &'static str {
        "better features"
    }
}
