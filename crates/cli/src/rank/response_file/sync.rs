//! Syncs records to the disk on a separate thread, so that a slow disk delays no request.

use std::fs::File;
use std::io;
use std::sync::mpsc::{self, Receiver, SyncSender};
use std::thread::{self, JoinHandle};

use crate::text::warn;

/// Syncs a file after each record, or after several that were written meanwhile. A written record
/// survives a crash of the program; a synced one survives a crash of the system too.
#[derive(Debug)]
pub(super) struct Syncer {
    requests: Option<SyncSender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Syncer {
    pub(super) fn start(file: &File, name: &str) -> io::Result<Self> {
        let (file, name) = (file.try_clone()?, name.to_owned());
        // One waiting request is enough: it covers everything that is written before it is handled.
        let (requests, waiting) = mpsc::sync_channel(1);
        let thread = thread::Builder::new()
            .name("sync".to_owned())
            .spawn(move || run(&file, &name, &waiting))?;
        Ok(Self {
            requests: Some(requests),
            thread: Some(thread),
        })
    }

    /// Requests a sync of what was written.
    pub(super) fn request(&self) {
        if let Some(requests) = &self.requests {
            // Full: the waiting request covers this one. Closed: the thread has reported why.
            let _ = requests.try_send(());
        }
    }
}

fn run(file: &File, name: &str, waiting: &Receiver<()>) {
    for () in waiting {
        if let Err(error) = file.sync_data() {
            warn(&format!(
                "{name}: {error}; responses are kept, but may be lost if the system fails"
            ));
            return;
        }
    }
}

impl Drop for Syncer {
    fn drop(&mut self) {
        // Without a sender the thread ends after the last sync.
        self.requests = None;
        if let Some(thread) = self.thread.take() {
            // A thread that panicked has nothing left to sync.
            let _ = thread.join();
        }
    }
}
