//! Types and signatures as a person spells them.

use syn::punctuated::Punctuated;

/// How paths are spelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Spelling {
    /// As they are.
    InFull,
    /// As rustdoc does: by their last names. Only the items of other crates keep their paths,
    /// because several crates have an `Error`.
    AsDocumented,
}

/// Crates whose items keep their paths.
const FOREIGN: &[&str] = &["reqwest", "serde_json"];

impl Spelling {
    /// A path, with its generic arguments.
    pub(crate) fn path(self, path: &syn::Path) -> String {
        let is_foreign = path
            .segments
            .first()
            .is_some_and(|first| FOREIGN.iter().any(|name| first.ident == name));
        let skipped = match self {
            Self::AsDocumented if !is_foreign => path.segments.len().saturating_sub(1),
            _ => 0,
        };
        let colons = match self {
            Self::InFull if path.leading_colon.is_some() => "::",
            _ => "",
        };
        let segments = path.segments.iter().skip(skipped);
        let segments: Vec<_> = segments
            .map(|segment| format!("{}{}", segment.ident, self.arguments(&segment.arguments)))
            .collect();
        colons.to_owned() + &segments.join("::")
    }

    fn arguments(self, arguments: &syn::PathArguments) -> String {
        match arguments {
            syn::PathArguments::None => String::new(),
            syn::PathArguments::AngleBracketed(arguments) => {
                let arguments = arguments.args.iter().map(|argument| match argument {
                    syn::GenericArgument::Type(ty) => self.ty(ty),
                    syn::GenericArgument::AssocType(binding) => {
                        format!("{} = {}", binding.ident, self.ty(&binding.ty))
                    }
                    other => tokens(other),
                });
                format!("<{}>", list(arguments))
            }
            syn::PathArguments::Parenthesized(arguments) => {
                let inputs = list(arguments.inputs.iter().map(|input| self.ty(&input.ty)));
                format!("({inputs}){}", self.output(&arguments.output))
            }
        }
    }

    /// A type.
    pub(crate) fn ty(self, ty: &syn::Type) -> String {
        match ty {
            syn::Type::Path(path) => self.path(&path.path),
            syn::Type::Reference(reference) => {
                let (lifetime, mutable) = (&reference.lifetime, &reference.mutability);
                let head = self::reference(lifetime.as_ref(), mutable.is_some());
                head + &self.ty(&reference.elem)
            }
            syn::Type::Slice(slice) => format!("[{}]", self.ty(&slice.elem)),
            syn::Type::Tuple(tuple) => match tuple.elems.len() {
                1 => format!("({},)", list(tuple.elems.iter().map(|ty| self.ty(ty)))),
                _ => format!("({})", list(tuple.elems.iter().map(|ty| self.ty(ty)))),
            },
            syn::Type::ImplTrait(ty) => format!("impl {}", self.bounds(&ty.bounds)),
            syn::Type::TraitObject(ty) => format!("dyn {}", self.bounds(&ty.bounds)),
            other => tokens(other),
        }
    }

    fn bounds(self, bounds: &Punctuated<syn::TypeParamBound, impl quote::ToTokens>) -> String {
        let bounds: Vec<_> = bounds
            .iter()
            .map(|bound| match bound {
                syn::TypeParamBound::Trait(bound) => self.path(&bound.path),
                other => tokens(other),
            })
            .collect();
        bounds.join(" + ")
    }

    /// Generic parameters in angle brackets, with bounds and defaults; empty if there are none.
    pub(crate) fn generics(self, generics: &syn::Generics) -> String {
        if generics.params.is_empty() {
            return String::new();
        }
        let parameters = generics.params.iter().map(|parameter| match parameter {
            syn::GenericParam::Type(parameter) => {
                let mut text = parameter.ident.to_string();
                if !parameter.bounds.is_empty() {
                    text.push_str(": ");
                    text.push_str(&self.bounds(&parameter.bounds));
                }
                if let Some(default) = &parameter.default {
                    text.push_str(" = ");
                    text.push_str(&self.ty(&default.1));
                }
                text
            }
            other => tokens(other),
        });
        format!("<{}>", list(parameters))
    }

    /// A function without its body.
    pub(crate) fn signature(self, signature: &syn::Signature) -> String {
        let inputs = signature.inputs.iter().map(|input| match input {
            syn::FnArg::Receiver(receiver) => match &receiver.kind {
                // Whether a function may change what it owns is its own affair.
                syn::ReceiverKind::Value => "self".to_owned(),
                syn::ReceiverKind::Reference(_, lifetime, mutable) => {
                    reference(lifetime.as_ref(), mutable.is_some()) + "self"
                }
                _ => tokens(receiver),
            },
            syn::FnArg::Typed(argument) => {
                format!("{}: {}", tokens(&argument.pat), self.ty(&argument.ty))
            }
        });
        let asynchronous = if signature.asyncness.is_some() {
            "async "
        } else {
            ""
        };
        format!(
            "{asynchronous}fn {}{}({}){}",
            signature.ident,
            self.generics(&signature.generics),
            list(inputs),
            self.output(&signature.output)
        )
    }

    fn output(self, output: &syn::ReturnType) -> String {
        match output {
            syn::ReturnType::Default => String::new(),
            syn::ReturnType::Type(_, ty) => format!(" -> {}", self.ty(ty)),
        }
    }

    /// The fields of a variant.
    pub(crate) fn fields(self, fields: &syn::Fields) -> String {
        let types = |fields: &Punctuated<syn::Field, syn::Token![,]>| {
            list(fields.iter().map(|field| match &field.ident {
                Some(ident) => format!("{ident}: {}", self.ty(&field.ty)),
                None => self.ty(&field.ty),
            }))
        };
        match fields {
            syn::Fields::Named(fields) => format!(" {{ {} }}", types(&fields.named)),
            syn::Fields::Unnamed(fields) => format!("({})", types(&fields.unnamed)),
            syn::Fields::Unit => String::new(),
        }
    }
}

/// `&`, `&mut`, `&'a` or `&'a mut`.
fn reference(lifetime: Option<&syn::Lifetime>, is_mutable: bool) -> String {
    let lifetime = lifetime.map_or_else(String::new, |name| format!("{name} "));
    let mutable = if is_mutable { "mut " } else { "" };
    format!("&{lifetime}{mutable}")
}

fn list(items: impl Iterator<Item = String>) -> String {
    items.collect::<Vec<_>>().join(", ")
}

/// What is rare in public items, as the compiler would show it.
fn tokens(item: &impl quote::ToTokens) -> String {
    item.to_token_stream().to_string()
}

/// The line that a documentation attribute holds.
pub(crate) fn doc_line(attribute: &syn::Attribute) -> Option<String> {
    let syn::Meta::NameValue(meta) = &attribute.meta else {
        return None;
    };
    match &meta.value {
        syn::Expr::Lit(syn::ExprLit {
            lit: syn::Lit::Str(text),
            ..
        }) if meta.path.is_ident("doc") => Some(text.value()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::Spelling::{AsDocumented, InFull};

    #[test]
    fn signatures_are_spelled_as_rustdoc_does() {
        let signature: syn::Signature = syn::parse_quote! {
            async fn call<'a, T: ::serde::Serialize>(
                &self, body: &'a types::Body, list: impl ::std::iter::IntoIterator<Item = T>
            ) -> ::std::result::Result<Response<types::Out>, Error<(), ::reqwest::Error>>
        };
        assert_eq!(
            AsDocumented.signature(&signature),
            "async fn call<'a, T: Serialize>(&self, body: &'a Body, list: impl IntoIterator<Item = T>) \
             -> Result<Response<Out>, Error<(), reqwest::Error>>"
        );
    }

    #[test]
    fn a_path_in_full_is_left_as_it_is() {
        let path: syn::Path = syn::parse_quote!(::serde::Deserialize<'de>);
        assert_eq!(InFull.path(&path), "::serde::Deserialize<'de>");
        assert_eq!(AsDocumented.path(&path), "Deserialize<'de>");
    }
}
