//! Tokens -> text, with the header that every file carries.

use std::collections::{BTreeSet, HashSet};

use proc_macro2::TokenStream;
use quote::quote;
use syn::visit_mut::VisitMut;

use super::Context;

/// The header of a Rust file.
pub(super) fn header(context: &Context<'_>, comment: &str) -> String {
    format!(
        "{comment} @generated from an OpenAPI contract, inputs sha256:{}.\n\
         {comment} Do not edit: change the contract, then run `{}`.\n\n",
        context.digest, context.settings.regenerate
    )
}

/// A hand-written file that goes into the crate as it stands.
pub(super) fn runtime(context: &Context<'_>, text: &str) -> String {
    format!("{}{text}", header(context, "//"))
}

/// The lines of a file that are no comments.
pub(super) fn code(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
}

/// A file in the making. Items are parsed, shortened and printed one after the other: what the
/// tokens of one take is free again before the next one comes, however long the file gets.
pub(super) struct Printer<'a> {
    context: &'a Context<'a>,
    shorten: Shorten<'a>,
    text: String,
}

impl<'a> Printer<'a> {
    pub(super) fn new(context: &'a Context<'a>) -> Self {
        Self {
            context,
            shorten: Shorten {
                taken: &context.names,
                used: BTreeSet::new(),
            },
            text: String::new(),
        }
    }

    /// Prints items at the end of the file.
    pub(super) fn items(&mut self, tokens: TokenStream) -> Result<(), String> {
        let text = self.printed(tokens)?;
        self.text += &text;
        Ok(())
    }

    /// Prints items before all others: imports, once it is known what is used.
    pub(super) fn first(&mut self, tokens: TokenStream) -> Result<(), String> {
        let text = self.printed(tokens)?;
        self.text.insert_str(0, &text);
        Ok(())
    }

    /// Prints one `impl` of `name` with all these methods.
    pub(super) fn methods(
        &mut self,
        name: &str,
        methods: impl Iterator<Item = Result<TokenStream, String>>,
    ) -> Result<(), String> {
        let ident = crate::tokens::ident(name);
        let (opening, closing) = (format!("impl {name} {{\n"), "}\n");
        self.text += &opening;
        for method in methods {
            let method = method?;
            let alone = self.printed(quote! { impl #ident { #method } })?;
            let inside = alone
                .strip_prefix(&opening)
                .and_then(|rest| rest.strip_suffix(closing))
                .ok_or("a method was not printed in its braces")?;
            self.text += inside;
        }
        self.text += closing;
        Ok(())
    }

    /// Whether what was printed uses a name of [`IMPORTS`].
    pub(super) fn uses(&self, name: &str) -> bool {
        self.shorten.used.contains(name)
    }

    /// The file, with its header and a line on what it is for.
    pub(super) fn finish(self, purpose: &str) -> String {
        let header = header(self.context, "//");
        format!("{header}{purpose}\n\n{}", space_out(&self.text))
    }

    fn printed(&mut self, tokens: TokenStream) -> Result<String, String> {
        let mut file: syn::File = syn::parse2(tokens).map_err(|error| error.to_string())?;
        self.shorten.visit_file_mut(&mut file);
        Ok(prettyplease::unparse(&file))
    }
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

/// What files import where they use it: modules and types before `::`, and traits by their
/// methods.
const IMPORTS: &[&str] = &[
    "At",
    "Violations",
    "check",
    "types",
    "validate",
    "validation",
];

/// `::std::option::Option` becomes `Option`, unless a type of the contract has that name. On the
/// way it sees what is used of [`IMPORTS`].
struct Shorten<'a> {
    taken: &'a HashSet<&'a str>,
    used: BTreeSet<&'static str>,
}

impl Shorten<'_> {
    fn note(&mut self, name: &proc_macro2::Ident) {
        self.used
            .extend(IMPORTS.iter().find(|import| name == *import));
    }
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
        if let (None, Some(first), 2..) = (
            path.leading_colon,
            path.segments.first(),
            path.segments.len(),
        ) {
            self.note(&first.ident);
        }
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

    fn visit_expr_method_call_mut(&mut self, call: &mut syn::ExprMethodCall) {
        syn::visit_mut::visit_expr_method_call_mut(self, call);
        self.note(&call.method);
    }
}
