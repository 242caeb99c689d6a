//! Finds the file and the column of an invalid CSV value, since the errors of readers name neither.

use std::fs::File;
use std::path::Path;

use datafusion::arrow::csv::ReaderBuilder;
use datafusion::arrow::datatypes::SchemaRef;
use datafusion::prelude::SessionContext;

use crate::failure::Failure;
use crate::tables::{Table, quoted};

/// What readers say of a value that does not have the type of its column.
const VALUE: &str = "Error while parsing value";
/// What they say of a line with too many or too few values.
const FIELDS: &str = "incorrect number of fields";

/// What to do with a line of too many or too few values.
const FEWER_OR_MORE: &str = "give each row the values of the header, those with commas in double \
     quotes; nothing was written";

/// Returns a failure that names file and line, if the error is about a line of CSV.
pub(crate) async fn invalid_line(
    context: &SessionContext,
    tables: &[Table],
    error: &str,
) -> Option<Failure> {
    let help = if error.contains(VALUE) {
        "correct the value, or read all columns as text with --all-text; nothing was written"
    } else if error.contains(FIELDS) {
        FEWER_OR_MORE
    } else {
        return None;
    };
    let mut compressed = Vec::new();
    for table in tables.iter().filter(|table| table.kind.is_csv()) {
        let provider = context.table_provider(quoted(&table.name)).await.ok()?;
        let schema = provider.schema();
        if !table.is_plain_text() {
            compressed.push((table, schema));
            continue;
        }
        for file in &table.files {
            if let Some(problem) = first_problem(file, &schema) {
                let (name, file) = (&table.name, file.display());
                let message = format!("table {name}: {file}: {problem}");
                return Some(Failure::usage(message, help));
            }
        }
    }
    // Compressed files are not read again.
    let [(table, schema)] = compressed.as_slice() else {
        return None;
    };
    let problem = problem(error, schema)?;
    let message = format!("table {}: {problem}", table.in_files());
    Some(Failure::usage(message, help))
}

/// Returns a failure that names file and line, if the error is about the header or one of the first
/// rows: a message such as `Encountered unequal lengths between records on CSV file. Expected 1
/// records, found 2 records at line 3`.
pub(crate) fn in_header_or_first_rows(table: &Table, file: &Path, error: &str) -> Option<Failure> {
    let (_, rest) = error.split_once("CSV file. Expected ")?;
    let (expected, rest) = rest.split_once(" records, found ")?;
    let (found, line) = rest.split_once(" records at line ")?;
    let (name, file) = (&table.name, file.display());
    let message =
        format!("table {name}: {file}, line {line}: expected {expected} values, found {found}");
    Some(Failure::usage(message, FEWER_OR_MORE))
}

/// Returns what is wrong in a file, if something is.
fn first_problem(file: &Path, schema: &SchemaRef) -> Option<String> {
    let reader = ReaderBuilder::new(schema.clone()).with_header(true);
    let mut rows = reader.build(File::open(file).ok()?).ok()?;
    let error = rows.find_map(Result::err)?.to_string();
    problem(&error, schema)
}

/// Returns what an error says of a row.
fn problem(error: &str, schema: &SchemaRef) -> Option<String> {
    of_value(error, schema).or_else(|| of_fields(error))
}

/// Reads a message such as `Error while parsing value 'a' as type 'Int64' for column 0 at line 7. Row
/// data: …`, which counts lines from the header, by 0.
fn of_value(error: &str, schema: &SchemaRef) -> Option<String> {
    let (_, rest) = error.split_once(VALUE)?;
    let (value, rest) = rest.split_once(" as type '")?;
    let (expected, rest) = rest.split_once("' for column ")?;
    let (column, rest) = rest.split_once(" at line ")?;
    let (row, _) = rest.split_once('.')?;
    let column = schema.fields().get(column.parse::<usize>().ok()?)?.name();
    let value = value.trim();
    Some(format!(
        "row {row} after the header: {value} in the column {column} is not {expected}"
    ))
}

/// Reads a message such as `incorrect number of fields for line 8, expected 4 got 5`, which counts
/// lines by 1.
fn of_fields(error: &str) -> Option<String> {
    let (_, rest) = error.split_once(FIELDS)?;
    let (line, counts) = rest.strip_prefix(" for line ")?.split_once(", expected ")?;
    let row = line.parse::<usize>().ok()?.checked_sub(1)?;
    let (expected, found) = counts.split_once(" got ")?;
    Some(format!(
        "row {row} after the header: expected {expected} values, found {found}"
    ))
}
