//! What ranks on this machine: shared words, or a model from a folder or a hub.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use bigmodel_rerank_engine::{Lexical, Scorer};
use bigmodel_rerank_model::{LoadError, Model, Options};

use crate::arguments::ModelOptions;
use crate::failure::Failure;
use crate::hub::{self, Name};

/// A scorer, and how long it took to load.
pub(crate) struct Loaded {
    pub(crate) scorer: Box<dyn Scorer>,
    /// `None` if nothing was loaded.
    pub(crate) load_time: Option<Duration>,
}

/// A model that has not been loaded.
pub(crate) struct ModelPath {
    /// Its name on a hub.
    name: Option<String>,
    folder: PathBuf,
    /// The file of its graph, if it has another name than usual.
    file: Option<PathBuf>,
}

/// Loads the model of `--model`; without one, words are compared.
pub(crate) fn load(model: Option<&str>, options: &ModelOptions) -> Result<Loaded, Failure> {
    let Some(model) = model else {
        return Ok(Loaded {
            scorer: Box::new(Lexical),
            load_time: None,
        });
    };
    let path = ModelPath::find(model, options.model_file.as_deref())?;
    path.load(options.model_tokens)
}

impl ModelPath {
    /// Finds a model by its folder, by the file of its graph in its folder, or by its name on a
    /// hub, from where it is downloaded. `file` is the file of the graph, if it has another name
    /// than usual.
    pub(crate) fn find(model: &str, file: Option<&Path>) -> Result<Self, Failure> {
        let path = Path::new(model);
        if file.is_none()
            && path.is_file()
            && let Some((folder, file)) = around(path)
        {
            return Ok(Self {
                name: None,
                folder: folder.to_owned(),
                file: Some(file.to_owned()),
            });
        }
        let (name, folder) = if path.exists() {
            (None, path.to_owned())
        } else {
            let name: Name = model.parse().map_err(|_| not_found(path))?;
            (Some(model.to_owned()), hub::fetch(&name, file)?)
        };
        if !folder.is_dir() {
            return Err(not_found(path));
        }
        Ok(Self {
            name,
            folder,
            file: file.map(Path::to_owned),
        })
    }

    /// Loads the model, which reads at most this number of tokens.
    pub(crate) fn load(&self, tokens: usize) -> Result<Loaded, Failure> {
        let begin = Instant::now();
        let mut options = Options::default();
        options.name.clone_from(&self.name);
        options.file.clone_from(&self.file);
        options.tokens = tokens;
        let model = Model::load(&self.folder, &options).map_err(|error| {
            let help = match &error {
                LoadError::Missing { file, .. } if file.ends_with("model.onnx") => {
                    "--model also takes the path of an ONNX file in such a folder"
                }
                _ => "",
            };
            Failure::usage(error.to_string(), help)
        })?;
        Ok(Loaded {
            scorer: Box::new(model),
            load_time: Some(begin.elapsed()),
        })
    }
}

/// Whether `--model` names a folder or a file of a model, rather than a code or a name.
pub(crate) fn is_here(model: &str) -> bool {
    let path = Path::new(model);
    path.join("tokenizer.json").is_file() || path.is_file() && around(path).is_some()
}

/// The folder of a model that a file is in, and the rest of the path.
fn around(file: &Path) -> Option<(&Path, &Path)> {
    let folders = file.ancestors().skip(1);
    let mut folders = folders.filter(|folder| folder.join("tokenizer.json").is_file());
    let folder = folders.next()?;
    Some((folder, file.strip_prefix(folder).ok()?))
}

fn not_found(path: &Path) -> Failure {
    Failure::usage(
        LoadError::NotAFolder(path.to_owned()).to_string(),
        "name a folder with model.onnx, tokenizer.json and config.json, or a model of a hub, as in \
         BAAI/bge-reranker-base",
    )
}
