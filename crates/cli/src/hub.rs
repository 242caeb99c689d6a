//! Models from a hub: downloaded once, into the cache that other programs for hubs use too.

mod cache;
mod checksum;
mod connection;
mod download;
mod listing;
mod name;
mod retry;
mod settings;

use std::path::{Path, PathBuf};

use bigmodel_rerank_model::needed_files;
use indicatif::{HumanBytes, ProgressBar, ProgressStyle};

use crate::failure::Failure;
use crate::text::{counted, note, warn};
use cache::Cache;
use connection::{Connection, Problem};
use listing::{File, Listing};
pub(crate) use name::Name;
use retry::Attempts;
use settings::Settings;

/// Returns the folder of a model, with all the files that it needs. `graph` is the file of the
/// graph, if it has another name than usual.
pub(crate) fn fetch(name: &Name, graph: Option<&Path>) -> Result<PathBuf, Failure> {
    let settings = Settings::from_env()?;
    let cache = Cache::new(&settings, name);
    if settings.is_offline {
        return cached(&cache, name).ok_or_else(|| {
            Failure::usage(
                format!(
                    "{name} is neither a folder nor in {}, and HF_HUB_OFFLINE is set",
                    settings.cache.display()
                ),
                "unset HF_HUB_OFFLINE to download it, or name a folder",
            )
        });
    }
    let connection = Connection::new(&settings, name)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::new(format!("no runtime: {error}"), ""))?;
    let listing = match runtime.block_on(listing(&connection)) {
        Ok(body) => Listing::parse(&body).map_err(|error| {
            let endpoint = &settings.endpoint;
            let message = format!("{name}: the response of {endpoint} is invalid: {error}");
            Failure::with_code(message, "set HF_ENDPOINT to the URL of a hub", 5)
        })?,
        Err(Problem::Final(failure)) => return Err(failure),
        Err(Problem::Temporary(reason)) => {
            let endpoint = &settings.endpoint;
            let message = format!("{name}: {endpoint} cannot be reached: {reason}");
            let Some(folder) = cached(&cache, name) else {
                let help = "check HF_ENDPOINT and the network, or name a folder with the model";
                return Err(Failure::with_code(message, help, 5));
            };
            warn(&format!(
                "{message}; using the copy in {}",
                folder.display()
            ));
            return Ok(folder);
        }
    };
    let files = needed(name, &settings, &listing, graph)?;
    runtime.block_on(complete(
        &connection,
        &settings,
        &cache,
        &listing.commit,
        &files,
    ))?;
    let set = cache.set_revision(&name.revision, &listing.commit);
    set.map_err(|error| unwritable(&settings, &error))?;
    Ok(cache.snapshot(&listing.commit))
}

/// The folder of the version that was downloaded last.
fn cached(cache: &Cache, name: &Name) -> Option<PathBuf> {
    let commit = cache.revision(&name.revision)?;
    Some(cache.snapshot(&commit))
}

async fn listing(connection: &Connection<'_>) -> Result<Vec<u8>, Problem> {
    let mut attempts = Attempts::default();
    loop {
        match connection.listing().await {
            Err(Problem::Temporary(reason)) => {
                if !attempts.failed(false).await {
                    return Err(Problem::Temporary(reason));
                }
            }
            done => return done,
        }
    }
}

/// The files that the model needs.
fn needed<'a>(
    name: &Name,
    settings: &Settings,
    listing: &'a Listing,
    graph: Option<&Path>,
) -> Result<Vec<&'a File>, Failure> {
    let paths: Vec<_> = listing
        .files
        .iter()
        .map(|file| file.path.as_str())
        .collect();
    let wanted = graph.map(|graph| graph.to_string_lossy().replace('\\', "/"));
    let Some(needed) = needed_files(&paths, wanted.as_deref()) else {
        let endpoint = &settings.endpoint;
        let missing = wanted.as_deref().unwrap_or("onnx/model.onnx or model.onnx");
        let graphs = paths.iter().copied().filter(|path| path.ends_with(".onnx"));
        let graphs: Vec<_> = graphs.take(20).collect();
        let help = match graphs.as_slice() {
            [] => format!(
                "export it with `optimum-cli export onnx --model {name} FOLDER`, and name the \
                 folder"
            ),
            graphs => format!(
                "pass one of its graphs as --model-file: {}",
                graphs.join(", ")
            ),
        };
        let message = format!("{name} of {endpoint} has no file {missing}");
        return Err(Failure::usage(message, &help));
    };
    let files = needed.into_iter();
    let files = files.filter_map(|path| listing.files.iter().find(|file| file.path == path));
    Ok(files.collect())
}

/// Downloads what is not there yet.
async fn complete(
    connection: &Connection<'_>,
    settings: &Settings,
    cache: &Cache,
    commit: &str,
    files: &[&File],
) -> Result<(), Failure> {
    let absent: Vec<_> = files
        .iter()
        .filter(|file| !cache.has(commit, file))
        .collect();
    let missing = absent.iter().filter(|file| !cache.has_blob(file));
    let sizes: Vec<_> = missing.map(|file| file.size).collect();
    let bar = progress(sizes.iter().sum())?;
    if !sizes.is_empty() {
        note(&format!(
            "downloading {}, {}, from {} to {}",
            counted(sizes.len(), "file"),
            HumanBytes(sizes.iter().sum()),
            settings.endpoint,
            settings.cache.display(),
        ));
    }
    for file in absent {
        bar.set_message(file.path.clone());
        if !cache.has_blob(file) {
            download::download(connection, cache, commit, file, &bar).await?;
        }
        // The runtime looks for external data beside the file that a link leads to.
        let is_data =
            |other: &&&File| other.path != file.path && other.path.starts_with(&file.path);
        let placed = cache.place(commit, file, files.iter().any(|other| is_data(&other)));
        placed.map_err(|error| unwritable(settings, &error))?;
    }
    bar.finish_and_clear();
    Ok(())
}

/// Progress on a terminal.
fn progress(bytes: u64) -> Result<ProgressBar, Failure> {
    let template = "{bar:30} {bytes} of {total_bytes}, {binary_bytes_per_sec}, {eta} left, {msg}";
    let style = ProgressStyle::with_template(template);
    let style = style.map_err(|error| Failure::new(error.to_string(), ""))?;
    Ok(ProgressBar::new(bytes).with_style(style))
}

fn unwritable(settings: &Settings, error: &std::io::Error) -> Failure {
    Failure::new(
        format!("{}: {error}", settings.cache.display()),
        "set HF_HOME to a folder that can be written",
    )
}
