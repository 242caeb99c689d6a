//! Items to text, with the header that every file has. Text is made here, and read by no pass.

use std::collections::BTreeSet;

use proc_macro2::{Spacing, TokenStream, TokenTree};
use quote::{ToTokens as _, quote};
use syn::visit_mut::VisitMut as _;

use super::Context;
use super::emitted::{Emitted, EmittedMethod};
use super::imports::{Derivable, Imports};
use super::needs::Needs;
use crate::names::ident;
use crate::public_api::{Module, PublicItem};
use crate::reserved::DERIVE_MACROS;
use crate::spelling::Spelling::InFull;
use crate::spelling::doc_line;

/// The header of a file, in lines that start with `comment`.
pub(super) fn header(context: &Context<'_>, comment: &str) -> String {
    format!(
        "{comment} @generated from an OpenAPI contract, inputs sha256:{}.\n\
         {comment} Do not edit: change the contract, then run `{}`.\n\n",
        context.digest, context.settings.regenerate
    )
}

/// A hand-written file that goes into the crate as it is.
pub(super) fn runtime(context: &Context<'_>, text: &str) -> String {
    format!("{}{text}", header(context, "//"))
}

/// A printed file, what its items need, and which of them are public.
#[derive(Debug)]
pub(super) struct Printed {
    pub(super) text: String,
    pub(super) needs: Needs,
    pub(super) public: Vec<PublicItem>,
}

/// A file in the making. Items are printed one after the other, so that what one takes in memory
/// is free again before the next one comes, however long the file gets.
pub(super) struct Printer<'a> {
    context: &'a Context<'a>,
    imports: Imports<'a>,
    module: Module,
    needs: Needs,
    public: Vec<PublicItem>,
    /// Whether it is a part of another file, whose items it uses.
    is_inner: bool,
    /// The names of the types that it has itself.
    own: BTreeSet<String>,
    /// The names of types that it implements something for.
    implements: BTreeSet<String>,
    /// Modules and what they export.
    declarations: Vec<String>,
    blocks: Vec<String>,
}

impl<'a> Printer<'a> {
    /// A file whose public items users name by `module`.
    pub(super) fn new(context: &'a Context<'a>, module: Module) -> Self {
        Self {
            context,
            imports: Imports::new(&context.names),
            module,
            needs: Needs::default(),
            public: Vec::new(),
            is_inner: false,
            own: BTreeSet::new(),
            implements: BTreeSet::new(),
            declarations: Vec::new(),
            blocks: Vec::new(),
        }
    }

    /// A file for a part of what users name by `module`, in a folder of that name.
    pub(super) fn inner(context: &'a Context<'a>, module: Module) -> Self {
        Self {
            is_inner: true,
            ..Self::new(context, module)
        }
    }

    /// Declares modules, and what they export.
    pub(super) fn declare(&mut self, modules: &str, exports: &str) {
        let declarations = [modules, exports]
            .into_iter()
            .filter(|text| !text.is_empty());
        self.declarations.extend(declarations.map(str::to_owned));
    }

    /// Adds items at the end of the file.
    pub(super) fn add(&mut self, emitted: Emitted) {
        self.needs.extend(emitted.needs);
        for mut item in emitted.items {
            self.imports.visit_item_mut(&mut item);
            self.module.list(&item, &mut self.public);
            self.own.extend(type_name(&item));
            if self.is_inner {
                Derivable(&self.context.names).visit_item_mut(&mut item);
            }
            self.blocks.push(match item {
                syn::Item::Impl(item) => self.implementation(item),
                syn::Item::Macro(item) => invocation(&item.mac),
                item => unparse(item),
            });
        }
    }

    /// Adds one `impl` of the type `name` with all these methods.
    pub(super) fn add_methods(
        &mut self,
        name: &str,
        methods: impl Iterator<Item = Result<EmittedMethod, String>>,
    ) -> Result<(), String> {
        let mut members = Vec::new();
        for method in methods {
            let EmittedMethod { mut method, needs } = method?;
            self.needs.extend(needs);
            self.imports.visit_impl_item_fn_mut(&mut method);
            self.module.list_method(name, &method, &mut self.public);
            members.push(printed_method(method));
        }
        self.implements.insert(name.to_owned());
        self.blocks.push(braced(&format!("impl {name}"), &members));
        Ok(())
    }

    /// The file, with its header, a line on what it is for, and its imports.
    pub(super) fn finish(mut self, purpose: &str) -> Result<Printed, String> {
        if self.needs.validate {
            self.imports.import("validation", "Validate");
        }
        let imports: syn::File = syn::parse2(self.imports()).map_err(|error| error.to_string())?;
        let mut text = header(self.context, "//") + purpose + "\n";
        if !imports.items.is_empty() {
            text.push('\n');
            text.push_str(&prettyplease::unparse(&imports));
        }
        for block in self.declarations.iter().chain(&self.blocks) {
            text.push('\n');
            text.push_str(block);
        }
        Ok(Printed {
            text,
            needs: self.needs,
            public: self.public,
        })
    }

    fn imports(&self) -> TokenStream {
        let mut imports = self.imports.items();
        if self.is_inner {
            imports.extend(self.parent_imports());
        }
        imports
    }

    /// The import of what the file uses of the one that it is a part of.
    fn parent_imports(&self) -> TokenStream {
        let mut names = self.implements.clone();
        // Where types of the contract are, they are called by their names alone.
        if let Module::Public(_) = self.module {
            names.extend(self.imports.mentioned().iter().cloned());
        }
        let names: Vec<_> = names
            .difference(&self.own)
            .filter(|name| !DERIVE_MACROS.contains(&name.as_str()))
            .map(|name| ident(name))
            .collect();
        match names.as_slice() {
            [] => TokenStream::new(),
            [only] => quote! { use super::#only; },
            several => quote! { use super::{#(#several),*}; },
        }
    }

    /// An `impl` with a blank line between its members, which the printer would not set.
    fn implementation(&self, item: syn::ItemImpl) -> String {
        if item.items.is_empty() {
            return unparse(syn::Item::Impl(item));
        }
        let head = impl_head(&item);
        let attributes: String = item.attrs.iter().map(attribute).collect();
        let members: Vec<_> = item.items.into_iter().map(printed_member).collect();
        attributes + &braced(&head, &members)
    }
}

/// The name of the type that an item declares.
fn type_name(item: &syn::Item) -> Option<String> {
    match item {
        syn::Item::Struct(item) => Some(item.ident.to_string()),
        syn::Item::Enum(item) => Some(item.ident.to_string()),
        syn::Item::Type(item) => Some(item.ident.to_string()),
        _ => None,
    }
}

/// `impl<…> Trait for Type`.
fn impl_head(item: &syn::ItemImpl) -> String {
    let mut head = "impl".to_owned();
    head.push_str(&InFull.generics(&item.generics));
    head.push(' ');
    if let Some((path, _)) = &item.trait_ {
        head.push_str(&InFull.path(path));
        head.push_str(" for ");
    }
    head.push_str(&InFull.ty(&item.self_ty));
    head
}

/// A line of documentation, or another attribute.
fn attribute(attribute: &syn::Attribute) -> String {
    match doc_line(attribute) {
        Some(line) => format!("///{line}\n"),
        None => format!("{}\n", attribute.to_token_stream()),
    }
}

fn printed_member(member: syn::ImplItem) -> String {
    match member {
        syn::ImplItem::Fn(method) => printed_method(method),
        syn::ImplItem::Const(item) => unparse(syn::Item::Const(syn::ItemConst {
            attrs: item.attrs,
            vis: item.vis,
            modifiers: item.modifiers,
            const_token: item.const_token,
            ident: item.ident,
            generics: item.generics,
            colon_token: item.colon_token,
            ty: Box::new(item.ty),
            eq_token: item.eq_token,
            expr: Box::new(item.expr),
            semi_token: item.semi_token,
        })),
        syn::ImplItem::Type(item) => unparse(syn::Item::Type(syn::ItemType {
            attrs: item.attrs,
            vis: item.vis,
            type_token: item.type_token,
            ident: item.ident,
            generics: item.generics,
            eq_token: item.eq_token,
            ty: Box::new(item.ty),
            semi_token: item.semi_token,
            modifiers: item.modifiers,
            where_clause_placement: syn::WhereClausePlacement::Late,
        })),
        other => other.to_token_stream().to_string() + "\n",
    }
}

/// A method is printed as a function: the printer does not mind its receiver.
fn printed_method(method: syn::ImplItemFn) -> String {
    unparse(syn::Item::Fn(syn::ItemFn {
        attrs: method.attrs,
        vis: method.vis,
        modifiers: method.modifiers,
        sig: method.sig,
        block: Box::new(method.block),
    }))
}

/// Members in braces, one level deeper, with a blank line between them.
fn braced(head: &str, members: &[String]) -> String {
    let mut text = format!("{head} {{\n");
    for (index, member) in members.iter().enumerate() {
        if index > 0 {
            text.push('\n');
        }
        for line in member.lines() {
            if !line.is_empty() {
                text.push_str("    ");
                text.push_str(line);
            }
            text.push('\n');
        }
    }
    text + "}\n"
}

/// An invocation of `object!` or the like: a name, and entries in braces, a line each.
fn invocation(invocation: &syn::Macro) -> String {
    let mut text = format!("{}! {{\n", InFull.path(&invocation.path));
    for token in invocation.tokens.clone() {
        match token {
            TokenTree::Group(group) => {
                text.push_str(" {\n        ");
                entries(group.stream(), &mut text);
                text.push_str("    }\n");
            }
            token => {
                text.push_str("    ");
                text.push_str(&token.to_string());
            }
        }
    }
    text + "}\n"
}

/// Entries that end with a comma, as a person would space them.
fn entries(tokens: TokenStream, text: &mut String) {
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        text.push_str(&token.to_string());
        let ends = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == ',');
        let is_last = tokens.peek().is_none();
        let is_joint =
            matches!(&token, TokenTree::Punct(punct) if punct.spacing() == Spacing::Joint);
        let is_before_sign = matches!(
            tokens.peek(),
            Some(TokenTree::Punct(punct)) if [',', ':'].contains(&punct.as_char())
        );
        if ends {
            text.push_str(if is_last { "\n" } else { "\n        " });
        } else if !is_joint && !is_before_sign {
            text.push(' ');
        }
    }
}

fn unparse(item: syn::Item) -> String {
    prettyplease::unparse(&syn::File {
        shebang: None,
        frontmatter: None,
        attrs: Vec::new(),
        items: vec![item],
    })
}
