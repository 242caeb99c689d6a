//! What ranks on this machine: shared words, or a model from a folder.

use std::path::Path;
use std::time::{Duration, Instant};

use bigmodel_rerank_engine::{Lexical, Scorer};
use bigmodel_rerank_model::{LoadError, Model, Options};

use crate::arguments::ModelOptions;
use crate::failure::Failure;

/// A scorer, and how long it took to load.
pub(crate) struct Loaded {
    pub(crate) scorer: Box<dyn Scorer>,
    /// `None` if nothing was loaded.
    pub(crate) load_time: Option<Duration>,
}

/// Loads the model in a folder; without a folder, words are compared.
pub(crate) fn load(folder: Option<&Path>, options: &ModelOptions) -> Result<Loaded, Failure> {
    let Some(folder) = folder else {
        return Ok(Loaded {
            scorer: Box::new(Lexical),
            load_time: None,
        });
    };
    let begin = Instant::now();
    let mut settings = Options::default();
    settings.file.clone_from(&options.model_file);
    settings.tokens = options.model_tokens;
    let model = Model::load(folder, &settings).map_err(|error| not_loaded(&error))?;
    Ok(Loaded {
        scorer: Box::new(model),
        load_time: Some(begin.elapsed()),
    })
}

fn not_loaded(error: &LoadError) -> Failure {
    let help = match error {
        LoadError::NotAFolder(_) => {
            "name a folder with model.onnx, tokenizer.json and config.json, as a model hub has them"
        }
        _ => "",
    };
    Failure::usage(format!("--model: {error}"), help)
}
