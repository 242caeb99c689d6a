//! Parameters in path, query, header and cookie.

use bigmodel_rerank_openapi::grammar::Kind;
use bigmodel_rerank_openapi::{Pointer, by_overlay};
use serde_json::Value;

use super::Reader;
use super::content::is_json;
use super::fields::Node;
use super::security::is_header_name;
use super::skipped::Obstacle;
use crate::model::{Docs, Param, ParameterLocation, Styling, Writing};
use crate::names::{Names, snake};
use crate::reserved::PARAMETERS;
use crate::rules;

/// A parameter before its Rust name is settled, with what identifies it.
pub(super) type Found = (Param, Pointer);

/// Why a parameter is not one of the method.
enum Without {
    /// It is set by the request itself, or a problem says why.
    Settled,
    /// It cannot be written.
    Unwritable { reason: String, pointer: Pointer },
}

impl<'a> Reader<'a> {
    /// The parameters of an operation: its own replace those of its path. The error is a required
    /// one that cannot be written.
    pub(super) fn params(
        &mut self,
        lists: [Option<&Node<'a>>; 2],
        path: &str,
        operation: &Node<'a>,
        name: &str,
    ) -> Result<Vec<Param>, Obstacle> {
        let mut found: Vec<Found> = Vec::new();
        for list in lists.into_iter().flatten() {
            if !list.value.is_array() {
                self.wrong_type(list, "`parameters`", "a list");
                continue;
            }
            self.ledger.generated(&list.pointer, "parameters");
            let mut own: Vec<Found> = Vec::new();
            for node in list.items() {
                let Some(param) = self.writable_param(&node, name)? else {
                    continue;
                };
                let same = |(other, _): &Found| same_name(other, &param);
                if own.iter().any(same) {
                    let problem = format!("parameter `{}` is here twice", param.wire);
                    self.remark(
                        &rules::PARAMETER,
                        &node.pointer,
                        problem,
                        "remove one of the two",
                    );
                    continue;
                }
                found.retain(|other| !same(other));
                own.push((param, node.pointer));
            }
            found.append(&mut own);
        }
        self.match_template(path, &mut found, operation)?;
        let mut idents = Names::reserving(PARAMETERS);
        Ok(found
            .into_iter()
            .map(|(mut param, _)| {
                param.ident = idents.take(&param.ident);
                param
            })
            .collect())
    }

    /// Reads a parameter; `None` if the method does without it.
    fn writable_param(
        &mut self,
        node: &Node<'a>,
        operation: &str,
    ) -> Result<Option<Param>, Obstacle> {
        let Some(node) = self.follow(node) else {
            return Ok(None);
        };
        let (reason, pointer) = match self.param(&node, operation) {
            Ok(param) => return Ok(Some(param)),
            Err(Without::Settled) => return Ok(None),
            Err(Without::Unwritable { reason, pointer }) => (reason, pointer),
        };
        if node.value.get("required") == Some(&Value::Bool(true)) {
            return Err(Obstacle {
                rule: &rules::OPERATION_PARAMETER,
                reason,
                pointer,
            });
        }
        self.ledger
            .depart(&node.pointer, node.value, &rules::PARAMETER);
        let help = by_overlay("remove the parameter", &node.pointer);
        self.remark(&rules::PARAMETER, &pointer, reason, help);
        Ok(None)
    }

    fn param(&mut self, node: &Node<'a>, operation: &str) -> Result<Param, Without> {
        let fields = self.object(node, "parameter", Kind::Parameter);
        let mut fields = fields.ok_or(Without::Settled)?;
        let (Some(location), Some(wire)) = (fields.take("in"), fields.take("name")) else {
            self.report(
                &node.pointer,
                "the parameter lacks `name` or `in`",
                "add both",
            );
            return Err(Without::Settled);
        };
        let unwritable = |pointer: &Pointer, reason: String| Without::Unwritable {
            reason,
            pointer: pointer.clone(),
        };
        let wire_at = wire.pointer.clone();
        let wire = self
            .text(&wire, "parameter")
            .ok_or(Without::Settled)?
            .to_owned();
        let text = self.text(&location, "parameter").ok_or(Without::Settled)?;
        let location = match text {
            "path" => ParameterLocation::Path,
            "query" => ParameterLocation::Query,
            "header" if is_contract_of_http(&wire) => {
                let note = "set by the request itself";
                self.ledger.documented(&node.pointer, node.value, note);
                return Err(Without::Settled);
            }
            "header" if is_header_name(&wire) => ParameterLocation::Header,
            "cookie" => ParameterLocation::Cookie,
            "header" => {
                let reason = format!("`{wire}` is not a valid header name");
                return Err(unwritable(&wire_at, reason));
            }
            other => {
                let reason = format!("a parameter in `{other}` is not supported");
                return Err(unwritable(&location.pointer, reason));
            }
        };
        let required = fields.take("required");
        let required_at = required.as_ref().map(|node| node.pointer.clone());
        let required = self.flag(required, "required");
        if location == ParameterLocation::Path && !required {
            let at = required_at.unwrap_or_else(|| node.pointer.clone());
            self.remark(
                &rules::OPTIONAL_PATH_PARAMETER,
                &at,
                format!("path parameter `{wire}` must be required"),
                "write `required: true`",
            );
        }
        let required = required || location == ParameterLocation::Path;
        let styling = self
            .styling(&mut fields, location)
            .ok_or(Without::Settled)?;
        self.set_aside(
            &mut fields,
            &[
                "description",
                "deprecated",
                "example",
                "examples",
                "allowEmptyValue",
            ],
            "prose",
        );
        self.reserved(&mut fields);
        let content = fields.take("content");
        let schema = fields.take("schema");
        self.close(&fields);
        let (schema, writing) = match (schema, content) {
            (Some(schema), None) => (schema, Writing::Styled(styling)),
            (None, Some(content)) => self.content_of_param(&content, &wire, styling)?,
            (Some(_), Some(content)) => {
                let message = format!("parameter `{wire}` has `schema` and `content`");
                self.report(&content.pointer, message, "remove one of the two");
                return Err(Without::Settled);
            }
            (None, None) => {
                self.report(
                    &node.pointer,
                    format!("parameter `{wire}` has no `schema`"),
                    "add it",
                );
                return Err(Without::Settled);
            }
        };
        let name = format!("{operation}{}", crate::names::pascal(&wire));
        let type_ref = self.type_ref(&schema, &name).ok_or(Without::Settled)?;
        // The parameter says what it is, and its schema what its values are.
        let (docs, of_values) = (self.docs(node), self.docs(&schema));
        Ok(Param {
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
            writing,
            pointer: schema.pointer,
        })
    }

    /// The schema of a parameter that is given by its one media type.
    fn content_of_param(
        &mut self,
        content: &Node<'a>,
        wire: &str,
        styling: Styling,
    ) -> Result<(Node<'a>, Writing), Without> {
        self.ledger.generated(&content.pointer, "parameters");
        let mut all = content.members();
        let (Some((media, node)), None) = (all.next(), all.next()) else {
            let message = format!("`content` of parameter `{wire}` has not exactly one media type");
            self.report(&content.pointer, message, "keep one");
            return Err(Without::Settled);
        };
        let is_text = media.starts_with("text/");
        if !is_json(media) && !is_text {
            return Err(Without::Unwritable {
                reason: format!("parameter `{wire}` has the media type `{media}`"),
                pointer: node.pointer,
            });
        }
        let fields = self.object(&node, "parameters", Kind::MediaType);
        let mut fields = fields.ok_or(Without::Settled)?;
        self.set_aside(&mut fields, &["example", "examples", "encoding"], "prose");
        let schema = fields.take("schema");
        self.close(&fields);
        let Some(schema) = schema else {
            let message = format!("the media type of parameter `{wire}` has no `schema`");
            self.report(&node.pointer, message, "add it");
            return Err(Without::Settled);
        };
        let writing = if is_text {
            Writing::Styled(styling)
        } else {
            Writing::Json
        };
        Ok((schema, writing))
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
