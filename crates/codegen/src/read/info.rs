//! `info`: what the API is called, and what the generated crate is.

use bigmodel_rerank_openapi::grammar::Kind;

use super::Reader;
use super::fields::Node;
use crate::model::Info;

impl<'a> Reader<'a> {
    pub(super) fn info(
        &mut self,
        root: &Node<'a>,
        info: Option<Node<'a>>,
        crate_name: Option<&str>,
    ) -> Option<Info> {
        let Some(info) = info else {
            self.report(
                &root.pointer,
                "the document has no `info`",
                "add `info` with a title and a version",
            );
            return None;
        };
        let mut fields = self.object(&info, "documentation of the crate", Kind::Info)?;
        let title = fields.take("title");
        let version = fields.take("version");
        for (key, node) in [("title", &title), ("version", &version)] {
            if node.is_none() {
                self.report(
                    &info.pointer,
                    format!("`info` has no `{key}`"),
                    format!("add `{key}`, which OpenAPI requires"),
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
        Some(Info {
            title: title?,
            version: version?,
            description,
            package: package?,
        })
    }
}
