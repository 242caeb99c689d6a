//! Checks at load that tokenizer, configuration and graph belong together: what does not would fail
//! in the middle of requests, or make scores wrong.

use bigmodel_rerank_engine::ScorerKind;

use crate::parts::Parts;
use crate::pooling::Pooling;
use crate::runtime::{Core, Input};
use crate::tokens;

/// A mismatch between two files of a folder.
#[derive(Debug)]
pub(crate) enum Mismatch {
    /// The tokenizer lacks something. The text says what.
    Tokenizer(String),
    /// The graph is smaller than the tokenizer or the configuration says.
    Graph(String),
}

/// Checks that texts get their special tokens, and that the graph takes every token and as many as
/// are read at most.
pub(crate) fn check(parts: &Parts, core: &Core) -> Result<(), Mismatch> {
    check_special_tokens(parts)?;
    let greatest = parts.tokens.greatest_id();
    run(parts, &[tokens::id(greatest)], core).map_err(|reason| {
        Mismatch::Graph(format!(
            "it does not take the greatest token of tokenizer.json, {greatest} ({reason}); graph and \
             tokenizer are of different models"
        ))
    })?;
    let length = parts.tokens.limit();
    run(parts, &vec![tokens::id(greatest); length], core).map_err(|reason| {
        Mismatch::Graph(format!(
            "it does not take {length} tokens ({reason}); read fewer with --model-tokens, or correct \
             max_position_embeddings of config.json"
        ))
    })
}

fn check_special_tokens(parts: &Parts) -> Result<(), Mismatch> {
    let (missing, consequence) = match (parts.kind, parts.pooling) {
        (ScorerKind::CrossEncoder, _) => (
            parts.tokens.special(true) == 0,
            "query and document would not be separated",
        ),
        (_, Pooling::Cls) => (
            parts.tokens.special(false) == 0,
            "there is no first token to pool by",
        ),
        (_, Pooling::Mean) => (false, ""),
    };
    if missing {
        return Err(Mismatch::Tokenizer(format!(
            "it has no post_processor that adds special tokens, so {consequence}; save the model's \
             fast tokenizer again"
        )));
    }
    Ok(())
}

fn run(parts: &Parts, ids: &[i32], core: &Core) -> Result<(), String> {
    let input = Input {
        ids: ids.to_vec(),
        types: vec![0; ids.len()],
    };
    parts.graph.run(&input, core).map(drop)
}
