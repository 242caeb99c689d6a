//! Errors of loading a model.

use std::fmt;
use std::path::{Path, PathBuf};

/// Why a folder is not a model that can be used.
#[derive(Debug)]
#[non_exhaustive]
pub enum LoadError {
    /// The folder does not exist, or is not a folder.
    NotAFolder(PathBuf),
    /// The folder lacks a file.
    Missing {
        /// The file.
        file: PathBuf,
        /// How to get it.
        help: &'static str,
    },
    /// A file cannot be read, or is not what it should be.
    Invalid {
        /// The file.
        file: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// The model is valid, and of a kind that does not rank documents.
    Unsupported {
        /// The file of the model.
        file: PathBuf,
        /// What was found, and what is expected.
        reason: String,
    },
}

impl LoadError {
    pub(crate) fn invalid(file: &Path, reason: impl fmt::Display) -> Self {
        Self::Invalid {
            file: file.to_owned(),
            reason: reason.to_string(),
        }
    }

    pub(crate) fn unsupported(file: &Path, reason: impl Into<String>) -> Self {
        Self::Unsupported {
            file: file.to_owned(),
            reason: reason.into(),
        }
    }
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAFolder(path) => {
                write!(f, "{} is not a folder with a model", path.display())
            }
            Self::Missing { file, help } => write!(f, "{} is missing; {help}", file.display()),
            Self::Invalid { file, reason } => {
                write!(f, "{} is invalid: {reason}", file.display())
            }
            Self::Unsupported { file, reason } => {
                write!(f, "{} cannot rank documents: {reason}", file.display())
            }
        }
    }
}

impl std::error::Error for LoadError {}
