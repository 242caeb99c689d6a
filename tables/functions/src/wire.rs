//! Functions as bytes, for plans that are sent to other processes.

use std::sync::Arc;

use datafusion::common::{Result, exec_err, plan_err};
use datafusion::logical_expr::{ScalarUDF, WindowUDF};

use crate::output::Output;
use crate::pair::{self, RerankPair};
use crate::scorer::ScorerRef;
use crate::window::RerankWindow;

/// Returns the bytes of a window function; `None` if it is none of this crate, or has no scorer.
///
/// # Errors
///
/// Returns an error if its scorer is a folder of this machine.
pub fn encode_window(function: &WindowUDF) -> Result<Option<Vec<u8>>> {
    let function = function.inner().downcast_ref::<RerankWindow>();
    let scorer = function.and_then(|function| function.scorer.as_ref());
    scorer.map(encode).transpose()
}

/// Returns the window function with a name and bytes; `None` if it is none of this crate.
///
/// # Errors
///
/// Returns an error if the bytes are invalid.
pub fn decode_window(name: &str, bytes: &[u8]) -> Result<Option<Arc<WindowUDF>>> {
    let Some(output) = Output::ALL
        .into_iter()
        .find(|output| output.function() == name)
    else {
        return Ok(None);
    };
    let function = RerankWindow::new(output, decode(name, bytes)?);
    Ok(Some(Arc::new(WindowUDF::new_from_impl(function))))
}

/// Returns the bytes of a scalar function; `None` if it is none of this crate, or has no scorer.
///
/// # Errors
///
/// Returns an error if its scorer is a folder of this machine.
pub fn encode_scalar(function: &ScalarUDF) -> Result<Option<Vec<u8>>> {
    let function = function.inner().downcast_ref::<RerankPair>();
    let scorer = function.and_then(|function| function.scorer.as_ref());
    scorer.map(encode).transpose()
}

/// Returns the scalar function with a name and bytes; `None` if it is none of this crate.
///
/// # Errors
///
/// Returns an error if the bytes are invalid.
pub fn decode_scalar(name: &str, bytes: &[u8]) -> Result<Option<Arc<ScalarUDF>>> {
    if name != pair::NAME {
        return Ok(None);
    }
    let function = RerankPair::new(decode(name, bytes)?);
    Ok(Some(Arc::new(ScalarUDF::new_from_impl(function))))
}

/// The bytes of the lexical scorer.
const LEXICAL: &str = "lexical";
/// What precedes the digest of a model.
const MODEL: &str = "model ";

fn encode(scorer: &ScorerRef) -> Result<Vec<u8>> {
    match scorer {
        ScorerRef::Lexical => Ok(LEXICAL.into()),
        ScorerRef::Digest(digest) => Ok(format!("{MODEL}{digest}").into()),
        ScorerRef::Folder(folder) => plan_err!(
            "rerank.model: a cluster does not read {folder} of this machine; set \
             rerank.model_digest, and start the executors with --model"
        ),
    }
}

/// Returns the scorer; `None` if there are no bytes.
fn decode(name: &str, bytes: &[u8]) -> Result<Option<ScorerRef>> {
    match std::str::from_utf8(bytes) {
        Ok("") => Ok(None),
        Ok(LEXICAL) => Ok(Some(ScorerRef::Lexical)),
        Ok(text) if text.starts_with(MODEL) => {
            let digest = text.trim_start_matches(MODEL);
            Ok(Some(ScorerRef::Digest(digest.to_owned())))
        }
        _ => exec_err!("{name}: the plan names an unknown scorer; run the same version everywhere"),
    }
}
