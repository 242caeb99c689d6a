//! A hub of models on loopback: real HTTP, with ranges, redirects and faults.

use std::collections::VecDeque;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::thread;

use serde_json::json;
use sha1::Digest as _;

/// The version of every model.
pub(crate) const COMMIT: &str = "0123456789abcdef0123456789abcdef01234567";

/// What goes wrong when a large file is requested.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Fault {
    /// Sends this many bytes and closes the connection.
    Cut(usize),
    /// Sends this many bytes and resets the connection.
    Reset(usize),
    Status(u16),
    /// Sends other bytes, as many as the file has.
    Other,
    /// Sends all of the file, and not the range.
    NoRange,
}

/// A request: its path, and the headers `range` and `authorization`.
#[derive(Clone, Debug, Default)]
pub(crate) struct Asked {
    pub(crate) path: String,
    pub(crate) range: Option<String>,
    pub(crate) authorization: Option<String>,
}

struct State {
    models: Vec<(&'static str, PathBuf)>,
    faults: Mutex<VecDeque<Fault>>,
    /// The status of every description of a model.
    status: Mutex<Option<u16>>,
    asked: Mutex<Vec<Asked>>,
    port: u16,
}

/// A hub that runs until the end of the test.
pub(crate) struct Hub {
    address: SocketAddr,
    state: Arc<State>,
}

impl Hub {
    /// Starts a hub with these models, each a name and a folder.
    pub(crate) fn start(models: Vec<(&'static str, PathBuf)>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let state = Arc::new(State {
            models,
            faults: Mutex::default(),
            status: Mutex::default(),
            asked: Mutex::default(),
            port: address.port(),
        });
        let shared = Arc::clone(&state);
        thread::spawn(move || {
            for stream in listener.incoming() {
                let (Ok(stream), state) = (stream, Arc::clone(&shared)) else {
                    return;
                };
                // The hub ignores clients that disconnect.
                thread::spawn(move || state.respond(stream));
            }
        });
        Self { address, state }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The next requests for large files have these faults.
    pub(crate) fn fail(&self, faults: &[Fault]) {
        self.state.faults.lock().unwrap().extend(faults);
    }

    /// Every description of a model has this status.
    pub(crate) fn refuse(&self, status: u16) {
        *self.state.status.lock().unwrap() = Some(status);
    }

    /// Returns the requests so far, and forgets them.
    pub(crate) fn asked(&self) -> Vec<Asked> {
        std::mem::take(&mut self.state.asked.lock().unwrap())
    }
}

impl State {
    fn respond(&self, stream: TcpStream) -> Option<()> {
        let mut reader = BufReader::new(stream.try_clone().ok()?);
        let mut asked = Asked::default();
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        asked.path = line.split(' ').nth(1)?.to_owned();
        loop {
            line.clear();
            reader.read_line(&mut line).ok()?;
            let Some((name, value)) = line.trim().split_once(':') else {
                break;
            };
            match name.to_lowercase().as_str() {
                "range" => asked.range = Some(value.trim().to_owned()),
                "authorization" => asked.authorization = Some(value.trim().to_owned()),
                _ => {}
            }
        }
        self.asked.lock().unwrap().push(asked.clone());
        let path = asked.path.trim_start_matches('/');
        if let Some(path) = path.strip_prefix("api/models/") {
            return self.describe(stream, path);
        }
        if let Some(path) = path.strip_prefix("large/") {
            return self.large(stream, path, asked.range.as_deref());
        }
        let (model, file) = path.split_once(&format!("/resolve/{COMMIT}/"))?;
        let folder = self.folder(model)?;
        if file.contains(".onnx") {
            // On another host, as far as the client knows.
            let place = format!(
                "http://localhost:{}/large/{model}/resolve/{file}",
                self.port
            );
            return send(stream, 302, &[("location", place)], b"", 0);
        }
        let body = fs::read(folder.join(file)).ok()?;
        send(stream, 200, &[], &body, body.len())
    }

    fn folder(&self, model: &str) -> Option<&Path> {
        let found = self.models.iter().find(|(name, _)| *name == model);
        found.map(|(_, folder)| folder.as_path())
    }

    fn describe(&self, stream: TcpStream, path: &str) -> Option<()> {
        let status = *self.status.lock().unwrap();
        let (model, revision) = path.split_once("/revision/")?;
        let is_known = revision == "main?blobs=true" || revision == "v2?blobs=true";
        let (folder, status) = match (self.folder(model), status) {
            (Some(folder), None) if is_known => (folder, 200),
            (_, status) => return send(stream, status.unwrap_or(404), &[], b"{}", 2),
        };
        let siblings: Vec<_> = files(folder, "")
            .into_iter()
            .map(|name| {
                let content = fs::read(folder.join(&name)).unwrap();
                if name.contains(".onnx") {
                    let sha256 = hex(&sha2::Sha256::digest(&content));
                    let lfs = json!({"sha256": sha256, "size": content.len(), "pointerSize": 130});
                    json!({"rfilename": name, "size": content.len(), "blobId": "0", "lfs": lfs})
                } else {
                    let head = format!("blob {}\0", content.len());
                    let blob = sha1::Sha1::digest([head.as_bytes(), &content].concat());
                    json!({"rfilename": name, "size": content.len(), "blobId": hex(&blob)})
                }
            })
            .collect();
        let body = json!({"id": model, "sha": COMMIT, "siblings": siblings}).to_string();
        send(stream, status, &[], body.as_bytes(), body.len())
    }

    fn large(&self, stream: TcpStream, path: &str, range: Option<&str>) -> Option<()> {
        let (model, file) = path.split_once("/resolve/")?;
        let mut content = fs::read(self.folder(model)?.join(file)).ok()?;
        let all = content.len();
        let fault = self.faults.lock().unwrap().pop_front();
        if let Some(Fault::Status(status)) = fault {
            return send(stream, status, &[], b"", 0);
        }
        if let Some(Fault::Other) = fault {
            content.fill(7);
        }
        let range = range.filter(|_| !matches!(fault, Some(Fault::NoRange)));
        let first = range.map(|range| range.trim_start_matches("bytes=").trim_end_matches('-'));
        let first: usize = first.map_or(0, |first| first.parse().unwrap());
        let rest = &content[first.min(all)..];
        let headers = match range {
            Some(_) => vec![("content-range", format!("bytes {first}-{}/{all}", all - 1))],
            None => Vec::new(),
        };
        let status = if range.is_some() { 206 } else { 200 };
        match fault {
            Some(Fault::Cut(count)) => send(stream, status, &headers, &rest[..count], rest.len()),
            Some(Fault::Reset(count)) => {
                let mut lingering = stream.try_clone().ok()?;
                send(stream, status, &headers, &rest[..count], rest.len())?;
                // Until the client has what was sent, and then a reset in place of an end.
                thread::sleep(std::time::Duration::from_millis(50));
                socket2::SockRef::from(&lingering)
                    .set_linger(Some(std::time::Duration::ZERO))
                    .ok()?;
                lingering.flush().ok()
            }
            _ => send(stream, status, &headers, rest, rest.len()),
        }
    }
}

fn send(
    mut stream: TcpStream,
    status: u16,
    headers: &[(&str, String)],
    body: &[u8],
    length: usize,
) -> Option<()> {
    let mut head = format!("HTTP/1.1 {status} \r\ncontent-length: {length}\r\n");
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str("connection: close\r\n\r\n");
    stream.write_all(head.as_bytes()).ok()?;
    stream.write_all(body).ok()
}

/// The paths of the files in a folder.
fn files(folder: &Path, prefix: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        match entry.path().is_dir() {
            true => found.extend(files(&entry.path(), &format!("{name}/"))),
            false => found.push(name),
        }
    }
    found.sort();
    found
}

fn hex(digest: &[u8]) -> String {
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}
