//! `rerank-tables run`.

use std::collections::BTreeMap;
use std::path::Path;

use crate::arguments::RunOptions;
use crate::failure::Failure;
use crate::job;
use crate::register::register;
use crate::session;
use crate::tables::Table;

pub(crate) async fn run(options: &RunOptions) -> Result<(), Failure> {
    job::check(&options.job)?;
    let tables = tables(&options.tables)?;
    let session = session::new(&options.job).await?;
    for table in &tables {
        register(&session, table).await?;
    }
    job::run(&session, &tables, &options.sql, &options.job).await
}

/// Returns the tables that the arguments name. A name may have several files.
fn tables(arguments: &[String]) -> Result<Vec<Table>, Failure> {
    let mut paths: BTreeMap<&str, Vec<&Path>> = BTreeMap::new();
    for argument in arguments {
        match argument.split_once('=') {
            Some((name, path)) if !name.is_empty() && !path.is_empty() => {
                paths.entry(name).or_default().push(Path::new(path));
            }
            _ => {
                return Err(Failure::usage(
                    format!("--table {argument}: expected NAME=PATH"),
                    "for example --table docs=documents.parquet",
                ));
            }
        }
    }
    let tables = paths.iter().map(|(name, paths)| Table::new(name, paths));
    tables.collect()
}
