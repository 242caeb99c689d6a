//! Parameters in path, query and header.

use bigmodel_rerank_openapi::by_overlay;
use bigmodel_rerank_openapi::grammar::Kind;

use super::Reader;
use super::fields::{Fields, Node};
use super::security::is_header_name;
use crate::model::{Docs, ListStyle, Param, ParameterLocation, Scalar, Shape, Type, TypeRef};
use crate::names::{Names, snake};
use crate::reserved::PARAMETERS;

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
        let mut idents = Names::reserving(PARAMETERS);
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
            let declared = |(param, _): &Found| {
                param.location == ParameterLocation::Path && param.wire == *name
            };
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
            if param.location == ParameterLocation::Path && !names.contains(&param.wire.as_str()) {
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
        let mut fields = self.object(&node, "parameter", Kind::Parameter)?;
        let (Some(location), Some(wire)) = (fields.take("in"), fields.take("name")) else {
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
        let location = match self.text(&location, "parameter")? {
            "path" => ParameterLocation::Path,
            "query" => ParameterLocation::Query,
            "header" if is_contract_of_http(&wire) => {
                let note = "set by the request itself";
                self.ledger.documented(&node.pointer, node.value, note);
                return None;
            }
            "header" if is_header_name(&wire) => ParameterLocation::Header,
            "header" => {
                self.report(&wire_at, format!("`{wire}` is no name of a header"), remedy);
                return None;
            }
            other => {
                let problem = format!("a parameter in `{other}` is not supported");
                self.report(&location.pointer, problem, remedy);
                return None;
            }
        };
        let required = fields.take("required");
        let required_at = required.as_ref().map(|node| node.pointer.clone());
        let required = self.flag(required, "required");
        if location == ParameterLocation::Path && !required {
            let at = required_at.unwrap_or_else(|| node.pointer.clone());
            self.report(
                &at,
                format!("path parameter `{wire}` must be required"),
                "write `required: true`",
            );
        }
        let list_style = self.list_style(&mut fields, location)?;
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
        let type_ref = self.type_ref(&schema, &name)?;
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
            location,
            required,
            type_ref,
            list_style,
            pointer: schema.pointer,
        })
    }

    /// How the items of a list are written.
    fn list_style(
        &mut self,
        fields: &mut Fields<'a>,
        location: ParameterLocation,
    ) -> Option<ListStyle> {
        let style = fields.take("style");
        let explode = fields.take("explode");
        let exploded = explode.as_ref().and_then(|node| node.value.as_bool());
        self.flag(explode, "style of lists");
        let text = match &style {
            Some(node) => self.text(node, "style of lists")?,
            None if location == ParameterLocation::Query => "form",
            None => "simple",
        };
        let joined = |separator| Some(ListStyle::Joined(separator));
        let repeated = Some(ListStyle::Repeated);
        match (location, text) {
            (ParameterLocation::Query, "form") if exploded == Some(false) => joined(','),
            (ParameterLocation::Query, "form") => repeated,
            (ParameterLocation::Query, "spaceDelimited" | "pipeDelimited")
                if exploded == Some(true) =>
            {
                repeated
            }
            (ParameterLocation::Query, "spaceDelimited") => joined(' '),
            (ParameterLocation::Query, "pipeDelimited") => joined('|'),
            (ParameterLocation::Path | ParameterLocation::Header, "simple") => joined(','),
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
        let item = match &param.type_ref.ty {
            Type::Array(items) => items.as_ref(),
            _ => &param.type_ref,
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

    fn is_text(&self, type_ref: &TypeRef) -> bool {
        match &type_ref.ty {
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
        || (one.location == ParameterLocation::Header
            && one.wire.eq_ignore_ascii_case(&other.wire));
    alike && one.location == other.location
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
