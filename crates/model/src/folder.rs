//! The files of a model's folder.

use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::LoadError;
use crate::json::{Shape, optional};
use crate::pooling::Pooling;

/// Where the graph may be, the best first.
pub(crate) const GRAPHS: [&str; 2] = ["onnx/model.onnx", "model.onnx"];

/// What the folder says of the model.
#[derive(Debug)]
pub(crate) struct Folder {
    pub(crate) name: String,
    pub(crate) graph: PathBuf,
    pub(crate) tokenizer: PathBuf,
    pub(crate) config: Config,
    /// The limit of the tokenizer, in tokens.
    pub(crate) tokenizer_limit: Option<usize>,
    pub(crate) pooling: Pooling,
    /// Why the embeddings of tokens cannot become one, if they cannot.
    pub(crate) unsupported: Option<LoadError>,
    /// What is put before a query.
    pub(crate) query_prompt: String,
    /// What is put before a document.
    pub(crate) document_prompt: String,
    pub(crate) languages: Vec<String>,
}

/// `config.json`.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Config {
    #[serde(default)]
    pub(crate) model_type: String,
    pub(crate) max_position_embeddings: Option<usize>,
    pub(crate) pad_token_id: Option<usize>,
}

#[derive(Deserialize)]
struct TokenizerConfig {
    model_max_length: Option<f64>,
}

#[derive(Deserialize)]
struct Module {
    path: String,
    #[serde(rename = "type")]
    kind: String,
}

#[derive(Default, Deserialize)]
struct Prompts {
    #[serde(default)]
    prompts: std::collections::BTreeMap<String, String>,
}

impl Folder {
    /// Reads the folder; `graph` is the file of the graph, if it has another name than usual.
    pub(crate) fn read(folder: &Path, graph: Option<&Path>) -> Result<Self, LoadError> {
        if !folder.is_dir() {
            return Err(LoadError::NotAFolder(folder.to_owned()));
        }
        let graph = find_graph(folder, graph)?;
        let tokenizer = folder.join("tokenizer.json");
        if !tokenizer.is_file() {
            return Err(LoadError::Missing {
                file: tokenizer,
                help: "save the model's fast tokenizer into the folder",
            });
        }
        let config = required(
            &folder.join("config.json"),
            "copy it from where the model is from",
        )?;
        let limits: Option<TokenizerConfig> =
            optional(&folder.join("tokenizer_config.json"), Shape::Object)?;
        let prompts = folder.join("config_sentence_transformers.json");
        let prompts: Option<Prompts> = optional(&prompts, Shape::Object)?;
        let prompts = prompts.unwrap_or_default().prompts;
        let prompt = |names: &[&str]| {
            let mut found = names.iter().filter_map(|name| prompts.get(*name));
            found.next().cloned().unwrap_or_default()
        };
        let (pooling, unsupported) = pooling(folder)?;
        let path = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
        let name = path.file_name().unwrap_or(path.as_os_str());
        Ok(Self {
            name: name.to_string_lossy().into_owned(),
            graph,
            tokenizer,
            config,
            tokenizer_limit: limits.and_then(|limits| sensible(limits.model_max_length?)),
            pooling,
            unsupported,
            query_prompt: prompt(&["query"]),
            document_prompt: prompt(&["document", "passage", "corpus"]),
            languages: languages(folder),
        })
    }
}

fn find_graph(folder: &Path, graph: Option<&Path>) -> Result<PathBuf, LoadError> {
    if let Some(graph) = graph {
        let file = folder.join(graph);
        return if file.is_file() {
            Ok(file)
        } else {
            Err(LoadError::Missing {
                file,
                help: if folder.join("onnx").join(graph).is_file() {
                    "name it from the folder of the model, as in onnx/model_int8.onnx"
                } else {
                    "name another file of the folder"
                },
            })
        };
    }
    let mut files = GRAPHS.iter().map(|name| folder.join(name));
    if let Some(file) = files.find(|file| file.is_file()) {
        return Ok(file);
    }
    let has_weights = ["model.safetensors", "pytorch_model.bin"];
    let has_weights = has_weights.iter().any(|name| folder.join(name).is_file());
    Err(LoadError::Missing {
        file: folder.join("model.onnx"),
        help: if has_weights {
            "the folder has weights of PyTorch: export them with \
             `optimum-cli export onnx --model FOLDER EXPORTED`, and name the exported folder"
        } else {
            "name a folder that has onnx/model.onnx or model.onnx"
        },
    })
}

/// Files without a limit have a huge number.
fn sensible(limit: f64) -> Option<usize> {
    (1.0..1e6).contains(&limit).then_some(limit as usize)
}

/// How a sentence-transformers folder pools; by the mean if it does not say. The error is a module
/// that only matters if it is not in the graph.
fn pooling(folder: &Path) -> Result<(Pooling, Option<LoadError>), LoadError> {
    let modules_file = folder.join("modules.json");
    let modules = optional::<Vec<Module>>(&modules_file, Shape::Array)?.unwrap_or_default();
    let (mut pooling, mut unsupported) = (Pooling::Mean, None);
    for module in modules {
        match module.kind.rsplit('.').next().unwrap_or_default() {
            "Transformer" | "Normalize" | "Dropout" => {}
            "Pooling" => {
                let file = folder.join(&module.path).join("config.json");
                let config = required(&file, "copy it from where the model is from")?;
                pooling = Pooling::from_config(&config)
                    .map_err(|reason| LoadError::unsupported(&file, reason))?;
            }
            other => {
                let reason = format!(
                    "the graph lacks the module {other}; export one with the output \
                     `sentence_embedding`"
                );
                unsupported = Some(LoadError::unsupported(&modules_file, reason));
            }
        }
    }
    Ok((pooling, unsupported))
}

fn required<T: DeserializeOwned>(file: &Path, help: &'static str) -> Result<T, LoadError> {
    optional(file, Shape::Object)?.ok_or_else(|| LoadError::Missing {
        file: file.to_owned(),
        help,
    })
}

/// The languages in the head of the folder's README, where model cards have them.
fn languages(folder: &Path) -> Vec<String> {
    let Ok(text) = std::fs::read_to_string(folder.join("README.md")) else {
        return Vec::new();
    };
    let mut lines = text.lines();
    if lines.next().map(str::trim) != Some("---") {
        return Vec::new();
    }
    let is_code = |text: &str| {
        (2..=8).contains(&text.len()) && text.chars().all(|c| c.is_ascii_alphabetic() || c == '-')
    };
    let clean = |text: &str| text.trim().trim_matches(['\'', '"']).to_owned();
    let mut languages = Vec::new();
    let mut in_list = false;
    for line in lines.take_while(|line| line.trim() != "---") {
        if let Some(value) = line.strip_prefix("language:") {
            let listed = value.trim().trim_matches(['[', ']']).split(',');
            languages.extend(listed.map(clean));
            in_list = true;
        } else if in_list && let Some(item) = line.trim_start().strip_prefix("- ") {
            languages.push(clean(item));
        } else {
            in_list = false;
        }
    }
    languages.retain(|language| is_code(language));
    languages
}
