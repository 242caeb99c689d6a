//! Rust names from the names of the contract.

use std::collections::HashSet;

use heck::{ToPascalCase, ToSnakeCase};

/// Names taken in one scope.
#[derive(Debug, Default)]
pub(crate) struct Names(HashSet<String>);

impl Names {
    /// A scope in which `reserved` are taken from the start.
    pub(crate) fn reserving(reserved: &[&str]) -> Self {
        Self(reserved.iter().map(|name| (*name).to_owned()).collect())
    }

    pub(crate) fn is_free(&self, name: &str) -> bool {
        !self.0.contains(name)
    }

    /// Takes `name`, or the first of `name_2`, `name_3`, … that is free.
    pub(crate) fn take(&mut self, name: &str) -> String {
        self.take_with(name, "_")
    }

    /// Takes the name of a type: `Name`, `Name2`, `Name3`, …
    pub(crate) fn take_type(&mut self, name: &str) -> String {
        // A keyword that was continued is none: `Self_Item`.
        let plain = name.replace('_', "");
        let name = if is_identifier(&plain) { &plain } else { name };
        self.take_with(name, "")
    }

    fn take_with(&mut self, name: &str, joint: &str) -> String {
        let mut candidate = name.to_owned();
        let mut number = 2;
        while !self.0.insert(candidate.clone()) {
            candidate = format!("{}{joint}{number}", stem(name));
            number += 1;
        }
        candidate
    }
}

/// A name that this module returned, as an identifier.
pub(crate) fn ident(name: &str) -> proc_macro2::Ident {
    quote::format_ident!("{}", name)
}

/// A name to be continued: without what keeps it from being a keyword.
pub(crate) fn stem(name: &str) -> &str {
    name.strip_suffix('_').unwrap_or(name)
}

/// A type or enum variant name: `rerank-request` gives `RerankRequest`.
pub(crate) fn pascal(text: &str) -> String {
    finish(words(text).to_pascal_case(), 'T', "Empty")
}

/// A field, parameter or method name: `topN` gives `top_n`.
pub(crate) fn snake(text: &str) -> String {
    finish(words(text).to_snake_case(), 'n', "empty")
}

/// Whether a schema's title can be the name of its Rust type.
pub(crate) fn is_type_name(title: &str) -> bool {
    let mut chars = title.chars();
    chars.next().is_some_and(|first| first.is_ascii_uppercase())
        && chars.all(|c| c.is_ascii_alphanumeric())
        && title.to_pascal_case() == title
        && title != "Self"
}

/// Signs that tell values apart (`+1`, `-1`) as words; what no identifier may hold as gaps.
fn words(text: &str) -> String {
    let mut words = String::with_capacity(text.len());
    for (index, c) in text.chars().enumerate() {
        match c {
            '+' => words.push_str(" plus "),
            '-' if index == 0 => words.push_str("minus "),
            '*' => words.push_str(" star "),
            '<' => words.push_str(" less "),
            '>' => words.push_str(" greater "),
            '=' => words.push_str(" equal "),
            '!' => words.push_str(" not "),
            '%' => words.push_str(" percent "),
            '\u{200c}' | '\u{200d}' => {}
            c if unicode_ident::is_xid_continue(c) => words.push(c),
            _ => words.push(' '),
        }
    }
    words
}

/// An identifier from letters in the right case: never empty, a keyword, or led by a digit.
fn finish(name: String, lead: char, empty: &str) -> String {
    let name = match name.chars().next() {
        None => empty.to_owned(),
        Some(first) if !unicode_ident::is_xid_start(first) => format!("{lead}{name}"),
        Some(_) => name,
    };
    if is_identifier(&name) {
        name
    } else {
        format!("{name}_")
    }
}

fn is_identifier(text: &str) -> bool {
    // The reserved word of edition 2024, which syn still reads as an identifier.
    text != "gen" && syn::parse_str::<syn::Ident>(text).is_ok()
}

#[cfg(test)]
mod tests {
    use super::{Names, is_type_name, pascal, snake};

    #[test]
    fn every_text_gives_an_identifier() {
        let texts = [
            "", "_", "-1", "+1", "type", "self", "Self", "2fa", "a b", "名前", "$ref", "é", "²",
            "🦀", "r#x", "async", "gen",
        ];
        for text in texts {
            for name in [pascal(text), snake(text)] {
                assert!(super::is_identifier(&name), "{text:?} gives {name:?}");
            }
        }
    }

    #[test]
    fn names_that_differ_only_in_sign_stay_apart() {
        assert_eq!(
            (pascal("+1"), pascal("-1")),
            ("Plus1".into(), "Minus1".into())
        );
    }

    #[test]
    fn a_taken_name_gets_a_number() {
        let mut names = Names::default();
        assert_eq!(names.take("id"), "id");
        assert_eq!(names.take("id"), "id_2");
        assert_eq!(names.take_type("Pet"), "Pet");
        assert_eq!(names.take_type("Pet"), "Pet2");
    }

    #[test]
    fn a_keyword_that_goes_on_is_none() {
        let mut names = Names::default();
        assert_eq!(snake("gen"), "gen_");
        let taken = ["const", "Const"].map(|name| names.take(&snake(name)));
        assert_eq!(taken, ["const_", "const_2"]);
        let name = pascal("Self");
        let taken = [&name, &name, &format!("{name}Item")].map(|name| names.take_type(name));
        assert_eq!(taken, ["Self_", "Self2", "SelfItem"]);
    }

    #[test]
    fn only_a_title_in_pascal_case_names_a_type() {
        assert!(is_type_name("ErrorDetail"));
        assert!(!is_type_name("Error detail"));
        assert!(!is_type_name("errorDetail"));
    }
}
