//! `servers`: where the service is, and where single operations are.

use bigmodel_rerank_openapi::Pointer;
use bigmodel_rerank_openapi::grammar::Kind;
use serde_json::Value;
use url::Url;

use super::Reader;
use super::fields::Node;
use super::skipped::Obstacle;
use crate::model::{OwnServer, Server};
use crate::names::{Names, snake};
use crate::reserved::CREDENTIALS;
use crate::rules;

impl<'a> Reader<'a> {
    /// The base URL of the document's first server.
    pub(super) fn servers(&mut self, node: &Node<'a>) -> Option<Server> {
        let found = self.first_server(node)?;
        if found.base_url.is_none() && is_absolute(&found.text) {
            self.remark(
                &rules::UNKNOWN_SERVER,
                &found.pointer,
                format!("`{}` is not a valid base URL", found.text),
                URL_HELP,
            );
        } else if found.base_url.is_none() && !found.text.is_empty() {
            // `/` alone says no more than a contract without servers.
            self.remark(
                &rules::UNKNOWN_SERVER,
                &found.pointer,
                format!(
                    "`{}` is a relative URL, so the host is not known",
                    found.text
                ),
                URL_HELP,
            );
            self.relative_server = Some(found.text.clone());
        }
        let (base_url, description) = (found.base_url?, found.description);
        Some(Server {
            base_url,
            description,
        })
    }

    /// The server of a path or an operation, as an index into those; `None` if it is the
    /// document's. The error is a URL that is not known.
    pub(super) fn own_server(&mut self, servers: &Node<'a>) -> Result<Option<usize>, Obstacle> {
        let of_document = self.root.get("servers").map(urls).unwrap_or_default();
        let own = urls(servers.value);
        if own.is_empty() || own == of_document {
            self.ledger
                .documented(&servers.pointer, servers.value, "the document's servers");
            return Ok(None);
        }
        let Some(found) = self.first_server(servers) else {
            return Ok(None);
        };
        let Some(base_url) = found.base_url else {
            return Err(Obstacle {
                rule: &rules::OPERATION_SERVER,
                reason: format!(
                    "its own server `{}` is not a valid absolute URL",
                    found.text
                ),
                pointer: found.pointer,
            });
        };
        if self.server_url.as_ref() == Some(&base_url) {
            return Ok(None);
        }
        let mut known = self.own_servers.iter();
        if let Some(index) = known.position(|server| server.base_url == base_url) {
            return Ok(Some(index));
        }
        self.own_servers.push(Server {
            base_url,
            description: found.description,
        });
        Ok(Some(self.own_servers.len() - 1))
    }

    /// Names the URLs of own servers after their hosts. Run when the security schemes are known.
    pub(super) fn name_own_servers(&mut self) -> Vec<OwnServer> {
        let mut names = Names::reserving(CREDENTIALS);
        for (_, scheme) in &self.schemes {
            names.take(&scheme.ident);
        }
        let servers = std::mem::take(&mut self.own_servers).into_iter();
        let named = servers.map(|server| OwnServer {
            ident: names.take(&snake(&format!("{}_url", host(&server.base_url)))),
            server,
        });
        named.collect()
    }

    /// The first of a list of servers, its variables at their defaults.
    fn first_server(&mut self, node: &Node<'a>) -> Option<FoundServer> {
        if !node.value.is_array() {
            self.wrong_type(node, "`servers`", "a list");
            return None;
        }
        self.ledger.generated(&node.pointer, "BASE_URL");
        let mut first = None;
        for (index, server) in node.items().enumerate() {
            if index > 0 {
                self.ledger
                    .documented(&server.pointer, server.value, "a further server");
                continue;
            }
            let mut fields = self.object(&server, "BASE_URL", Kind::Server)?;
            let description = fields.take("description");
            let description = self.prose(description);
            let Some(url) = fields.take("url") else {
                self.report(&server.pointer, "a server has no `url`", "add its `url`");
                return None;
            };
            let mut text = self.text(&url, "BASE_URL")?.to_owned();
            if let Some(variables) = fields.take("variables") {
                self.ledger
                    .documented(&variables.pointer, variables.value, "at its default");
                for (name, variable) in variables.members() {
                    let default = variable.value.get("default").and_then(Value::as_str);
                    text = text.replace(&format!("{{{name}}}"), default.unwrap_or_default());
                }
            }
            self.close(&fields);
            let text = text.trim_end_matches('/').to_owned();
            first = Some(FoundServer {
                base_url: is_base_url(&text).then(|| text.clone()),
                text,
                description,
                pointer: url.pointer,
            });
        }
        first
    }
}

/// A server as the contract has it.
struct FoundServer {
    /// The URL, its variables at their defaults, without a trailing slash.
    text: String,
    /// The same, if it names a service.
    base_url: Option<String>,
    description: Option<String>,
    pointer: Pointer,
}

/// How to make a server known.
const URL_HELP: &str = "write scheme, host and path, and give each variable a default";

fn urls(servers: &Value) -> Vec<&Value> {
    let servers = servers.as_array().map(Vec::as_slice).unwrap_or_default();
    servers
        .iter()
        .filter_map(|server| server.get("url"))
        .collect()
}

fn is_absolute(text: &str) -> bool {
    text.contains("://")
}

/// Whether a URL names a service; a relative one does not.
fn is_base_url(text: &str) -> bool {
    (text.starts_with("https://") || text.starts_with("http://"))
        && !text.contains(['{', '}', '?', '#', '@'])
        && !text.contains(char::is_whitespace)
        && Url::parse(text).is_ok()
}

/// The host of an absolute URL, with its port.
fn host(url: &str) -> &str {
    let (_, rest) = url.split_once("://").unwrap_or(("", url));
    rest.split('/').next().unwrap_or_default()
}
