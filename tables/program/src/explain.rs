//! The plan of a query, on standard output.

use std::io::{self, Write as _};

use datafusion::physical_plan::displayable;
use datafusion::prelude::DataFrame;

use crate::failure::Failure;
use crate::plan_error;
use crate::tables::Table;

/// Prints what a query does, and in which order.
pub(crate) async fn explain(tables: &[Table], query: DataFrame) -> Result<(), Failure> {
    let failed = |error| plan_error::in_plan(&error, tables);
    let logical = query.clone().into_optimized_plan().map_err(failed)?;
    let physical = query.create_physical_plan().await.map_err(failed)?;
    let physical = displayable(physical.as_ref()).indent(false).to_string();
    let text = format!(
        "logical plan\n{}\n\nphysical plan\n{physical}",
        logical.display_indent()
    );
    match io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::new(format!("standard output: {error}"), ""))
        }
        _ => Ok(()),
    }
}
