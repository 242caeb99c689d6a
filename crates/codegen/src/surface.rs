//! The public API of a generated crate, one item a line, for reviewers of a change.

use std::collections::{BTreeMap, HashSet};

use quote::ToTokens;

/// Lists the public items of a crate's files, sorted within each module.
///
/// `files` is [`Generated::files`](crate::Generated::files), or the same files as read from
/// a folder. Files that are not Rust, or do not parse, are left out.
pub fn surface(files: &BTreeMap<String, String>) -> String {
    let mut lines = Vec::new();
    for (path, text) in files {
        let Some(module) = path
            .strip_prefix("src/")
            .and_then(|path| path.strip_suffix(".rs"))
        else {
            continue;
        };
        let Ok(file) = syn::parse_file(text) else {
            continue;
        };
        let module = if module == "lib" {
            String::new()
        } else {
            format!("{module}::")
        };
        let private = private_items(&file);
        let shown = file.items.iter();
        for item in shown.filter(|item| !is_of(item, &private)) {
            list(item, &module, &mut lines);
        }
    }
    lines.join("\n") + "\n"
}

fn list(item: &syn::Item, module: &str, lines: &mut Vec<String>) {
    match item {
        syn::Item::Struct(item) if is_public(&item.vis) => {
            let name = &item.ident;
            lines.push(format!(
                "struct {module}{name}{}{}",
                item.generics.to_token_stream(),
                derives(&item.attrs)
            ));
            for field in &item.fields {
                if let (true, Some(ident)) = (is_public(&field.vis), &field.ident) {
                    lines.push(format!("  field {name}::{ident}: {}", text(&field.ty)));
                }
            }
        }
        syn::Item::Enum(item) if is_public(&item.vis) => {
            let name = &item.ident;
            lines.push(format!(
                "enum {module}{name}{}{}",
                text(&item.generics),
                derives(&item.attrs)
            ));
            for variant in &item.variants {
                let mut fields = variant.fields.clone();
                for field in &mut fields {
                    field.attrs.clear();
                }
                lines.push(format!(
                    "  variant {name}::{}{}",
                    variant.ident,
                    text(&fields)
                ));
            }
        }
        syn::Item::Trait(item) if is_public(&item.vis) => {
            lines.push(format!("trait {module}{}", item.ident));
            for member in &item.items {
                if let syn::TraitItem::Fn(method) = member {
                    lines.push(format!("  {}", signature(&method.sig)));
                }
            }
        }
        syn::Item::Const(item) if is_public(&item.vis) => {
            lines.push(format!(
                "const {module}{}: {} = {}",
                item.ident,
                text(&item.ty),
                text(&item.expr)
            ));
        }
        syn::Item::Use(item) if is_public(&item.vis) => {
            lines.push(format!("use {}", text(&item.tree)))
        }
        syn::Item::Mod(item) if is_public(&item.vis) => lines.push(format!("mod {}", item.ident)),
        syn::Item::Impl(item) => list_impl(item, lines),
        _ => {}
    }
}

fn list_impl(item: &syn::ItemImpl, lines: &mut Vec<String>) {
    let owner = text(&item.self_ty);
    if let Some((path, _)) = &item.trait_ {
        lines.push(format!("  impl {} for {owner}", text(path)));
        return;
    }
    for member in &item.items {
        if let syn::ImplItem::Fn(method) = member
            && is_public(&method.vis)
        {
            lines.push(format!("  {owner}::{}", signature(&method.sig)));
        }
    }
}

/// The structs and traits that a file keeps to itself.
fn private_items(file: &syn::File) -> HashSet<&syn::Ident> {
    let items = file.items.iter().filter_map(|item| match item {
        syn::Item::Struct(item) if !is_public(&item.vis) => Some(&item.ident),
        syn::Item::Trait(item) if !is_public(&item.vis) => Some(&item.ident),
        _ => None,
    });
    items.collect()
}

/// Whether the item is an impl for or of one of these.
fn is_of(item: &syn::Item, private: &HashSet<&syn::Ident>) -> bool {
    let syn::Item::Impl(item) = item else {
        return false;
    };
    let is_private = |path: &syn::Path| {
        let last = path.segments.last();
        last.is_some_and(|last| private.contains(&last.ident))
    };
    let of_trait = item
        .trait_
        .as_ref()
        .is_some_and(|(path, _)| is_private(path));
    let for_type =
        matches!(item.self_ty.as_ref(), syn::Type::Path(owner) if is_private(&owner.path));
    of_trait || for_type
}

fn derives(attributes: &[syn::Attribute]) -> String {
    let mut names = Vec::new();
    let mut exhaustive = "";
    for attribute in attributes {
        if attribute.path().is_ident("derive") {
            names.extend(
                attribute
                    .meta
                    .require_list()
                    .ok()
                    .map(|list| tidy(&list.tokens.to_string())),
            );
        }
        if attribute.path().is_ident("non_exhaustive") {
            exhaustive = ", non_exhaustive";
        }
    }
    format!("  ({}{exhaustive})", names.join(", "))
}

fn is_public(visibility: &syn::Visibility) -> bool {
    matches!(visibility, syn::Visibility::Public(_))
}

/// Tokens as a person would space them: without attributes, whole paths cut to their ends.
fn text(tokens: &impl ToTokens) -> String {
    tidy(&tokens.to_token_stream().to_string())
}

/// A signature as prettyplease sets it, in one line.
fn signature(sig: &syn::Signature) -> String {
    // A method is printed as a function; prettyplease does not mind its receiver.
    let mut file: syn::File = syn::parse_quote!(
        fn placeholder() {}
    );
    if let Some(syn::Item::Fn(item)) = file.items.first_mut() {
        item.sig = sig.clone();
    }
    let text = prettyplease::unparse(&file);
    let words: Vec<_> = text.split_whitespace().collect();
    words
        .join(" ")
        .trim_end_matches(" {}")
        .replace("( ", "(")
        .replace(", )", ")")
        .replace("::reqwest::", "reqwest::")
}

fn tidy(tokens: &str) -> String {
    let mut text = tokens.to_owned();
    for (from, to) in [
        (" :: ", "::"),
        (":: ", "::"),
        ("::std", "std"),
        ("::serde", "serde"),
        ("::reqwest", "reqwest"),
        (" <", "<"),
        ("< ", "<"),
        (" >", ">"),
        (" ,", ","),
        (" (", "("),
        ("( ", "("),
        (" )", ")"),
        (" :", ":"),
        ("& ", "&"),
        (" ;", ";"),
        ("[ ", "["),
        (" ]", "]"),
        ("{ ", "{"),
        (" }", "}"),
        ("=(", "= ("),
    ] {
        text = text.replace(from, to);
    }
    text.replace(",>", ">").replace(",)", ")")
}
