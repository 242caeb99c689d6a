//! Requests to `rerank serve`, and the processor time that they take there.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;

use anyhow::{Context as _, ensure};
use serde_json::json;

use super::contenders::Setup;
use crate::serve::Served;

/// A server with a model, on one core.
pub(super) struct Server {
    served: Served,
    request: Vec<u8>,
}

impl Server {
    /// Starts a server, and sends it the texts once.
    pub(super) fn start(
        rerank: &Path,
        setup: Setup<'_>,
        query: &str,
        documents: &[String],
    ) -> anyhow::Result<Self> {
        let folder = setup.folder.display().to_string();
        let tokens = setup.tokens.to_string();
        let arguments = [
            "--model",
            &folder,
            "--model-file",
            setup.file,
            "--model-tokens",
            &tokens,
        ];
        let served = Served::start_on_core(rerank, 0, &arguments)?;
        let body = json!({"model": "rerank", "query": query, "documents": documents}).to_string();
        let head = format!(
            "POST /api/paas/v4/rerank HTTP/1.1\r\nhost: {}\r\ncontent-type: application/json\r\n\
             content-length: {}\r\nconnection: close\r\n\r\n",
            served.address(),
            body.len()
        );
        let server = Self {
            served,
            request: [head.as_bytes(), body.as_bytes()].concat(),
        };
        server.send()?;
        Ok(server)
    }

    /// Sends the request `count` times, and returns the processor time of the server in seconds.
    pub(super) fn cpu(&self, count: usize) -> anyhow::Result<f64> {
        let before = self.served.cpu_seconds()?;
        for _ in 0..count {
            self.send()?;
        }
        Ok(self.served.cpu_seconds()? - before)
    }

    fn send(&self) -> anyhow::Result<()> {
        let mut stream = TcpStream::connect(self.served.address()).context("rerank serve")?;
        stream.write_all(&self.request)?;
        let mut response = String::new();
        stream.read_to_string(&mut response)?;
        ensure!(response.starts_with("HTTP/1.1 200"), "{response}");
        Ok(())
    }
}
