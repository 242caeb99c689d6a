//! A query from SQL to files.

use datafusion::common::tree_node::TreeNode as _;
use datafusion::logical_expr::LogicalPlan;
use datafusion::prelude::{DataFrame, SQLOptions, SessionContext};

use crate::arguments::JobOptions;
use crate::execute;
use crate::explain;
use crate::failure::Failure;
use crate::plan_error;
use crate::session::Session;
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
    session: &Session,
    tables: &[Table],
    sql: &str,
    options: &JobOptions,
) -> Result<(), Failure> {
    if options.cluster.is_some()
        && let Some(table) = tables.iter().find(|table| table.kind.is_compressed())
    {
        return Err(Failure::usage(
            format!(
                "table {}: a cluster cannot read compressed files",
                table.in_files()
            ),
            "unpack them, or write them as Parquet with rerank-tables run 'SELECT * FROM …'",
        ));
    }
    let query = plan(&session.context, tables, sql).await?;
    if options.cluster.is_some() && has_constant_branch(query.logical_plan()) {
        return Err(Failure::usage(
            "the query has a UNION with a SELECT that has no FROM, which a cluster never finishes",
            "select the constants FROM (VALUES (1)) AS one (n)",
        ));
    }
    match &options.out {
        Some(out) if !options.explain => {
            execute::execute(session, tables, query, options, out).await
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

/// Whether a branch of a union is a row without a table: tasks of Ballista 55 fail on them, and it
/// waits for these tasks forever.
fn has_constant_branch(plan: &LogicalPlan) -> bool {
    let has_row = |plan: &LogicalPlan| {
        let is_row = |plan: &LogicalPlan| matches!(plan, LogicalPlan::EmptyRelation(row) if row.produce_one_row);
        plan.exists(|plan| Ok(is_row(plan))).unwrap_or_default()
    };
    let is_union_with_row = |plan: &LogicalPlan| match plan {
        LogicalPlan::Union(union) => union.inputs.iter().any(|input| has_row(input)),
        _ => false,
    };
    plan.exists(|plan| Ok(is_union_with_row(plan)))
        .unwrap_or_default()
}
