//! The report: an aligned Markdown table for each workload and number of threads, the targets, the versions.

use super::result::{Line, Times, summary};
use super::targets::TARGETS;

const HEADER: [&str; 7] =
    ["program", "median us", "best us", "median / ours", "best / ours", "peak MB", "first step s"];

/// Everything that is said in the end.
pub fn report(lines: &[Line], workloads: &[&str], threads: &[usize], hogwild: &str, versions: &[String]) -> String {
    let mut text = String::new();
    for workload in workloads {
        for &threads in threads {
            let rows = rows(&summary(lines, workload, threads));
            text += &format!("Workload {workload}, threads {threads}\n\n{}\n", table(&HEADER, &rows));
        }
    }
    text += "Targets, by the best blocks\n\n";
    for target in
        TARGETS.iter().filter(|target| workloads.contains(&target.workload) && threads.contains(&target.threads))
    {
        text += &format!("- {}\n", target.verdict(&summary(lines, target.workload, target.threads)));
    }
    text + "\n" + hogwild.trim_end() + "\n\nMeasured on\n\n- " + &versions.join("\n- ")
}

fn rows(summary: &[Line]) -> Vec<Vec<String>> {
    let ours = summary.iter().find(|line| line.label == "ours").and_then(|line| line.times.clone().ok());
    summary.iter().map(|line| row(line, ours)).collect()
}

fn row(line: &Line, ours: Option<Times>) -> Vec<String> {
    let mut row = vec![line.label.clone()];
    match &line.times {
        Err(reason) => row.push(format!("failed: {}", reason.chars().take(60).collect::<String>())),
        Ok(times) => {
            let ratio = |of: fn(&Times) -> f64| ours.map_or("-".into(), |ours| format!("{:.2}", of(times) / of(&ours)));
            row.extend([format!("{:.1}", times.median), format!("{:.1}", times.best)]);
            row.extend([ratio(|times| times.median), ratio(|times| times.best)]);
            row.extend([format!("{:.0}", times.peak_mb), format!("{:.3}", times.first_s)]);
        }
    }
    row
}

/// The first column to the left, numbers to the right; a row may be short.
fn table(header: &[&str], rows: &[Vec<String>]) -> String {
    let cell = |row: &[String], column: usize| row.get(column).cloned().unwrap_or_default();
    let header: Vec<String> = header.iter().map(|title| title.to_string()).collect();
    let all = || std::iter::once(&header).chain(rows);
    let widths: Vec<usize> = (0..header.len())
        .map(|column| all().map(|row| cell(row, column).chars().count()).max().unwrap_or_default())
        .collect();
    let line = |row: &[String]| {
        let cells = widths.iter().enumerate().map(|(column, &width)| match column {
            0 => format!("{:<width$}", cell(row, column)),
            _ => format!("{:>width$}", cell(row, column)),
        });
        format!("| {} |\n", cells.collect::<Vec<_>>().join(" | "))
    };
    let rule = widths.iter().enumerate().map(|(column, &width)| match column {
        0 => "-".repeat(width + 2),
        _ => "-".repeat(width + 1) + ":",
    });
    let rule = format!("|{}|\n", rule.collect::<Vec<_>>().join("|"));
    line(&header) + &rule + &rows.iter().map(|row| line(row)).collect::<String>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_aligned() {
        let rows = [vec!["ours".to_string(), "62.0".into()], vec!["keras".to_string()]];
        let expected = "\
| program |   us |
|---------|-----:|
| ours    | 62.0 |
| keras   |      |
";
        assert_eq!(table(&["program", "us"], &rows), expected);
    }

    #[test]
    fn ratios_are_times_over_ours() {
        let lines = ["ours,A,1,100,80,9,3,0.001", "torch,A,1,400,400,9,687,0.1", "jax-jit,A,1,FAIL,no module"];
        let lines: Vec<Line> = lines.iter().map(|line| Line::parse(line).unwrap()).collect();
        let rows = rows(&summary(&lines, "A", 1));
        assert_eq!(rows[1], ["torch", "400.0", "400.0", "4.00", "5.00", "687", "0.100"]);
        assert_eq!(rows[2], ["jax-jit", "failed: no module"]);
    }

    #[test]
    fn a_report_holds_tables_targets_and_versions() {
        let text = report(
            &[Line::parse("ours,B,2,1,1,1,1,1").unwrap()],
            &["A", "B"],
            &[2],
            "Hogwild!: fast",
            &["rustc 1.95".into()],
        );
        assert!(text.contains("Workload B, threads 2\n\n| program |"), "{text}");
        assert!(text.contains("- B, 2 threads: jax / ours at least 1: not measured"), "{text}");
        assert!(text.ends_with("\n\nHogwild!: fast\n\nMeasured on\n\n- rustc 1.95"), "{text}");
    }
}
