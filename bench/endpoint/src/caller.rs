//! A caller that behaves well: a small request and a look at the health, again and again.

use std::net::{Ipv4Addr, SocketAddr};
use std::thread;
use std::time::{Duration, Instant};

use crate::{bodies, http};

/// How long it waits between its calls.
const PAUSE: Duration = Duration::from_millis(50);

/// What the caller saw: how long calls took, in milliseconds, and how many got nothing.
pub(crate) struct Seen {
    rerank: Calls,
    health: Calls,
}

#[derive(Default)]
struct Calls {
    milliseconds: Vec<f64>,
    /// Answered with another status than 200.
    refused: u64,
    /// Not answered.
    failed: u64,
}

pub(crate) fn measure(server: SocketAddr, from: Ipv4Addr, time: Duration) -> Seen {
    let (rerank, health) = (http::rerank(&bodies::small()), http::get("/healthz"));
    let mut seen = Seen {
        rerank: Calls::default(),
        health: Calls::default(),
    };
    let start = Instant::now();
    while start.elapsed() < time {
        seen.rerank.add(server, from, &rerank);
        seen.health.add(server, from, &health);
        thread::sleep(PAUSE);
    }
    seen
}

impl Calls {
    /// A call on a connection of its own, as of a caller that comes anew.
    fn add(&mut self, server: SocketAddr, from: Ipv4Addr, request: &[u8]) {
        let start = Instant::now();
        let called =
            http::connect(server, from).and_then(|mut stream| http::call(&mut stream, request));
        match called {
            Ok((200, _)) => self.milliseconds.push(start.elapsed().as_secs_f64() * 1e3),
            Ok(_) => self.refused += 1,
            Err(_) => self.failed += 1,
        }
    }

    fn print(&mut self, name: &str) {
        self.milliseconds.sort_by(f64::total_cmp);
        let times = &self.milliseconds;
        if let (Some(median), Some(worst)) = (times.get(times.len() / 2), times.last()) {
            println!("{name}.median {median:.3}");
            println!("{name}.worst {worst:.3}");
        }
        println!("{name}.served {}", times.len());
        println!("{name}.refused {}", self.refused);
        println!("{name}.failed {}", self.failed);
    }
}

impl Seen {
    pub(crate) fn print(mut self, name: &str) {
        self.rerank.print(&format!("{name}.rerank"));
        self.health.print(&format!("{name}.health"));
    }
}
