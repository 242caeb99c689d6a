//! The cases, as files that contenders and responder read.

use std::fs;
use std::path::PathBuf;

use serde_json::json;

use crate::paths::Bench;
use crate::texts::{Script, texts};

/// Makes glibc keep freed memory instead of returning it to the system.
pub(crate) const KEEPING: &str =
    "glibc.malloc.trim_threshold=1073741824:glibc.malloc.mmap_threshold=33554432";

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Allocator {
    /// glibc with its default settings.
    Default,
    /// glibc with [`KEEPING`].
    Keeping,
}

pub(crate) struct Case {
    pub(crate) documents: usize,
    pub(crate) characters: usize,
    pub(crate) script: Script,
    pub(crate) concurrency: usize,
    /// Whether the response contains the documents.
    pub(crate) with_documents: bool,
    pub(crate) allocator: Allocator,
    /// File with the texts to send.
    pub(crate) texts: PathBuf,
    /// File with the response.
    pub(crate) response: PathBuf,
}

impl Case {
    pub(crate) fn name(&self) -> String {
        let Self {
            documents,
            characters,
            concurrency,
            ..
        } = self;
        let script = self.script.name();
        let documents_suffix = if self.with_documents {
            ", with documents"
        } else {
            ""
        };
        let allocator = match self.allocator {
            Allocator::Default => "",
            Allocator::Keeping => ", memory kept",
        };
        format!(
            "{documents} × {characters} {script}, {concurrency} at once{documents_suffix}{allocator}"
        )
    }
}

/// Writes all cases. The allocator is varied only in the largest ones, where it matters.
pub(crate) fn write_all(bench: &Bench) -> anyhow::Result<Vec<Case>> {
    let mut cases = Vec::new();
    for allocator in [Allocator::Default, Allocator::Keeping] {
        for with_documents in [false, true] {
            for (documents, characters) in [(2, 100), (2, 4000), (128, 100), (128, 4000)] {
                if allocator == Allocator::Keeping && (documents, characters) != (128, 4000) {
                    continue;
                }
                for script in Script::ALL {
                    for concurrency in [1, 64] {
                        let (texts, response) =
                            write(bench, script, documents, characters, with_documents)?;
                        cases.push(Case {
                            documents,
                            characters,
                            script,
                            concurrency,
                            with_documents,
                            allocator,
                            texts,
                            response,
                        });
                    }
                }
            }
        }
    }
    Ok(cases)
}

/// Writes the files of a case: the texts to send and the response.
pub(crate) fn write(
    bench: &Bench,
    script: Script,
    documents: usize,
    characters: usize,
    with_documents: bool,
) -> anyhow::Result<(PathBuf, PathBuf)> {
    let name = format!("{documents}-{characters}-{}", script.name());
    let path = bench.work(&name).with_extension("texts");
    let kind = if with_documents { "documents" } else { "plain" };
    let response = bench.work(&format!("{name}-{kind}")).with_extension("json");
    let (query, texts) = texts(script, documents, characters);
    fs::write(&response, self::response(&texts, with_documents))?;
    fs::write(&path, [vec![query], texts].concat().join("\u{1e}"))?;
    Ok((path, response))
}

/// Returns a response in the form of the service. Every third document comes before the others.
fn response(texts: &[String], with_documents: bool) -> String {
    let mut order: Vec<_> = (0..texts.len()).collect();
    order.sort_by_key(|index| (index % 3, *index));
    let results = order
        .iter()
        .zip(texts)
        .enumerate()
        .map(|(rank, (index, _))| {
            let score = 0.998_669 - rank as f64 * 0.007_351;
            let mut result =
                json!({"index": index, "relevance_score": (score * 1e6).round() / 1e6});
            if with_documents {
                result["document"] = texts[*index].as_str().into();
            }
            result
        });
    let response = json!({
        "created": 1_732_083_164,
        "id": "20241120141244890ab4ee4af84acf",
        "request_id": "6f6c2a52-98ac-4d53-8bd6-0c0ad4f7f0de",
        "results": results.collect::<Vec<_>>(),
        "usage": {"prompt_tokens": 72, "total_tokens": 72},
    });
    response.to_string()
}
