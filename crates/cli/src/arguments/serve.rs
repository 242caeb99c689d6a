//! `rerank serve`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::at_least_one;

/// Serve the rerank contract on this machine, without an account.
///
/// Answers POST /api/paas/v4/rerank as BigModel's service does, scored here by BM25 over words
/// and n-grams of characters. Beside it: a page to try it on (/), the contract (/openapi.yaml), /healthz
/// and /metrics. SIGTERM and Ctrl-C stop it once what is under way is answered; a second one
/// stops it at once.
#[derive(Args, Debug)]
#[command(after_help = "\
Exit status: 0 stopped in good order, 1 some requests were cut off at the deadline or the
server could not start, 2 wrong usage.")]
pub(crate) struct ServeOptions {
    /// Address and port to listen on; port 0 lets the system choose.
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8321", value_parser = address)]
    pub(crate) listen: String,

    /// File of the API keys that callers must send, one a line; lines that start with # are
    /// skipped. Without it, the keys come from RERANK_SERVE_API_KEYS, separated by white space
    /// or commas; without either, no key is asked for.
    #[arg(long, value_name = "FILE")]
    pub(crate) api_keys: Option<PathBuf>,

    /// Serve other machines even without keys.
    #[arg(long)]
    pub(crate) allow_anonymous: bool,

    /// Rerank requests at once. One more waits a second for its turn, and is then answered 429.
    #[arg(long, value_name = "COUNT", default_value_t = 64, value_parser = at_least_one)]
    pub(crate) max_requests: usize,

    /// Seconds that requests under way get when the server is told to stop.
    #[arg(
        long,
        value_name = "SECONDS",
        default_value_t = 30,
        allow_negative_numbers = true
    )]
    pub(crate) stop_time: u64,

    /// What to log on standard error. `info` has a line for each request, without its texts.
    #[arg(long, value_enum, value_name = "LEVEL", default_value_t = Level::Info)]
    pub(crate) log: Level,
}

/// How much is logged.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Level {
    Off,
    Error,
    Warn,
    Info,
    Debug,
}

/// A host and a port; whether there is such a host is seen when it is bound.
fn address(text: &str) -> Result<String, String> {
    let sound = text.rsplit_once(':').is_some_and(|(host, port)| {
        let host_is_plain = !host.is_empty() && !host.contains('/');
        host_is_plain && port.parse::<u16>().is_ok()
    });
    if sound {
        Ok(text.to_owned())
    } else {
        Err("not an address and a port, as in 127.0.0.1:8321".to_owned())
    }
}
