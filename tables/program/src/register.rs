//! Registers tables in a session.

use std::sync::Arc;

use datafusion::datasource::listing::{
    ListingOptions, ListingTable, ListingTableConfig, ListingTableUrl,
};
use url::Url;

use crate::failure::Failure;
use crate::plan_error;
use crate::schema;
use crate::session::Session;
use crate::tables::{Table, quoted};

/// Registers the table, with the columns that its files have.
pub(crate) async fn register(session: &Session, table: &Table) -> Result<(), Failure> {
    let defaults = session.context.state().default_table_options();
    let format = table.kind.format(&defaults);
    let options = ListingOptions::new(format).with_file_extension("");
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
    let columns = schema::of(session, table, &options, &urls).await?;
    let config = ListingTableConfig::new_with_multi_paths(urls)
        .with_listing_options(options)
        .with_schema(columns);
    let provider = ListingTable::try_new(config);
    let provider = provider.map_err(|error| plan_error::in_table(table, &error))?;
    let registered = session
        .context
        .register_table(quoted(&table.name), Arc::new(provider));
    registered
        .map(drop)
        .map_err(|error| plan_error::in_table(table, &error))
}
