//! The tables of a query: files of this machine.

use std::ffi::OsStr;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use crate::failure::Failure;
use crate::kind::Kind;
use crate::stderr::say;

/// A table: its name, and its files.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    pub(crate) name: String,
    pub(crate) files: Vec<PathBuf>,
    pub(crate) kind: Kind,
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

    /// Returns the name with that of the files.
    pub(crate) fn in_files(&self) -> String {
        let files = match self.files.as_slice() {
            [file] => file.display().to_string(),
            [file, ..] => format!("{} and further files", file.display()),
            [] => "no files".to_owned(),
        };
        format!("{} ({files})", self.name)
    }

    /// Returns whether the files are text, which can be invalid UTF-8, and not compressed.
    pub(crate) fn is_plain_text(&self) -> bool {
        self.kind.is_plain_text()
    }
}

/// Returns the absolute paths of the files that a path stands for.
fn files_of(table: &str, path: &Path) -> Result<Vec<PathBuf>, Failure> {
    let failed = |error: io::Error| {
        Failure::usage(
            format!("table {table}: {}: {error}", path.display()),
            "name a file or a folder that exists",
        )
    };
    // Executors of a cluster have another working folder.
    let path = path.canonicalize().map_err(failed)?;
    if !path.is_dir() {
        return match Kind::from_name(&path) {
            Some(_) => {
                open(&path).map_err(failed)?;
                Ok(vec![path])
            }
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
        if is_hidden {
            continue;
        }
        if file.is_dir() {
            let folder = file.display();
            say(format_args!(
                "warning: table {table}: the folder {folder} is not read; name it with the option too"
            ));
        } else if Kind::from_name(&file).is_some() {
            open(&file).map_err(|error| {
                Failure::usage(
                    format!("table {table}: {}: {error}", file.display()),
                    "correct the file, or remove it from the folder",
                )
            })?;
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

/// Checks that a file can be read.
fn open(file: &Path) -> io::Result<()> {
    if !file.metadata()?.is_file() {
        return Err(io::Error::other("it is not a file"));
    }
    File::open(file).map(drop)
}

/// Returns the identifier as it must be written in SQL.
pub(crate) fn in_sql(name: &str) -> String {
    let is_plain = |(at, c): (usize, char)| {
        c.is_ascii_lowercase() || c == '_' || (at > 0 && c.is_ascii_digit())
    };
    match name.chars().enumerate().all(is_plain) {
        true => name.to_owned(),
        false => quoted(name),
    }
}

/// Returns the identifier in quotes, so that it keeps its case and may have any character.
pub(crate) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
