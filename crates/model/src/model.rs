//! A model: loading, and scoring.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::available_parallelism;

use bigmodel_rerank_engine::{
    Cancellation, Description, Score, ScoreError, Scored, Scorer, ScorerKind,
};

use crate::LoadError;
use crate::folder::Folder;
use crate::job::{Job, Prepared};
use crate::length;
use crate::parts::{LongDocuments, Parts};
use crate::probe::{self, Mismatch};
use crate::runtime::{Core, Graph};
use crate::tokens::Tokens;
use crate::workers::{Work, Workers};

/// The greatest `f32` below 1.
const BELOW_ONE: f32 = 1.0 - f32::EPSILON / 2.0;

/// How a model is loaded and used.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Options {
    /// The name of the model; `None` for that of the folder.
    pub name: Option<String>,
    /// The file of the graph, from the folder; `None` for `onnx/model.onnx` or `model.onnx`.
    pub file: Option<PathBuf>,
    /// The tokens that the model reads at most, if its own limit is not lower. The time and memory
    /// of a document grow with the square of its length.
    pub tokens: usize,
    /// What happens to documents that are longer.
    pub long_documents: LongDocuments,
    /// The number of threads; `None` for one for each core.
    pub threads: Option<usize>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            name: None,
            file: None,
            tokens: 512,
            long_documents: LongDocuments::default(),
            threads: None,
        }
    }
}

/// A cross-encoder or an embedding model from a folder.
///
/// The raw score is the logit of a cross-encoder, or the cosine of two embeddings. The normalized
/// score is its sigmoid. A score depends on query and document only, not on the other documents or
/// the number of threads.
pub struct Model {
    parts: Arc<Parts>,
    workers: Workers,
    description: Description,
}

impl Model {
    /// Loads the model in a folder, and scores a pair with it.
    ///
    /// # Errors
    ///
    /// Returns an error if a file is missing or invalid, or the model does not rank documents.
    pub fn load(folder: &Path, options: &Options) -> Result<Self, LoadError> {
        let folder = Folder::read(folder, options.file.as_deref())?;
        let limit = length::limit(&folder, options.tokens);
        let tokens = Tokens::load(&folder.tokenizer, limit)?;
        let graph = Graph::load(&folder.graph, length::first_position(&folder.config))
            .map_err(|reason| LoadError::invalid(&folder.graph, reason))?;
        // Without it, embeddings would be other ones than those that the model was trained for.
        if let (Some(unsupported), false) = (folder.unsupported, graph.is_pooled()) {
            return Err(unsupported);
        }
        let kind = if graph.output_name() == "logits" {
            ScorerKind::CrossEncoder
        } else {
            ScorerKind::Embedding
        };
        let threads = options.threads;
        let threads = threads.unwrap_or_else(|| available_parallelism().map_or(1, usize::from));
        let workers = Workers::new(threads).map_err(|error| {
            LoadError::invalid(&folder.graph, format!("no thread can be started: {error}"))
        })?;
        let mut description = Description::new(options.name.clone().unwrap_or(folder.name), kind);
        description.languages.clone_from(&folder.languages);
        description.max_tokens = Some(limit);
        let graph_file = folder.graph;
        let tokenizer_file = folder.tokenizer;
        let model = Self {
            parts: Arc::new(Parts {
                graph,
                tokens,
                pooling: folder.pooling,
                kind,
                query_prompt: folder.query_prompt,
                document_prompt: folder.document_prompt,
                long_documents: options.long_documents,
            }),
            workers,
            description,
        };
        probe::check(&model.parts, &Core::new()).map_err(|mismatch| match mismatch {
            Mismatch::Tokenizer(reason) => LoadError::unsupported(&tokenizer_file, reason),
            Mismatch::Graph(reason) => LoadError::unsupported(&graph_file, reason),
        })?;
        // A graph can be valid and have nothing in it.
        let pair = model.score("a", &["b"], &Cancellation::new());
        pair.map_err(|error| match error {
            ScoreError::Failed(reason) => LoadError::unsupported(&graph_file, reason),
            other => LoadError::unsupported(&graph_file, other.to_string()),
        })?;
        Ok(model)
    }

    /// Returns the tokens that the model reads at most, the special ones among them.
    #[must_use]
    pub fn max_tokens(&self) -> usize {
        self.parts.tokens.limit()
    }

    /// The query as it is compared with documents, and its tokens.
    fn prepare(&self, query: &str) -> Result<(Prepared, usize), ScoreError> {
        if self.parts.kind == ScorerKind::CrossEncoder {
            let query = self.parts.tokens.query(query);
            let query = query.map_err(ScoreError::Failed)?;
            let count = query.count;
            return Ok((Prepared::Tokens(Box::new(query)), count));
        }
        let embedding = Arc::new(QueryEmbedding {
            parts: Arc::clone(&self.parts),
            text: format!("{}{query}", self.parts.query_prompt),
            result: Mutex::new(None),
        });
        self.workers.run(Arc::clone(&embedding) as Arc<dyn Work>);
        let mut result = embedding
            .result
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        match result.take() {
            Some(Ok((embedding, count))) => Ok((Prepared::Embedding(embedding), count)),
            Some(Err(reason)) => Err(ScoreError::Failed(reason)),
            // The step panicked.
            None => Err(ScoreError::Failed("the query was not scored".to_owned())),
        }
    }
}

impl fmt::Debug for Model {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Model")
            .field("description", &self.description)
            .field("max_tokens", &self.max_tokens())
            .finish_non_exhaustive()
    }
}

impl Scorer for Model {
    fn score(
        &self,
        query: &str,
        documents: &[&str],
        cancellation: &Cancellation,
    ) -> Result<Scored, ScoreError> {
        if cancellation.is_cancelled() {
            return Err(ScoreError::Cancelled);
        }
        let (query, query_tokens) = self.prepare(query)?;
        let job = Job::new(Arc::clone(&self.parts), query, documents, cancellation);
        let job = Arc::new(job);
        self.workers.run(Arc::clone(&job) as Arc<dyn Work>);
        let scores = job.scores()?;
        let cut = scores.iter().filter(|score| score.is_cut).count();
        if cut > 0 {
            let limit = self.max_tokens();
            tracing::info!(
                cut,
                limit,
                "only the beginnings of long documents were scored"
            );
        }
        let documents = scores.iter().map(|score| Score {
            raw: score.raw,
            normalized: sigmoid(score.raw),
            tokens: score.tokens,
        });
        Ok(Scored {
            query_tokens,
            documents: documents.collect(),
            cut,
        })
    }

    fn description(&self) -> Description {
        self.description.clone()
    }

    fn can_rank(&self, query: &str) -> bool {
        !query.trim().is_empty()
    }
}

/// The embedding of a query, made by the threads of the model like everything else.
struct QueryEmbedding {
    parts: Arc<Parts>,
    text: String,
    result: Mutex<Option<EmbeddedQuery>>,
}

/// The embedding and the tokens of a query.
type EmbeddedQuery = Result<(Vec<f32>, usize), String>;

impl Work for QueryEmbedding {
    fn steps(&self) -> usize {
        1
    }

    fn step(&self, _: usize, core: &Core) {
        let embedding = || {
            let document = self.parts.tokens.alone(&self.text, false)?;
            let input = document.inputs.first().ok_or("the query has no tokens")?;
            Ok((self.parts.embedding(input, core)?, document.count))
        };
        let mut result = self.result.lock().unwrap_or_else(PoisonError::into_inner);
        *result = Some(embedding());
    }
}

/// The sigmoid, in [0, 1).
fn sigmoid(raw: f32) -> f32 {
    let sigmoid = 1.0 / (1.0 + (-f64::from(raw)).exp());
    (sigmoid as f32).min(BELOW_ONE)
}

#[cfg(test)]
mod tests {
    use super::{BELOW_ONE, sigmoid};

    #[test]
    fn normalized_scores_stay_below_one_and_in_order() {
        assert_eq!(sigmoid(0.0), 0.5);
        assert_eq!(sigmoid(100.0), BELOW_ONE);
        assert!(sigmoid(-100.0) >= 0.0);
        assert!(sigmoid(2.0) > sigmoid(1.0));
    }
}
