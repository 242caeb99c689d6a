//! The columns of a CSV file: names from its header, and types from its first rows.

use std::collections::HashSet;
use std::fs::File;
use std::io;
use std::path::Path;

use datafusion::arrow::csv::reader::Format;
use datafusion::arrow::datatypes::{Schema, SchemaRef};
use datafusion::common::DataFusionError;

use crate::failure::Failure;
use crate::tables::Table;
use crate::{csv_error, plan_error, quotes};

/// The rows whose values give a column its type.
const ROWS: usize = 1000;

/// Returns the columns of a file. The values of fields in quotes may have ends of lines.
///
/// Reads the file once, since a quote that is not closed would hide rows.
pub(crate) fn of(table: &Table, file: &Path, all_text: bool) -> Result<SchemaRef, Failure> {
    let unreadable = |error: io::Error| {
        let message = format!("table {}: {}: {error}", table.name, file.display());
        Failure::usage(message, "make the file readable")
    };
    if table.is_plain_text() {
        quotes::check(table, file).map_err(unreadable)??;
    }
    let rows = if all_text { 0 } else { ROWS };
    let reader = File::open(file).map_err(unreadable)?;
    let reader = table.kind.reader(reader);
    let schema = reader.and_then(|reader| {
        let found = Format::default().with_header(true);
        let found = found.infer_schema(reader, Some(rows));
        found.map_err(DataFusionError::from)
    });
    let (schema, _) = schema.map_err(|error| {
        csv_error::in_header_or_first_rows(table, file, &error.to_string())
            .unwrap_or_else(|| plan_error::in_table(table, &error))
    })?;
    check_names(table, file, &schema)?;
    Ok(schema.into())
}

/// Checks that each column has a name of its own.
fn check_names(table: &Table, file: &Path, schema: &Schema) -> Result<(), Failure> {
    let mut names = HashSet::new();
    let twice = schema.fields().iter().find(|it| !names.insert(it.name()));
    let Some(column) = twice else {
        return Ok(());
    };
    let column = match column.name().as_str() {
        "" => "columns without a name".to_owned(),
        name => format!("the column {name} twice"),
    };
    Err(Failure::usage(
        format!(
            "table {}: {}: the header has {column}",
            table.name,
            file.display()
        ),
        "give each column a name of its own",
    ))
}
