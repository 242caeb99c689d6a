//! Calls progenitor on the lowered contract and sorts what comes back.
//!
//! Of progenitor's output the passes use the types of fields, with cycles boxed, and the
//! signatures of methods. Names are still neutral.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use openapiv3::OpenAPI;
use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use progenitor::{GenerationSettings, Generator, InterfaceStyle};
use quote::{ToTokens as _, format_ident, quote};
use syn::visit_mut::VisitMut;

use crate::lower::neutral;
use crate::model::Api;

/// Progenitor's output, by neutral name, with the names of types already put back. Kept as
/// text: tokens cannot be shared between threads.
#[derive(Debug, Default)]
pub(crate) struct Raw {
    /// Component name -> field name -> type.
    fields: HashMap<String, HashMap<String, String>>,
    methods: HashMap<String, String>,
}

impl Raw {
    /// The Rust type of a field, as progenitor has it.
    pub(crate) fn field(&self, component: usize, field: &str) -> Option<syn::Type> {
        let fields = self.fields.get(&neutral::component(component))?;
        syn::parse_str(fields.get(field)?).ok()
    }

    /// The signature of an operation's method, as progenitor has it.
    pub(crate) fn method(&self, operation: usize) -> Option<syn::Signature> {
        syn::parse_str(self.methods.get(&neutral::operation(operation))?).ok()
    }
}

/// Runs progenitor. Lowering keeps it from everything it is known to panic on; if it
/// panics or fails all the same, the reason comes back as text.
pub(crate) fn tokens(api: &Api, lowered: &OpenAPI) -> Result<Raw, String> {
    let stream = catch_unwind(AssertUnwindSafe(|| {
        let mut settings = GenerationSettings::new();
        settings
            .with_interface(InterfaceStyle::Positional)
            .with_map_type("::std::collections::BTreeMap");
        Generator::new(&settings).generate_tokens(lowered)
    }));
    let stream = match stream {
        Ok(Ok(stream)) => stream,
        Ok(Err(error)) => return Err(error.to_string()),
        Err(_) => return Err("progenitor panicked".to_owned()),
    };
    sort(api, stream).map_err(|error| error.to_string())
}

/// Takes the structs of `mod types` and the signatures of methods. Nothing else is parsed:
/// what functions do, and the conversions of types, are most of the stream.
fn sort(api: &Api, stream: TokenStream) -> syn::Result<Raw> {
    let mut raw = Raw::default();
    let mut names = PutBack::new(api);
    for outer in Items::of(stream) {
        let is_impl = outer.keyword == "impl";
        for item in Items::of(outer.body.stream()) {
            if is_impl && matches!(item.keyword, "async" | "fn") {
                let mut signature: syn::Signature = syn::parse2(item.head.into_iter().collect())?;
                names.visit_signature_mut(&mut signature);
                let text = signature.to_token_stream().to_string();
                raw.methods.insert(signature.ident.to_string(), text);
            } else if item.keyword == "struct" {
                let mut tokens: TokenStream = item.head.into_iter().collect();
                tokens.extend([TokenTree::Group(item.body)]);
                let item: syn::ItemStruct = syn::parse2(tokens)?;
                raw.fields
                    .insert(item.ident.to_string(), fields(item, &mut names));
            }
        }
    }
    Ok(raw)
}

/// An item that ends in a body in braces.
struct Item {
    keyword: &'static str,
    /// The tokens before the body, from the keyword on.
    head: Vec<TokenTree>,
    body: Group,
}

/// The items of a stream that end in a body in braces.
struct Items(proc_macro2::token_stream::IntoIter);

impl Items {
    fn of(stream: TokenStream) -> Self {
        Self(stream.into_iter())
    }
}

impl Iterator for Items {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        const KEYWORDS: &[&str] = &["async", "enum", "fn", "impl", "mod", "struct", "use"];
        let mut keyword = None;
        let mut head = Vec::new();
        for token in self.0.by_ref() {
            match token {
                TokenTree::Group(body) if body.delimiter() == Delimiter::Brace => {
                    return Some(Item {
                        keyword: keyword.unwrap_or_default(),
                        head,
                        body,
                    });
                }
                TokenTree::Punct(mark) if mark.as_char() == ';' => {
                    keyword = None;
                    head.clear();
                }
                token => {
                    if let (None, TokenTree::Ident(word)) = (&keyword, &token) {
                        keyword = KEYWORDS.iter().find(|known| word == *known).copied();
                    }
                    if keyword.is_some() {
                        head.push(token);
                    }
                }
            }
        }
        None
    }
}

fn fields(item: syn::ItemStruct, names: &mut PutBack) -> HashMap<String, String> {
    let mut fields = HashMap::new();
    for mut field in item.fields {
        names.visit_type_mut(&mut field.ty);
        if let Some(inner) = argument_of(&field.ty, "Box").and_then(|ty| argument_of(ty, "Option"))
        {
            // Where an optional type leads back to itself: the same, the other way round.
            field.ty = syn::parse_quote!(::std::option::Option<::std::boxed::Box<#inner>>);
        }
        if let Some(ident) = &field.ident {
            fields.insert(ident.to_string(), field.ty.to_token_stream().to_string());
        }
    }
    fields
}

/// Puts the names of types back in place of the neutral ones.
struct PutBack {
    names: HashMap<String, syn::Ident>,
}

impl PutBack {
    fn new(api: &Api) -> Self {
        let names = api.types.iter().enumerate();
        Self {
            names: names
                .map(|(id, def)| (neutral::component(id), format_ident!("{}", def.name)))
                .collect(),
        }
    }
}

impl VisitMut for PutBack {
    fn visit_path_mut(&mut self, path: &mut syn::Path) {
        syn::visit_mut::visit_path_mut(self, path);
        // `T3` in the types module, `types::T3` in a signature.
        let own = match path.segments.len() {
            1 => true,
            2 => path
                .segments
                .first()
                .is_some_and(|first| first.ident == "types"),
            _ => false,
        };
        if let (true, Some(last)) = (own, path.segments.last_mut())
            && let Some(name) = self.names.get(&last.ident.to_string())
        {
            last.ident = name.clone();
        }
    }

    /// Async functions need no lifetimes of their own for what they borrow.
    fn visit_signature_mut(&mut self, signature: &mut syn::Signature) {
        syn::visit_mut::visit_signature_mut(self, signature);
        signature.generics = syn::Generics::default();
    }

    fn visit_type_reference_mut(&mut self, reference: &mut syn::TypeReference) {
        reference.lifetime = None;
        syn::visit_mut::visit_type_reference_mut(self, reference);
    }

    fn visit_receiver_mut(&mut self, receiver: &mut syn::Receiver) {
        *receiver = syn::parse_quote!(&self);
    }
}

/// The argument of `Option<…>` or `Box<…>`.
pub(crate) fn argument_of<'t>(ty: &'t syn::Type, wrapper: &str) -> Option<&'t syn::Type> {
    let syn::Type::Path(path) = ty else {
        return None;
    };
    let last = path.path.segments.last()?;
    if last.ident != wrapper {
        return None;
    }
    let syn::PathArguments::AngleBracketed(arguments) = &last.arguments else {
        return None;
    };
    match arguments.args.first()? {
        syn::GenericArgument::Type(argument) => Some(argument),
        _ => None,
    }
}

/// `::std::option::Option<ty>`.
pub(crate) fn optional(ty: &syn::Type) -> syn::Type {
    syn::parse_quote!(::std::option::Option<#ty>)
}

/// A name that was settled by the names module.
pub(crate) fn ident(name: &str) -> proc_macro2::Ident {
    format_ident!("{}", name)
}

/// Text as `#[doc]` lines.
pub(crate) fn doc(text: &str) -> TokenStream {
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

/// Text that may stand in a comment: rustc refuses signs that turn the direction of what
/// follows and lone carriage returns, clippy refuses tabs.
pub(crate) fn presentable(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\t' => out.push_str("    "),
            '\n' => out.push(c),
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {}
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}
