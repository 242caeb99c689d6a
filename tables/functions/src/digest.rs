//! The digest of a model folder.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use datafusion::common::{DataFusionError, Result};
use sha2::{Digest as _, Sha256};

/// The extensions of the files that scores depend on: configuration, graphs, and their weights.
const EXTENSIONS: [&str; 4] = ["json", "onnx", "onnx_data", "data"];

/// Returns a digest of the files in a model folder that scores depend on: equal for copies of it.
///
/// It covers the relative paths and contents of files with the extensions `json`, `onnx`,
/// `onnx_data` and `data`, in all subfolders.
///
/// # Errors
///
/// Returns an error if a file cannot be read.
pub fn model_digest(folder: &Path) -> Result<String> {
    let mut files = Vec::new();
    collect(folder, "", &mut files)?;
    files.sort();
    let mut whole = Sha256::new();
    for (name, path) in files {
        whole.update(Sha256::digest(name.as_bytes()));
        whole.update(file_digest(&path).map_err(|error| unreadable(&path, &error))?);
    }
    let mut text = "sha256:".to_owned();
    for byte in whole.finalize() {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    Ok(text)
}

/// Adds the files of a folder, each with its path from the outermost folder.
fn collect(folder: &Path, prefix: &str, files: &mut Vec<(String, PathBuf)>) -> Result<()> {
    let entries = fs::read_dir(folder).map_err(|error| unreadable(folder, &error))?;
    for entry in entries {
        let path = entry.map_err(|error| unreadable(folder, &error))?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let name = format!("{prefix}{name}");
        let extension = path.extension().unwrap_or_default();
        if path.is_dir() {
            collect(&path, &format!("{name}/"), files)?;
        } else if EXTENSIONS.iter().any(|known| extension == *known) {
            files.push((name, path));
        }
    }
    Ok(())
}

fn file_digest(path: &Path) -> io::Result<impl AsRef<[u8]>> {
    let mut digest = Sha256::new();
    io::copy(&mut File::open(path)?, &mut digest)?;
    Ok(digest.finalize())
}

fn unreadable(path: &Path, error: &io::Error) -> DataFusionError {
    DataFusionError::Configuration(format!("rerank.model: {}: {error}", path.display()))
}
