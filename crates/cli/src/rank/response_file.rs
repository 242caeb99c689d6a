//! `--resume`: a file of responses, so that an interrupted command can be run again without
//! repeating requests that have a response.
//!
//! Each line is a record: the digest of a request, and the scores of its response. It has no texts,
//! and nothing else that the service sent, which may repeat a key.

mod record;
mod recover;
mod sync;

use std::collections::HashMap;
use std::fs::{self, File, TryLockError};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use bigmodel_rerank::api::types::RerankRequest;
use bigmodel_rerank::{BackendResponse, ResponseCache};
use sha2::{Digest, Sha256};

use crate::failure::Failure;
use crate::text::warn;
use record::Record;
use recover::Recovered;
use sync::Syncer;

/// The most damaged lines that are reported one by one.
const REPORTED: usize = 5;

/// The responses of a file.
#[derive(Debug)]
pub(crate) struct ResponseFile {
    name: String,
    url: String,
    kept: Mutex<Kept>,
}

#[derive(Debug)]
struct Kept {
    responses: HashMap<String, BackendResponse>,
    /// `None` once a response could not be written.
    writer: Option<Writer>,
}

#[derive(Debug)]
struct Writer {
    file: File,
    syncer: Syncer,
}

impl ResponseFile {
    /// Reads the responses of a file, or creates it; `url` is the service's.
    pub(crate) fn open(path: &Path, url: &str) -> Result<Self, Failure> {
        let name = path.display().to_string();
        let failed = |error: io::Error| Failure::new(format!("{name}: {error}"), "");
        let mut file = opened(path, &name)?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(failed)?;
        let recovered = recover::recover(&bytes).map_err(|refusal| refusal.failure(&name))?;
        warn_of_mode(&name, &file);
        repair(&mut file, &recovered).map_err(failed)?;
        report(&name, &recovered);
        let syncer = Syncer::start(&file, &name).map_err(failed)?;
        Ok(Self {
            name,
            url: url.trim_end_matches('/').to_owned(),
            kept: Mutex::new(Kept {
                responses: recovered.responses,
                writer: Some(Writer { file, syncer }),
            }),
        })
    }

    /// Returns the digest that identifies a request: of the service's URL, and the request without its
    /// id.
    fn digest(&self, request: &RerankRequest) -> Option<String> {
        let mut request = request.clone();
        request.request_id = None;
        let digest = Sha256::new()
            .chain_update(&self.url)
            .chain_update("\n")
            .chain_update(serde_json::to_vec(&request).ok()?)
            .finalize();
        Some(record::hexadecimal(&digest))
    }
}

/// Opens the file, which no other run writes to.
fn opened(path: &Path, name: &str) -> Result<File, Failure> {
    let failed = |error: io::Error| Failure::new(format!("{name}: {error}"), "");
    // Checked before opening, which can block forever on a pipe.
    let mut is_new = false;
    match fs::metadata(path) {
        Ok(about) if !about.is_file() => {
            return Err(Failure::usage(
                format!("{name}: expected a regular file to keep responses in"),
                recover::OTHER_FILE,
            ));
        }
        Ok(_) => {}
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(failed(error)),
        Err(_) => is_new = true,
    }
    let mut options = File::options();
    options.read(true).append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path).map_err(failed)?;
    if is_new {
        sync_folder(path);
    }
    // If files cannot be locked, users must keep two runs apart themselves.
    if let Err(TryLockError::WouldBlock) = file.try_lock() {
        return Err(Failure::usage(
            format!("{name}: another run is using the file"),
            "wait until that run ends, or use another file",
        ));
    }
    Ok(file)
}

/// Syncs the directory of a new file, so that its name survives a crash of the system.
fn sync_folder(path: &Path) {
    let folder = match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    };
    let _ = File::open(folder).and_then(|folder| folder.sync_all());
}

/// Warns if others can use the file. Its mode is not changed: it may be shared on purpose.
#[cfg(unix)]
fn warn_of_mode(name: &str, file: &File) {
    use std::os::unix::fs::PermissionsExt as _;

    let about = file.metadata();
    let mode = about.map_or(0, |about| about.permissions().mode() & 0o777);
    if mode & 0o077 != 0 {
        warn(&format!(
            "{name}: other users may read or change it (mode {mode:03o}); to stop that: chmod 600"
        ));
    }
}

#[cfg(not(unix))]
fn warn_of_mode(_: &str, _: &File) {}

/// Ends a line that has no end, so that the next record begins on its own line.
fn repair(file: &mut File, recovered: &Recovered) -> io::Result<()> {
    if let Some(length) = recovered.length {
        file.set_len(length)?;
        file.seek(SeekFrom::End(0))?;
    }
    if recovered.lacks_line_end {
        file.write_all(b"\n")?;
    }
    Ok(())
}

fn report(name: &str, recovered: &Recovered) {
    if let Some(line) = recovered.torn {
        warn(&format!(
            "{name}:{line}: the last record was not written to its end and is dropped; its \
             request is sent again"
        ));
    }
    for line in recovered.damaged.iter().take(REPORTED) {
        warn(&format!(
            "{name}:{line}: the record is damaged and not used; its request is sent again"
        ));
    }
    let more = recovered.damaged.len().saturating_sub(REPORTED);
    if more > 0 {
        warn(&format!("{name}: {more} more damaged lines are not used"));
    }
}

impl ResponseCache for ResponseFile {
    fn get(&self, request: &RerankRequest) -> Option<BackendResponse> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.responses.get(&self.digest(request)?).cloned()
    }

    fn put(&self, request: &RerankRequest, response: &BackendResponse) {
        let Some(digest) = self.digest(request) else {
            return;
        };
        // The service's texts may repeat what was sent to it, even the key, so none of them is
        // kept, and the id of the request is the one that was made here.
        let mut kept_response = BackendResponse::new(response.results.iter().copied());
        kept_response.request_id.clone_from(&request.request_id);
        kept_response.usage = response.usage;
        let record = Record {
            request: digest,
            response: kept_response,
        };
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(writer) = &mut kept.writer else {
            return;
        };
        let written = record
            .to_line()
            .and_then(|line| writer.file.write_all(line.as_bytes()));
        match written {
            Ok(()) => writer.syncer.request(),
            Err(error) => {
                // The ranking continues: responses are used although they are not kept.
                warn(&format!(
                    "{}: {error}; further responses are not kept",
                    self.name
                ));
                kept.writer = None;
            }
        }
    }
}
