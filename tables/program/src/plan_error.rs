//! Errors of DataFusion, in words that say where and what to do.

use bigmodel_rerank_datafusion::{scalar_functions, window_functions};
use datafusion::common::{DataFusionError, SchemaError};
use datafusion::logical_expr::{ScalarUDF, WindowUDF};
use datafusion::prelude::SessionContext;

use crate::address::Address;
use crate::failure::Failure;
use crate::tables::{Table, in_sql};
use crate::{cluster, csv_error, json_error, utf8};

/// How messages about the folder of a model begin, which is read when the first row is scored.
const UNSUITABLE_MODEL: &str = "rerank.model: ";

/// How messages about a window function that filters rows begin.
const WINDOW_IN_CONDITION: &str =
    "Physical plan does not support logical expression WindowFunction";

/// Where messages begin to ask for a report to DataFusion.
const REPORT: &str = ".\nThis issue was likely caused by a bug";

/// Returns the failure of a table whose files cannot be read.
pub(crate) fn in_table(table: &Table, error: &DataFusionError) -> Failure {
    let (tables, text) = (std::slice::from_ref(table), error.to_string());
    if let Some(failure) = in_line(tables, &text) {
        return failure;
    }
    let message = format!("table {}: {}", table.in_files(), message(error));
    Failure::usage(
        message,
        "check that the files have the format of their extension",
    )
}

/// Returns the failure of an invalid line, if the error is about one.
fn in_line(tables: &[Table], error: &str) -> Option<Failure> {
    utf8::invalid_line(tables, error).or_else(|| json_error::invalid_line(tables, error))
}

/// Returns the failure of a query that cannot be planned.
pub(crate) fn in_plan(error: &DataFusionError, tables: &[Table]) -> Failure {
    let names: Vec<_> = tables.iter().map(|table| in_sql(&table.name)).collect();
    let text = message(error);
    let help = match error.find_root() {
        DataFusionError::SQL(..) => "fix the syntax error; a query is one SELECT".to_owned(),
        DataFusionError::SchemaError(error, _)
            if matches!(**error, SchemaError::FieldNotFound { .. }) =>
        {
            "name a column of the tables; put a name with capital letters into double quotes"
                .to_owned()
        }
        _ if text.contains("table '") && text.contains("not found") => {
            format!(
                "name it with --table NAME=PATH; tables: {}",
                names.join(", ")
            )
        }
        _ if text.starts_with("Invalid function 'rerank") => {
            let windows = window_functions();
            let windows: Vec<_> = windows.iter().map(WindowUDF::name).collect();
            let scalars = scalar_functions();
            let scalars: Vec<_> = scalars.iter().map(ScalarUDF::name).collect();
            format!(
                "write {} with OVER (PARTITION BY query_id), or {} with --model",
                windows.join(", "),
                scalars.join(", ")
            )
        }
        _ if text.starts_with(WINDOW_IN_CONDITION) => {
            return Failure::usage(
                "the query is invalid: a function with OVER cannot be in WHERE or HAVING",
                "write QUALIFY in place of WHERE, or select the score in a subquery",
            );
        }
        _ if text.contains("needs a model") => "name its folder with --model".to_owned(),
        _ => String::new(),
    };
    Failure::usage(format!("the query is invalid: {text}"), help)
}

/// Returns the failure of a query that was running, here or on a cluster.
pub(crate) async fn in_execution(
    error: &DataFusionError,
    context: &SessionContext,
    tables: &[Table],
    cluster: Option<&Address>,
) -> Failure {
    let text = message(error);
    if let Some(scheduler) = cluster
        && let Some(failure) = cluster::lost(scheduler, &text).await
    {
        return failure;
    }
    if let Some(failure) = in_line(tables, &text) {
        return failure;
    }
    if let Some(failure) = csv_error::invalid_line(context, tables, &text).await {
        return failure;
    }
    if let Some(reason) = text.strip_prefix(UNSUITABLE_MODEL) {
        return Failure::of_model(format!("--model: {reason}"));
    }
    let help = match error.find_root() {
        DataFusionError::ResourcesExhausted(_) => {
            "raise --memory, or lower --partitions; nothing was written"
        }
        _ if text.contains("Resources exhausted") => {
            "start the executors with more --memory, or fewer --threads; nothing was written"
        }
        _ if text.contains("No space left on device") => {
            "make room, or name another folder with --spill; nothing was written"
        }
        _ if cluster.is_some() => {
            "a cluster cannot run every query: try it without --cluster; nothing was written"
        }
        _ => "nothing was written",
    };
    Failure::new(text, help)
}

/// Returns the message of the cause, without the names of DataFusion's types.
fn message(error: &DataFusionError) -> String {
    let text = outer_message(error);
    // Executors send errors as they are debugged: the innermost text is the cause.
    let inner = text.contains("DataFusionError(").then(|| {
        let (_, inner) = text.rsplit_once("(\"")?;
        let (inner, _) = inner.rsplit_once("\")")?;
        Some(inner.replace("\\\"", "\"").replace("\\n", "\n"))
    });
    inner.flatten().map_or(text, |inner| first_part(&inner))
}

fn outer_message(error: &DataFusionError) -> String {
    match error.find_root() {
        DataFusionError::Plan(text)
        | DataFusionError::Configuration(text)
        | DataFusionError::Execution(text)
        | DataFusionError::NotImplemented(text)
        | DataFusionError::ResourcesExhausted(text) => first_part(text),
        other => first_part(&other.strip_backtrace()),
    }
}

/// Returns the message without what DataFusion puts around it: a backtrace, the parser's type, a
/// function with a similar name, and the signature of a function that says itself what is wrong.
fn first_part(text: &str) -> String {
    let text = text.split("\n\nbacktrace:").next().unwrap_or(text);
    let text = text.split(REPORT).next().unwrap_or(text);
    let text = text.strip_prefix("SQL error: ").unwrap_or(text);
    let text = text
        .strip_prefix("ParserError(\"")
        .and_then(|text| text.strip_suffix("\")"))
        .unwrap_or(text);
    let text = match text.split_once("coercion failed with: Error during planning: ") {
        Some((_, own)) => own.split(" No function matches").next().unwrap_or(own),
        None => text,
    };
    let is_ours = text.starts_with("Invalid function 'rerank");
    let text = if is_ours {
        text.lines().next().unwrap_or(text)
    } else {
        text
    };
    text.trim().to_owned()
}
