//! What the threads of a model share: the graph, the tokenizer, and how their results are read.

use bigmodel_rerank_engine::ScorerKind;

use crate::pooling::Pooling;
use crate::runtime::{Core, Graph, Input};
use crate::tokens::Tokens;

/// What happens to documents that are longer than the model reads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum LongDocuments {
    /// Their beginning is scored.
    #[default]
    Truncate,
    /// They are scored in windows that overlap by a quarter; the best one counts.
    BestWindow,
}

/// What the threads of a model share.
pub(crate) struct Parts {
    pub(crate) graph: Graph,
    pub(crate) tokens: Tokens,
    pub(crate) pooling: Pooling,
    pub(crate) kind: ScorerKind,
    pub(crate) query_prompt: String,
    pub(crate) document_prompt: String,
    pub(crate) long_documents: LongDocuments,
}

impl Parts {
    /// The logit of a pair.
    pub(crate) fn logit(&self, input: &Input, core: &Core) -> Result<f32, String> {
        let output = self.graph.run(input, core)?;
        match (output.shape.as_slice(), output.values.as_slice()) {
            ([1] | [1, 1], [logit]) if logit.is_finite() => Ok(*logit),
            ([1] | [1, 1], [logit]) => Err(format!("the model returned {logit}")),
            ([1, labels], _) => Err(format!(
                "it has {labels} labels, as a classifier; a reranker has one"
            )),
            ([1, _, width], _) => Err(format!(
                "it has {width} logits for each token, as a language model; a reranker has one for \
                 each pair"
            )),
            (shape, _) => Err(format!(
                "its output has the shape {shape:?}, and not [1, 1]"
            )),
        }
    }

    /// The embedding of a text.
    pub(crate) fn embedding(&self, input: &Input, core: &Core) -> Result<Vec<f32>, String> {
        let output = self.graph.run(input, core)?;
        self.pooling.embedding(&output)
    }
}
