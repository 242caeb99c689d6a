//! The documents that a contract refers to: files beside it, and those of URLs from a folder.

use std::collections::{BTreeMap, VecDeque};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;
use bigmodel_rerank_codegen::Source;
use bigmodel_rerank_openapi::referenced_documents;

/// The contract at `path` with all documents that it refers to, and that these refer to. `mirror` is
/// the folder with the documents of URLs. A document that does not exist is left out, and the
/// generator reports the references to it.
pub(crate) fn with_documents(
    contract: Source,
    path: &Path,
    mirror: Option<&Path>,
) -> anyhow::Result<Source> {
    let folder = path.parent().unwrap_or(Path::new(""));
    let own = path.file_name().and_then(|name| name.to_str());
    let mut documents: BTreeMap<String, Source> = BTreeMap::new();
    let mut open: VecDeque<_> = referenced_documents(&contract, "").into();
    while let Some(document) = open.pop_front() {
        if documents.contains_key(&document) || own == Some(document.as_str()) {
            continue;
        }
        let Some(file) = file(&document, folder, mirror) else {
            continue;
        };
        if !file.is_file() {
            continue;
        }
        let text =
            fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
        let source = Source::new(shown(&contract.name, &document), text);
        open.extend(referenced_documents(&source, &document));
        documents.insert(document, source);
    }
    Ok(Source {
        documents,
        ..contract
    })
}

/// The file of a document; `None` for a URL without a folder of such documents.
fn file(document: &str, folder: &Path, mirror: Option<&Path>) -> Option<PathBuf> {
    match document.split_once("://") {
        Some((_, rest)) => {
            let is_inside = !rest.split('/').any(|part| part == "..");
            mirror.filter(|_| is_inside).map(|mirror| mirror.join(rest))
        }
        None => Some(folder.join(document)),
    }
}

/// The name of a document in messages: as seen from where the contract's name is seen from.
fn shown(contract: &str, document: &str) -> String {
    let folder = Path::new(contract).parent();
    match folder {
        Some(folder) if !document.contains("://") => folder.join(document).display().to_string(),
        _ => document.to_owned(),
    }
}
