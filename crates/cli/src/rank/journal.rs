//! `--resume`: a file of answers, so that a command that was interrupted can be run again
//! without sending what was answered.
//!
//! Each line is an object: the digest of a request, and its answer. There are no texts in it.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use bigmodel_rerank::Journal;
use bigmodel_rerank::api::types::{RerankRequest, RerankResponse};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::failure::Failure;

/// The answers of a file.
#[derive(Debug)]
pub(crate) struct Answers {
    name: String,
    kept: Mutex<Kept>,
}

#[derive(Debug)]
struct Kept {
    answers: HashMap<String, RerankResponse>,
    /// None once an answer could not be written.
    file: Option<File>,
}

#[derive(Deserialize, Serialize)]
struct Line {
    request: String,
    answer: RerankResponse,
}

impl Answers {
    /// Reads the answers of a file, which is made if there is none.
    pub(crate) fn open(path: &Path) -> Result<Self, Failure> {
        let name = path.display().to_string();
        let failed = |error: io::Error| Failure::new(format!("{name}: {error}"), "");
        let mut file = File::options()
            .read(true)
            .append(true)
            .create(true)
            .open(path)
            .map_err(failed)?;
        let mut text = String::new();
        file.read_to_string(&mut text).map_err(failed)?;
        let mut answers = HashMap::new();
        let mut whole = 0;
        for (number, line) in (1..).zip(text.split_inclusive('\n')) {
            // What was being written at the interruption has no end.
            let Some(line) = line.strip_suffix('\n') else {
                break;
            };
            let read: Line = serde_json::from_str(line).map_err(|_| not_ours(&name, number))?;
            answers.insert(read.request, read.answer);
            whole += line.len() + 1;
        }
        if whole < text.len() {
            if whole == 0 && !text.starts_with("{\"request\":\"") {
                return Err(not_ours(&name, 1));
            }
            file.set_len(whole as u64)
                .and_then(|()| file.seek(SeekFrom::End(0)))
                .map_err(failed)?;
        }
        Ok(Self {
            name,
            kept: Mutex::new(Kept {
                answers,
                file: Some(file),
            }),
        })
    }
}

fn not_ours(name: &str, line: usize) -> Failure {
    Failure::usage(
        format!("{name}:{line}: not an answer that --resume has kept"),
        "name a file of an earlier --resume, or one that is not there yet",
    )
}

impl Journal for Answers {
    fn find(&self, request: &RerankRequest) -> Option<RerankResponse> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.answers.get(&digest(request)?).cloned()
    }

    fn keep(&self, request: &RerankRequest, answer: &RerankResponse) {
        let Some(request) = digest(request) else {
            return;
        };
        let line = Line {
            request,
            answer: answer.clone(),
        };
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(file) = &mut kept.file else {
            return;
        };
        let written = serde_json::to_string(&line)
            .map_err(io::Error::from)
            .and_then(|line| file.write_all((line + "\n").as_bytes()));
        if let Err(error) = written {
            // The ranking goes on: what is answered is not lost by going on.
            let name = &self.name;
            let _ = writeln!(
                io::stderr(),
                "warning: {name}: {error}; answers from here on are not kept"
            );
            kept.file = None;
        }
    }
}

/// What tells requests apart: all but their ids.
fn digest(request: &RerankRequest) -> Option<String> {
    let mut request = request.clone();
    request.request_id = None;
    let bytes = serde_json::to_vec(&request).ok()?;
    let digest = Sha256::digest(bytes);
    Some(digest.iter().map(|byte| format!("{byte:02x}")).collect())
}
