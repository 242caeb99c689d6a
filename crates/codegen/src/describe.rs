//! Types and limits in words, for readers of documentation and summaries.

use serde_json::Value;

use crate::model::{Bound, Limits, Scalar, Stream, Type, TypeDef, TypeRef};

/// The limits as clauses: `at most 4096 characters`.
pub(crate) fn limit_clauses(limits: &Limits) -> Vec<String> {
    let plural = |count: u64| if count == 1 { "" } else { "s" };
    let range = |low: Option<u64>, high: Option<u64>, noun: &str| match (low, high) {
        (Some(low), Some(high)) if low == high => {
            Some(format!("exactly {low} {noun}{}", plural(low)))
        }
        (Some(low), Some(high)) => Some(format!("{low} to {high} {noun}{}", plural(high))),
        (Some(low), None) => Some(format!("at least {low} {noun}{}", plural(low))),
        (None, Some(high)) => Some(format!("at most {high} {noun}{}", plural(high))),
        (None, None) => None,
    };
    let bound = |bound: &Option<Bound>, at: &str, beyond: &str| {
        let bound = bound.as_ref()?;
        let word = if bound.exclusive { beyond } else { at };
        Some(format!("{word} {}", bound.value))
    };
    let mut clauses: Vec<String> = [
        range(limits.min_length, limits.max_length, "character"),
        range(limits.min_items, limits.max_items, "item"),
        range(limits.min_properties, limits.max_properties, "member"),
        bound(&limits.minimum, "at least", "above"),
        bound(&limits.maximum, "at most", "below"),
        limits
            .multiple_of
            .map(|divisor| format!("a multiple of {divisor}")),
        limits
            .pattern
            .as_ref()
            .map(|pattern| format!("matching {}", crate::emit::quoted(pattern))),
    ]
    .into_iter()
    .flatten()
    .collect();
    if limits.unique_items {
        clauses.push("all different".to_owned());
    }
    if !limits.one_of.is_empty() {
        clauses.push(format!("one of {}", listed(&limits.one_of)));
    }
    clauses
}

/// That a value may be null, if it may.
pub(crate) fn null_clause(type_ref: &TypeRef) -> Option<String> {
    type_ref.nullable.then(|| "null allowed".to_owned())
}

/// Values in one line.
pub(crate) fn listed(values: &[Value]) -> String {
    let texts: Vec<_> = values.iter().map(Value::to_string).collect();
    texts.join(", ")
}

/// The name of a type for readers.
pub(crate) fn type_name(types: &[TypeDef], type_ref: &TypeRef) -> String {
    let name = match &type_ref.ty {
        Type::Scalar(Scalar::Bool) => "boolean".to_owned(),
        Type::Scalar(Scalar::Int(ty)) => format!("integer ({})", ty.rust_name()),
        Type::Scalar(Scalar::Number(ty)) => format!("number ({})", ty.rust_name()),
        Type::Scalar(Scalar::String) => "string".to_owned(),
        Type::Any => "any JSON".to_owned(),
        Type::Upload => "file".to_owned(),
        Type::Stream(Stream::Bytes) => "bytes".to_owned(),
        Type::Stream(Stream::Events(item)) => format!("events of {}", type_name(types, item)),
        Type::Stream(Stream::Lines(item)) => format!("lines of {}", type_name(types, item)),
        Type::Array(items) => format!("list of {}", type_name(types, items)),
        Type::Map(values) => format!("map of {}", type_name(types, values)),
        Type::Named(id) => types
            .get(*id)
            .map_or_else(String::new, |def| def.name.clone()),
    };
    let clauses = limit_clauses(&type_ref.limits);
    let limits = if clauses.is_empty() {
        String::new()
    } else {
        format!(" [{}]", clauses.join(", "))
    };
    let null = if type_ref.nullable { " or null" } else { "" };
    format!("{name}{limits}{null}")
}
