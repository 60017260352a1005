//! Tables become series, or errors that say what to do.

use super::*;
use crate::{Column, Values};

fn column(name: &str, cells: &[&str]) -> Column {
    Column::new(name, Values::Text(cells.iter().collect()))
}

/// Reads a table of lines such as `2024-01-01,5` or, with names of series, `2024-01-01,5,a`.
fn read_lines(lines: &[&str], mending: &Mending) -> Result<(Clock, Vec<Series>)> {
    let fields: Vec<Vec<&str>> = lines.iter().map(|line| line.split(',').collect()).collect();
    let pick = |at: usize| -> Vec<&str> { fields.iter().map(|line| line.get(at).copied().unwrap_or("")).collect() };
    let columns = vec![column("date", &pick(0)), column("y", &pick(1)), column("id", &pick(2))];
    let table = Table::from_columns("a.csv", columns)?;
    let id = fields.iter().any(|line| line.len() > 2).then_some("id");
    read(&table, "date", id, &["y".to_owned()], mending)
}

fn message(lines: &[&str], mending: &Mending) -> String {
    read_lines(lines, mending).unwrap_err().to_string()
}

fn strict() -> Mending {
    Mending::default()
}

fn every(frequency: &str) -> Mending {
    Mending { frequency: Some(frequency.to_owned()), ..strict() }
}

fn resampled(size: &str) -> Mending {
    Mending { resample: Some(size.to_owned()), ..strict() }
}

fn imputed(mending: Mending) -> Mending {
    Mending { impute: Some(Impute::Linear), ..mending }
}

#[test]
fn names_divide_rows_into_series_in_the_order_they_appear() -> Result<()> {
    let lines = ["2024-01-05,1,b", "2024-01-01,2,a", "2024-01-06,3,b", "2024-01-02,4,a", "2024-01-07,5,b"];
    let (clock, series) = read_lines(&lines, &strict())?;
    assert_eq!(clock.frequency, Frequency::Fixed(86_400.0));
    let ids: Vec<Option<&str>> = series.iter().map(|series| series.id.as_deref()).collect();
    assert_eq!(ids, [Some("b"), Some("a")]);
    assert_eq!(series[0].columns, [[1.0, 3.0, 5.0]]);
    assert_eq!(series[1].columns, [[2.0, 4.0]]);
    assert_eq!((clock.show(series[1].start).as_str(), series[0].len(), series[0].mended), ("2024-01-01", 3, 0));
    Ok(())
}

#[test]
fn numbers_are_years_and_may_name_series() -> Result<()> {
    let (clock, series) = read_lines(&["1700,5", "1701,11", "1702,16"], &strict())?;
    assert_eq!((clock.frequency, clock.dates, clock.every().as_str()), (Frequency::Fixed(1.0), false, "1"));
    assert_eq!(clock.show(clock.at(series[0].start, 3)), "1703");
    let names = Column::new("id", Values::Number(vec![7.0, 7.0]));
    let times = Column::new("t", Values::Number(vec![0.0, 0.5]));
    let (_, series) =
        read(&Table::from_columns("t", vec![times, names])?, "t", Some("id"), &["t".to_owned()], &strict())?;
    assert_eq!((series[0].id.as_deref(), series[0].len(), series[0].is_empty()), (Some("7"), 2, false));
    Ok(())
}

#[test]
fn a_clock_survives_a_document() -> Result<()> {
    let (clock, series) =
        read_lines(&["2024-01-31T06:00Z,1", "2024-02-29T06:00Z,2", "2024-03-31T06:00Z,3"], &strict())?;
    let again: Clock = serde_json::from_str(&serde_json::to_string(&clock).unwrap()).unwrap();
    assert_eq!(again, clock);
    assert_eq!(again.show(again.at(series[0].start, 3)), "2024-04-30T06:00Z");
    let mending: Mending = serde_json::from_str(r#"{"impute": "seasonal", "resample": "1d"}"#).unwrap();
    assert_eq!(mending, Mending { impute: Some(Impute::Seasonal), ..resampled("1d") });
    assert!(serde_json::from_str::<Mending>(r#"{"fill": "mean"}"#).is_err());
    Ok(())
}

#[test]
fn gaps_and_missing_cells_are_filled_when_asked() -> Result<()> {
    let lines = ["2024-01-01,1", "2024-01-02,", "2024-01-03,3", "2024-01-06,6"];
    let (_, series) = read_lines(&lines, &imputed(strict()))?;
    assert_eq!((&series[0].columns[0][..], series[0].mended), (&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0][..], 3));
    Ok(())
}

#[test]
fn rows_of_a_day_become_their_mean() -> Result<()> {
    let lines =
        ["2024-01-02 06:00,5", "2024-01-01 18:00,", "2024-01-01 06:00,1", "2024-01-01 12:00,2", "2024-01-04 00:00,9"];
    let (clock, series) = read_lines(&lines, &imputed(resampled("1d")))?;
    assert_eq!((&series[0].columns[0][..], series[0].mended), (&[1.5, 5.0, 7.0, 9.0][..], 1));
    assert_eq!(clock.show(series[0].start), "2024-01-01 00:00");
    assert!(
        message(&lines, &resampled("1d")).starts_with("`date`: 1 step is missing between `2024-01-02 06:00` in row 1")
    );
    Ok(())
}

#[test]
fn weeks_begin_on_monday_and_quarters_in_january() -> Result<()> {
    // 2024-05-19 is a Sunday.
    let (clock, series) = read_lines(&["2024-05-19,1", "2024-05-20,3", "2024-05-26,5"], &resampled("1w"))?;
    assert_eq!((clock.show(series[0].start).as_str(), &series[0].columns[0][..]), ("2024-05-13", &[1.0, 4.0][..]));
    let (clock, series) = read_lines(&["2024-06-30,1", "2024-05-20,3", "2024-07-01,5"], &resampled("1q"))?;
    assert_eq!((clock.show(series[0].start).as_str(), &series[0].columns[0][..]), ("2024-04-01", &[2.0, 5.0][..]));
    let (clock, series) = read_lines(&["0.1,1", "0.3,2", "0.55,4"], &imputed(resampled("0.1")))?;
    assert_eq!(
        (clock.show(series[0].start).as_str(), &series[0].columns[0][..]),
        ("0.1", &[1.0, 1.5, 2.0, 3.0, 4.0][..])
    );
    Ok(())
}

#[test]
fn times_that_do_not_increase_are_named() {
    assert_eq!(
        message(&["2024-01-01,1", "2024-01-03,2", "2024-01-02,3"], &strict()),
        "`date`: `2024-01-02` in row 3 is earlier than `2024-01-03` in row 2, expected times that increase\n  --> a.csv\n\
         hint: sort the file by time, or name the column that tells several series apart with `--series`; `--resample 1d` sorts it too, and averages what falls into one step"
    );
    assert_eq!(
        message(&["2024-01-01,1,a", "2024-01-01,2,b", "2024-01-02,3,b", "2024-01-02,4,b", "2024-01-02,4,a"], &strict()),
        "`date` of series `b`: found `2024-01-02` in row 3 and again `2024-01-02` in row 4, expected each time once\n  \
         --> a.csv\nhint: `--resample 1d` averages such rows; where they are different series, name the column that \
         tells them apart"
    );
}

#[test]
fn a_time_between_steps_is_named() {
    assert_eq!(
        message(&["2024-01-01,1", "2024-01-02,2", "2024-01-03,2", "2024-01-03T12:00,3"], &strict()),
        "`date`: from `2024-01-01` in row 1 to `2024-01-03T12:00` in row 4 is not a whole number of steps of 1d\n  --> a.csv\n\
         hint: `--resample 1d` brings the rows to even steps; `--frequency` tells another size of steps"
    );
    assert!(
        message(&["2024-01-01,1", "2024-02-02,2"], &every("1mo"))
            .contains("from `2024-01-01` in row 1 to `2024-02-02` in row 2 is not a whole number of steps of 1mo")
    );
}

#[test]
fn gaps_are_counted() {
    assert_eq!(
        message(&["1958-05-10,1", "1958-05-17,2", "1958-05-31,3", "1958-06-07,4", "1958-06-28,5"], &strict()),
        "`date`: 1 step is missing between `1958-05-17` in row 2 and `1958-05-31` in row 3; 2 gaps, 3 steps in all\n  \
         --> a.csv\nhint: `--impute linear` fills them along a straight line; there are also `previous`, `mean` and \
         `seasonal`"
    );
    assert!(message(&["1,1,a", "3,2,a"], &every("0.5")).contains("of series `a`: 3 steps are missing"));
}

#[test]
fn missing_cells_are_counted() {
    assert_eq!(
        message(&["2024-01-01,1", "2024-01-02,", "2024-01-03,"], &strict()),
        "column `y`: no value at `2024-01-02` in row 2; 2 of 3 are missing in all\n  --> a.csv\n\
         hint: `--impute linear` fills them along a straight line; there are also `previous`, `mean` and `seasonal`"
    );
    assert_eq!(
        message(&["2024-01-01,,a", "2024-01-02,,a"], &imputed(strict())),
        "column `y`: series `a` has no value in its 2 rows, expected at least one\n  --> a.csv\n\
         hint: leave the column or the series out"
    );
    assert!(message(&["2024-01-01,1", "2024-01-02,<5"], &strict()).contains("are not finite numbers: `<5` in row 2"));
}

#[test]
fn short_and_nameless_series_are_named() {
    assert_eq!(
        message(&["2024-01-01,1,a", "2024-01-01,1,b", "2024-01-02,1,b"], &strict()),
        "series `a` has 1 row, expected at least 2\n  --> a.csv\n\
         hint: leave it out, or check the column that tells series apart"
    );
    assert!(
        message(&["2024-01-01,1", "2024-01-02,1"], &resampled("1y")).starts_with("the series has 1 step, expected")
    );
    assert!(message(&[], &strict()).starts_with("the series has 0 rows"));
    assert_eq!(
        message(&["2024-01-01,1,a", "2024-01-01,1,"], &strict()),
        "column `id`: no name of a series in row 2; 1 are missing in all\n  --> a.csv\n\
         hint: fill these cells, or remove the rows"
    );
}

#[test]
fn sizes_of_steps_must_fit_the_times() {
    let dates = ["2024-01-01,1", "2024-01-02,2"];
    assert_eq!(
        message(&dates, &every("1")),
        "steps of `1` do not fit column `date`, which holds dates\n  --> a.csv\n\
         hint: write a unit, such as `1h`, `1d` or `1mo`"
    );
    assert_eq!(
        message(&["1700,1", "1701,2"], &resampled("1y")),
        "steps of `1y` do not fit column `date`, which holds numbers\n  --> a.csv\n\
         hint: write a plain number in the unit of the column"
    );
    assert_eq!(
        message(&dates, &Mending { frequency: Some("1h".to_owned()), ..resampled("1d") }),
        "resample = `1d` and frequency = `1h` differ, expected one size of steps\n\
         hint: leave `frequency` out; resampled rows have the steps of `resample`"
    );
}

#[test]
fn a_wrong_year_makes_no_endless_series() {
    assert_eq!(
        message(&["2024-01-01,1", "2024-01-02,2", "9024-01-03,3"], &imputed(strict())),
        "`date`: 3 rows from `2024-01-01` in row 1 to `9024-01-03` in row 3 would become 2556700 steps of 1d\n  \
         --> a.csv\nhint: is one of the times wrong? `--resample` with larger steps makes fewer of them"
    );
}
