//! Writes rows into files.

use std::fs::File;
use std::io::{self, BufWriter};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use datafusion::arrow::csv::WriterBuilder;
use datafusion::arrow::datatypes::SchemaRef;
use datafusion::arrow::json::LineDelimitedWriter;
use datafusion::arrow::record_batch::RecordBatch;
use datafusion::parquet::arrow::ArrowWriter;
use datafusion::parquet::basic::Compression;
use datafusion::parquet::file::properties::WriterProperties;

use crate::arguments::Format;
use crate::failure::Failure;

/// The rows of a file, before the next one is begun.
const FILE_ROWS: usize = 10_000_000;
/// The bytes of a row group in memory, before it is written.
const GROUP_BYTES: usize = 32 << 20;

/// Writes files `part-00000.…` and so on into a folder.
pub(crate) struct Writer {
    folder: PathBuf,
    format: Format,
    schema: SchemaRef,
    file: Option<Sink>,
    files: usize,
    rows_in_file: usize,
    rows: u64,
}

/// An open file.
enum Sink {
    Parquet(Box<ArrowWriter<File>>),
    Csv(Box<datafusion::arrow::csv::Writer<BufWriter<File>>>),
    Jsonl(LineDelimitedWriter<BufWriter<File>>),
}

impl Writer {
    /// Returns a writer of rows with the schema.
    pub(crate) fn new(folder: &Path, format: Format, schema: SchemaRef) -> Self {
        Self {
            folder: folder.to_owned(),
            format,
            schema,
            file: None,
            files: 0,
            rows_in_file: 0,
            rows: 0,
        }
    }

    /// Returns the number of rows that were written.
    pub(crate) fn rows(&self) -> u64 {
        self.rows
    }

    /// Writes rows.
    pub(crate) fn write(&mut self, batch: &RecordBatch) -> Result<(), Failure> {
        if self.rows_in_file >= FILE_ROWS {
            self.close()?;
        }
        let mut file = match self.file.take() {
            Some(file) => file,
            None => self.open()?,
        };
        let written = file.write(batch);
        self.file = Some(file);
        written.map_err(|reason| self.failed(&reason))?;
        self.rows_in_file += batch.num_rows();
        self.rows += batch.num_rows() as u64;
        Ok(())
    }

    /// Closes the last file. There is one even if there were no rows.
    pub(crate) fn finish(mut self) -> Result<u64, Failure> {
        if self.files == 0 {
            let file = self.open()?;
            self.file = Some(file);
            self.write(&RecordBatch::new_empty(Arc::clone(&self.schema)))?;
        }
        self.close()?;
        Ok(self.rows)
    }

    fn open(&mut self) -> Result<Sink, Failure> {
        self.files += 1;
        self.rows_in_file = 0;
        let file = File::create(self.path()).map_err(|error| self.failed(&error.to_string()))?;
        Ok(match self.format {
            Format::Parquet => {
                let properties = WriterProperties::builder().set_compression(Compression::SNAPPY);
                let schema = Arc::clone(&self.schema);
                let writer = ArrowWriter::try_new(file, schema, Some(properties.build()));
                Sink::Parquet(Box::new(
                    writer.map_err(|error| self.failed(&error.to_string()))?,
                ))
            }
            Format::Csv => {
                let builder = WriterBuilder::new().with_header(true);
                Sink::Csv(Box::new(builder.build(BufWriter::new(file))))
            }
            Format::Jsonl => Sink::Jsonl(LineDelimitedWriter::new(BufWriter::new(file))),
        })
    }

    fn close(&mut self) -> Result<(), Failure> {
        match self.file.take() {
            Some(file) => file.close().map_err(|reason| self.failed(&reason)),
            None => Ok(()),
        }
    }

    /// Returns the path of the current file.
    fn path(&self) -> PathBuf {
        let number = self.files.saturating_sub(1);
        let extension = self.format.extension();
        self.folder.join(format!("part-{number:05}.{extension}"))
    }

    fn failed(&self, reason: &str) -> Failure {
        Failure::new(
            format!("{}: {reason}", self.path().display()),
            "nothing was written",
        )
    }
}

impl Sink {
    fn write(&mut self, batch: &RecordBatch) -> Result<(), String> {
        match self {
            Self::Parquet(writer) => {
                writer.write(batch).map_err(|error| error.to_string())?;
                if writer.in_progress_size() > GROUP_BYTES {
                    writer.flush().map_err(|error| error.to_string())?;
                }
                Ok(())
            }
            Self::Csv(writer) => writer.write(batch).map_err(|error| error.to_string()),
            Self::Jsonl(writer) => writer.write(batch).map_err(|error| error.to_string()),
        }
    }

    /// Writes what is left, down to the disk.
    fn close(self) -> Result<(), String> {
        let file = match self {
            Self::Parquet(writer) => writer.into_inner().map_err(|error| error.to_string())?,
            Self::Csv(writer) => file_of(writer.into_inner())?,
            Self::Jsonl(mut writer) => {
                writer.finish().map_err(|error| error.to_string())?;
                file_of(writer.into_inner())?
            }
        };
        file.sync_all().map_err(|error| error.to_string())
    }
}

fn file_of(writer: BufWriter<File>) -> Result<File, String> {
    let file = writer.into_inner().map_err(io::IntoInnerError::into_error);
    file.map_err(|error| error.to_string())
}
