//! Tokens -> text, with the header that every file carries.

use std::collections::HashSet;

use proc_macro2::TokenStream;
use syn::visit_mut::VisitMut;

use super::Context;

/// The header of a Rust file.
pub(super) fn header(context: &Context<'_>, comment: &str) -> String {
    format!(
        "{comment} @generated from an OpenAPI contract, inputs sha256:{}.\n\
         {comment} Do not edit: change the contract, then run `{}`.\n\n",
        context.digest, context.regenerate
    )
}

/// A hand-written file that goes into the crate as it stands.
pub(super) fn runtime(context: &Context<'_>, text: &str) -> String {
    format!("{}{text}", header(context, "//"))
}

/// Prints tokens under the header and a line on what the file is for.
pub(super) fn file(
    context: &Context<'_>,
    purpose: &str,
    tokens: TokenStream,
) -> Result<String, String> {
    let mut file: syn::File = syn::parse2(tokens).map_err(|error| error.to_string())?;
    let taken = context.api.types.iter().map(|def| def.name.as_str());
    Shorten {
        taken: taken.collect(),
    }
    .visit_file_mut(&mut file);
    let text = prettyplease::unparse(&file);
    Ok(format!(
        "{}{purpose}\n\n{}",
        header(context, "//"),
        space_out(&text)
    ))
}

/// A blank line between items, and none doubled.
fn space_out(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    let mut previous = "";
    for line in text.lines() {
        let indent = line.len() - line.trim_start().len();
        let closes = previous.trim_start() == "}"
            || (previous.ends_with(';') && !previous.starts_with("//") && indent == 0);
        let same_kind = previous.starts_with("use ") && line.starts_with("use ");
        let begins = !line.trim_start().starts_with('}') && !line.trim().is_empty();
        if closes && begins && !same_kind && indent <= 4 && !line.trim_start().starts_with("else") {
            out.push('\n');
        }
        out.push_str(line);
        out.push('\n');
        previous = line;
    }
    out
}

/// `::std::option::Option` becomes `Option`, unless a type of the contract has that name.
struct Shorten<'a> {
    taken: HashSet<&'a str>,
}

/// What passes write with its whole path, and how it is written where nothing hides it.
const PRELUDE: &[(&[&str], &str)] = &[
    (&["option", "Option", "Some"], "Some"),
    (&["option", "Option", "None"], "None"),
    (&["option", "Option"], "Option"),
    (&["result", "Result", "Ok"], "Ok"),
    (&["result", "Result", "Err"], "Err"),
    (&["result", "Result"], "Result"),
    (&["vec", "Vec"], "Vec"),
    (&["string", "String"], "String"),
    (&["boxed", "Box"], "Box"),
    (&["convert", "Into"], "Into"),
    (&["convert", "From"], "From"),
    (&["iter", "IntoIterator"], "IntoIterator"),
    (&["default", "Default"], "Default"),
];

impl VisitMut for Shorten<'_> {
    fn visit_path_mut(&mut self, path: &mut syn::Path) {
        syn::visit_mut::visit_path_mut(self, path);
        let mut segments = path.segments.iter();
        let from_std = path.leading_colon.is_some()
            && segments.next().is_some_and(|first| first.ident == "std");
        if !from_std {
            return;
        }
        let rest: Vec<_> = segments.map(|segment| segment.ident.to_string()).collect();
        let known = PRELUDE.iter().find(|(whole, short)| {
            rest.len() >= whole.len()
                && rest.iter().zip(*whole).all(|(a, b)| a == b)
                && !self.taken.contains(short)
        });
        if let Some((whole, _)) = known {
            path.leading_colon = None;
            path.segments = path.segments.iter().skip(whole.len()).cloned().collect();
        }
    }
}
