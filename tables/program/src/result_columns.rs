//! What the columns of a result must be, so that its files hold them.

use std::collections::HashSet;

use datafusion::arrow::datatypes::Schema;

use crate::arguments::Format;
use crate::failure::Failure;

/// Checks the columns before anything is scored.
pub(crate) fn check(columns: &Schema, format: Format) -> Result<(), Failure> {
    let mut names = HashSet::new();
    for column in columns.fields() {
        let name = column.name();
        if !names.insert(name) {
            return Err(Failure::usage(
                format!("the result has two columns {name}"),
                "give one of them another name with AS",
            ));
        }
        if format == Format::Csv && column.data_type().is_nested() {
            return Err(Failure::usage(
                format!("--format csv: the column {name} has lists or objects"),
                "write --format jsonl or parquet, or select the members of the column",
            ));
        }
    }
    Ok(())
}
