//! `rerank-tables top`.

use std::path::Path;

use datafusion::arrow::datatypes::DataType;
use datafusion::common::DFSchema;

use crate::arguments::TopOptions;
use crate::failure::Failure;
use crate::job;
use crate::plan_error;
use crate::register;
use crate::session::{self, Session};
use crate::tables::{Table, quoted};

/// The columns that the result has besides those of the documents.
const ADDED: [&str; 2] = ["rerank_score", "rerank_rank"];

/// What the functions say if two queries are in one partition.
const DIFFERENT_QUERIES: &str = "rows of one partition have different queries";

pub(crate) async fn top(options: &TopOptions) -> Result<(), Failure> {
    job::check(&options.job)?;
    let documents: Vec<&Path> = options.documents.iter().map(AsRef::as_ref).collect();
    let tables = [
        Table::new("queries", &[&options.queries])?,
        Table::new("documents", &documents)?,
    ];
    let session = session::new(&options.job).await?;
    let [queries, documents] = &tables;
    let queries = register_with(
        &session,
        queries,
        &[
            ("--query-id", &options.query_id),
            ("--query", &options.query),
        ],
    )
    .await?;
    let documents = register_with(
        &session,
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
    check_ids(&options.query_id, &queries, &documents)?;
    let sql = sql(options, &documents);
    let done = job::run(&session, &tables, &sql, &options.job).await;
    done.map_err(|failure| {
        if failure.to_string().contains(DIFFERENT_QUERIES) {
            return Failure::usage(
                format!("--query-id {}: two queries have one id", options.query_id),
                "give each query an id of its own; nothing was written",
            );
        }
        failure
    })
}

/// Checks that the ids of queries and documents can be equal.
fn check_ids(id: &str, queries: &DFSchema, documents: &DFSchema) -> Result<(), Failure> {
    let of = |schema: &DFSchema| {
        let field = schema.field_with_unqualified_name(id);
        field.ok().map(|field| field.data_type().clone())
    };
    let (Some(of_queries), Some(of_documents)) = (of(queries), of(documents)) else {
        return Ok(());
    };
    if of_queries.is_floating() || of_documents.is_floating() {
        return Err(Failure::usage(
            format!("--query-id {id}: the ids are not whole numbers of 64 bits, or have fractions"),
            "write ids as whole numbers or as texts; --all-text reads CSV files as text",
        ));
    }
    if of_queries.is_string() == of_documents.is_string() {
        return Ok(());
    }
    let name = |data_type: &DataType| {
        if data_type.is_string() {
            "texts"
        } else {
            "numbers"
        }
    };
    Err(Failure::usage(
        format!(
            "--query-id {id}: the queries have {}, and the documents {}",
            name(&of_queries),
            name(&of_documents)
        ),
        "give both the same type; --all-text reads CSV files as text",
    ))
}

/// Registers a table, and checks that it has the columns that the options name.
async fn register_with(
    session: &Session,
    table: &Table,
    columns: &[(&str, &str)],
) -> Result<DFSchema, Failure> {
    register::register(session, table).await?;
    let rows = session.context.table(quoted(&table.name)).await;
    let schema = rows.map_err(|error| plan_error::in_table(table, &error))?;
    let schema = schema.schema().clone();
    for (option, column) in columns {
        if !schema.has_column_with_unqualified_name(column) {
            let names: Vec<_> = schema
                .fields()
                .iter()
                .map(|field| field.name().as_str())
                .collect();
            let help = match names.as_slice() {
                [] => "the files are empty: they need a header, or rows".to_owned(),
                names => format!("name one of {}", names.join(", ")),
            };
            return Err(Failure::usage(
                format!("{option} {column}: the {} have no such column", table.name),
                help,
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
