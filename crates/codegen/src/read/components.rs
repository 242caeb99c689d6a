//! `components`: names of schemas, and what no operation uses.

use bigmodel_rerank_openapi::grammar::{Kind, Version, keywords};
use serde_json::Value;

use super::Reader;
use super::fields::Node;
use crate::dialect::Dialect;
use crate::names::{Names, is_type_name, pascal};

impl<'a> Reader<'a> {
    /// Chooses the names of component schemas before any is read, so that they do not depend on
    /// the order of reading: keys first, then titles that are still free.
    pub(super) fn name_components(&mut self, components: &Node<'a>) {
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

    pub(super) fn components(&mut self, node: &Node<'a>) {
        let Some(mut fields) = self.object(node, "components", Kind::Components) else {
            return;
        };
        if let Some(schemas) = fields.take("schemas") {
            if self.map(&schemas, "types").is_none() {
                return;
            }
            self.declare_forms(&schemas);
            for (_, schema) in schemas.members() {
                let name = self.component_names.get(&schema.pointer).cloned();
                self.type_ref(&schema, &name.unwrap_or_default());
            }
        }
        // What operations refer to is read with them; the rest is accounted for at the end.
        for keyword in keywords(Kind::Components) {
            if keyword.since == Version::V3_0 || self.dialect == Dialect::V3_1 {
                fields.take(keyword.name);
            }
        }
        self.close(&fields);
    }

    /// Accounts for components that no operation uses: they change nothing in the code.
    pub(super) fn leave_unused(&mut self, node: &Node<'a>) {
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
