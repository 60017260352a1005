//! Consistency of a campaign.

use serde_json::{Map, Value};
use spec::campaign::Campaign;
use spec::error::Result;

use crate::space::{Terrain, wrong};

/// The encoded search space of a campaign, if its objectives and constraints are consistent.
pub(crate) fn checked(campaign: &Campaign, candidates: &[Map<String, Value>]) -> Result<Terrain> {
    if campaign.objectives.is_empty() {
        let hint = "name what is measured: `[[objectives]]` with `name` and `goal = \"maximize\"` or `\"minimize\"`";
        return Err(wrong("there is no objective".into(), "objectives", hint));
    }
    for (at, objective) in campaign.objectives.iter().enumerate() {
        let (name, place) = (&objective.name, format!("objectives[{at}]"));
        if name.is_empty() {
            return Err(wrong("the objective has no name".into(), &place, "set `name`"));
        }
        if let Some(deviation) = objective.deviation.as_ref().filter(|_| campaign.objectives.len() > 1) {
            let message = format!("`{deviation}` is the standard deviation of one objective of several");
            return Err(wrong(message, &place, "leave `deviation` out: it is only for a single objective"));
        }
        let told = objective.deviation.as_ref().filter(|deviation| {
            *deviation == name || campaign.parameters.iter().any(|parameter| parameter.name() == *deviation)
        });
        if let Some(deviation) = told {
            let message = format!("`{deviation}` is the name of the standard deviation and of something else");
            return Err(wrong(message, &place, "give the standard deviation a name of its own"));
        }
        if campaign.objectives[..at].iter().any(|other| other.name == *name) {
            return Err(wrong(format!("an objective before is called `{name}`"), &place, "leave one of them out"));
        }
        if campaign.parameters.iter().any(|parameter| parameter.name() == name) {
            return Err(wrong(format!("a parameter is called `{name}`, too"), &place, "give one another name"));
        }
    }
    if campaign.objectives.len() > 1 && campaign.strategy.mean != bayes::Mean::default() {
        let hint = "leave it out: the mean of one objective does not apply to the weighted ones";
        return Err(wrong("there is a mean function for several objectives".into(), "strategy.mean", hint));
    }
    for (at, limit) in campaign.limits.iter().enumerate() {
        if limit.at_most.is_none() && limit.at_least.is_none() {
            return Err(wrong(
                "the quantity has no bound".into(),
                &format!("limits[{at}]"),
                "set `at_most` or `at_least`",
            ));
        }
    }
    Terrain::new(campaign, candidates)
}
