//! `rerank serve`.

mod handles;
mod keys;

use std::io::{self, Write};
use std::mem;
use std::net::SocketAddr;
use std::process;
use std::time::Duration;

use bigmodel_rerank_engine::{Scorer, ScorerKind};
use bigmodel_rerank_server::{BindError, Keys, Server, Settings, Stopped};

use crate::arguments::ServeOptions;
use crate::failure::Failure;
use crate::logging;
use crate::scorer::{self, Loaded};
use crate::signals::Signals;
use crate::text::printable;

/// The time that a request may take with a model, if nothing else is set: long documents by the
/// hundred take minutes.
const MODEL_TIMEOUT: Duration = Duration::from_secs(300);

pub(crate) fn serve(options: &ServeOptions) -> Result<(), Failure> {
    let _log = logging::start(options.log);
    let max_connections = handles::reserve(options.max_connections);
    if max_connections < options.max_connections {
        tracing::warn!(
            max_connections,
            "fewer connections than configured, since the limit of open files (ulimit -n) is too low"
        );
    }
    let loaded = scorer::load(options.model.as_deref(), &options.model_options)?;
    let default_timeout = match &options.model {
        None => Settings::default().work_timeout,
        Some(_) => MODEL_TIMEOUT,
    };
    let work_timeout = options.work_timeout.map(Duration::from_secs);
    let settings = Settings {
        work_timeout: work_timeout.unwrap_or(default_timeout),
        keys: keys::read(options.api_keys.as_deref())?,
        allow_anonymous: options.allow_anonymous,
        any_model: options.any_model,
        cors_origins: options.cors_allow_origin.iter().cloned().collect(),
        max_connections,
        max_requests: options.max_requests,
        address_share: options.address_share,
        stop_timeout: Duration::from_secs(options.stop_timeout),
        ..Settings::default()
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::new(format!("no threads to serve with: {error}"), ""))?;
    let stopped = runtime.block_on(run(&options.listen, loaded, settings));
    // The runtime is not awaited: work beyond the deadline ends with the program. Until then it
    // receives the second signal.
    mem::forget(runtime);
    let stopped = stopped?;
    match stopped.cut {
        0 => Ok(()),
        cut => Err(Failure::new(
            format!("requests were cut off unanswered, connections: {cut}"),
            "raise --stop-timeout",
        )),
    }
}

async fn run(listen: &str, loaded: Loaded, settings: Settings) -> Result<Stopped, Failure> {
    let keys = settings.keys.clone();
    let ranks_by = ranks_by(&loaded);
    let server = Server::bind(listen, loaded.scorer, settings)
        .await
        .map_err(not_bound)?;
    // Before the announcement, whose reader may stop the server.
    let mut stop = Signals::new()
        .map_err(|error| Failure::new(format!("cannot receive signals: {error}"), ""))?;
    announce(server.local_addr(), &ranks_by, &keys);
    let stopped = server
        .run(async move {
            let signal = stop.next().await;
            tokio::spawn(async move {
                stop.next().await;
                process::exit(1);
            });
            tracing::info!("stopping on {} after the requests in flight", signal.name);
        })
        .await;
    tracing::info!("stopped");
    Ok(stopped)
}

/// What ranks, for the announcement.
fn ranks_by(loaded: &Loaded) -> String {
    let description = loaded.scorer.description();
    if description.kind == ScorerKind::Lexical {
        return "shared words (BM25)".to_owned();
    }
    let name = printable(&description.name);
    let mut text = format!("{name} ({})", description.kind.name());
    if !description.languages.is_empty() {
        text.push_str(&format!(", made for {}", description.languages.join(", ")));
    }
    if let Some(time) = loaded.load_time {
        text.push_str(&format!(", loaded in {:.1} s", time.as_secs_f64()));
    }
    text
}

/// Announces the address. The server runs even if nobody can read it.
fn announce(address: SocketAddr, ranks_by: &str, keys: &Keys) {
    let keys = match keys.len() {
        0 => "none required".to_owned(),
        1 => "one accepted".to_owned(),
        count => format!("{count} accepted"),
    };
    let text = format!(
        "Serving http://{address}\n  \
           page      http://{address}/\n  \
           endpoint  POST http://{address}/api/paas/v4/rerank\n  \
           ranks by  {ranks_by}\n  \
           API keys  {keys}\n\
         Ctrl-C stops it.\n"
    );
    let mut out = io::stdout();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

fn not_bound(error: BindError) -> Failure {
    match error {
        BindError::Public(_) => Failure::usage(
            error.to_string(),
            "give keys with --api-keys FILE or in RERANK_SERVE_API_KEYS, listen on 127.0.0.1, or \
             serve everyone with --allow-anonymous",
        ),
        BindError::Clock => Failure::new(error.to_string(), "set the clock of this machine"),
        BindError::Io(_, ref reason) => {
            let help = match reason.kind() {
                io::ErrorKind::AddrInUse => {
                    "another program is listening there; choose another port with --listen"
                }
                _ => "use an address of this machine and a port, as in --listen 127.0.0.1:8321",
            };
            Failure::new(format!("{error}: {reason}"), help)
        }
        other => Failure::new(other.to_string(), ""),
    }
}
