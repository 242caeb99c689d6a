//! What progenitor contributes: the Rust types of fields, arguments and results.
//!
//! Progenitor (by typify) decides how a schema is held in Rust: what is optional, what a list or
//! a map becomes, where a cycle of types needs a `Box`, which arguments an operation takes, in
//! which order, and by reference or by value. That is all that is taken from it. Its names,
//! documentation, validation and HTTP calls are not: they cannot say what this generator has to
//! say, for the reasons that are listed in `lower.rs`. What it is given is therefore the lowered
//! contract, in which every name is neutral, and what comes back is found by those names.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use bigmodel_rerank_openapi::{IntegerType, NumberType};
use openapiv3::OpenAPI;
use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use progenitor::{GenerationSettings, Generator, InterfaceStyle};

use crate::lower::neutral;
use crate::model::TypeId;
use crate::rust_type::RustType;

/// The types of everything in the lowered contract.
#[derive(Debug, Default)]
pub(crate) struct RustTypes {
    /// By component, then by the neutral name of the field.
    fields: HashMap<String, HashMap<String, RustType>>,
    /// By the neutral name of the operation.
    signatures: HashMap<String, Signature>,
}

/// What a method takes and returns.
#[derive(Clone, Debug)]
pub(crate) struct Signature {
    pub(crate) inputs: Vec<Input>,
    /// What a response carries.
    pub(crate) success: RustType,
    /// What a documented error carries.
    pub(crate) failure: RustType,
}

/// An argument of a method.
#[derive(Clone, Debug)]
pub(crate) struct Input {
    pub(crate) argument: Argument,
    pub(crate) ty: RustType,
}

/// What an argument is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Argument {
    /// The parameter with this index.
    Param(usize),
    Body,
}

impl RustTypes {
    /// The Rust type of a field.
    pub(crate) fn field(&self, component: TypeId, field: &str) -> Option<&RustType> {
        let fields = self.fields.get(&neutral::component(component))?;
        fields.get(field)
    }

    /// What an operation's method takes and returns.
    pub(crate) fn signature(&self, operation: usize) -> Option<&Signature> {
        self.signatures.get(&neutral::operation(operation))
    }
}

/// Runs progenitor. Lowering avoids everything that it is known to panic on; if it panics or
/// fails all the same, the reason is returned.
pub(crate) fn rust_types(lowered: &OpenAPI) -> Result<RustTypes, String> {
    let stream = catch_unwind(AssertUnwindSafe(|| {
        let mut settings = GenerationSettings::new();
        settings
            .with_interface(InterfaceStyle::Positional)
            .with_map_type("::std::collections::BTreeMap");
        Generator::new(&settings).generate_tokens(lowered)
    }));
    match stream {
        Ok(Ok(stream)) => collect(stream),
        Ok(Err(error)) => Err(error.to_string()),
        Err(_) => Err("progenitor panicked".to_owned()),
    }
}

/// Takes the structs of `mod types` and the signatures of methods. Nothing else is parsed:
/// bodies of functions and conversions of types are most of the stream.
fn collect(stream: TokenStream) -> Result<RustTypes, String> {
    let mut types = RustTypes::default();
    for outer in Items(stream.into_iter()) {
        let is_impl = outer.keyword == "impl";
        for item in Items(outer.body.stream().into_iter()) {
            if is_impl && matches!(item.keyword, "async" | "fn") {
                let signature: syn::Signature =
                    syn::parse2(item.head.into_iter().collect()).map_err(message)?;
                let name = signature.ident.to_string();
                // The client has methods of its own besides those of operations.
                if let Some(signature) = self::signature(&signature) {
                    types.signatures.insert(name, signature);
                }
            } else if item.keyword == "struct" {
                let mut tokens: TokenStream = item.head.into_iter().collect();
                tokens.extend([TokenTree::Group(item.body)]);
                let item: syn::ItemStruct = syn::parse2(tokens).map_err(message)?;
                types.fields.insert(item.ident.to_string(), fields(&item));
            }
        }
    }
    Ok(types)
}

fn message(error: syn::Error) -> String {
    error.to_string()
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

fn fields(item: &syn::ItemStruct) -> HashMap<String, RustType> {
    let fields = item.fields.iter().filter_map(|field| {
        let ty = match rust_type(&field.ty)? {
            // Where an optional type leads back to itself: the same, the other way round.
            RustType::Box(inner) => match *inner {
                RustType::Option(inner) => RustType::Box(inner).optional(),
                other => RustType::Box(Box::new(other)),
            },
            other => other,
        };
        Some((field.ident.as_ref()?.to_string(), ty))
    });
    fields.collect()
}

/// What an operation's method takes and returns; `None` for other methods.
fn signature(signature: &syn::Signature) -> Option<Signature> {
    let inputs = signature.inputs.iter().filter_map(|input| match input {
        syn::FnArg::Typed(argument) => Some(argument),
        syn::FnArg::Receiver(_) => None,
    });
    let mut inputs = inputs.map(input).collect::<Option<Vec<_>>>()?;
    // Progenitor sorts them by their names.
    inputs.sort_by_key(|input| input.argument);
    let syn::ReturnType::Type(_, result) = &signature.output else {
        return None;
    };
    let mut result = arguments(result, "Result")?.into_iter();
    let success = arguments(result.next()?, "ResponseValue")?
        .first()
        .copied()?;
    let failure = arguments(result.next()?, "Error")?;
    Some(Signature {
        inputs,
        success: rust_type(success)?,
        failure: match failure.first() {
            Some(failure) => rust_type(failure)?,
            None => RustType::Unit,
        },
    })
}

fn input(input: &syn::PatType) -> Option<Input> {
    let syn::Pat::Ident(name) = input.pat.as_ref() else {
        return None;
    };
    let argument = if name.ident == "body" {
        Argument::Body
    } else {
        Argument::Param(neutral::param_index(&name.ident.to_string())?)
    };
    Some(Input {
        argument,
        ty: rust_type(&input.ty)?.with_slices(),
    })
}

/// The arguments of a path that ends in `name<…>`; none if it ends in `name` alone.
fn arguments<'t>(ty: &'t syn::Type, name: &str) -> Option<Vec<&'t syn::Type>> {
    let syn::Type::Path(path) = ty else {
        return None;
    };
    let last = path.path.segments.last()?;
    (last.ident == name).then(|| types_in(&last.arguments))
}

fn types_in(arguments: &syn::PathArguments) -> Vec<&syn::Type> {
    let syn::PathArguments::AngleBracketed(arguments) = arguments else {
        return Vec::new();
    };
    let types = arguments.args.iter().filter_map(|argument| match argument {
        syn::GenericArgument::Type(ty) => Some(ty),
        _ => None,
    });
    types.collect()
}

/// Returns the type that progenitor wrote; `None` if lowering cannot result in it.
fn rust_type(ty: &syn::Type) -> Option<RustType> {
    match ty {
        syn::Type::Reference(reference) => {
            let inner = rust_type(&reference.elem)?;
            Some(RustType::Reference(Box::new(inner)))
        }
        syn::Type::Slice(slice) => Some(RustType::Slice(Box::new(rust_type(&slice.elem)?))),
        syn::Type::Tuple(tuple) if tuple.elems.is_empty() => Some(RustType::Unit),
        syn::Type::Path(path) => {
            let last = path.path.segments.last()?;
            let arguments = types_in(&last.arguments);
            named(&last.ident.to_string(), &arguments)
        }
        _ => None,
    }
}

fn named(name: &str, arguments: &[&syn::Type]) -> Option<RustType> {
    let argument = |index: usize| {
        let argument = arguments.get(index)?;
        rust_type(argument).map(Box::new)
    };
    let integers = || {
        let mut all = IntegerType::ALL.into_iter();
        all.find(|ty| ty.rust_name() == name).map(RustType::Int)
    };
    Some(match name {
        "bool" => RustType::Bool,
        "f32" => RustType::Number(NumberType::F32),
        "f64" => RustType::Number(NumberType::F64),
        "String" => RustType::String,
        "str" => RustType::Str,
        "Value" => RustType::Json,
        neutral::UPLOAD => RustType::Upload,
        // Only serde_json's map is called that, and it holds values of any kind.
        "Map" => RustType::JsonObject,
        "Option" => RustType::Option(argument(0)?),
        "Box" => RustType::Box(argument(0)?),
        "Vec" => RustType::Vec(argument(0)?),
        "BTreeMap" | "HashMap" => RustType::Map(argument(1)?),
        name => match neutral::component_id(name) {
            Some(id) => RustType::Named(id),
            None => integers()?,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::{RustType, rust_type};

    fn read(text: &str) -> Option<RustType> {
        syn::parse_str(text).ok().and_then(|ty| rust_type(&ty))
    }

    #[test]
    fn types_are_known_by_their_neutral_names() {
        let list = RustType::Vec(Box::new(RustType::Named(12)));
        assert_eq!(read("::std::vec::Vec<types::T12>"), Some(list));
        let map = RustType::Map(Box::new(RustType::String)).optional();
        let text = "::std::option::Option<::std::collections::BTreeMap<::std::string::String, \
                    ::std::string::String>>";
        assert_eq!(read(text), Some(map));
        assert_eq!(read("uuid::Uuid"), None);
    }
}
