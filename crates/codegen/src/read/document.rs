//! The document: its version, and its members in turn.

use bigmodel_rerank_openapi::Pointer;
use bigmodel_rerank_openapi::grammar::{Kind, is_extension};
use serde_json::Value;

use super::Reader;
use super::fields::Node;
use crate::dialect::Dialect;
use crate::model::Api;
use crate::rules;

impl<'a> Reader<'a> {
    pub(super) fn document(&mut self, crate_name: Option<&str>) -> Option<Api> {
        let root = Node {
            value: self.root,
            pointer: Pointer::root(),
        };
        if !self.is_supported(&root) {
            return None;
        }
        let mut fields = self.object(&root, "the contract", Kind::Document)?;
        fields.take("openapi");
        self.set_aside(&mut fields, &["tags", "externalDocs"], "for readers");
        self.set_aside(&mut fields, &["jsonSchemaDialect"], "for readers");
        if let Some(webhooks) = fields.take("webhooks") {
            self.webhooks(&webhooks);
        }
        let info = fields.take("info");
        let server = fields.take("servers").and_then(|node| self.servers(&node));
        self.server_url = server.as_ref().map(|server| server.base_url.clone());
        let security = fields.take("security");
        let components = fields.take("components");
        if let Some(components) = &components {
            self.name_components(components);
            self.components(components);
        }
        let security = security
            .map(|node| self.security(&node))
            .unwrap_or_default();
        let mut operations = match fields.take("paths") {
            Some(paths) => self.paths(&paths, &security),
            None => {
                self.report(
                    &root.pointer,
                    "the document has no `paths`",
                    "add `paths: {}`, or name the contract that was meant",
                );
                Vec::new()
            }
        };
        let own_servers = self.name_own_servers();
        self.apart_from_setters(&own_servers, &mut operations);
        self.work_off_jobs();
        if let Some(components) = &components {
            self.leave_unused(components);
        }
        self.close(&fields);
        let info = self.info(&root, info, crate_name)?;
        let openapi = root.member("openapi")?.value.as_str()?.to_owned();
        Some(Api {
            info,
            openapi,
            server,
            relative_server: self.relative_server.take(),
            own_servers,
            schemes: std::mem::take(&mut self.schemes)
                .into_iter()
                .map(|(_, scheme)| scheme)
                .collect(),
            types: std::mem::take(&mut self.types),
            operations,
            skipped: std::mem::take(&mut self.skipped),
        })
    }

    /// Whether this is an OpenAPI document of a supported version; reports why not.
    fn is_supported(&mut self, root: &Node<'a>) -> bool {
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
            self.report(&at, problem, remedy);
            return false;
        };
        let Some(text) = self.text(&version, "dialect") else {
            return false;
        };
        if let Some(dialect) = Dialect::of_version(text) {
            self.dialect = dialect;
            return true;
        }
        self.report(
            &version.pointer,
            format!("OpenAPI {text} is not supported, only 3.0, 3.1 and 3.2"),
            "write the contract in terms of OpenAPI 3.1, with `openapi: 3.1.0`",
        );
        false
    }

    /// Webhooks are requests that the service sends.
    fn webhooks(&mut self, node: &Node<'a>) {
        self.ledger
            .documented(&node.pointer, node.value, "sent by the service");
        for (name, item) in node.members().filter(|(name, _)| !is_extension(name)) {
            let message = format!("webhook `{name}` is not generated");
            let help = "no change is needed: a server for it is outside of a client";
            self.remark(&rules::WEBHOOK, &item.pointer, message, help);
        }
    }
}
