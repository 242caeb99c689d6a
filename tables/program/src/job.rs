//! A query from SQL to files.

use datafusion::prelude::{DataFrame, SQLOptions, SessionContext};

use crate::arguments::JobOptions;
use crate::execute;
use crate::explain;
use crate::failure::Failure;
use crate::plan_error;
use crate::staging;
use crate::tables::Table;

/// Checks what can be checked before anything is read.
pub(crate) fn check(options: &JobOptions) -> Result<(), Failure> {
    match &options.out {
        Some(out) if !options.explain => staging::check_empty(out),
        _ => Ok(()),
    }
}

/// Runs a query over tables that are registered, or prints its plan.
pub(crate) async fn run(
    context: &SessionContext,
    tables: &[Table],
    sql: &str,
    options: &JobOptions,
) -> Result<(), Failure> {
    let query = plan(context, tables, sql).await?;
    match &options.out {
        Some(out) if !options.explain => {
            execute::execute(context, tables, query, options, out).await
        }
        _ => explain::explain(tables, query).await,
    }
}

/// Plans a query, which can only read.
async fn plan(context: &SessionContext, tables: &[Table], sql: &str) -> Result<DataFrame, Failure> {
    let only_queries = SQLOptions::new()
        .with_allow_ddl(false)
        .with_allow_dml(false)
        .with_allow_statements(false);
    let query = context.sql_with_options(sql, only_queries).await;
    query.map_err(|error| plan_error::in_plan(&error, tables))
}
