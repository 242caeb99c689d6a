//! The loads. Each is bounded in connections, and ends when it is told to.

use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::sync::atomic::Ordering::Relaxed;
use std::thread::{self, Scope};
use std::time::{Duration, Instant};

use crate::{Context, SAME, bodies, http};

pub(crate) enum Load {
    Nothing,
    /// So many connections that send this body again and again.
    Requests(usize, String),
    /// So many connections that send nothing.
    Idle(usize),
    /// So many connections that send all of this body but its end.
    Stalled(usize, String),
    /// So many connections that send this body and read nothing.
    Unread(usize, String),
}

impl Load {
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "nothing" => Self::Nothing,
            "small" => Self::Requests(64, bodies::small()),
            "longest" => Self::Requests(8, bodies::longest()),
            "nested" => Self::Requests(16, bodies::nested()),
            "expanding" => Self::Requests(16, bodies::expanding()),
            "expanding-within" => Self::Requests(16, bodies::expanding_within_the_limit()),
            "idle" => Self::Idle(2100),
            "uploads" => Self::Stalled(64, bodies::nested()),
            "half-sent" => Self::Stalled(2100, bodies::small()),
            "readers" => Self::Unread(64, bodies::large_response()),
            _ => return None,
        })
    }

    /// Begins; gives the connections that are held until the end.
    pub(crate) fn begin<'scope>(
        self,
        context: &'scope Context,
        scope: &'scope Scope<'scope, '_>,
    ) -> Vec<TcpStream> {
        match self {
            Self::Nothing => Vec::new(),
            Self::Requests(count, body) => {
                for _ in 0..count {
                    let request = http::rerank(&body);
                    scope.spawn(move || repeat(context, &request));
                }
                Vec::new()
            }
            Self::Idle(count) => (0..count).filter_map(|_| held(context, b"")).collect(),
            Self::Stalled(count, body) => {
                let request = http::rerank(&body);
                let part = request.get(..request.len() - 10).unwrap_or_default();
                sent(context, scope, count, part, true)
            }
            Self::Unread(count, body) => sent(context, scope, count, &http::rerank(&body), false),
        }
    }
}

/// Connections that have sent these bytes, one after the other; large ones side by side, as a
/// server may leave them unread.
fn sent<'scope>(
    context: &'scope Context,
    scope: &'scope Scope<'scope, '_>,
    count: usize,
    bytes: &[u8],
    reads: bool,
) -> Vec<TcpStream> {
    if bytes.len() < 64 << 10 {
        return (0..count).filter_map(|_| held(context, bytes)).collect();
    }
    for _ in 0..count {
        let bytes = bytes.to_vec();
        scope.spawn(move || {
            // Again as soon as the server has ended it: a hostile caller does not give up.
            while !context.over.load(Relaxed) {
                if let Some(mut stream) = held(context, &bytes) {
                    hold(context, &mut stream, reads);
                }
            }
        });
    }
    Vec::new()
}

fn held(context: &Context, bytes: &[u8]) -> Option<TcpStream> {
    let mut stream = http::connect(context.server, SAME).ok()?;
    stream.write_all(bytes).ok()?;
    Some(stream)
}

/// Holds the connection until the server has ended it, the time for one is up, or the load is
/// over. A caller that reads nothing does not see that it has ended.
fn hold(context: &Context, stream: &mut TcpStream, reads: bool) {
    const LONGEST: Duration = Duration::from_secs(12);
    let pause = Duration::from_millis(100);
    let start = Instant::now();
    let _ = stream.set_read_timeout(Some(pause));
    let mut piece = [0; 4096];
    while !context.over.load(Relaxed) && start.elapsed() < LONGEST {
        if !reads {
            thread::sleep(pause);
            continue;
        }
        match stream.read(&mut piece) {
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {}
            Ok(count) if count > 0 => {}
            _ => return,
        }
    }
}

/// Sends the request again and again.
fn repeat(context: &Context, request: &[u8]) {
    let mut stream = None;
    while !context.over.load(Relaxed) {
        let connected = match stream.take() {
            Some(stream) => Ok(stream),
            None => http::connect(context.server, SAME),
        };
        let Ok(mut open) = connected else {
            continue;
        };
        match http::call(&mut open, request) {
            Ok((200, _)) => {
                context.ranked.fetch_add(1, Relaxed);
                stream = Some(open);
            }
            _ => {
                context.refused.fetch_add(1, Relaxed);
            }
        }
    }
}

/// Ends the load, and prints what became of its requests.
pub(crate) fn end(context: &Context, held: Vec<TcpStream>, time: Duration) {
    let rate = context.ranked.load(Relaxed) as f64 / time.as_secs_f64();
    println!("load.ranked_per_second {rate:.1}");
    println!("load.refused {}", context.refused.load(Relaxed));
    context.over.store(true, Relaxed);
    drop(held);
}
