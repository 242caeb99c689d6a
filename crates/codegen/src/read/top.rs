//! The document's own members: version, info, servers, components and paths.

use serde_json::Value;

use super::Reader;
use super::fields::Node;
use crate::model::{Api, Server};
use crate::names::{Names, is_type_name, pascal};
use crate::pointer::Pointer;

impl<'a> Reader<'a> {
    pub(super) fn document(&mut self, crate_name: Option<&str>) -> Option<Api> {
        let root = Node {
            value: self.root,
            pointer: Pointer::root(),
        };
        if !self.is_openapi_3_0(&root) {
            return None;
        }
        let mut fields = self.object(&root, "the contract", "the document")?;
        fields.take("openapi");
        self.set_aside(&mut fields, &["tags", "externalDocs"], "for readers");
        let info = fields.take("info");
        let server = fields.take("servers").and_then(|node| self.servers(&node));
        let security = fields.take("security");
        let components = fields.take("components");
        if let Some(components) = &components {
            self.name_components(components);
            self.components(components);
        }
        let security = security
            .map(|node| self.security(&node))
            .unwrap_or_default();
        let operations = match fields.take("paths") {
            Some(paths) => self.paths(&paths, &security),
            None => {
                self.find(
                    &root.pointer,
                    "the document has no `paths`",
                    "add `paths: {}`, or name the contract that was meant",
                );
                Vec::new()
            }
        };
        self.work_off_jobs();
        if let Some(components) = &components {
            self.leave_unused(components);
        }
        self.close(&fields);
        let info = self.info(&root, info, crate_name)?;
        Some(Api {
            server,
            schemes: std::mem::take(&mut self.schemes)
                .into_iter()
                .map(|(_, scheme)| scheme)
                .collect(),
            types: std::mem::take(&mut self.types),
            operations,
            left_out: std::mem::take(&mut self.left_out),
            ..info
        })
    }

    /// Whether this is a document that the generator can begin to read.
    fn is_openapi_3_0(&mut self, root: &Node<'a>) -> bool {
        let Value::Object(_) = root.value else {
            self.wrong_type(root, "an OpenAPI document", "an object");
            return false;
        };
        let Some(version) = root.member("openapi") else {
            let (at, problem, remedy) = match root.member("swagger") {
                Some(swagger) => (
                    swagger.pointer,
                    "this is Swagger 2.0",
                    "convert it to OpenAPI 3.0 first",
                ),
                None => (
                    root.pointer.clone(),
                    "this is not an OpenAPI document: it has no `openapi`",
                    "begin the document with `openapi: 3.0.3`",
                ),
            };
            self.find(&at, problem, remedy);
            return false;
        };
        let Some(text) = self.text(&version, "dialect") else {
            return false;
        };
        if is_version_3_0(text) {
            return true;
        }
        self.find(
            &version.pointer,
            format!("OpenAPI {text} is not supported, only 3.0"),
            "write the contract in terms of OpenAPI 3.0, with `openapi: 3.0.3`",
        );
        false
    }

    fn info(
        &mut self,
        root: &Node<'a>,
        info: Option<Node<'a>>,
        crate_name: Option<&str>,
    ) -> Option<Api> {
        let Some(info) = info else {
            self.find(
                &root.pointer,
                "the document has no `info`",
                "add `info` with a title and a version",
            );
            return None;
        };
        let mut fields = self.object(&info, "documentation of the crate", "`info`")?;
        let title = fields.take("title");
        let version = fields.take("version");
        for (key, node) in [("title", &title), ("version", &version)] {
            if node.is_none() {
                self.find(
                    &info.pointer,
                    format!("`info` has no `{key}`"),
                    format!("add `{key}`: OpenAPI demands it"),
                );
            }
        }
        let title = self.prose(title);
        let version = self.prose(version);
        let description_node = fields.take("description");
        let description = self.prose(description_node);
        self.set_aside(
            &mut fields,
            &["contact", "license", "termsOfService"],
            "for readers",
        );
        let package = fields.take("x-rust-crate");
        let package = self.package(&info, package, crate_name);
        self.close(&fields);
        Some(Api {
            title: title?,
            version: version?,
            description,
            package: package?,
            openapi: root.member("openapi")?.value.as_str()?.to_owned(),
            server: None,
            schemes: Vec::new(),
            types: Vec::new(),
            operations: Vec::new(),
            left_out: Vec::new(),
        })
    }

    /// The base URL of the first server, its variables at their defaults.
    fn servers(&mut self, node: &Node<'a>) -> Option<Server> {
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
            let mut fields = self.object(&server, "BASE_URL", "a server")?;
            let description = fields.take("description");
            let description = self.prose(description);
            let Some(url) = fields.take("url") else {
                self.find(&server.pointer, "a server has no `url`", "add its `url`");
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
            self.find(
                &node.pointer,
                format!("`{text}` is no base URL"),
                "write scheme, host and path, and give each variable a default",
            );
        }
        None
    }

    /// Settles the names of component schemas before any is read, so that they do not
    /// depend on who is read first: keys first, then titles that are still free.
    fn name_components(&mut self, components: &Node<'a>) {
        let schemas: Vec<_> = components
            .member("schemas")
            .iter()
            .flat_map(Node::members)
            .collect();
        let title = |node: &Node<'a>| {
            let title = node.value.get("title").and_then(Value::as_str)?;
            is_type_name(title).then_some(title)
        };
        let mut names = Names::default();
        let (titled, keyed): (Vec<_>, Vec<_>) = schemas
            .into_iter()
            .partition(|(key, node)| title(node).is_some_and(|title| title != pascal(key)));
        for (key, node) in keyed {
            let name = names.take_type(&pascal(key));
            self.component_names.insert(node.pointer, name);
        }
        for (key, node) in titled {
            let free = title(&node).filter(|title| names.is_free(title));
            let name = names.take_type(&free.map_or_else(|| pascal(key), str::to_owned));
            self.component_names.insert(node.pointer, name);
        }
        self.type_names = names;
    }

    fn components(&mut self, node: &Node<'a>) {
        let Some(mut fields) = self.object(node, "components", "`components`") else {
            return;
        };
        if let Some(schemas) = fields.take("schemas") {
            if self.object(&schemas, "types", "`schemas`").is_none() {
                return;
            }
            for (_, schema) in schemas.members() {
                let name = self.component_names.get(&schema.pointer).cloned();
                self.usage(&schema, &name.unwrap_or_default());
            }
        }
        // What operations refer to is read there; the rest is set aside at the end.
        for key in [
            "responses",
            "parameters",
            "requestBodies",
            "securitySchemes",
            "headers",
            "examples",
            "links",
            "callbacks",
        ] {
            fields.take(key);
        }
        self.close(&fields);
    }

    /// Components that no operation uses change nothing in the code.
    fn leave_unused(&mut self, node: &Node<'a>) {
        for (key, group) in node.members() {
            if key == "schemas" {
                continue;
            }
            for (_, component) in group.members() {
                self.ledger
                    .leave(&component.pointer, component.value, "used by no operation");
            }
            self.ledger.generated(&group.pointer, "components");
        }
    }
}

/// `3.0.3` and its siblings; some documents leave the last number out.
fn is_version_3_0(text: &str) -> bool {
    let patch = text.strip_prefix("3.0.");
    text == "3.0" || patch.is_some_and(|patch| patch.parse::<u8>().is_ok())
}
