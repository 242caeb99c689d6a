//! `servers`: where the service is.

use bigmodel_rerank_openapi::grammar::Kind;
use serde_json::Value;

use super::Reader;
use super::fields::Node;
use crate::model::Server;
use crate::rules;

impl<'a> Reader<'a> {
    /// The base URL of the first server, its variables at their defaults.
    pub(super) fn servers(&mut self, node: &Node<'a>) -> Option<Server> {
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
            first = self.base_url(&url, text).map(|base_url| Server {
                base_url,
                description,
            });
        }
        first
    }

    /// A server's URL without its trailing slash; a relative one names no service.
    fn base_url(&mut self, node: &Node<'a>, text: String) -> Option<String> {
        let text = text.trim_end_matches('/');
        let absolute = text.starts_with("https://") || text.starts_with("http://");
        if absolute && !text.contains(['{', '}', '?', '#']) && !text.contains(char::is_whitespace) {
            return Some(text.to_owned());
        }
        if absolute || text.contains("://") {
            self.remark(
                &rules::UNKNOWN_SERVER,
                &node.pointer,
                format!("`{text}` is not a valid base URL"),
                "write scheme, host and path, and give each variable a default",
            );
        }
        None
    }
}
