//! A new study: its campaign with the contents of the files that it names.

use std::path::Path;

use data::Table;
use serde_json::{Map, Value, json};
use spec::campaign::Campaign;
use spec::error::{Error, Result};

use crate::check::checked;
use crate::import;
use crate::space::{Terrain, resolved, wrong};
use crate::store::Store;
use crate::store::place::Place;
use crate::study::Study;

impl Study {
    /// Begins a study. Files that the campaign names are read from `folder`, once; the study keeps their contents.
    ///
    /// # Errors
    /// The campaign is inconsistent, a file cannot be read, or a study of this name exists.
    pub fn create(place: &Place, campaign: Campaign, folder: &Path, now: f64) -> Result<Study> {
        Prepared::new(campaign, folder, None)?.create(place, now)
    }

    /// As [`create`](Self::create), with something attached that belongs to the study.
    pub fn create_with(place: &Place, campaign: Campaign, attached: Value, now: f64) -> Result<Study> {
        let mut prepared = Prepared::new(campaign, Path::new(""), None)?;
        prepared.attached = attached;
        prepared.create(place, now)
    }

    /// Begins a study, or resumes that of the same name, which must have the same campaign. In place of a file, `candidates` may be
    /// a table with the only points that may be tried.
    ///
    /// # Errors
    /// As [`create`](Self::create), and if there is a study of this name with another campaign; the message names the field.
    pub fn resume(
        place: &Place,
        campaign: Campaign,
        candidates: Option<Table>,
        folder: &Path,
        now: f64,
    ) -> Result<Study> {
        let prepared = Prepared::new(campaign, folder, candidates)?;
        let (name, document) = (prepared.name(), prepared.document());
        match prepared.create(place, now) {
            Err(Error::StudyExists { .. }) => {
                let study = Study::open(place, Some(&name))?;
                same_campaign(study.store.campaign(), &document, &format!("study `{name}` in {place}"))?;
                Ok(study)
            }
            begun => begun,
        }
    }
}

/// A campaign that was read and checked, and the only points that may be tried, if there are such.
pub struct Prepared {
    campaign: Campaign,
    candidates: Vec<Map<String, Value>>,
    terrain: Terrain,
    /// Attached to the study.
    pub attached: Value,
}

impl Prepared {
    /// Files are read from `folder`; a table in memory stands in place of the campaign's `candidates`.
    pub fn new(campaign: Campaign, folder: &Path, candidates: Option<Table>) -> Result<Self> {
        let (campaign, table) = resolved(campaign, folder, candidates)?;
        let names: Vec<String> = campaign.parameters.iter().map(|p| p.name().to_owned()).collect();
        let candidates = table.map(|table| import::points(&table, &names)).transpose()?.unwrap_or_default();
        let terrain = checked(&campaign, &candidates)?;
        Ok(Prepared { campaign, candidates, terrain, attached: Value::Null })
    }

    /// The study's name.
    pub fn name(&self) -> String {
        self.campaign.name.clone().unwrap_or_else(|| "study".into())
    }

    /// Its stored form.
    pub fn document(&self) -> Value {
        json!({ "campaign": self.campaign, "candidates": self.candidates, "attached": self.attached })
    }

    pub fn create(self, place: &Place, now: f64) -> Result<Study> {
        let store = Store::create(place, &self.name(), &self.document(), now)?;
        Ok(Study { store, campaign: self.campaign, terrain: self.terrain, attached: self.attached })
    }
}

/// Whether an existing study has the same campaign as a new one; otherwise the field in which they differ.
pub(super) fn same_campaign(there: &Value, wanted: &Value, place: &str) -> Result<()> {
    let hint = "leave the campaign out to go on with that of the study, or give the new one another name";
    let (was, is) = (&there["campaign"], &wanted["campaign"]);
    let fields = [was, is].into_iter().filter_map(Value::as_object).flat_map(Map::keys);
    // Whether a name was given or is the default makes no difference.
    let mut fields = fields.filter(|field| *field != "name");
    let Some(field) = fields.find(|field| was.get(*field) != is.get(*field)) else {
        return match there["candidates"] == wanted["candidates"] {
            true => Ok(()),
            false => Err(wrong("the study was begun with other `candidates`".into(), place, hint)),
        };
    };
    let words = |value: Option<&Value>| value.map_or_else(|| "none".into(), Value::to_string);
    let (was, is) = parts(was.get(field), is.get(field));
    let message = format!("the study was begun with other `{field}`: {}, not {}", words(was), words(is));
    Err(wrong(message, place, hint))
}

/// Of two lists the first members that differ, otherwise the values themselves.
fn parts<'a>(was: Option<&'a Value>, is: Option<&'a Value>) -> (Option<&'a Value>, Option<&'a Value>) {
    let (Some(Value::Array(a)), Some(Value::Array(b))) = (was, is) else { return (was, is) };
    let at = (0..a.len().max(b.len())).find(|&at| a.get(at) != b.get(at)).unwrap_or_default();
    (a.get(at), b.get(at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::trial::{State, Told};
    use spec::campaign::Objective;
    use spec::parameter::Parameter;

    fn campaign(high: f64) -> Campaign {
        let parameters = vec![Parameter::Continuous { name: "x".into(), low: 0.0, high, log: false }];
        let objectives = vec![Objective::new("y", Default::default())];
        Campaign { parameters, objectives, ..Campaign::default() }
    }

    fn resume(place: &Place, campaign: Campaign) -> Result<Study> {
        Study::resume(place, campaign, None, Path::new(""), 0.0)
    }

    #[test]
    fn a_study_goes_on_where_it_was_left() {
        let folder = tempfile::tempdir().unwrap();
        let place = Place::Sqlite(folder.path().join("a.db"));
        let point = Map::from_iter([("x".to_owned(), json!(0.5))]);
        let told = Told { state: State::Complete, outcomes: [("y".to_owned(), 2.0)].into(), reason: None };
        resume(&place, campaign(1.0)).unwrap().tell_point(&point, told, 1.0).unwrap();
        assert_eq!(resume(&place, campaign(1.0)).unwrap().trials().unwrap().len(), 1);
        let error = resume(&place, campaign(2.0)).err().unwrap().to_string();
        assert!(error.contains("other `parameters`: {\"high\":1.0") && error.contains("hint: "), "{error}");
    }

    #[test]
    fn studies_in_memory_do_not_see_one_another_and_know_where_a_pending_point_is() {
        let mut studies = [0, 1].map(|_| resume(&Place::Memory, campaign(1.0)).unwrap());
        let asked = studies[0].ask(2, &Default::default()).unwrap();
        assert_eq!(studies[0].pending_at(&asked[1].point).unwrap(), Some(2));
        assert_eq!(studies[0].trials().unwrap().len(), 2);
        assert_eq!(studies[1].trials().unwrap().len(), 0);
        assert_eq!(studies[1].pending_at(&asked[1].point).unwrap(), None);
    }

    #[test]
    fn candidates_may_be_a_table_in_memory() {
        let column = data::Column::new("x", data::Values::Number(vec![1.0, 4.0, 9.0]));
        let table = Table::from_columns("squares", vec![column]).unwrap();
        let campaign = Campaign { parameters: Vec::new(), ..campaign(1.0) };
        let mut study = Study::resume(&Place::Memory, campaign, Some(table), Path::new(""), 0.0).unwrap();
        let asked = study.ask(5, &Default::default()).unwrap();
        let mut values: Vec<Value> = asked.into_iter().map(|trial| trial.point["x"].clone()).collect();
        values.sort_by_key(Value::as_i64);
        assert_eq!(values, [json!(1), json!(4), json!(9)]);
    }
}
