//! The options of a session.

use std::any::Any;

use datafusion::common::config::{ConfigEntry, ConfigExtension, ExtensionOptions};
use datafusion::common::{Result, config_err};

/// The options `rerank.…` of a session: the scorer of its functions.
///
/// They can be set in SQL: `SET rerank.scorer = 'model'`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct RerankConfig {
    /// `rerank.scorer`: how texts are scored.
    pub scorer: ScorerOption,
    /// `rerank.model`: the folder of the model; empty if none.
    pub model: String,
    /// `rerank.model_digest`: the digest of the model that executors of a cluster must have; empty
    /// if the functions run in this process.
    pub model_digest: String,
}

/// The values of `rerank.scorer`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ScorerOption {
    /// `lexical`: by the words that query and text share.
    #[default]
    Lexical,
    /// `model`: by the model in the folder `rerank.model`.
    Model,
}

impl ScorerOption {
    fn name(self) -> &'static str {
        match self {
            Self::Lexical => "lexical",
            Self::Model => "model",
        }
    }
}

impl ConfigExtension for RerankConfig {
    const PREFIX: &'static str = "rerank";
}

impl ExtensionOptions for RerankConfig {
    fn as_any(&self) -> &dyn Any {
        self
    }

    fn as_any_mut(&mut self) -> &mut dyn Any {
        self
    }

    fn cloned(&self) -> Box<dyn ExtensionOptions> {
        Box::new(self.clone())
    }

    fn set(&mut self, key: &str, value: &str) -> Result<()> {
        match key {
            "scorer" => {
                let options = [ScorerOption::Lexical, ScorerOption::Model];
                let Some(option) = options.iter().find(|option| option.name() == value) else {
                    return config_err!("rerank.scorer: expected lexical or model, found {value}");
                };
                self.scorer = *option;
            }
            "model" => value.clone_into(&mut self.model),
            "model_digest" => value.clone_into(&mut self.model_digest),
            _ => {
                return config_err!(
                    "rerank.{key} is not an option; there are rerank.scorer, rerank.model and \
                     rerank.model_digest"
                );
            }
        }
        Ok(())
    }

    fn entries(&self) -> Vec<ConfigEntry> {
        let entry = |key: &str, value: &str, description| ConfigEntry {
            key: format!("{}.{key}", Self::PREFIX),
            value: Some(value.to_owned()),
            description,
        };
        vec![
            entry(
                "scorer",
                self.scorer.name(),
                "How texts are scored: lexical or model",
            ),
            entry("model", &self.model, "The folder of the model"),
            entry(
                "model_digest",
                &self.model_digest,
                "The digest of the model that executors must have",
            ),
        ]
    }
}
