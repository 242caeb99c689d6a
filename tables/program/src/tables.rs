//! The tables of a query: files of this machine.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use datafusion::datasource::file_format::FileFormat;
use datafusion::datasource::file_format::csv::CsvFormat;
use datafusion::datasource::file_format::file_compression_type::FileCompressionType;
use datafusion::datasource::file_format::json::JsonFormat;
use datafusion::datasource::file_format::parquet::ParquetFormat;
use datafusion::datasource::listing::{
    ListingOptions, ListingTable, ListingTableConfig, ListingTableUrl,
};
use datafusion::prelude::SessionContext;
use url::Url;

use crate::failure::Failure;
use crate::plan_error;

/// A table: its name, and its files.
#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) name: String,
    pub(crate) files: Vec<PathBuf>,
    kind: Kind,
}

/// The format of a table's files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Kind {
    format: TableFormat,
    compression: FileCompressionType,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum TableFormat {
    Parquet,
    Csv,
    JsonLines,
}

impl Table {
    /// Returns the table with the files; folders stand for the files in them.
    pub(crate) fn new(name: &str, paths: &[&Path]) -> Result<Self, Failure> {
        let mut files = Vec::new();
        for path in paths {
            files.extend(files_of(name, path)?);
        }
        let mut kinds = files.iter().map(|file| (Kind::from_name(file), file));
        let Some((Some(kind), first)) = kinds.next() else {
            return Err(Failure::usage(
                format!("table {name}: no files"),
                "name at least one file",
            ));
        };
        if let Some((_, other)) = kinds.find(|(other, _)| *other != Some(kind)) {
            return Err(Failure::usage(
                format!(
                    "table {name}: {} and {} have different formats",
                    first.display(),
                    other.display()
                ),
                "a table has files of one format; make two tables and combine them with UNION ALL",
            ));
        }
        Ok(Self {
            name: name.to_owned(),
            files,
            kind,
        })
    }

    /// Returns whether the files are text, which can be invalid UTF-8, and not compressed.
    pub(crate) fn is_plain_text(&self) -> bool {
        self.kind.format != TableFormat::Parquet
            && self.kind.compression == FileCompressionType::UNCOMPRESSED
    }

    /// Registers the table, with the types of columns that its files have.
    pub(crate) async fn register(&self, context: &SessionContext) -> Result<(), Failure> {
        let state = context.state();
        let options = ListingOptions::new(self.kind.format(&state.default_table_options()))
            .with_file_extension("");
        let mut urls = Vec::new();
        for file in &self.files {
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
        let table = config.and_then(ListingTable::try_new);
        let table = table.map_err(|error| plan_error::in_table(self, &error))?;
        let registered = context.register_table(quoted(&self.name), Arc::new(table));
        registered
            .map(drop)
            .map_err(|error| plan_error::in_table(self, &error))
    }
}

impl Kind {
    /// Returns the format that the extension of a file names.
    fn from_name(file: &Path) -> Option<Self> {
        let name = file.file_name()?.to_str()?.to_lowercase();
        let (name, compression) = match name.rsplit_once('.')? {
            (name, "gz") => (name, FileCompressionType::GZIP),
            (name, "zst") => (name, FileCompressionType::ZSTD),
            _ => (name.as_str(), FileCompressionType::UNCOMPRESSED),
        };
        let format = match name.rsplit_once('.')?.1 {
            "parquet" if compression == FileCompressionType::UNCOMPRESSED => TableFormat::Parquet,
            "csv" => TableFormat::Csv,
            "jsonl" | "ndjson" | "json" => TableFormat::JsonLines,
            _ => return None,
        };
        Some(Self {
            format,
            compression,
        })
    }

    fn format(self, defaults: &datafusion::common::config::TableOptions) -> Arc<dyn FileFormat> {
        match self.format {
            TableFormat::Parquet => {
                Arc::new(ParquetFormat::default().with_options(defaults.parquet.clone()))
            }
            // Texts often have ends of lines.
            TableFormat::Csv => Arc::new(
                CsvFormat::default()
                    .with_has_header(true)
                    .with_newlines_in_values(true)
                    .with_file_compression_type(self.compression),
            ),
            TableFormat::JsonLines => {
                Arc::new(JsonFormat::default().with_file_compression_type(self.compression))
            }
        }
    }
}

/// Returns the absolute paths of the files that a path stands for.
fn files_of(table: &str, path: &Path) -> Result<Vec<PathBuf>, Failure> {
    let failed = |error: std::io::Error| {
        Failure::usage(
            format!("table {table}: {}: {error}", path.display()),
            "name a file or a folder that exists",
        )
    };
    // Executors of a cluster have another working folder.
    let path = path.canonicalize().map_err(failed)?;
    if !path.is_dir() {
        return match Kind::from_name(&path) {
            Some(_) => Ok(vec![path]),
            None => Err(Failure::usage(
                format!("table {table}: {} has an unknown extension", path.display()),
                "rename it to .parquet, .csv or .jsonl; .csv and .jsonl may be followed by .gz or .zst",
            )),
        };
    }
    let mut files = Vec::new();
    for entry in path.read_dir().map_err(failed)? {
        let file = entry.map_err(failed)?.path();
        let is_hidden = file
            .file_name()
            .and_then(OsStr::to_str)
            .is_none_or(|name| name.starts_with(['.', '_']));
        if !is_hidden && file.is_file() && Kind::from_name(&file).is_some() {
            files.push(file);
        }
    }
    if files.is_empty() {
        return Err(Failure::usage(
            format!("table {table}: {} has no table files", path.display()),
            "name a folder with .parquet, .csv or .jsonl files",
        ));
    }
    files.sort();
    Ok(files)
}

/// Returns the identifier in quotes, so that it keeps its case and may have any character.
pub(crate) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
