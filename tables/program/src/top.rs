//! `rerank-tables top`.

use std::path::Path;

use datafusion::arrow::datatypes::DataType;
use datafusion::common::DFSchema;
use datafusion::prelude::SessionContext;

use crate::arguments::TopOptions;
use crate::failure::Failure;
use crate::job;
use crate::plan_error;
use crate::register;
use crate::session;
use crate::tables::{Table, quoted};

/// The columns that the result has besides those of the documents.
const ADDED: [&str; 2] = ["rerank_score", "rerank_rank"];

pub(crate) async fn top(options: &TopOptions) -> Result<(), Failure> {
    job::check(&options.job)?;
    let documents: Vec<&Path> = options.documents.iter().map(AsRef::as_ref).collect();
    let tables = [
        Table::new("queries", &[&options.queries])?,
        Table::new("documents", &documents)?,
    ];
    let context = session::new(&options.job).await?;
    let [queries, documents] = &tables;
    register_with(
        &context,
        queries,
        &[
            ("--query-id", &options.query_id),
            ("--query", &options.query),
        ],
    )
    .await?;
    let documents = register_with(
        &context,
        documents,
        &[("--query-id", &options.query_id), ("--text", &options.text)],
    )
    .await?;
    if let Some(name) = ADDED
        .iter()
        .find(|name| documents.has_column_with_unqualified_name(name))
    {
        return Err(Failure::usage(
            format!("the documents have a column {name}, which the result adds"),
            "rename the column",
        ));
    }
    job::run(&context, &tables, &sql(options, &documents), &options.job).await
}

/// Registers a table, and checks that it has the columns that the options name.
async fn register_with(
    context: &SessionContext,
    table: &Table,
    columns: &[(&str, &str)],
) -> Result<DFSchema, Failure> {
    register::register(context, table).await?;
    let rows = context.table(quoted(&table.name)).await;
    let schema = rows.map_err(|error| plan_error::in_table(table, &error))?;
    let schema = schema.schema().clone();
    for (option, column) in columns {
        if !schema.has_column_with_unqualified_name(column) {
            let names: Vec<_> = schema
                .fields()
                .iter()
                .map(|field| field.name().as_str())
                .collect();
            return Err(Failure::usage(
                format!("{option} {column}: the {} have no such column", table.name),
                format!("name one of {}", names.join(", ")),
            ));
        }
    }
    Ok(schema)
}

/// Returns the query: scores of all candidates of a query, and then the best ones.
fn sql(options: &TopOptions, documents: &DFSchema) -> String {
    let (id, query, text) = (
        quoted(&options.query_id),
        quoted(&options.query),
        quoted(&options.text),
    );
    let columns = documents.fields().iter();
    let names: Vec<_> = columns.clone().map(|field| quoted(field.name())).collect();
    let qualified: Vec<_> = names.iter().map(|name| format!("d.{name}")).collect();
    // Documents with equal scores have an order that does not depend on how the work is divided.
    let ties = columns.filter(|field| !field.data_type().is_nested());
    let ties: Vec<_> = ties
        .filter(|field| *field.data_type() != DataType::Null)
        .map(|field| quoted(field.name()))
        .collect();
    format!(
        "SELECT {names}, rerank_score, rerank_rank FROM (\
           SELECT *, CAST(row_number() OVER (PARTITION BY {id} \
             ORDER BY rerank_score DESC, {ties}) AS BIGINT) AS rerank_rank FROM (\
             SELECT {qualified}, rerank_score(CAST(q.{query} AS VARCHAR), \
               CAST(d.{text} AS VARCHAR)) OVER (PARTITION BY d.{id}) AS rerank_score \
             FROM documents AS d JOIN (SELECT DISTINCT {id}, {query} FROM queries) AS q \
               ON d.{id} = q.{id}) \
           WHERE rerank_score IS NOT NULL) \
         WHERE rerank_rank <= {top} ORDER BY {id}, rerank_rank",
        names = names.join(", "),
        qualified = qualified.join(", "),
        ties = ties.join(", "),
        top = options.top,
    )
}
