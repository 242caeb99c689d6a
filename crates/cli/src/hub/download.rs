//! Downloads a file: resumed where it was interrupted, and complete and checked before it has its
//! name.

use std::fs::{self, File as OnDisk, OpenOptions};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::Path;

use indicatif::ProgressBar;
use reqwest::StatusCode;
use reqwest::header::CONTENT_RANGE;

use super::cache::Cache;
use super::checksum::Hasher;
use super::connection::{Connection, Problem, temporary};
use super::listing::File;
use super::retry::{Attempts, PROGRESS};
use crate::failure::Failure;

/// A file that arrives.
struct Incoming {
    on_disk: OnDisk,
    hasher: Hasher,
    /// The bytes that are there.
    size: u64,
}

/// Downloads the content of a file into the cache.
pub(super) async fn download(
    connection: &Connection<'_>,
    cache: &Cache,
    commit: &str,
    file: &File,
    bar: &ProgressBar,
) -> Result<(), Failure> {
    let blob = cache.blob(file);
    let incomplete = blob.with_extension("incomplete");
    let failed = |error: io::Error| on_disk(&incomplete, &error);
    if let Some(folder) = blob.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    let mut options = OpenOptions::new();
    let opened = options.read(true).write(true).create(true).truncate(false);
    let opened = opened.open(&incomplete).map_err(failed)?;
    // Another process may be downloading it.
    opened.lock().map_err(failed)?;
    if cache.has_blob(file) {
        // It was made by opening it, if the other process had renamed it before.
        let _ = fs::remove_file(&incomplete);
        return Ok(());
    }
    let mut incoming = Incoming::resume(opened, file).map_err(failed)?;
    bar.inc(incoming.size);
    let mut attempts = Attempts::default();
    while incoming.size < file.size {
        let before = incoming.size;
        match attempt(connection, commit, file, &mut incoming, bar).await {
            Ok(()) => {}
            Err(Attempt::OnDisk(error)) => return Err(failed(error)),
            Err(Attempt::Problem(Problem::Final(failure))) => return Err(failure),
            Err(Attempt::Problem(Problem::Temporary(reason))) => {
                let progress = incoming.size.saturating_sub(before);
                let goes_on = attempts.failed(progress >= PROGRESS).await;
                if !goes_on {
                    let message = format!("{}: {reason}", file.path);
                    let help = "run the command again; it goes on where it was interrupted";
                    return Err(Failure::with_code(message, help, 5));
                }
            }
        }
    }
    if !incoming.hasher.clone().matches(file) {
        incoming.on_disk.set_len(0).map_err(failed)?;
        let message = format!(
            "{}: the hub sent other content than its checksum says",
            file.path
        );
        let help =
            "run the command again; if it fails again, the hub or a proxy has a damaged copy";
        return Err(Failure::with_code(message, help, 5));
    }
    incoming.on_disk.sync_all().map_err(failed)?;
    fs::rename(&incomplete, &blob).map_err(failed)
}

/// What an attempt ended with.
enum Attempt {
    Problem(Problem),
    OnDisk(io::Error),
}

async fn attempt(
    connection: &Connection<'_>,
    commit: &str,
    file: &File,
    incoming: &mut Incoming,
    bar: &ProgressBar,
) -> Result<(), Attempt> {
    let response = connection.file(commit, &file.path, incoming.size).await;
    let mut response = response.map_err(Attempt::Problem)?;
    if incoming.size > 0 && !goes_on_at(&response, incoming.size) {
        // All of it is sent again.
        bar.set_position(bar.position().saturating_sub(incoming.size));
        incoming.restart(file).map_err(Attempt::OnDisk)?;
    }
    loop {
        let chunk = response.chunk().await;
        let chunk = chunk.map_err(|error| Attempt::Problem(temporary(&error)))?;
        let Some(chunk) = chunk else {
            break;
        };
        let size = incoming.size.saturating_add(chunk.len() as u64);
        if size > file.size {
            let message = "the hub sent more than the file has";
            return Err(Attempt::Problem(Problem::Temporary(message.to_owned())));
        }
        incoming
            .on_disk
            .write_all(&chunk)
            .map_err(Attempt::OnDisk)?;
        incoming.hasher.update(&chunk);
        incoming.size = size;
        bar.inc(chunk.len() as u64);
    }
    match incoming.size == file.size {
        true => Ok(()),
        false => {
            let (size, all) = (incoming.size, file.size);
            let message = format!("the response ended after {size} of {all} bytes");
            Err(Attempt::Problem(Problem::Temporary(message)))
        }
    }
}

/// Whether a response begins at this byte.
fn goes_on_at(response: &reqwest::Response, first: u64) -> bool {
    let range = response.headers().get(CONTENT_RANGE);
    let range = range.and_then(|value| value.to_str().ok());
    response.status() == StatusCode::PARTIAL_CONTENT
        && range.is_some_and(|range| range.starts_with(&format!("bytes {first}-")))
}

impl Incoming {
    /// Reads what is there already.
    fn resume(mut on_disk: OnDisk, file: &File) -> io::Result<Self> {
        let mut incoming = Self {
            hasher: Hasher::new(file),
            size: 0,
            on_disk: on_disk.try_clone()?,
        };
        if on_disk.metadata()?.len() >= file.size {
            on_disk.set_len(0)?;
            return Ok(incoming);
        }
        let mut buffer = vec![0; 1 << 16];
        loop {
            let count = on_disk.read(&mut buffer)?;
            let bytes = buffer.get(..count).unwrap_or_default();
            if bytes.is_empty() {
                return Ok(incoming);
            }
            incoming.hasher.update(bytes);
            incoming.size = incoming.size.saturating_add(count as u64);
        }
    }

    fn restart(&mut self, file: &File) -> io::Result<()> {
        self.on_disk.set_len(0)?;
        self.on_disk.seek(SeekFrom::Start(0))?;
        self.hasher = Hasher::new(file);
        self.size = 0;
        Ok(())
    }
}

fn on_disk(path: &Path, error: &io::Error) -> Failure {
    Failure::new(
        format!("{}: {error}", path.display()),
        "make room, or set HF_HOME to a folder that can be written",
    )
}
