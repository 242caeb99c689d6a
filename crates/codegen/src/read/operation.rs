//! Paths and their operations.

use std::collections::HashMap;

use bigmodel_rerank_openapi::grammar::Kind;
use bigmodel_rerank_openapi::{Method, by_overlay};

use super::Reader;
use super::fields::Node;
use super::path::{derived_name, unsound, whole_name};
use super::skipped::Obstacle;
use crate::model::{Body, Operation, Type, TypeRef};
use crate::names::{Names, pascal, snake};
use crate::reserved::CLIENT_METHODS;
use crate::rules;

impl<'a> Reader<'a> {
    pub(super) fn paths(&mut self, node: &Node<'a>, security: &[Vec<usize>]) -> Vec<Operation> {
        let mut operations: Vec<Operation> = Vec::new();
        if self.object(node, "operations", Kind::Paths).is_none() {
            return operations;
        }
        for (path, item) in node.members() {
            if path.starts_with("x-") {
                self.ledger
                    .documented(&item.pointer, item.value, "extension without effect");
                continue;
            }
            self.path_item(path, &item, security, &mut operations);
        }
        self.work_off_jobs();
        self.settle_params(&mut operations);
        self.rename_alike(&mut operations);
        self.name_streamed(&mut operations);
        self.gather_options(&mut operations);
        operations
    }

    fn path_item(
        &mut self,
        path: &str,
        item: &Node<'a>,
        security: &[Vec<usize>],
        operations: &mut Vec<Operation>,
    ) {
        let Some(mut fields) = self.object(item, "path", Kind::PathItem) else {
            return;
        };
        self.set_aside(&mut fields, &["summary", "description"], "prose");
        if fields.has("$ref") {
            let Some(target) = self.follow(item) else {
                return;
            };
            for (_, sibling) in item.members().filter(|(key, _)| is_call_keyword(key)) {
                self.depart(&rules::UNREAD, &sibling.pointer, "ignored beside `$ref`");
            }
            return self.path_item(path, &target, security, operations);
        }
        let obstacle = unsound(path).map(|problem| Obstacle {
            rule: &rules::PATH,
            reason: format!("`{path}` {problem}"),
            pointer: item.pointer.clone(),
        });
        let servers = fields.take("servers");
        let server = match servers.map(|servers| self.own_server(&servers)) {
            None => Ok(None),
            Some(server) => server,
        };
        let shared = fields.take("parameters");
        for method in Method::ALL {
            let Some(node) = fields.take(method.key()) else {
                continue;
            };
            let obstacle = obstacle.clone().or_else(|| self.unwritable(method, &node));
            let operation = match obstacle {
                Some(obstacle) => Err(obstacle),
                None => self.unless_skipped(|reader| {
                    let mut operation =
                        reader.operation(path, method, &node, shared.as_ref(), security)?;
                    if let Some(operation) = operation.as_mut().filter(|_| !has_servers(&node)) {
                        operation.own_server = server.clone()?;
                    }
                    Ok(operation)
                }),
            };
            match operation {
                Ok(operation) => operations.extend(operation),
                Err(obstacle) => self.skip(path, method, &node, obstacle),
            }
        }
        if let Some(shared) = shared {
            self.ledger
                .leave(&shared.pointer, shared.value, "used by no operation");
        }
        self.close(&fields);
    }

    fn operation(
        &mut self,
        path: &str,
        method: Method,
        node: &Node<'a>,
        shared: Option<&Node<'a>>,
        security: &[Vec<usize>],
    ) -> Result<Option<Operation>, Obstacle> {
        let Some(mut fields) = self.object(node, "method of the client", Kind::Operation) else {
            return Ok(None);
        };
        let id = fields.take("operationId");
        let ident = match id.and_then(|id| self.text(&id, "name of the method")) {
            Some(id) => snake(id),
            None => derived_name(method, path),
        };
        let name = pascal(&ident);
        self.set_aside(
            &mut fields,
            &[
                "tags",
                "summary",
                "description",
                "externalDocs",
                "callbacks",
                "deprecated",
            ],
            "prose",
        );
        let servers = fields.take("servers");
        let own_server = match servers {
            Some(servers) => self.own_server(&servers)?,
            None => None,
        };
        let own = fields.take("parameters");
        let params = self.params([shared, own.as_ref()], path, node, &name)?;
        let body = fields
            .take("requestBody")
            .map(|body| self.body(&body, &name));
        let security = match fields.take("security") {
            Some(node) => self.security(&node),
            None => security.to_vec(),
        };
        if security.iter().all(Vec::is_empty) {
            self.credential_params([shared, own.as_ref()]);
        }
        let responses = fields.take("responses");
        let answers = match &responses {
            Some(responses) => self.responses(responses, method, &name),
            None => Some(self.without_response(&node.pointer)),
        };
        self.close(&fields);
        let Some(answers) = answers else {
            return Ok(None);
        };
        let ident = if CLIENT_METHODS.contains(&ident.as_str()) {
            format!("{ident}_")
        } else {
            ident
        };
        Ok(Some(Operation {
            ident,
            method,
            path: path.to_owned(),
            pointer: node.pointer.clone(),
            tag: first_tag(node),
            docs: self.docs(node),
            params,
            options: None,
            body: body.flatten(),
            responses: answers.responses,
            success: answers.success,
            failure: answers.failure,
            security,
            own_server,
            streamed: answers.streamed,
        }))
    }

    /// The body of a request.
    fn body(&mut self, node: &Node<'a>, operation: &str) -> Option<Body> {
        let node = self.follow(node)?;
        let mut fields = self.object(&node, "request body", Kind::RequestBody)?;
        let required = fields.take("required");
        let required = self.flag(required, "required");
        self.set_aside(&mut fields, &["description"], "prose");
        let Some(content) = fields.take("content") else {
            self.report(&node.pointer, "the request body has no `content`", "add it");
            return None;
        };
        self.close(&fields);
        // Operations whose body has no media type that can be written are skipped.
        let chosen = self.request_content(&content, operation)?.main?;
        let type_ref = match chosen.type_ref.ty {
            Type::Stream(_) => TypeRef::plain(Type::Upload),
            _ => chosen.type_ref,
        };
        Some(Body {
            required,
            type_ref,
            media: chosen.media,
            format: chosen.format,
            sets_stream: false,
            example: chosen.example,
        })
    }

    /// Gives operations with the same Rust name others, made from method and path.
    fn rename_alike(&mut self, operations: &mut [Operation]) {
        let mut names = Names::default();
        let mut owners = HashMap::new();
        for operation in operations.iter_mut() {
            let call = format!("{} {}", operation.method, operation.path);
            if names.is_free(&operation.ident) {
                operation.ident = names.take(&operation.ident);
                owners.insert(operation.ident.clone(), call);
                continue;
            }
            let mut at = operation.pointer.key("operationId");
            if at.get(self.root).is_none() {
                at = operation.pointer.clone();
            }
            // Names must not depend on the order of operations, so numbers are the last resort.
            let short = derived_name(operation.method, &operation.path);
            let name = if names.is_free(&short) {
                names.take(&short)
            } else {
                names.take(&whole_name(operation.method, &operation.path))
            };
            let owner = owners
                .get(&operation.ident)
                .map_or("another", String::as_str);
            let message = format!("{owner} is called `{}` in Rust too", operation.ident);
            let help = by_overlay("give one an `operationId` of its own", &operation.pointer);
            self.remark(&rules::REPEATED_NAME, &at, message, help);
            owners.insert(name.clone(), call);
            operation.ident = name;
        }
    }
}

/// The first tag of an operation.
fn first_tag(operation: &Node<'_>) -> Option<String> {
    let tags = operation.value.get("tags")?.as_array()?;
    tags.first()?.as_str().map(str::to_owned)
}

/// Whether an operation names servers, in place of those of its path.
fn has_servers(operation: &Node<'_>) -> bool {
    operation.member("servers").is_some()
}

/// Whether a keyword of a path item changes its calls.
fn is_call_keyword(key: &str) -> bool {
    ["parameters", "servers"].contains(&key) || Method::ALL.iter().any(|method| method.key() == key)
}
