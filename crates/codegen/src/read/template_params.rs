//! Parameters that the template of a path names, beside those that the operation declares.

use super::Reader;
use super::fields::Node;
use super::params::Found;
use super::skipped::Obstacle;
use crate::model::{
    Docs, ListForm, Param, ParameterLocation, Scalar, Style, Styling, Type, TypeRef, Writing,
};
use crate::names::snake;
use crate::rules;
use crate::template::{Pair, Template};

impl<'a> Reader<'a> {
    /// Every `{name}` of the path has its parameter, and the other way round. The error is a
    /// parameter that is there twice.
    pub(super) fn match_template(
        &mut self,
        path: &str,
        found: &mut Vec<Found>,
        operation: &Node<'a>,
    ) -> Result<(), Obstacle> {
        let template = Template::new(path);
        let names = template.names();
        for name in &names {
            if !found
                .iter()
                .any(|one| is(one, ParameterLocation::Path, name))
            {
                found.push(self.undeclared(name, None, operation));
            }
        }
        let mut used = names.clone();
        for pair in template.pairs() {
            let is_declared = |one: &Found| is(one, ParameterLocation::Query, &pair.name);
            match pair.parameter {
                None => self.fixed_pair(&pair, found),
                Some(_) if found.iter().any(is_declared) => {}
                Some(name) if used.contains(&name) => {
                    return Err(Obstacle {
                        rule: &rules::PATH,
                        reason: format!("the path names the parameter `{name}` twice"),
                        pointer: operation.pointer.clone(),
                    });
                }
                Some(name) => {
                    self.variable_pair(&pair.name, name, found, operation);
                    used.push(name);
                }
            }
        }
        found.retain(|(param, pointer)| {
            let is_used =
                param.location != ParameterLocation::Path || names.contains(&param.wire.as_str());
            if !is_used {
                let problem = format!("path parameter `{}` is not in the path", param.wire);
                let help = "put it in braces into the path, or remove it";
                self.remark(&rules::PARAMETER, pointer, problem, help);
            }
            is_used
        });
        Ok(())
    }

    /// Gives a pair of the query the parameter that its braces name, whether it is declared in the
    /// path or in the query.
    fn variable_pair(
        &mut self,
        wire: &str,
        name: &str,
        found: &mut Vec<Found>,
        operation: &Node<'a>,
    ) {
        for location in [ParameterLocation::Path, ParameterLocation::Query] {
            if let Some((param, _)) = found.iter_mut().find(|one| is(one, location, name)) {
                return self.move_to_query(param, wire);
            }
        }
        let undeclared = self.undeclared(name, Some(wire), operation);
        found.push(undeclared);
    }

    /// Leaves out the query parameter whose value the path gives, since it would be sent twice.
    fn fixed_pair(&mut self, pair: &Pair<'_>, found: &mut Vec<Found>) {
        found.retain(|one| {
            let is_free = !is(one, ParameterLocation::Query, &pair.name);
            if !is_free {
                let (param, pointer) = one;
                let problem = format!(
                    "query parameter `{}` has its value in the path: `{}`",
                    param.wire, pair.text
                );
                let help = "remove the parameter, or write it in braces into the path";
                self.remark(&rules::PARAMETER, pointer, problem, help);
            }
            is_free
        });
    }

    /// Sends a parameter as one pair of the query.
    fn move_to_query(&mut self, param: &mut Param, wire: &str) {
        param.location = ParameterLocation::Query;
        wire.clone_into(&mut param.wire);
        let Writing::Styled(Styling { style, .. }) = param.writing else {
            return;
        };
        if matches!(style, Style::Label | Style::Matrix) {
            let message = format!(
                "style `{}` is not one of query parameters, and the path has `{wire}` in its query",
                style.as_str()
            );
            let help = "write `style: form`, and `in: query`";
            self.remark(&rules::MISPLACED_STYLE, &param.pointer, message, help);
        }
        param.writing = Writing::Styled(Styling {
            style: Style::Form,
            explode: false,
        });
    }

    /// The parameter of a `{name}` that is not declared: of the path, or the value of a pair of its
    /// query.
    fn undeclared(&mut self, name: &str, pair: Option<&str>, operation: &Node<'a>) -> Found {
        let location = match pair {
            None => ParameterLocation::Path,
            Some(_) => ParameterLocation::Query,
        };
        let (wire, place) = (pair.unwrap_or(name), location.as_str());
        self.remark(
            &rules::UNDECLARED_PATH_PARAMETER,
            &operation.pointer,
            format!("the path has `{{{name}}}`, and no {place} parameter of that name is declared"),
            format!("add a parameter `{wire}` with `in: {place}` and `required: true`"),
        );
        let param = Param {
            wire: wire.to_owned(),
            ident: snake(name),
            location,
            required: true,
            docs: Docs::default(),
            type_ref: TypeRef::plain(Type::Scalar(Scalar::String)),
            writing: Writing::Plain(ListForm::Joined(',')),
            pointer: operation.pointer.clone(),
        };
        (param, operation.pointer.clone())
    }
}

fn is((param, _): &Found, location: ParameterLocation, wire: &str) -> bool {
    param.location == location && param.wire == wire
}
