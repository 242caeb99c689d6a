//! Security requirements and the schemes that they name.

use bigmodel_rerank_openapi::grammar::Kind;
use bigmodel_rerank_openapi::{Pointer, reference};
use serde_json::Value;

use super::Reader;
use super::fields::Node;
use crate::model::{Operation, OwnServer, Scheme, SchemeKind};
use crate::names::{Names, snake};
use crate::reserved::CREDENTIALS;
use crate::rules;

impl<'a> Reader<'a> {
    /// Alternatives, each a set of indices into the schemes; empty means no credentials.
    pub(super) fn security(&mut self, node: &Node<'a>) -> Vec<Vec<usize>> {
        if !node.value.is_array() {
            self.wrong_type(node, "`security`", "a list of requirements");
            return Vec::new();
        }
        self.ledger.generated(&node.pointer, "credentials");
        let mut alternatives = Vec::new();
        for requirement in node.items() {
            if !requirement.value.is_object() {
                self.wrong_type(&requirement, "a security requirement", "an object");
                continue;
            }
            self.ledger.generated(&requirement.pointer, "credentials");
            let schemes: Option<Vec<_>> = requirement
                .members()
                .map(|(name, scopes)| {
                    self.ledger
                        .documented(&scopes.pointer, scopes.value, "scopes");
                    self.ledger.generated(&scopes.pointer, "credentials");
                    self.scheme(name, &scopes)
                })
                .collect();
            alternatives.extend(schemes);
        }
        alternatives
    }

    /// Header parameters `Authorization` of an operation without security, which OpenAPI has ignored.
    pub(super) fn credential_params(&mut self, lists: [Option<&Node<'a>>; 2]) {
        for param in lists.into_iter().flatten().flat_map(Node::items) {
            let Some((value, _)) = reference::resolve(self.root, param.value, &param.pointer)
            else {
                continue;
            };
            let text = |key: &str| value.get(key).and_then(Value::as_str).unwrap_or_default();
            if text("in") == "header" && text("name").eq_ignore_ascii_case("authorization") {
                self.remark(
                    &rules::UNKNOWN_SECURITY,
                    &param.pointer,
                    "a parameter `Authorization` is ignored, and the operation has no `security`",
                    "describe it in `components.securitySchemes`, and name that in `security`",
                );
            }
        }
    }

    /// The client has a method `with_…` for each credential, and for the URL of each own server.
    pub(super) fn apart_from_setters(&self, servers: &[OwnServer], operations: &mut [Operation]) {
        let schemes = self.schemes.iter().map(|(_, scheme)| &scheme.ident);
        let setters: Vec<_> = schemes
            .chain(servers.iter().map(|server| &server.ident))
            .collect();
        for operation in operations {
            let name = operation.ident.strip_prefix("with_");
            if name.is_some_and(|name| setters.iter().any(|setter| *setter == name)) {
                operation.ident.push('_');
            }
        }
    }

    /// The index of the scheme that a requirement names.
    fn scheme(&mut self, name: &str, asked: &Node<'a>) -> Option<usize> {
        if let Some(index) = self.schemes.iter().position(|(known, _)| known == name) {
            return Some(index);
        }
        let pointer = Pointer::root()
            .key("components")
            .key("securitySchemes")
            .key(name);
        let Some(value) = self.root.pointer(pointer.as_str()) else {
            self.remark(
                &rules::UNKNOWN_SECURITY,
                &asked.pointer,
                format!("there is no security scheme `{name}`"),
                "add it to `components.securitySchemes`, or correct the name",
            );
            return None;
        };
        let node = self.follow(&Node { value, pointer })?;
        let kind = self.scheme_kind(&node)?;
        let mut names = Names::default();
        for (_, other) in &self.schemes {
            names.take(&other.ident);
        }
        let scheme = Scheme {
            ident: names.take(&field_name(name)),
            kind,
            docs: self.docs(&node),
        };
        self.schemes.push((name.to_owned(), scheme));
        Some(self.schemes.len() - 1)
    }

    fn scheme_kind(&mut self, node: &Node<'a>) -> Option<SchemeKind> {
        let mut fields = self.object(node, "credentials", Kind::SecurityScheme)?;
        self.set_aside(
            &mut fields,
            &["description", "bearerFormat", "flows", "openIdConnectUrl"],
            "prose",
        );
        let Some(kind) = fields.take("type") else {
            self.remark(
                &rules::UNKNOWN_SECURITY,
                &node.pointer,
                "the security scheme has no `type`",
                "add it",
            );
            return None;
        };
        let kind = match self.text(&kind, "credentials")? {
            "oauth2" | "openIdConnect" => SchemeKind::Bearer,
            "http" => {
                let scheme = fields.take("scheme");
                let text = match &scheme {
                    Some(node) => self.text(node, "credentials")?.to_ascii_lowercase(),
                    None => {
                        self.remark(
                            &rules::UNKNOWN_SECURITY,
                            &node.pointer,
                            "the security scheme has no `scheme`",
                            "add it",
                        );
                        return None;
                    }
                };
                match text.as_str() {
                    "bearer" => SchemeKind::Bearer,
                    "basic" => SchemeKind::Basic,
                    other => {
                        let problem = format!("HTTP authentication `{other}` is not supported");
                        let at = node.pointer.key("scheme");
                        self.remark(
                            &rules::UNKNOWN_SECURITY,
                            &at,
                            problem,
                            "use bearer, basic or an apiKey",
                        );
                        return None;
                    }
                }
            }
            "apiKey" => {
                let (Some(place), Some(name)) = (fields.take("in"), fields.take("name")) else {
                    self.remark(
                        &rules::UNKNOWN_SECURITY,
                        &node.pointer,
                        "the apiKey lacks `in` or `name`",
                        "add both",
                    );
                    return None;
                };
                let wire = self.text(&name, "credentials")?.to_owned();
                match self.text(&place, "credentials")? {
                    "header" if is_header_name(&wire) => SchemeKind::Header(wire),
                    "query" => SchemeKind::Query(wire),
                    "cookie" if is_header_name(&wire) => SchemeKind::Cookie(wire),
                    place => {
                        let problem = format!("a key named `{wire}` cannot be sent in `{place}`");
                        self.remark(
                            &rules::UNKNOWN_SECURITY,
                            &node.pointer.key("in"),
                            problem,
                            "use a sound name in header, query or cookie",
                        );
                        return None;
                    }
                }
            }
            other => {
                let problem = format!("security of type `{other}` is not supported");
                self.remark(
                    &rules::UNKNOWN_SECURITY,
                    &node.pointer.key("type"),
                    problem,
                    "use http, apiKey, oauth2 or openIdConnect",
                );
                return None;
            }
        };
        self.close(&fields);
        Some(kind)
    }
}

/// The field of the client that holds the credential.
fn field_name(scheme: &str) -> String {
    let name = snake(scheme);
    if CREDENTIALS.contains(&name.as_str()) {
        format!("{name}_")
    } else {
        name
    }
}

/// Whether a text is a token in the sense of RFC 9110.
pub(super) fn is_header_name(text: &str) -> bool {
    !text.is_empty()
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c))
}
