//! The scorers of this process. A model is loaded once, when a query first needs it.

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use bigmodel_rerank_engine::{Lexical, Scorer};
use bigmodel_rerank_model::{Model, Options};
use datafusion::common::{Result, config_err, exec_err};

use crate::digest::model_digest;
use crate::scorer::ScorerRef;

/// Models by their folders.
static MODELS: OnceLock<Mutex<HashMap<String, Arc<dyn Scorer>>>> = OnceLock::new();
/// What this process provides to the queries of others.
static PROVIDED: OnceLock<Provided> = OnceLock::new();

/// An executor, and its model if it has one.
struct Provided {
    executor: String,
    model: Option<(String, Arc<dyn Scorer>)>,
}

/// Makes this process an executor that scores with the model in a folder, or without a model.
///
/// `executor` names the process in errors, and `threads` is the number of threads of the model.
/// Returns the digest of the folder. Queries for a model with another digest fail.
///
/// # Errors
///
/// Returns an error if the model cannot be loaded, or the function was called before.
pub fn provide_model(
    executor: impl Into<String>,
    folder: Option<&Path>,
    threads: usize,
) -> Result<Option<String>> {
    let model = match folder {
        Some(folder) => Some((model_digest(folder)?, load(folder, Some(threads))?)),
        None => None,
    };
    let digest = model.as_ref().map(|(digest, _)| digest.clone());
    let executor = executor.into();
    match PROVIDED.set(Provided { executor, model }) {
        Ok(()) => Ok(digest),
        Err(_) => config_err!("the model of this process is already set"),
    }
}

/// Returns the scorer, loading it if it was not loaded before.
pub(crate) fn get(scorer: &ScorerRef) -> Result<Arc<dyn Scorer>> {
    match scorer {
        ScorerRef::Lexical => Ok(Arc::new(Lexical)),
        ScorerRef::Folder(folder) => {
            let models = MODELS.get_or_init(Mutex::default);
            let mut models = models.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(model) = models.get(folder) {
                return Ok(Arc::clone(model));
            }
            let model = load(Path::new(folder), None)?;
            models.insert(folder.clone(), Arc::clone(&model));
            Ok(model)
        }
        ScorerRef::Digest(digest) => provided(digest),
    }
}

/// Returns the model of this process if it has the digest.
fn provided(digest: &str) -> Result<Arc<dyn Scorer>> {
    let provided = PROVIDED.get();
    let executor = provided.map_or("this process", |provided| &provided.executor);
    match provided.and_then(|provided| provided.model.as_ref()) {
        Some((own, model)) if own == digest => Ok(Arc::clone(model)),
        Some((own, _)) => exec_err!(
            "{executor} has another model: the query needs {digest}, found {own}; start it with \
             --model and a copy of the same folder"
        ),
        None => exec_err!(
            "{executor} has no model, and the query needs {digest}; start it with --model and a \
             copy of the folder"
        ),
    }
}

fn load(folder: &Path, threads: Option<usize>) -> Result<Arc<dyn Scorer>> {
    let mut options = Options::default();
    options.threads = threads;
    match Model::load(folder, &options) {
        Ok(model) => Ok(Arc::new(model)),
        Err(error) => config_err!("rerank.model: {error}"),
    }
}
