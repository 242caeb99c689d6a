//! One load on a server, and what another caller sees of it while it lasts. Ends by itself.
//!
//! `bench-endpoint ADDRESS LOAD SECONDS` prints a line `NAME VALUE` for each figure. The load
//! comes from 127.0.0.1. The caller that is measured calls from there and from 127.0.0.2.

mod bodies;
mod caller;
mod http;
mod load;

use std::error::Error;
use std::net::{Ipv4Addr, SocketAddr};
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, AtomicU64};
use std::thread;
use std::time::Duration;

use load::Load;

/// Where the load comes from, and one of the callers.
const SAME: Ipv4Addr = Ipv4Addr::new(127, 0, 0, 1);
/// Where the other caller is.
const OTHER: Ipv4Addr = Ipv4Addr::new(127, 0, 0, 2);
/// How long a load has to build up.
const BUILD_UP: Duration = Duration::from_secs(2);
/// The longest that is measured, in seconds.
const LONGEST: u64 = 60;

/// What all threads of a load share.
struct Context {
    server: SocketAddr,
    over: AtomicBool,
    /// Requests of the load that were answered with a ranking, and otherwise.
    ranked: AtomicU64,
    refused: AtomicU64,
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let [server, load, seconds] = arguments.as_slice() else {
        return Err("expected ADDRESS LOAD SECONDS".into());
    };
    let load = Load::from_name(load).ok_or("unknown load")?;
    let seconds = Duration::from_secs(seconds.parse::<u64>()?.min(LONGEST));
    let context = Context {
        server: server.parse()?,
        over: AtomicBool::new(false),
        ranked: AtomicU64::new(0),
        refused: AtomicU64::new(0),
    };
    thread::scope(|scope| {
        let held = load.begin(&context, scope);
        thread::sleep(BUILD_UP);
        let callers = [("same", SAME), ("other", OTHER)].map(|(name, address)| {
            let server = context.server;
            (
                name,
                scope.spawn(move || caller::measure(server, address, seconds)),
            )
        });
        let connections = http::metric(context.server, OTHER, "rerank_connections");
        for (name, caller) in callers {
            let seen = caller.join().map_err(|_| "a caller failed")?;
            seen.print(name);
        }
        // What asks is a connection as well.
        println!("connections {}", connections?.saturating_sub(1));
        load::end(&context, held, seconds + BUILD_UP);
        Ok(())
    })
}
