//! The formats of tables.

use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use datafusion::common::Result;
use datafusion::common::config::TableOptions;
use datafusion::datasource::file_format::FileFormat;
use datafusion::datasource::file_format::csv::CsvFormat;
use datafusion::datasource::file_format::file_compression_type::FileCompressionType;
use datafusion::datasource::file_format::json::JsonFormat;
use datafusion::datasource::file_format::parquet::ParquetFormat;

/// The format of a table's files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Kind {
    format: TableFormat,
    compression: FileCompressionType,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum TableFormat {
    Parquet,
    Csv,
    JsonLines,
}

impl Kind {
    /// Returns the format that the extension of a file names.
    pub(crate) fn from_name(file: &Path) -> Option<Self> {
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

    /// Returns whether the files are compressed as a whole.
    pub(crate) fn is_compressed(self) -> bool {
        self.compression != FileCompressionType::UNCOMPRESSED
    }

    /// Returns the content of a file, without its compression.
    pub(crate) fn reader(self, file: File) -> Result<Box<dyn Read + Send>> {
        self.compression.convert_read(file)
    }

    /// Returns whether the files are text that is not compressed.
    pub(crate) fn is_plain_text(self) -> bool {
        self.format != TableFormat::Parquet && !self.is_compressed()
    }

    /// Returns whether the files are CSV, whose columns have a place.
    pub(crate) fn is_csv(self) -> bool {
        self.format == TableFormat::Csv
    }

    /// Returns whether the files are JSON Lines.
    pub(crate) fn is_json(self) -> bool {
        self.format == TableFormat::JsonLines
    }

    /// Returns whether types are inferred from values.
    pub(crate) fn is_text(self) -> bool {
        self.format != TableFormat::Parquet
    }

    /// Returns the format as DataFusion has it.
    pub(crate) fn format(self, defaults: &TableOptions) -> Arc<dyn FileFormat> {
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
            // A key or a type that comes later would be dropped without an error.
            TableFormat::JsonLines => Arc::new(
                JsonFormat::default()
                    .with_file_compression_type(self.compression)
                    .with_schema_infer_max_rec(usize::MAX),
            ),
        }
    }
}
