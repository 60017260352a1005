//! The rows of a fold as each kind of input reads them.

use inputs::encoder::Encoder;
use inputs::source::Source;
use learn::unit::Rows;
use spec::data::Data;
use spec::error::{Error, Result};
use spec::experiment::Experiment;
use spec::input_kind::InputKind;
use spec::model::ModelKind;

/// Training and validation rows of a fold as one kind of input reads them.
pub(super) struct View {
    pub kind: InputKind,
    pub encoder: Encoder,
    pub train: Rows,
    pub validation: Option<Rows>,
}

/// Whether rows can be read so: columns always can.
fn is_there(kind: InputKind, source: &Source, data: &Data) -> bool {
    match kind {
        InputKind::Columns => true,
        InputKind::Fingerprints => source
            .molecules
            .as_ref()
            .is_some_and(|molecules| molecules.names.iter().any(|name| chem::is_fingerprint(name))),
        InputKind::Sequences => data.sequence.is_some(),
        InputKind::Spectra => source.spectra.is_some(),
        InputKind::Images => source.images.is_some(),
        InputKind::Graphs => source.molecules.is_some(),
    }
}

/// Refuses a model that cannot read the rows.
pub(super) fn check(kind: &ModelKind, source: &Source, data: &Data) -> Result<()> {
    for (single, ..) in kind.members() {
        let reads = single.spec().reads();
        if !reads.iter().any(|&input| is_there(input, source, data)) {
            let (place, hint) = reads[0].where_from();
            return Err(Error::Setting {
                message: format!("`{}` reads {}, and this table has none", single.name(), reads[0].name()),
                place: place.into(),
                hint: hint.into(),
            });
        }
    }
    Ok(())
}

/// The kinds of input other than columns that are present and that a model of the experiment can read.
pub(super) fn wanted(experiment: &Experiment, source: &Source) -> Vec<InputKind> {
    let all = [InputKind::Fingerprints, InputKind::Sequences, InputKind::Spectra, InputKind::Images, InputKind::Graphs];
    let wanted = |kind: &InputKind| is_there(*kind, source, &experiment.data) && experiment.reads(*kind);
    all.into_iter().filter(wanted).collect()
}
