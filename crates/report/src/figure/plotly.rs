//! A figure as JSON for Plotly: to look at closely, to zoom, to change.

use serde_json::{Map, Value, json};

use super::frame::ranges;
use super::style::{LIGHT, N_COLORS};
use super::{Axis, Figure, Mark, Scale};

impl Figure {
    /// The figure as `data` and `layout` of plotly.js; numbers that are not finite become gaps.
    ///
    /// In Python: `plotly.graph_objects.Figure(json.loads(text))`.
    ///
    /// ```
    /// let json = report::parity("Solubility", "mol/L", &[("test", &[-1.0], &[-1.1])]).to_plotly();
    /// assert_eq!(json["data"][0]["mode"], "markers");
    /// assert_eq!(json["layout"]["xaxis"]["title"]["text"], "observed [mol/L]");
    /// ```
    pub fn to_plotly(&self) -> Value {
        let (x_range, y_range, _) = ranges(self);
        let (mut data, mut shapes, mut series) = (Vec::new(), Vec::new(), 0);
        for mark in &self.marks {
            let color = LIGHT[series % N_COLORS];
            match mark {
                Mark::Vertical { x, .. } => shapes.push(guide(mark, [json!(x), json!(x)], ["x", "paper"])),
                Mark::Horizontal { y, .. } => shapes.push(guide(mark, [json!(y), json!(y)], ["paper", "y"])),
                Mark::Diagonal { .. } => {
                    let (low, high) = (x_range[0].max(y_range[0]), x_range[1].min(y_range[1]));
                    shapes.push(guide(mark, [json!(low), json!(high)], ["x", "y"]));
                }
                _ => data.extend(traces(mark, color, self)),
            }
            series += usize::from(mark.colored());
        }
        let mut y = axis(&self.y, y_range, matches!(self.y.scale, Scale::Names(_)));
        if self.equal && !matches!(self.y.scale, Scale::Names(_)) {
            y["scaleanchor"] = json!("x");
        }
        let mut title = json!({ "text": self.title });
        if let Some(note) = &self.note {
            title["subtitle"] = json!({ "text": note });
        }
        json!({
            "data": data,
            "layout": {
                "title": title,
                "xaxis": axis(&self.x, x_range, false),
                "yaxis": y,
                "shapes": shapes,
                "bargap": 0.3,
                "meta": { "description": self.description },
            },
        })
    }
}

/// The traces of a mark that has numbers of its own.
fn traces(mark: &Mark, color: &str, figure: &Figure) -> Vec<Value> {
    let line = |width: f64| json!({ "color": color, "width": width });
    let plain = match mark {
        Mark::Points { x, y, .. } => {
            vec![json!({ "type": "scatter", "mode": "markers", "x": x, "y": y, "marker": { "color": color } })]
        }
        Mark::Line { x, y, .. } => {
            vec![json!({ "type": "scatter", "mode": "lines", "x": x, "y": y, "line": line(2.0) })]
        }
        Mark::Band { x, low, high, .. } => {
            let edge =
                |y: &[f64]| json!({ "type": "scatter", "mode": "lines", "x": x, "y": y, "line": { "width": 0 } });
            let (mut below, mut above) = (edge(low), edge(high));
            below["showlegend"] = json!(false);
            below["hoverinfo"] = json!("skip");
            above["fill"] = json!("tonexty");
            above["fillcolor"] = json!(format!("{color}33"));
            return vec![below, named(above, mark)];
        }
        Mark::Curves { x, y, .. } => {
            // One trace with gaps: null ends a line.
            let gap = [Value::Null];
            let xs: Vec<Value> = y.iter().flat_map(|_| x.iter().map(|x| json!(x)).chain(gap.clone())).collect();
            let ys: Vec<Value> = y.iter().flat_map(|y| y.iter().map(|y| json!(y)).chain(gap.clone())).collect();
            vec![json!({ "type": "scatter", "mode": "lines", "x": xs, "y": ys, "line": line(1.0), "opacity": 0.4 })]
        }
        Mark::Columns { edges, heights, .. } => {
            let middles: Vec<f64> = edges.windows(2).map(|edge| 0.5 * (edge[0] + edge[1])).collect();
            let widths: Vec<f64> = edges.windows(2).map(|edge| edge[1] - edge[0]).collect();
            vec![json!({ "type": "bar", "x": middles, "y": heights, "width": widths, "marker": { "color": color } })]
        }
        Mark::Bars { y, lengths, .. } => {
            vec![json!({ "type": "bar", "orientation": "h", "x": lengths, "y": y, "marker": { "color": color } })]
        }
        Mark::Whiskers { x, low, high, .. } => vec![error_bars("y", x, low, high)],
        Mark::Spans { y, low, high, .. } => vec![error_bars("x", y, low, high)],
        Mark::Cells { shades, labels } => vec![heat_map(shades, labels, figure)],
        Mark::Diagonal { .. } | Mark::Vertical { .. } | Mark::Horizontal { .. } => Vec::new(),
    };
    plain.into_iter().map(|trace| named(trace, mark)).collect()
}

fn named(mut trace: Value, mark: &Mark) -> Value {
    trace["name"] = json!(mark.name());
    trace["showlegend"] = json!(!mark.name().is_empty());
    trace
}

/// Invisible dots in the middle of the intervals, with error bars along the axis `along`.
fn error_bars(along: &str, at: &[f64], low: &[f64], high: &[f64]) -> Value {
    let middle: Vec<f64> = low.iter().zip(high).map(|(low, high)| 0.5 * (low + high)).collect();
    let half: Vec<f64> = low.iter().zip(high).map(|(low, high)| 0.5 * (high - low)).collect();
    let mut trace = Map::new();
    let across = if along == "y" { "x" } else { "y" };
    trace.insert("type".into(), json!("scatter"));
    trace.insert("mode".into(), json!("markers"));
    trace.insert("marker".into(), json!({ "size": 1, "color": GRAY }));
    trace.insert(across.into(), json!(at));
    trace.insert(along.into(), json!(middle));
    trace.insert(format!("error_{along}"), json!({ "type": "data", "array": half, "color": GRAY, "thickness": 1.2 }));
    Value::Object(trace)
}

fn heat_map(shades: &[f64], labels: &[String], figure: &Figure) -> Value {
    let n_columns = match &figure.x.scale {
        Scale::Names(names) => names.len().max(1),
        _ => 1,
    };
    json!({
        "type": "heatmap",
        "z": shades.chunks(n_columns).collect::<Vec<_>>(),
        "text": labels.chunks(n_columns).collect::<Vec<_>>(),
        "texttemplate": "%{text}",
        "zmin": 0,
        "zmax": 1,
        "colorscale": [[0, "#ffffff"], [1, LIGHT[0]]],
        "showscale": false,
    })
}

const GRAY: &str = "#777777";

/// A dashed line; an axis called `paper` runs from edge to edge.
fn guide(mark: &Mark, ends: [Value; 2], [x, y]: [&str; 2]) -> Value {
    let [from, to] = ends;
    let of = |axis: &str| if axis == "paper" { (json!(0), json!(1)) } else { (from.clone(), to.clone()) };
    let ((x0, x1), (y0, y1)) = (of(x), of(y));
    json!({
        "type": "line", "layer": "below", "xref": x, "yref": y, "x0": x0, "x1": x1, "y0": y0, "y1": y1,
        "line": { "color": GRAY, "width": 1.5, "dash": "dash" },
        "name": mark.name(), "showlegend": !mark.name().is_empty(),
    })
}

fn axis(axis: &Axis, [low, high]: [f64; 2], downwards: bool) -> Value {
    let mut value = json!({ "title": { "text": axis.label }, "range": [low, high], "zeroline": false });
    match &axis.scale {
        Scale::Linear | Scale::Counts => {}
        Scale::Dates => {
            let ticks = super::ticks::ticks(&axis.scale, [low, high], 7);
            value["tickvals"] = json!(ticks.iter().map(|tick| tick.at).collect::<Vec<_>>());
            value["ticktext"] = json!(ticks.iter().map(|tick| &tick.label).collect::<Vec<_>>());
        }
        Scale::Log => {
            value["type"] = json!("log");
            value["range"] = json!([low.log10(), high.log10()]);
        }
        Scale::Names(names) => {
            value["tickvals"] = json!((0..names.len()).collect::<Vec<_>>());
            value["ticktext"] = json!(names);
            value["automargin"] = json!(true);
        }
    }
    if downwards {
        value["range"] = json!([high, low]);
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{calibration, confusion_matrix, coverage, dependence, histogram, importance, learning_curve, parity};

    #[test]
    fn a_parity_figure_is_markers_and_a_dashed_line() {
        let json = parity("t", "K", &[("test", &[1.0, f64::NAN], &[2.0, 3.0])]).to_plotly();
        let trace = json!({
            "type": "scatter", "mode": "markers", "x": [1.0, null], "y": [2.0, 3.0],
            "marker": { "color": "#0072b2" }, "name": "test", "showlegend": true,
        });
        assert_eq!(json["data"], json!([trace]));
        assert_eq!(json["layout"]["shapes"][0]["line"]["dash"], "dash");
        assert_eq!(json["layout"]["yaxis"]["scaleanchor"], "x");
    }

    #[test]
    fn a_logarithmic_axis_has_exponents_as_its_range() {
        let mut figure = learning_curve(&[1.0, 2.0], &[1.0, 0.1], &[], Some(2.0), "loss");
        figure.y = Axis { scale: Scale::Log, range: Some([0.01, 10.0]), ..Axis::new("loss") };
        let json = figure.to_plotly();
        assert_eq!(json["layout"]["yaxis"]["type"], "log");
        assert_eq!(json["layout"]["yaxis"]["range"], json!([-2.0, 1.0]));
        assert_eq!(json["layout"]["shapes"][0]["yref"], "paper");
    }

    #[test]
    fn a_confusion_matrix_is_a_heat_map_from_the_top() {
        let json = confusion_matrix("t", &["a", "b"], &[9, 1, 0, 4]).to_plotly();
        assert_eq!(json["data"][0]["z"], json!([[0.9, 0.1], [0.0, 1.0]]));
        assert_eq!(json["data"][0]["text"], json!([["9", "1"], ["0", "4"]]));
        assert_eq!(json["layout"]["yaxis"]["range"], json!([1.5, -0.5]));
        assert_eq!(json["layout"]["yaxis"]["ticktext"], json!(["a", "b"]));
    }

    #[test]
    fn a_band_is_two_edges_and_only_one_is_named() {
        let json = coverage("t", "", &[1.0, 2.0], &[0.0, 1.0], &[2.0, 3.0], &[1.0, 1.0]).to_plotly();
        assert_eq!([&json["data"][0]["showlegend"], &json["data"][1]["showlegend"]], [&json!(false), &json!(true)]);
        assert_eq!(json["data"][1]["fill"], "tonexty");
    }

    #[test]
    fn bars_lie_and_have_error_bars() {
        let json = importance("t", "x", &[("a", 2.0, 1.0, 4.0)]).to_plotly();
        assert_eq!(json["data"][0]["orientation"], "h");
        assert_eq!([&json["data"][1]["x"][0], &json["data"][1]["error_x"]["array"][0]], [&json!(2.5), &json!(1.5)]);
        let json = histogram("t", "x", &[0.0, 1.0, 3.0], &[5, 2]).to_plotly();
        assert_eq!([&json["data"][0]["x"], &json["data"][0]["width"]], [&json!([0.5, 2.0]), &json!([1.0, 2.0])]);
    }

    #[test]
    fn thin_lines_are_one_trace_with_gaps() {
        let json = dependence("t", "x", "y", &[0.0, 1.0], &[1.0, 1.0], &[vec![1.0, 2.0], vec![3.0, 4.0]]).to_plotly();
        assert_eq!(json["data"][0]["y"], json!([1.0, 2.0, null, 3.0, 4.0, null]));
    }

    #[test]
    fn every_figure_has_data_and_layout() {
        let json = calibration("t", &[("a", &[(0.5, 0.4, 0.3, 0.6)])]).to_plotly();
        assert!(json["data"].is_array() && json["layout"].is_object());
        assert_eq!(Figure::default().to_plotly()["data"], json!([]));
    }
}
