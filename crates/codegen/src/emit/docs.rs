//! Documentation of generated items: the contract's words, then its facts, each said once.

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;

use super::markdown::{list_item, markdown, presentable, quoted};
use crate::describe::{limit_clauses, null_clause};
use crate::model::{Docs, Field, Shape, Skipped, Type, TypeDef, TypeRef};

/// Text as `#[doc]` lines.
pub(super) fn doc(text: &str) -> TokenStream {
    let text = presentable(text);
    let lines = text.lines().map(|line| {
        if line.is_empty() {
            String::new()
        } else {
            format!(" {line}")
        }
    });
    quote! { #(#[doc = #lines])* }
}

pub(super) fn type_docs(def: &TypeDef) -> TokenStream {
    let mut text = prose(&def.docs);
    let facts = facts(&def.docs, &text);
    paragraph(&mut text, facts);
    if text.is_empty() {
        text = match def.pointer.parent() {
            Some(parent) if ["schemas", "properties"].contains(&&*parent.last()) => {
                format!("The schema {}.", quoted(&def.pointer.last()))
            }
            _ => format!("The schema at {}.", quoted(def.pointer.as_str())),
        };
    }
    if let Shape::Json(_) = def.shape {
        let sentence = "The JSON as it came: the contract does not tell its forms apart.";
        paragraph(&mut text, sentence.to_owned());
    }
    doc(&text)
}

pub(super) fn field_docs(types: &[TypeDef], field: &Field) -> TokenStream {
    let mut text = prose(&field.docs);
    let limits = sentence(&field.type_ref, &text);
    let facts = facts(&field.docs, &text);
    paragraph(&mut text, limits);
    if field.keeps_null {
        let sentence = "`Some(None)` is null, and `None` leaves the member out.";
        paragraph(&mut text, sentence.to_owned());
    }
    paragraph(&mut text, facts);
    if text.is_empty() {
        text = match field.type_ref.ty {
            // What a type is for is said there.
            Type::Named(id) => match types.get(id) {
                Some(def) => format!("See [`{}`].", def.name),
                None => String::new(),
            },
            _ => format!("The member {}.", quoted(&field.wire)),
        };
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

/// Adds a paragraph, unless it is empty.
pub(super) fn paragraph(text: &mut String, next: String) {
    if next.is_empty() {
        return;
    }
    if !text.is_empty() {
        text.push_str("\n\n");
    }
    text.push_str(&next);
}

/// The operations that the client does not have, as a list; empty if it has all.
pub(super) fn skipped(operations: &[Skipped]) -> String {
    if operations.is_empty() {
        return String::new();
    }
    let items = operations.iter().map(|one| {
        let request = quoted(&format!("{} {}", one.method, one.path));
        list_item(&format!("{request}: {}", quoted(&one.reason)))
    });
    let items: Vec<_> = items.collect();
    format!(
        "{}\n\n{}",
        markdown("The client does not have these operations of the contract:"),
        items.join("\n")
    )
}

/// Default, format, direction, example: one sentence each, except what `said` says already.
pub(super) fn facts(docs: &Docs, said: &str) -> String {
    let mut facts = Vec::new();
    if docs.deprecated {
        facts.push("Deprecated.".to_owned());
    }
    facts.extend(docs.direction.map(str::to_owned));
    if let Some(format) = &docs.format {
        facts.push(format!("Format {}.", quoted(format)));
    }
    if let Some(default) = &docs.default
        && !says_default(said, default)
    {
        facts.push(format!("The default is {}.", short(default)));
    }
    if let Some(example) = &docs.example {
        facts.push(format!("For example {}.", short(example)));
    }
    markdown(&facts.join(" "))
}

/// Whether prose names the default.
fn says_default(said: &str, default: &Value) -> bool {
    let value = match default {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    said.contains("default") && words(said).any(|word| word == value)
}

/// A value in one line of code, cut where it gets long.
fn short(value: &Value) -> String {
    let text = value.to_string();
    let cut: String = text.chars().take(60).collect();
    let dots = if cut.len() < text.len() { " …" } else { "" };
    format!("{}{dots}", quoted(&cut))
}

/// The limits of a type as a sentence, as in `1 to 4096 characters.`, except those whose numbers
/// `said` names already.
pub(super) fn sentence(type_ref: &TypeRef, said: &str) -> String {
    let unsaid = |type_ref: &TypeRef| {
        let clauses = limit_clauses(&type_ref.limits).into_iter();
        clauses.filter(|clause| !says(said, clause)).collect()
    };
    let mut parts: Vec<String> = unsaid(type_ref);
    if let Type::Array(items) | Type::Map(items) = &type_ref.ty {
        let inner: Vec<String> = unsaid(items);
        if !inner.is_empty() {
            parts.push(format!("each {}", inner.join(", ")));
        }
    }
    parts.extend(null_clause(type_ref));
    let mut text = parts.join("; ");
    if let Some(first) = text.get(..1).map(str::to_uppercase) {
        text.replace_range(..1, &first);
        text.push('.');
    }
    markdown(&text)
}

/// Whether prose names all numbers of a limit as limits.
fn says(said: &str, clause: &str) -> bool {
    let is_number = |word: &String| word.chars().all(|c| c.is_ascii_digit() || c == '.');
    let said: Vec<_> = words(said).filter(|word| !word.is_empty()).collect();
    let mut numbers = words(clause).filter(is_number).peekable();
    numbers.peek().is_some() && numbers.all(|number| names_limit(&said, &number))
}

/// Whether one of the words is the number, next to a word that makes it a limit.
fn names_limit(words: &[String], number: &str) -> bool {
    const BEFORE: &[&str] = &[
        "above", "and", "below", "exactly", "least", "max", "maximum", "min", "minimum", "most",
        "than", "to",
    ];
    const AFTER: &[&str] = &["and", "to"];
    words.iter().enumerate().any(|(index, word)| {
        let is = |index: Option<usize>, known: &[&str]| {
            let word = index.and_then(|index| words.get(index));
            word.is_some_and(|word| known.contains(&word.to_lowercase().as_str()))
        };
        word == number && (is(index.checked_sub(1), BEFORE) || is(Some(index + 1), AFTER))
    })
}

/// Words and numbers, the latter without separators of thousands.
fn words(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|c: char| !c.is_alphanumeric() && !".,_-".contains(c));
    words.map(|word| word.trim_matches(['.', ',', '-']).replace(',', ""))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{says, says_default};

    #[test]
    fn a_limit_is_said_if_all_its_numbers_are() {
        assert!(says("At most 4,096 characters.", "at most 4096 characters"));
        assert!(says("From 6 to 128 characters", "6 to 128 characters"));
        assert!(!says("At most 128.", "6 to 128 characters"));
        assert!(!says("At most 40960.", "at most 4096 characters"));
        assert!(!says("All of them.", "all different"));
        assert!(!says("How many; 0 means all.", "at least 0"));
    }

    #[test]
    fn a_default_is_said_by_the_word_and_its_value() {
        assert!(says_default("0, the default, means all", &json!(0)));
        assert!(says_default("off by default: `none`", &json!("none")));
        assert!(!says_default("0 means all", &json!(0)));
        assert!(!says_default("the default is another one", &json!(0)));
    }
}
