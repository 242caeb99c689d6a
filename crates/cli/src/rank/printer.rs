//! Prints the results of many queries on a separate thread, so that a slow reader delays neither a
//! response nor Ctrl-C.

use std::sync::{Arc, mpsc};
use std::thread;

use bigmodel_rerank::CancellationToken;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};

use crate::failure::{Failure, print_on};

/// The most lines that wait to be read, besides those whose query is being ranked. While there
/// are that many, no further query is ranked.
const WAITING: usize = 16;

/// A permit for a line, released when the line is written.
pub(super) type Room = Option<OwnedSemaphorePermit>;

/// The result of the writing.
type Written = Result<bool, Failure>;

pub(super) struct Printer {
    lines: mpsc::Sender<(String, Room)>,
    room: Arc<Semaphore>,
    stop: CancellationToken,
    written: oneshot::Receiver<Written>,
}

impl Printer {
    /// Starts the thread, for `concurrency` queries at once; `stop` is cancelled when nothing can be
    /// written any more.
    pub(super) fn start(at_once: usize, stop: &CancellationToken) -> Result<Self, Failure> {
        let (lines, waiting) = mpsc::channel();
        let (ended, written) = oneshot::channel();
        let stopping = stop.clone();
        thread::Builder::new()
            .name("printer".to_owned())
            .spawn(move || {
                let end = write(&waiting);
                stopping.cancel();
                // Nobody waits for it when the program is ending.
                let _ = ended.send(end);
            })
            .map_err(|error| Failure::new(format!("no thread to print with: {error}"), ""))?;
        Ok(Self {
            lines,
            room: Arc::new(Semaphore::new(at_once.saturating_add(WAITING))),
            stop: stop.clone(),
            written,
        })
    }

    /// Waits for a permit for one more line; `None` once the calls are stopped.
    pub(super) fn room(&self) -> impl Future<Output = Room> + use<> {
        let (room, stop) = (Arc::clone(&self.room), self.stop.clone());
        async move {
            tokio::select! {
                room = room.acquire_owned() => room.ok(),
                () = stop.cancelled() => None,
            }
        }
    }

    pub(super) fn print(&self, line: String, room: Room) {
        // The thread ends early if nothing can be written any more, which `finish` returns.
        let _ = self.lines.send((line, room));
    }

    /// Waits until everything is written. False if the reader has closed standard output.
    pub(super) async fn finish(self) -> Written {
        drop(self.lines);
        // The thread sends before it ends.
        self.written.await.unwrap_or(Ok(false))
    }
}

fn write(lines: &mpsc::Receiver<(String, Room)>) -> Written {
    for (line, _room) in lines {
        if !print_on(&line)? {
            return Ok(false);
        }
    }
    Ok(true)
}
