//! Which scorer a function of a query uses.

use datafusion::common::config::ConfigOptions;
use datafusion::common::{Result, plan_err};

use crate::config::{RerankConfig, ScorerOption};

/// The scorer that a function is bound to when a query is planned.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum ScorerRef {
    /// The lexical scorer.
    Lexical,
    /// The model in a folder of this machine.
    Folder(String),
    /// The model with this digest, which the process that runs the query must have.
    Digest(String),
}

impl ScorerRef {
    /// Returns the scorer that the options of a session name.
    pub(crate) fn from_options(options: &ConfigOptions) -> Result<Self> {
        let default = RerankConfig::default();
        let config = options.extensions.get::<RerankConfig>();
        let config = config.unwrap_or(&default);
        match config.scorer {
            ScorerOption::Lexical => Ok(Self::Lexical),
            ScorerOption::Model if !config.model_digest.is_empty() => {
                Ok(Self::Digest(config.model_digest.clone()))
            }
            ScorerOption::Model if !config.model.is_empty() => {
                Ok(Self::Folder(config.model.clone()))
            }
            ScorerOption::Model => {
                plan_err!(
                    "rerank.scorer is model and rerank.model is empty; name the folder of a model: \
                     SET rerank.model = 'DIR'"
                )
            }
        }
    }
}
