//! Parameters in path, query and header.

use bigmodel_rerank_openapi::by_overlay;

use super::Reader;
use super::fields::{Fields, Node};
use super::security::is_header_name;
use crate::model::{Docs, Param, Place, Scalar, Shape, Type, Use};
use crate::names::{Names, snake};

/// A parameter before its Rust name is settled, with what identifies it.
type Found = (Param, bigmodel_rerank_openapi::Pointer);

impl<'a> Reader<'a> {
    /// The parameters of an operation: its own replace those of its path.
    pub(super) fn params(
        &mut self,
        lists: [Option<&Node<'a>>; 2],
        path: &str,
        operation: &Node<'a>,
        name: &str,
    ) -> Vec<Param> {
        let mut found: Vec<Found> = Vec::new();
        for list in lists.into_iter().flatten() {
            if !list.value.is_array() {
                self.wrong_type(list, "`parameters`", "a list");
                continue;
            }
            self.ledger.generated(&list.pointer, "parameters");
            let mut own: Vec<Found> = Vec::new();
            for node in list.items() {
                let Some(param) = self.param(&node, name) else {
                    continue;
                };
                let same = |(other, _): &Found| same_name(other, &param);
                if own.iter().any(same) {
                    let problem = format!("parameter `{}` stands here twice", param.wire);
                    self.report(&node.pointer, problem, "remove one of the two");
                    continue;
                }
                found.retain(|other| !same(other));
                own.push((param, node.pointer));
            }
            found.append(&mut own);
        }
        self.match_template(path, &found, operation);
        let mut idents = Names::reserving(&["at", "body", "broken", "request", "self_", "url"]);
        found
            .into_iter()
            .map(|(mut param, _)| {
                param.ident = idents.take(&param.ident);
                param
            })
            .collect()
    }

    /// Every `{name}` of the path needs its parameter, and the other way round.
    fn match_template(&mut self, path: &str, found: &[Found], operation: &Node<'a>) {
        let names = template_names(path);
        for name in &names {
            let declared = |(param, _): &Found| param.place == Place::Path && param.wire == *name;
            if !found.iter().any(declared) {
                self.report(
                    &operation.pointer,
                    format!(
                        "the path has `{{{name}}}`, and no path parameter of that name is declared"
                    ),
                    format!("add a parameter `{name}` with `in: path` and `required: true`"),
                );
            }
        }
        for (param, pointer) in found {
            if param.place == Place::Path && !names.contains(&param.wire.as_str()) {
                let problem = format!("path parameter `{}` is not in the path", param.wire);
                self.report(
                    pointer,
                    problem,
                    "put it in braces into the path, or remove it",
                );
            }
        }
    }

    fn param(&mut self, node: &Node<'a>, operation: &str) -> Option<Param> {
        let node = self.follow(node)?;
        let mut fields = self.object(&node, "parameter", "a parameter")?;
        let (Some(place), Some(wire)) = (fields.take("in"), fields.take("name")) else {
            self.report(
                &node.pointer,
                "the parameter lacks `name` or `in`",
                "add both",
            );
            return None;
        };
        let wire_at = wire.pointer.clone();
        let wire = self.text(&wire, "parameter")?.to_owned();
        let remedy = by_overlay("remove the parameter", &node.pointer);
        let place = match self.text(&place, "parameter")? {
            "path" => Place::Path,
            "query" => Place::Query,
            "header" if is_contract_of_http(&wire) => {
                let note = "set by the request itself";
                self.ledger.documented(&node.pointer, node.value, note);
                return None;
            }
            "header" if is_header_name(&wire) => Place::Header,
            "header" => {
                self.report(&wire_at, format!("`{wire}` is no name of a header"), remedy);
                return None;
            }
            other => {
                let problem = format!("a parameter in `{other}` is not supported");
                self.report(&place.pointer, problem, remedy);
                return None;
            }
        };
        let required = fields.take("required");
        let required_at = required.as_ref().map(|node| node.pointer.clone());
        let required = self.flag(required, "required");
        if place == Place::Path && !required {
            let at = required_at.unwrap_or_else(|| node.pointer.clone());
            self.report(
                &at,
                format!("path parameter `{wire}` must be required"),
                "write `required: true`",
            );
        }
        let separator = self.separator(&mut fields, place)?;
        self.set_aside(
            &mut fields,
            &[
                "description",
                "deprecated",
                "example",
                "examples",
                "allowEmptyValue",
                "allowReserved",
            ],
            "prose",
        );
        if let Some(content) = fields.take("content") {
            self.refuse(
                &content.pointer,
                "a parameter given by `content` is not supported",
            );
            return None;
        }
        let schema = fields.take("schema");
        self.close(&fields);
        let Some(schema) = schema else {
            self.report(
                &node.pointer,
                format!("parameter `{wire}` has no `schema`"),
                "add it",
            );
            return None;
        };
        let name = format!("{operation}{}", crate::names::pascal(&wire));
        let usage = self.usage(&schema, &name)?;
        // What the parameter is stands beside it, what its values are in its schema.
        let (docs, of_values) = (self.docs(&node), self.docs(&schema));
        Some(Param {
            ident: snake(&wire),
            docs: Docs {
                example: docs.example.clone().or(of_values.example),
                default: of_values.default,
                format: of_values.format,
                ..docs
            },
            wire,
            place,
            required,
            usage,
            separator,
            pointer: schema.pointer,
        })
    }

    /// How an array is written: `None` repeats the name.
    fn separator(&mut self, fields: &mut Fields<'a>, place: Place) -> Option<Option<char>> {
        let style = fields.take("style");
        let explode = fields.take("explode");
        let exploded = explode.as_ref().and_then(|node| node.value.as_bool());
        self.flag(explode, "style of lists");
        let text = match &style {
            Some(node) => self.text(node, "style of lists")?,
            None if place == Place::Query => "form",
            None => "simple",
        };
        match (place, text) {
            (Place::Query, "form") => Some((exploded == Some(false)).then_some(',')),
            (Place::Query, "spaceDelimited") => Some((exploded != Some(true)).then_some(' ')),
            (Place::Query, "pipeDelimited") => Some((exploded != Some(true)).then_some('|')),
            (Place::Path | Place::Header, "simple") => Some(Some(',')),
            _ => {
                let at = style.map_or_else(|| fields.pointer.clone(), |node| node.pointer);
                self.refuse(
                    &at,
                    format!("parameters of style `{text}` are not supported here"),
                );
                None
            }
        }
    }

    /// Parameters are texts: scalars, enums and lists of those. Run when all types are read.
    pub(super) fn check_param(&mut self, param: &Param) {
        let item = match &param.usage.ty {
            Type::Array(items) => items.as_ref(),
            _ => &param.usage,
        };
        if !self.is_text(item) {
            self.refuse(
                &param.pointer,
                format!(
                    "parameter `{}` is neither a string, number, boolean or enum nor a list of those",
                    param.wire
                ),
            );
        }
    }

    fn is_text(&self, usage: &Use) -> bool {
        match &usage.ty {
            Type::Scalar(Scalar::Bool | Scalar::Int(_) | Scalar::Number(_) | Scalar::String) => {
                true
            }
            Type::Named(id) => matches!(
                self.types.get(*id).map(|def| &def.shape),
                Some(Shape::Enum(_) | Shape::Broken)
            ),
            _ => false,
        }
    }
}

/// Whether two parameters are one: the names of headers differ in more than case.
fn same_name(one: &Param, other: &Param) -> bool {
    let alike = one.wire == other.wire
        || (one.place == Place::Header && one.wire.eq_ignore_ascii_case(&other.wire));
    alike && one.place == other.place
}

/// Header parameters that OpenAPI says are described elsewhere.
fn is_contract_of_http(name: &str) -> bool {
    ["accept", "content-type", "authorization"].contains(&name.to_ascii_lowercase().as_str())
}

/// The names in braces, in order.
pub(crate) fn template_names(path: &str) -> Vec<&str> {
    path.split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
        .collect()
}
