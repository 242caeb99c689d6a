//! Ranks the chunks that a search has found, and prints the five best with their sources:
//!
//! ```console
//! $ cargo run --example retrieval -- "how is green tea brewed"
//! ```
//!
//! The key comes from the environment. `RERANK_BASE_URL` selects another endpoint, such as
//! `rerank serve`, which needs no key unless it was started with keys.

use std::env;
use std::process::ExitCode;

use bigmodel_rerank::{ApiKey, Error, ErrorKind, RefusedDocuments, Reranker};

/// A part of a document, as stored in an index.
struct Chunk {
    text: &'static str,
    source: &'static str,
    line: u32,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let query = env::args().nth(1);
    let query = query.as_deref().unwrap_or("how is green tea brewed");
    match print_best(query, CHUNKS).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}\n help: {}", help(&error));
            ExitCode::FAILURE
        }
    }
}

async fn print_best(query: &str, chunks: &[Chunk]) -> Result<(), Error> {
    let client = client()?;
    let ranking = client
        .rerank_by(query, chunks, |chunk| chunk.text)
        .top_n(5)
        .await?;
    for hit in &ranking {
        // The item is the caller's own chunk.
        let Chunk { text, source, line } = hit.item;
        println!("{:.3}  {source}:{line}  {text}", hit.score);
    }
    for refused in &ranking.refused {
        let Chunk { source, line, .. } = refused.item;
        eprintln!(
            "warning: {source}:{line} is not ranked: {}",
            refused.message
        );
    }
    Ok(())
}

fn client() -> Result<Reranker, Error> {
    // If the service refuses a chunk, rank the others.
    let mut builder = Reranker::builder().refused_documents(RefusedDocuments::Skip);
    let url = env::var("RERANK_BASE_URL")
        .ok()
        .filter(|url| !url.is_empty());
    match ApiKey::from_env() {
        Ok(key) => builder = builder.api_key(key),
        // No key is set, and another endpoint may not need one.
        Err(error) if url.is_some() && error.kind() == ErrorKind::Authentication => {}
        Err(error) => return Err(error),
    }
    if let Some(url) = url {
        builder = builder.base_url(url);
    }
    builder.build()
}

/// Returns what to do about a failure, by its kind.
fn help(error: &Error) -> String {
    let help = match (error.kind(), error.retry_after()) {
        (ErrorKind::RateLimited, Some(wait)) => format!("try again in {} s", wait.as_secs()),
        (ErrorKind::RateLimited, None) => "try again later, or lower `concurrency`".to_owned(),
        (ErrorKind::Quota, _) => "top up the account; retrying does not help".to_owned(),
        (ErrorKind::ContentRefused, _) => "the same texts are always refused".to_owned(),
        (ErrorKind::Authentication | ErrorKind::Permission, _) => "check the key".to_owned(),
        (kind, _) if error.is_transient() => format!("try again later ({kind:?})"),
        _ => "change the call; the same call fails again".to_owned(),
    };
    match error.partial() {
        // These have been charged, and may be better than no ranking.
        Some(partial) => format!("{help}; {} chunks have scores", partial.scores.len()),
        None => help,
    }
}

/// The chunks that a search has found.
const CHUNKS: &[Chunk] = &[
    Chunk {
        text: "Black tea is steeped in boiling water.",
        source: "tea.md",
        line: 12,
    },
    Chunk {
        text: "Green tea is brewed at 70 to 80 °C, for two minutes.",
        source: "tea.md",
        line: 31,
    },
    Chunk {
        text: "Copper conducts electricity well.",
        source: "metals.md",
        line: 4,
    },
    Chunk {
        text: "How green tea leaves are picked and steamed.",
        source: "tea.md",
        line: 58,
    },
    Chunk {
        text: "Coffee is brewed from roasted beans.",
        source: "coffee.md",
        line: 7,
    },
    Chunk {
        text: "A green roof is covered with plants.",
        source: "roofs.md",
        line: 2,
    },
    Chunk {
        text: "Iron rusts in moist air.",
        source: "metals.md",
        line: 19,
    },
];
