//! Registers tables in a session.

use std::sync::Arc;

use datafusion::datasource::listing::{
    ListingOptions, ListingTable, ListingTableConfig, ListingTableUrl,
};
use datafusion::prelude::SessionContext;
use url::Url;

use crate::failure::Failure;
use crate::plan_error;
use crate::tables::{Table, quoted};

/// Registers the table, with the types of columns that its files have.
pub(crate) async fn register(context: &SessionContext, table: &Table) -> Result<(), Failure> {
    let state = context.state();
    let options = ListingOptions::new(table.kind.format(&state.default_table_options()))
        .with_file_extension("");
    let mut urls = Vec::new();
    for file in &table.files {
        let url = Url::from_file_path(file).ok();
        let url = url.and_then(|url| ListingTableUrl::try_new(url, None).ok());
        urls.push(url.ok_or_else(|| {
            Failure::usage(
                format!("{}: the path cannot be a URL", file.display()),
                "rename it",
            )
        })?);
    }
    let config = ListingTableConfig::new_with_multi_paths(urls).with_listing_options(options);
    let config = config.infer_schema(&state).await;
    let provider = config.and_then(ListingTable::try_new);
    let provider = provider.map_err(|error| plan_error::in_table(table, &error))?;
    let registered = context.register_table(quoted(&table.name), Arc::new(provider));
    registered
        .map(drop)
        .map_err(|error| plan_error::in_table(table, &error))
}
