//! How the client handles documents that are longer than the service accepts.

use bigmodel_rerank::LongDocuments;

use crate::arguments;

/// The overlap of the windows of a split document, in characters.
const OVERLAP: usize = 512;

/// Returns what the option says in the client's terms.
pub(crate) fn handling(option: arguments::LongDocuments) -> LongDocuments {
    match option {
        arguments::LongDocuments::Reject => LongDocuments::Reject,
        arguments::LongDocuments::Truncate => LongDocuments::Truncate,
        arguments::LongDocuments::Split => LongDocuments::Split { overlap: OVERLAP },
    }
}
