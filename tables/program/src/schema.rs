//! The columns of a table: those of all of its files.

use std::path::Path;
use std::sync::Arc;

use datafusion::arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use datafusion::datasource::listing::{ListingOptions, ListingTableUrl};

use crate::csv_columns;
use crate::failure::Failure;
use crate::plan_error;
use crate::session::Session;
use crate::tables::Table;

/// Returns the columns of a table. Those of CSV files have a place, and all others a name.
pub(crate) async fn of(
    session: &Session,
    table: &Table,
    options: &ListingOptions,
    urls: &[ListingTableUrl],
) -> Result<SchemaRef, Failure> {
    let schemas = match table.kind.is_csv() {
        true => of_csv_files(session, table).await?,
        false => of_files(session, table, options, urls).await?,
    };
    let mut columns: Vec<Field> = Vec::new();
    for (number, (file, schema)) in table.files.iter().zip(schemas).enumerate() {
        if number == 0 {
            let fields = schema.fields().iter();
            columns = fields.map(|field| field.as_ref().clone()).collect();
            continue;
        }
        if table.kind.is_csv() {
            check_header(table, file, &columns, &schema)?;
        }
        for field in schema.fields() {
            add(&mut columns, field, table.kind.is_text());
        }
    }
    let columns = columns.into_iter().map(|column| match column.data_type() {
        // What has had no value so far may have text.
        DataType::Null => column.with_data_type(DataType::Utf8),
        _ => column,
    });
    Ok(Arc::new(Schema::new(columns.collect::<Vec<_>>())))
}

async fn of_csv_files(session: &Session, table: &Table) -> Result<Vec<SchemaRef>, Failure> {
    let (table, all_text) = (table.clone(), session.all_text);
    let work = async move {
        let files = table.files.iter();
        let schemas = files.map(|file| csv_columns::of(&table, file, all_text));
        Ok(schemas.collect::<Result<Vec<_>, _>>())
    };
    let done = session.engine.run(work).await;
    done.map_err(|error| Failure::new(error.strip_backtrace(), ""))?
}

async fn of_files(
    session: &Session,
    table: &Table,
    options: &ListingOptions,
    urls: &[ListingTableUrl],
) -> Result<Vec<SchemaRef>, Failure> {
    let (options, urls, state) = (options.clone(), urls.to_vec(), session.context.state());
    let work = async move {
        let mut schemas = Vec::new();
        for url in &urls {
            schemas.push(options.infer_schema(&state, url).await?);
        }
        Ok(schemas)
    };
    let schemas = session.engine.run(work).await;
    schemas.map_err(|error| plan_error::in_table(table, &error))
}

/// Checks that a CSV file has the columns of those before it, in the same order.
fn check_header(
    table: &Table,
    file: &Path,
    columns: &[Field],
    schema: &Schema,
) -> Result<(), Failure> {
    let known: Vec<_> = columns.iter().map(|field| field.name().as_str()).collect();
    let found = schema.fields().iter();
    let found: Vec<_> = found.map(|field| field.name().as_str()).collect();
    if found == known {
        return Ok(());
    }
    Err(Failure::usage(
        format!(
            "table {}: {} has the columns {}, and the files before it {}",
            table.name,
            file.display(),
            found.join(", "),
            known.join(", ")
        ),
        "give all files the same header",
    ))
}

/// Adds the column of a file, whose type may be inferred from its values.
fn add(columns: &mut Vec<Field>, field: &Field, is_inferred: bool) {
    let known = columns
        .iter_mut()
        .find(|known| known.name() == field.name());
    match known {
        Some(known) if is_inferred => {
            let both = both(known.data_type(), field.data_type());
            *known = known.clone().with_data_type(both);
        }
        Some(_) => {}
        None => columns.push(field.clone().with_nullable(true)),
    }
}

/// The type of the values of two files.
fn both(one: &DataType, other: &DataType) -> DataType {
    match (one, other) {
        (one, other) if one == other => one.clone(),
        (DataType::Null, known) | (known, DataType::Null) => known.clone(),
        (DataType::Int64 | DataType::Float64, DataType::Int64 | DataType::Float64) => {
            DataType::Float64
        }
        (one, _) if one.is_nested() => one.clone(),
        _ => DataType::Utf8,
    }
}
