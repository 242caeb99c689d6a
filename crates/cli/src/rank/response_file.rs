//! `--resume`: a file of answers, so that a command that was interrupted can be run again
//! without sending what was answered.
//!
//! Each line is an object: the digest of a request, and its answer. There are no texts in it.

use std::collections::HashMap;
use std::fs::{self, File, TryLockError};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::iter;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use bigmodel_rerank::api::types::RerankRequest;
use bigmodel_rerank::{BackendResponse, ResponseCache};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::failure::Failure;

/// The answers of a file.
#[derive(Debug)]
pub(crate) struct ResponseFile {
    name: String,
    url: String,
    kept: Mutex<Kept>,
}

#[derive(Debug)]
struct Kept {
    answers: HashMap<String, BackendResponse>,
    /// None once an answer could not be written.
    file: Option<File>,
}

#[derive(Deserialize, Serialize)]
struct Line {
    request: String,
    answer: BackendResponse,
}

impl ResponseFile {
    /// Reads the answers of a file, which is made if there is none; `url` is who answers.
    pub(crate) fn open(path: &Path, url: &str) -> Result<Self, Failure> {
        let name = path.display().to_string();
        let mut file = opened(path, &name)?;
        let failed = |error: io::Error| Failure::new(format!("{name}: {error}"), "");
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(failed)?;
        // What was being written at an interruption has no end.
        let end = bytes.iter().rposition(|byte| *byte == b'\n');
        let (whole, torn) = bytes.split_at(end.map_or(0, |end| end + 1));
        let mut answers = HashMap::new();
        let mut lines = 0;
        for line in whole.split_inclusive(|byte| *byte == b'\n') {
            lines += 1;
            let read: Line = serde_json::from_slice(line).map_err(|_| not_ours(&name, lines))?;
            answers.insert(read.request, read.answer);
        }
        if !is_torn_line(torn) {
            return Err(not_ours(&name, lines + 1));
        }
        if !torn.is_empty() {
            file.set_len(whole.len() as u64)
                .and_then(|()| file.seek(SeekFrom::End(0)))
                .map_err(failed)?;
        }
        Ok(Self {
            name,
            url: url.trim_end_matches('/').to_owned(),
            kept: Mutex::new(Kept {
                answers,
                file: Some(file),
            }),
        })
    }

    /// What tells requests apart: who is asked, and all of the request but its id.
    fn digest(&self, request: &RerankRequest) -> Option<String> {
        let mut request = request.clone();
        request.request_id = None;
        let digest = Sha256::new()
            .chain_update(&self.url)
            .chain_update("\n")
            .chain_update(serde_json::to_vec(&request).ok()?)
            .finalize();
        Some(digest.iter().map(|byte| format!("{byte:02x}")).collect())
    }
}

/// The file, which no other run writes to.
fn opened(path: &Path, name: &str) -> Result<File, Failure> {
    let failed = |error: io::Error| Failure::new(format!("{name}: {error}"), "");
    // Seen before it is opened, which may wait for ever.
    match fs::metadata(path) {
        Ok(about) if !about.is_file() => {
            return Err(Failure::usage(
                format!("{name}: not a file that answers can be kept in"),
                "name a file of an earlier --resume, or one that is not there yet",
            ));
        }
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(failed(error)),
        _ => {}
    }
    let file = File::options()
        .read(true)
        .append(true)
        .create(true)
        .open(path)
        .map_err(failed)?;
    // Where files cannot be locked, two runs are the user's to keep apart.
    if let Err(TryLockError::WouldBlock) = file.try_lock() {
        return Err(Failure::usage(
            format!("{name}: another run keeps its answers there"),
            "wait until it has ended, or name another file",
        ));
    }
    Ok(file)
}

/// Whether these bytes are how a line begins, as far as they go.
fn is_torn_line(bytes: &[u8]) -> bool {
    let start = b"{\"request\":\"".iter().map(Some);
    let digest = iter::repeat_n(None, 64);
    let middle = b"\",\"answer\":{".iter().map(Some);
    let mut line = bytes.iter().zip(start.chain(digest).chain(middle));
    line.all(|(byte, wanted)| match wanted {
        Some(wanted) => byte == wanted,
        None => byte.is_ascii_hexdigit(),
    })
}

fn not_ours(name: &str, line: usize) -> Failure {
    Failure::usage(
        format!("{name}:{line}: not an answer that --resume has kept"),
        "name a file of an earlier --resume, or one that is not there yet",
    )
}

impl ResponseCache for ResponseFile {
    fn get(&self, request: &RerankRequest) -> Option<BackendResponse> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.answers.get(&self.digest(request)?).cloned()
    }

    fn put(&self, request: &RerankRequest, answer: &BackendResponse) {
        let Some(request) = self.digest(request) else {
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
