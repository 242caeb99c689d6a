//! The columns of a table: those of all of its files.

use std::sync::Arc;

use datafusion::arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use datafusion::datasource::listing::{ListingOptions, ListingTableUrl};

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
    let mut columns: Vec<Field> = Vec::new();
    for (number, (file, url)) in table.files.iter().zip(urls).enumerate() {
        let (options, url, state) = (options.clone(), url.clone(), session.context.state());
        let found = session
            .engine
            .run(async move { options.infer_schema(&state, &url).await });
        let found = found
            .await
            .map_err(|error| plan_error::in_table(table, &error))?;
        let found = found.fields().iter().map(|field| field.as_ref().clone());
        let found: Vec<_> = found.collect();
        if number == 0 {
            columns = found;
            continue;
        }
        let names = |fields: &[Field]| {
            let names = fields.iter().map(|field| field.name().as_str());
            names.collect::<Vec<_>>().join(", ")
        };
        if table.kind.is_csv() && names(&columns) != names(&found) {
            return Err(Failure::usage(
                format!(
                    "table {}: {} has the columns {}, and the files before it {}",
                    table.name,
                    file.display(),
                    names(&found),
                    names(&columns)
                ),
                "give all files the same header",
            ));
        }
        for field in found {
            match columns
                .iter_mut()
                .find(|known| known.name() == field.name())
            {
                Some(known) if table.kind.is_text() => {
                    let both = both(known.data_type(), field.data_type());
                    *known = known.clone().with_data_type(both);
                }
                Some(_) => {}
                None => columns.push(field.with_nullable(true)),
            }
        }
    }
    let columns = columns.into_iter().map(|column| match column.data_type() {
        // What has had no value so far may have text.
        DataType::Null => column.with_data_type(DataType::Utf8),
        _ => column,
    });
    Ok(Arc::new(Schema::new(columns.collect::<Vec<_>>())))
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
