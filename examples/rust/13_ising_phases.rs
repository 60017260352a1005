//! Above or below its transition? The phase of a magnet from a picture of its spins, by a small convolutional network.

use data::image::{Augmentation, Edges};
use gedanken::{Data, Experiment, Images, ModelKind, Options, Scores, run};
use nn::Training;
use nn::models::LeNet;

pub fn main() -> gedanken::Result<()> {
    // Energy and edges stay the same under all of this, and so does the phase.
    let augment = Augmentation {
        shift: 8,
        edges: Edges::Periodic,
        quarter_turns: true,
        flip_horizontal: true,
        ..Augmentation::default()
    };
    let images = Images { pixels: Some(vec![16, 16]), augment, ..Images::default() };
    let experiment = Experiment {
        data: Data {
            dataset: Some("ising".into()),
            target: vec!["phase".into()],
            images: Some(images),
            ..Data::default()
        },
        model: ModelKind::Lenet(LeNet::default()),
        train: Training { epochs: 20, ..Training::default() },
        ..Experiment::default()
    };
    let outcome = run(&experiment, &Options::default())?;
    println!("{}", outcome.summary());

    let accuracy = |model: &str| {
        let scores = outcome.scores.iter().find(|scores| scores.model == model).expect("it was trained");
        let Scores::Classification { accuracy: Some(accuracy), .. } = &scores.targets[0] else { panic!("no classes") };
        accuracy.value
    };
    // No line through the space of pixels parts the phases: all spins up and all spins down are the same phase.
    assert!(accuracy("lenet") > accuracy("logistic") + 0.2);
    Ok(())
}
