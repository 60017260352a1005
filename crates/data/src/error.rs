//! Errors of tables, columns and splits.
//!
//! A message says what was found, what was expected and where; after `hint:` it says what to do.

/// The result of reading or cutting data.
pub type Result<T> = std::result::Result<T, Error>;

/// Everything that can be wrong with data that somebody hands in.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Error {
    /// The file system refuses something.
    #[error("{what} `{path}` could not be {done}: {reason}\nhint: {hint}")]
    File { what: &'static str, done: &'static str, path: String, reason: String, hint: &'static str, missing: bool },
    /// There is nothing at the path.
    #[error("there is no file `{file}`\nhint: {hint}")]
    NoFile { file: String, hint: String },
    /// The path is a directory.
    #[error("`{file}` is a directory, expected a file with a table\nhint: give the path of one file inside it")]
    Directory { file: String },
    /// The operating system refuses to read the file.
    #[error("the file `{file}` cannot be read: {reason}\nhint: check its permissions and the disk")]
    Unreadable { file: String, reason: String },
    /// The file has no bytes, or nothing but white space.
    #[error("the file `{file}` is empty, expected a header and rows\nhint: was it written completely?")]
    Empty { file: String },
    /// The table has column names but no rows.
    #[error(
        "found a header with {n_columns} columns but no rows\n  --> {file}\n\
         hint: the first line holds the names of the columns, each line after it one row"
    )]
    NoRows { file: String, n_columns: usize },
    /// The file is of a kind that is not read.
    #[error("the file `{file}` is {found}, expected a table\nhint: {hint}")]
    NotATable { file: String, found: &'static str, hint: &'static str },
    /// The file holds bytes that no text has.
    #[error(
        "found a zero byte, expected text\n  --> {file}, line {line}, byte {byte}\n\
         hint: the file is binary or UTF-16; save it as CSV in UTF-8"
    )]
    ZeroByte { file: String, line: usize, byte: usize },
    /// The bytes are not UTF-8.
    #[error(
        "found bytes that are not UTF-8\n  --> {file}, line {line}, byte {byte}\n\
         hint: save the file as CSV in UTF-8 (in a spreadsheet program: `CSV UTF-8`)"
    )]
    NotUtf8 { file: String, line: usize, byte: usize },
    /// A line of the file has more or fewer fields than the header.
    #[error(
        "found {found} fields, expected {expected} as in the header\n  --> {file}, line {line} (row {row})\nhint: {hint}"
    )]
    Ragged { file: String, line: usize, row: usize, found: usize, expected: usize, hint: &'static str },
    /// A quotation mark opens a field and nothing closes it.
    #[error(
        "found a quotation mark that is never closed\n  --> {file}, line {line} (row {row})\n\
         hint: close it, or write a quotation mark inside a field twice: `\"\"`"
    )]
    OpenQuote { file: String, line: usize, row: usize },
    /// Two columns have the same name and unit.
    #[error(
        "columns {first} and {second} are both named `{name}`\n  --> {file}\nhint: give every column a name of its own"
    )]
    SameName { file: String, name: String, first: usize, second: usize },
    /// Columns of a table in memory have different lengths.
    #[error(
        "column `{name}` has {found} rows, expected {expected} as in the columns before\n  --> {file}\n\
         hint: give all columns the same number of rows"
    )]
    Lengths { file: String, name: String, found: usize, expected: usize },
    /// No column has the name.
    #[error("there is no column `{name}`; {columns}\n  --> {file}\nhint: {hint}")]
    UnknownColumn { file: String, name: String, columns: String, hint: String },
    /// Several columns have the name, in different units.
    #[error("`{name}` can mean {columns}\n  --> {file}\nhint: write the name with its unit")]
    AmbiguousColumn { file: String, name: String, columns: String },
    /// A spreadsheet cannot be opened or decoded.
    #[error("the spreadsheet `{file}` cannot be read: {reason}\nhint: open it and save it again, or export it as CSV")]
    Spreadsheet { file: String, reason: String },
    /// The workbook has no sheet of the name.
    #[error("there is no sheet `{sheet}`; the sheets are {sheets}\n  --> {file}\nhint: {hint}")]
    UnknownSheet { file: String, sheet: String, sheets: String, hint: String },
    /// A Parquet file cannot be opened or decoded.
    #[error("the Parquet file `{file}` cannot be read: {reason}\nhint: write it again, or export it as CSV")]
    Parquet { file: String, reason: String },
    /// A column has cells that are not finite numbers.
    #[error("column `{column}`: {count} of {total} cells are not finite numbers: {cells}\n  --> {file}\nhint: {hint}")]
    NotNumbers { file: String, column: String, count: usize, total: usize, cells: String, hint: &'static str },
    /// A column has cells that are neither numbers nor ISO dates.
    #[error(
        "column `{column}`: {count} of {total} cells are not times: {cells}\n  --> {file}\n\
         hint: use numbers, or dates such as 2024-05-17 or 2024-05-17T08:30:00"
    )]
    NotTimes { file: String, column: String, count: usize, total: usize, cells: String },
    /// A word does not name a split.
    #[error("`{found}` is not a split; there are {kinds}\nhint: {hint}")]
    UnknownSplit { found: String, kinds: String, hint: String },
    /// A split by groups or time does not say which column.
    #[error("a {kind} split needs a column\nhint: write `{kind}:COLUMN`")]
    SplitWithoutColumn { kind: String },
    /// A split that looks at no column is given one.
    #[error(
        "a {kind} split takes no column, found `{column}`\nhint: write `{kind}`, or `group:{column}` to keep equal values together"
    )]
    SplitWithColumn { kind: String, column: String },
    /// The fractions of training, validation and test do not sum to 1.
    #[error(
        "fractions = [{train}, {validation}, {test}]: expected fractions of training, validation and test, \
         none negative, training above 0, and a sum of 1\nhint: for example [0.8, 0.1, 0.1]"
    )]
    Fractions { train: f64, validation: f64, test: f64 },
    /// `folds = 1` or `repeats = 0`.
    #[error("{field} = {found}, expected {expected}\nhint: {hint}")]
    Count { field: &'static str, found: usize, expected: &'static str, hint: &'static str },
    /// A split that has no randomness is asked for more than one.
    #[error("a {kind} split always gives the same parts, so {field} = {found} has no meaning\nhint: {hint}")]
    NotRandom { kind: String, field: &'static str, found: usize, hint: &'static str },
    /// There are fewer rows than parts to fill.
    #[error("{found} rows cannot fill {parts}: at least {needed} are needed\nhint: {hint}")]
    TooFewRows { found: usize, parts: String, needed: usize, hint: &'static str },
    /// There are fewer groups than parts to fill.
    #[error("{found} groups cannot fill {parts} without dividing one: at least {needed} are needed\nhint: {hint}")]
    TooFewGroups { found: usize, parts: String, needed: usize, hint: &'static str },
    /// A class has one row, which can be learned or tested but not both.
    #[error(
        "class {class} has a single row (row {row}), expected at least 2 for a stratified split\n\
         hint: add rows, join it with another class, leave it out, or use a random split"
    )]
    SmallClass { class: usize, row: usize },
    /// A part that should hold rows stays empty.
    #[error("the {part} part of the {kind} split of {n} rows is empty: {reason}\nhint: {hint}")]
    EmptyPart { part: &'static str, kind: String, n: usize, reason: String, hint: &'static str },
    /// The split needs something that the rows do not come with.
    #[error("a {kind} split needs {needs} for every row, found {found} for {n} rows\nhint: {hint}")]
    MissingInput { kind: String, needs: &'static str, found: usize, n: usize, hint: &'static str },
    /// A time or feature that a split measures with is missing or infinite.
    #[error("{what} of row {row} is {value}, expected a finite number\nhint: fill or remove {count} such rows")]
    NotFinite { what: String, row: usize, value: f64, count: usize },
    /// A text does not say how far apart the steps of a series are.
    #[error("`{found}` is not a span of time, expected a number and a unit\nhint: {hint}")]
    UnknownFrequency { found: String, hint: &'static str },
    /// A span with a unit for times that are numbers, or without one for dates.
    #[error("steps of `{found}` do not fit column `{column}`, which holds {holds}\n  --> {file}\nhint: {hint}")]
    FrequencyKind { file: String, column: String, found: String, holds: &'static str, hint: &'static str },
    /// Rows shall be brought to steps of one size and are said to have another.
    #[error(
        "resample = `{resample}` and frequency = `{frequency}` differ, expected one size of steps\n\
         hint: leave `frequency` out; resampled rows have the steps of `resample`"
    )]
    TwoFrequencies { resample: String, frequency: String },
    /// Rows do not say which series they belong to.
    #[error(
        "column `{column}`: no name of a series in {place}; {count} are missing in all\n  --> {file}\n\
         hint: fill these cells, or remove the rows"
    )]
    NoSeriesName { file: String, column: String, place: String, count: usize },
    /// A series has fewer than two rows or steps.
    #[error("{series} has {found}, expected at least 2\n  --> {file}\nhint: {hint}")]
    ShortSeries { file: String, series: String, found: String, hint: &'static str },
    /// Numbers that are meant as dates.
    #[error(
        "column `{column}`: all its numbers look like dates without hyphens, such as {found}, and would be counted as numbers\n  \
         --> {file}\nhint: write them as 2024-02-29"
    )]
    CompactDates { file: String, column: String, found: String },
    /// A row is earlier than the row before it.
    #[error(
        "{column}: {found}, expected times that increase\n  --> {file}\n\
         hint: sort the file by time, or name the column that tells several series apart with `--series`; `--resample {step}` \
         sorts it too, and averages what falls into one step"
    )]
    Unsorted { file: String, column: String, found: String, step: String },
    /// Two rows of a series have the same time.
    #[error(
        "{column}: found {found}, expected each time once\n  --> {file}\n\
         hint: `--resample {step}` averages such rows; where they are different series, name the column that tells \
         them apart"
    )]
    SameTime { file: String, column: String, found: String, step: String },
    /// A time lies between two steps.
    #[error(
        "{column}: from {span} is not a whole number of steps of {step}\n  --> {file}\n\
         hint: `--resample {step}` brings the rows to even steps; `--frequency` tells another size of steps"
    )]
    OffGrid { file: String, column: String, span: String, step: String },
    /// Steps between the first and the last row have no row.
    #[error(
        "{column}: {found}\n  --> {file}\n\
         hint: `--impute linear` fills them along a straight line; there are also `previous`, `mean` and `seasonal`"
    )]
    Gaps { file: String, column: String, found: String },
    /// Cells of a series are missing.
    #[error(
        "column `{column}`: no value at {time}; {count} of {total} are missing in all\n  --> {file}\n\
         hint: `--impute linear` fills them along a straight line; there are also `previous`, `mean` and `seasonal`"
    )]
    MissingValues { file: String, column: String, time: String, count: usize, total: usize },
    /// A column of a series has nothing to fill gaps with.
    #[error(
        "column `{column}`: {series} has no value in its {rows} rows, expected at least one\n  --> {file}\n\
         hint: leave the column or the series out"
    )]
    NoValues { file: String, column: String, series: String, rows: usize },
    /// Nearly all steps of a series would be invented.
    #[error(
        "{column}: {found} would become {steps}\n  --> {file}\n\
         hint: is one of the times wrong? `--resample` with larger steps makes fewer of them"
    )]
    TooManySteps { file: String, column: String, found: String, steps: String },
    /// A file is not an image, or ends within it.
    #[error(
        "the image `{file}` cannot be read: {reason}\nhint: PNG, JPEG and TIFF are read; `--skip-invalid` leaves this one out"
    )]
    NotAnImage { file: String, reason: String },
    /// An image has another size than those before it.
    #[error(
        "the image `{file}` has {found}, expected {expected} as in `{first}`\n\
         hint: a size in pixels brings all images to it; `--skip-invalid` leaves this one out"
    )]
    ImageSize { file: String, found: String, expected: String, first: String },
    /// There are no images where some were expected.
    #[error("found no images in `{place}`: {found}\nhint: {hint}")]
    NoImages { place: String, found: String, hint: String },
    /// A table of images does not say where one of them is.
    #[error(
        "column `{column}`, {place}: the path of an image is missing\n  --> {file}\nhint: fill the cell, or remove the row"
    )]
    NoPath { file: String, column: String, place: String },
    /// A file of NumPy cannot be read, or does not hold what was expected.
    #[error("the file of arrays `{file}` cannot be read: {reason}\nhint: {hint}")]
    NumpyFile { file: String, reason: String, hint: String },
    /// Images that are not square shall be turned.
    #[error(
        "images of {shape} cannot be turned by 90 degrees, expected as many rows as columns\nhint: leave `quarter_turns` out, or bring images to a square size"
    )]
    NotSquare { shape: String },
    /// A standard deviation is negative or no number.
    #[error(
        "{field} = {found}, expected a standard deviation: a finite number that is not negative\nhint: zero adds nothing"
    )]
    Deviation { field: &'static str, found: f64 },
    /// No header of a table is a number of the range.
    #[error(
        "no column has a number{expected} as its header; headers that are numbers: {found}\n  --> {file}\n\
         hint: spectra stand in rows, with the axis as the headers of their columns"
    )]
    NoAxis { file: String, found: String, expected: String },
    /// Two headers are the same number.
    #[error(
        "columns `{first}` and `{second}` stand for the same point of the axis\n  --> {file}\nhint: leave one of them out"
    )]
    SameAxis { file: String, first: String, second: String },
    /// A spectrum has a gap.
    #[error(
        "row {row}: the intensity at {at} is missing\n  --> {file}\nhint: fill the cell, remove the row, or choose a range without it"
    )]
    MissingIntensity { file: String, row: usize, at: f64 },
    /// An axis does not increase.
    #[error("{reason}, expected an axis that increases\nhint: sort the points of the axis, each once")]
    Axis { reason: String },
    /// A step of preprocessing has settings that are impossible or do not fit the axis.
    #[error(
        "{found}: expected {expected}\nhint: `gedanken explain savitzky_golay`, or the name of another step, tells what its settings mean"
    )]
    StepSettings { found: String, expected: &'static str },
    /// A step of the list is wrong.
    #[error("step {at} of the spectra: {reason}")]
    SpectrumStep { at: usize, reason: Box<Error> },
    /// An axis is too short for what is asked of it.
    #[error("the axis reaches from {found}, expected at least {expected}\nhint: choose a range that all spectra cover")]
    NotCovered { found: String, expected: String },
    /// A spectrum that does not vary would be divided by its variation.
    #[error(
        "spectrum {row} is constant, and would be divided by {divisor}\nhint: remove the row, or choose a wider range"
    )]
    FlatSpectrum { row: usize, divisor: &'static str },
    /// A file of JCAMP-DX has an error in a line.
    #[error(
        "{reason}\n  --> {file}, line {line}\n\
         hint: the file is damaged, or not the JCAMP-DX that is read: XYDATA=(X++(Y..Y)) or XYPOINTS=(XY..XY)"
    )]
    Jcamp { file: String, line: usize, reason: String },
    /// The axis of a file has another unit than that of the first.
    #[error(
        "the axis of `{file}` is in `{found}`, expected `{expected}` as in the first spectrum\nhint: convert one of them"
    )]
    SpectrumUnits { file: String, found: String, expected: String },
    /// A file of a spectrum does not fit to the others.
    #[error("`{file}`: {reason}")]
    SpectrumFile { file: String, reason: Box<Error> },
    /// There are no files of spectra.
    #[error(
        "found no spectra in `{place}`, expected files that end in `.jdx` or `.dx`\nhint: give their folder, or a table with a column of their paths"
    )]
    NoSpectra { place: String },
}

impl Error {
    /// What was found and expected, without place and hint.
    pub fn first_line(&self) -> String {
        self.to_string().lines().next().unwrap_or_default().to_owned()
    }
}

impl Error {
    /// Whether what is wrong is that a file does not exist.
    pub fn is_missing_file(&self) -> bool {
        matches!(self, Error::NoFile { .. } | Error::File { missing: true, .. })
    }

    /// An error of the file system: what could not be done with which file.
    pub fn file(what: &'static str, done: &'static str, path: &std::path::Path, error: &std::io::Error) -> Self {
        let hint = match error.kind() {
            std::io::ErrorKind::NotFound => "check the path",
            std::io::ErrorKind::PermissionDenied => "check the permissions",
            std::io::ErrorKind::StorageFull => "free some space",
            _ => "check the path and the disk",
        };
        let missing = error.kind() == std::io::ErrorKind::NotFound;
        Error::File { what, done, path: path.display().to_string(), reason: error.to_string(), hint, missing }
    }
}
