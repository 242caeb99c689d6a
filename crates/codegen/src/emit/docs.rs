//! Documentation of generated items: the contract's words, then its facts.

use proc_macro2::TokenStream;
use serde_json::Value;

use crate::model::{Bound, Docs, Field, LeftOut, Limits, Scalar, Type, TypeDef, Use};
use crate::tokens::doc;

pub(super) fn type_docs(def: &TypeDef) -> TokenStream {
    let mut text = prose(&def.docs);
    if text.is_empty() {
        text = format!("`{}` of the contract.", def.pointer.last());
    }
    paragraph(&mut text, facts(&def.docs));
    doc(&text)
}

pub(super) fn field_docs(field: &Field) -> TokenStream {
    let mut text = prose(&field.docs);
    paragraph(&mut text, sentence(&field.usage));
    paragraph(&mut text, facts(&field.docs));
    if text.is_empty() {
        text = format!("{} of the contract.", quoted(&field.wire));
    }
    doc(&text)
}

/// Summary and description, made safe for rustdoc.
pub(super) fn prose(docs: &Docs) -> String {
    let mut text = String::new();
    for part in [&docs.summary, &docs.description].into_iter().flatten() {
        paragraph(&mut text, markdown(part));
    }
    text
}

pub(super) fn paragraph(text: &mut String, next: String) {
    if next.is_empty() {
        return;
    }
    if !text.is_empty() {
        text.push_str("\n\n");
    }
    text.push_str(&next);
}

/// The operations that the client does not have, as a list; nothing if it has all.
pub(super) fn left_out(operations: &[LeftOut]) -> String {
    if operations.is_empty() {
        return String::new();
    }
    let lines: Vec<_> = operations
        .iter()
        .map(|one| {
            let request = quoted(&format!("{} {}", one.method, one.path));
            format!("- {request}: {}", quoted(&one.reason))
        })
        .collect();
    format!(
        "The client speaks JSON. These operations of the contract do not, and are left \
         out:\n\n{}",
        lines.join("\n")
    )
}

/// Default, format, direction, example: one sentence each.
pub(super) fn facts(docs: &Docs) -> String {
    let mut facts = Vec::new();
    if docs.deprecated {
        facts.push("Deprecated.".to_owned());
    }
    facts.extend(docs.direction.map(str::to_owned));
    if let Some(format) = &docs.format {
        facts.push(format!("Format {}.", quoted(format)));
    }
    if let Some(default) = &docs.default {
        facts.push(format!("Left out, it counts as {}.", short(default)));
    }
    if let Some(example) = &docs.example {
        facts.push(format!("For example {}.", short(example)));
    }
    facts.join(" ")
}

/// A value in one line of code, cut where it gets long.
fn short(value: &Value) -> String {
    let text = value.to_string();
    let cut: String = text.chars().take(60).collect();
    let dots = if cut.len() < text.len() { " …" } else { "" };
    format!("{}{dots}", quoted(&cut))
}

/// Text as inline code, whatever backticks and line ends it holds.
pub(super) fn quoted(text: &str) -> String {
    let text = text.replace(['\n', '\r'], " ");
    if text.trim().is_empty() {
        return format!("{} spaces", text.chars().count());
    }
    let fence = if text.contains('`') { "``" } else { "`" };
    let pad = if text.contains('`') { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// What a type's limits say, for a reader: `1 to 4096 characters.`
pub(super) fn sentence(usage: &Use) -> String {
    let mut parts = limit_clauses(&usage.limits);
    if let Type::Array(items) | Type::Map(items) = &usage.ty {
        let inner = limit_clauses(&items.limits);
        if !inner.is_empty() {
            parts.push(format!("each {}", inner.join(", ")));
        }
    }
    if usage.nullable {
        parts.push("null allowed".to_owned());
    }
    let mut text = parts.join("; ");
    if let Some(first) = text.get(..1).map(str::to_uppercase) {
        text.replace_range(..1, &first);
        text.push('.');
    }
    text
}

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
            .map(|pattern| format!("matching {}", quoted(pattern))),
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

pub(super) fn listed(values: &[Value]) -> String {
    let texts: Vec<_> = values.iter().map(Value::to_string).collect();
    texts.join(", ")
}

/// The name of a type for readers.
pub(crate) fn type_name(types: &[TypeDef], usage: &Use) -> String {
    let name = match &usage.ty {
        Type::Scalar(Scalar::Bool) => "boolean".to_owned(),
        Type::Scalar(Scalar::Int(ty)) => format!("integer ({})", ty.rust_name()),
        Type::Scalar(Scalar::Number(ty)) => format!("number ({})", ty.rust_name()),
        Type::Scalar(Scalar::String) => "string".to_owned(),
        Type::Any => "any JSON".to_owned(),
        Type::Array(items) => format!("list of {}", type_name(types, items)),
        Type::Map(values) => format!("map of {}", type_name(types, values)),
        Type::Named(id) => types
            .get(*id)
            .map_or_else(String::new, |def| def.name.clone()),
    };
    let clauses = limit_clauses(&usage.limits);
    let limits = if clauses.is_empty() {
        String::new()
    } else {
        format!(" [{}]", clauses.join(", "))
    };
    let null = if usage.nullable { " or null" } else { "" };
    format!("{name}{limits}{null}")
}

/// A contract's Markdown so that rustdoc neither runs nor misreads it: code fences are
/// marked as text, and nothing is indented so far that it counts as code.
pub(super) fn markdown(text: &str) -> String {
    let mut out = String::new();
    let mut fence: Option<&str> = None;
    for line in text.trim().lines() {
        let bare = line.trim_start();
        let marker = ["```", "~~~"]
            .into_iter()
            .find(|marker| bare.starts_with(marker));
        match (fence, marker) {
            (None, Some(marker)) => {
                fence = Some(marker);
                out.push_str(marker);
                out.push_str("text");
            }
            (Some(open), Some(marker)) if open == marker => {
                fence = None;
                out.push_str(marker);
            }
            (Some(_), _) => out.push_str(line.trim_end()),
            (None, None) => {
                let indent = (line.len() - bare.len()).min(3);
                wrap(&mut out, indent, bare.trim_end());
            }
        }
        out.push('\n');
    }
    if let Some(open) = fence {
        out.push_str(open);
    }
    out.trim_end().to_owned()
}

/// Prose for an item of a list, where a fence would open a block that nothing closes.
pub(super) fn one_line(text: &str) -> String {
    let plain = text.replace(['\n', '\r'], " ");
    plain.replace("```", "").replace("~~~", "")
}

/// Lines of prose are broken at this many characters.
const WIDTH: usize = 92;

/// What looks like a footnote is text, since nothing defines it; in code it is left alone.
fn without_footnotes(line: &str) -> String {
    let parts = line.split('`').enumerate();
    let parts: Vec<_> = parts
        .map(|(index, part)| match index % 2 {
            0 => part.replace("[^", "\\[^"),
            _ => part.to_owned(),
        })
        .collect();
    parts.join("`")
}

/// Adds a line, broken into several if it is plain prose.
fn wrap(out: &mut String, indent: usize, line: &str) {
    out.push_str(&" ".repeat(indent));
    let line = &without_footnotes(line);
    if line.starts_with(['|', '#', '-', '*', '+', '>', '<', '[', '='])
        || line.starts_with(|c: char| c.is_ascii_digit())
    {
        out.push_str(line);
        return;
    }
    let mut column = indent;
    let mut in_code = false;
    for (index, word) in line.split(' ').enumerate() {
        // A line may not begin with what Markdown would take for a list or a heading, and
        // code is left in one piece.
        let plain = word.starts_with(|c: char| c.is_alphabetic() || c == '`' || c == '(');
        let length = word.chars().count();
        if index > 0 && plain && !in_code && column + 1 + length > WIDTH {
            out.push('\n');
            column = length;
        } else {
            out.push_str(if index > 0 { " " } else { "" });
            column += length + usize::from(index > 0);
        }
        out.push_str(word);
        in_code ^= word.matches('`').count() % 2 == 1;
    }
}

#[cfg(test)]
mod tests {
    use super::{markdown, quoted};

    #[test]
    fn code_in_a_description_is_never_run() {
        let text = markdown("See:\n\n    let x = 1;\n\n```rust\npanic!()\n```\n~~~\nopen");
        assert_eq!(
            text,
            "See:\n\n   let x = 1;\n\n```text\npanic!()\n```\n~~~text\nopen\n~~~"
        );
    }

    #[test]
    fn long_prose_is_broken_between_words_and_never_in_code() {
        let text = format!("{} `a b` - c", "word ".repeat(18));
        let lines: Vec<_> = markdown(&text).lines().map(str::to_owned).collect();
        assert_eq!(lines.len(), 2, "{lines:?}");
        assert!(lines[1].ends_with("`a b` - c"), "{lines:?}");
    }

    #[test]
    fn inline_code_survives_backticks_and_line_ends() {
        assert_eq!(quoted("a`b\nc"), "`` a`b c ``");
    }
}
