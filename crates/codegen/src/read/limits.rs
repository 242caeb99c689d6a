//! Constraints: typed, or refused where nothing could enforce them.

use bigmodel_rerank_openapi::{Pointer, by_overlay};
use serde_json::{Number, Value};

use super::Reader;
use super::fields::{Fields, Node};
use crate::dialect::Dialect;
use crate::model::{Bound, Contradiction, Limits, Type, TypeRef};
use crate::rules;

/// The kinds of value that a constraint can speak of.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum ValueKind {
    Text,
    Number,
    Bool,
    List,
    Map,
    Struct,
    Any,
    /// A string with listed values.
    Enum,
    /// What `oneOf` or `anyOf` gives.
    Union,
}

impl ValueKind {
    /// Whether values of several types are meant.
    fn is_open(self) -> bool {
        matches!(self, Self::Any | Self::Union)
    }

    /// Whether the keyword limits something that values of this kind have.
    fn has_size(self, keyword: &str) -> bool {
        match self {
            Self::Struct => ["minProperties", "maxProperties"].contains(&keyword),
            _ => false,
        }
    }

    fn noun(self) -> &'static str {
        match self {
            Self::Text => "a string",
            Self::Number => "a number",
            Self::Bool => "a boolean",
            Self::List => "a list",
            Self::Map => "a map",
            Self::Struct => "an object with named properties",
            Self::Any => "a value without a type",
            Self::Enum => "a string with listed values",
            Self::Union => "what `oneOf` or `anyOf` gives",
        }
    }
}

/// Each constraint keyword, and the kinds that can carry it.
const KEYWORDS: &[(&str, &[ValueKind])] = &[
    ("minLength", &[ValueKind::Text]),
    ("maxLength", &[ValueKind::Text]),
    ("pattern", &[ValueKind::Text]),
    ("minimum", &[ValueKind::Number]),
    ("maximum", &[ValueKind::Number]),
    ("exclusiveMinimum", &[ValueKind::Number]),
    ("exclusiveMaximum", &[ValueKind::Number]),
    ("multipleOf", &[ValueKind::Number]),
    ("minItems", &[ValueKind::List]),
    ("maxItems", &[ValueKind::List]),
    ("uniqueItems", &[ValueKind::List]),
    ("minProperties", &[ValueKind::Map]),
    ("maxProperties", &[ValueKind::Map]),
    ("enum", &[ValueKind::Number, ValueKind::Bool]),
];

impl<'a> Reader<'a> {
    pub(super) fn limits(&mut self, fields: &mut Fields<'a>, value_kind: ValueKind) -> Limits {
        let mut limits = Limits::default();
        let mut exclusive = (false, false);
        let mut strict = Limits::default();
        for (keyword, value_kinds) in KEYWORDS {
            let Some(node) = fields.take_left(keyword) else {
                continue;
            };
            if !value_kinds.contains(&value_kind) {
                self.misplaced(keyword, &node, value_kind);
                continue;
            }
            match *keyword {
                "minLength" => limits.min_length = self.count(&node),
                "maxLength" => limits.max_length = self.count(&node),
                "minItems" => limits.min_items = self.count(&node),
                "maxItems" => limits.max_items = self.count(&node),
                "minProperties" => limits.min_properties = self.count(&node),
                "maxProperties" => limits.max_properties = self.count(&node),
                "uniqueItems" => limits.unique_items = self.flag(Some(node), "validate"),
                "pattern" => limits.pattern = self.pattern(&node),
                "minimum" => limits.minimum = self.bound(&node),
                "maximum" => limits.maximum = self.bound(&node),
                "exclusiveMinimum" if node.value.is_number() => {
                    strict.minimum = self.exclusive_bound(&node, "minimum");
                }
                "exclusiveMaximum" if node.value.is_number() => {
                    strict.maximum = self.exclusive_bound(&node, "maximum");
                }
                "exclusiveMinimum" => exclusive.0 = self.exclusive_flag(node),
                "exclusiveMaximum" => exclusive.1 = self.exclusive_flag(node),
                "multipleOf" => limits.multiple_of = self.divisor(&node),
                _ => limits.one_of = self.listed(&node, value_kind),
            }
        }
        if let Some(minimum) = &mut limits.minimum {
            minimum.exclusive = exclusive.0;
        }
        if let Some(maximum) = &mut limits.maximum {
            maximum.exclusive = exclusive.1;
        }
        limits = limits.merged(&strict).unwrap_or(limits);
        self.consistent(fields, &mut limits);
        limits
    }

    /// A constraint that no check of this kind of value enforces: either it says nothing about
    /// such values, or checks do not reach so far.
    fn misplaced(&mut self, keyword: &str, node: &Node<'a>, value_kind: ValueKind) {
        let noun = value_kind.noun();
        if value_kind.is_open() || keyword == "enum" || value_kind.has_size(keyword) {
            self.uncheck(
                &node.pointer,
                format!("`{keyword}` cannot be enforced on {noun}"),
            );
            return;
        }
        self.ledger
            .documented(&node.pointer, node.value, "says nothing here");
        let message = format!("`{keyword}` says nothing about {noun}");
        let help = by_overlay("remove it", &node.pointer);
        self.remark(&rules::IDLE_KEYWORD, &node.pointer, message, help);
    }

    /// Limits that no value can meet are not checked: they are a slip of the pen.
    fn consistent(&mut self, fields: &Fields<'a>, limits: &mut Limits) {
        for contradiction in limits.drop_contradictions() {
            self.remark(
                &rules::UNCHECKED_CONSTRAINT,
                &fields.pointer.key(contradiction.keyword),
                contradiction.message,
                contradiction.help,
            );
        }
    }

    /// Does the same for a type that was merged from several schemas, and for what is in it; `at` is
    /// the last of the schemas.
    pub(super) fn consistent_merge(&mut self, merged: &mut TypeRef, at: &Pointer) {
        for contradiction in merged.limits.drop_contradictions() {
            let Contradiction { message, help, .. } = contradiction;
            let message = format!("once `allOf` is merged, {message}");
            self.remark(&rules::UNCHECKED_CONSTRAINT, at, message, help);
        }
        if let Type::Array(inner) | Type::Map(inner) = &mut merged.ty {
            self.consistent_merge(inner, at);
        }
    }

    /// Whether the limit beside it is excluded, in OpenAPI 3.0; 3.1 has a number here.
    fn exclusive_flag(&mut self, node: Node<'a>) -> bool {
        if self.dialect == Dialect::V3_1 && !node.value.is_boolean() {
            self.wrong_type(&node, &format!("`{}`", node.pointer.last()), "a number");
            return false;
        }
        self.flag(Some(node), "validate")
    }

    /// A limit that is excluded itself, written as a number.
    fn exclusive_bound(&mut self, node: &Node<'a>, keyword: &str) -> Option<Bound> {
        self.remark(
            &rules::NEWER_KEYWORD,
            &node.pointer,
            format!(
                "`{}` is a number only since OpenAPI 3.1",
                node.pointer.last()
            ),
            format!("write the number as `{keyword}`, and true here"),
        );
        let bound = self.bound(node)?;
        Some(Bound {
            exclusive: true,
            ..bound
        })
    }

    pub(super) fn count(&mut self, node: &Node<'a>) -> Option<u64> {
        let count = node.value.as_u64().or_else(|| {
            let float = node.value.as_f64()?;
            (float.fract() == 0.0 && (0.0..9e15).contains(&float)).then_some(float as u64)
        });
        if count.is_none() {
            let name = format!("`{}`", node.pointer.last());
            self.wrong_type(node, &name, "a whole number from 0 up");
        }
        self.ledger.generated(&node.pointer, "validate");
        count
    }

    fn bound(&mut self, node: &Node<'a>) -> Option<Bound> {
        let Value::Number(value) = node.value else {
            self.wrong_type(node, &format!("`{}`", node.pointer.last()), "a number");
            return None;
        };
        self.ledger.generated(&node.pointer, "validate");
        Some(Bound {
            value: value.clone(),
            exclusive: false,
        })
    }

    fn divisor(&mut self, node: &Node<'a>) -> Option<i64> {
        let divisor = node.value.as_number().and_then(whole);
        if divisor.is_none_or(|divisor| divisor <= 0) {
            let message = "`multipleOf` can be enforced exactly only for a whole number above zero";
            self.uncheck(&node.pointer, message);
            return None;
        }
        self.ledger.generated(&node.pointer, "validate");
        divisor
    }

    pub(super) fn pattern(&mut self, node: &Node<'a>) -> Option<String> {
        let text = self.text(node, "validate")?;
        match compile(text) {
            Ok(_) => Some(text.to_owned()),
            Err(reason) => {
                let message = format!(
                    "the pattern is not a regular expression of ECMA-262, and cannot be \
                     enforced: {reason}"
                );
                self.uncheck(&node.pointer, message);
                None
            }
        }
    }

    /// The values that `enum` lists for a number or boolean.
    fn listed(&mut self, node: &Node<'a>, value_kind: ValueKind) -> Vec<Value> {
        if node.value.as_array().is_none_or(Vec::is_empty) {
            self.wrong_type(node, "`enum`", "a list of values");
            return Vec::new();
        }
        self.ledger.generated(&node.pointer, "validate");
        for item in node.items() {
            let fits = match value_kind {
                ValueKind::Number => item.value.is_number() || item.value.is_null(),
                _ => item.value.is_boolean() || item.value.is_null(),
            };
            if !fits {
                let message = format!(
                    "`enum` lists {}, which is not {}",
                    item.value,
                    value_kind.noun()
                );
                self.uncheck(&node.pointer, message);
                return Vec::new();
            }
            self.ledger.generated(&item.pointer, "validate");
        }
        node.items().map(|item| item.value.clone()).collect()
    }
}

fn whole(number: &Number) -> Option<i64> {
    number.as_i64().or_else(|| {
        let float = number.as_f64()?;
        (float.fract() == 0.0 && float.abs() < 9e15).then_some(float as i64)
    })
}

/// A pattern in Unicode mode; without it where that is stricter, as with `[\\w-.]`.
///
/// Only in Unicode mode are escapes without a meaning errors. Elsewhere `\\A`, which means
/// something in other dialects, would be the letter A: such patterns stay errors.
fn compile(text: &str) -> Result<regress::Regex, regress::Error> {
    regress::Regex::with_flags(text, "u").or_else(|error| {
        let mut rest = text.chars();
        while let Some(c) = rest.next() {
            let escaped = if c == '\\' { rest.next() } else { None };
            if escaped.is_some_and(|c| c.is_ascii_alphabetic() && !"bBcdDfnrsStvwWx".contains(c)) {
                return Err(error);
            }
        }
        regress::Regex::new(text)
    })
}

/// Whether a text is within the limits of texts.
pub(super) fn allows_text(limits: &Limits, text: &str) -> bool {
    let length = text.chars().count();
    let length = u64::try_from(length).unwrap_or(u64::MAX);
    let matches = |pattern: &String| match compile(pattern) {
        Ok(pattern) => pattern.find(text).is_some(),
        Err(_) => true,
    };
    limits.min_length.is_none_or(|least| length >= least)
        && limits.max_length.is_none_or(|most| length <= most)
        && limits.pattern.as_ref().is_none_or(matches)
}

/// The flags under which [`compile`] takes a pattern.
pub(crate) fn pattern_flags(text: &str) -> &'static str {
    match regress::Regex::with_flags(text, "u") {
        Ok(_) => "u",
        Err(_) => "",
    }
}
