//! One method of the client: check, send, decode by status.

use proc_macro2::TokenStream;
use quote::quote;

use super::constrained::Constrained;
use super::docs::doc;
use super::emitted::EmittedMethod;
use super::limits::{At, Subject, checks};
use super::needs::Needs;
use super::runtime::Part;
use super::{Context, body, credentials, method_docs, responses, styles, url};
use crate::model::{Operation, Param, ParameterLocation, Scalar, Type, TypeRef};
use crate::names::ident;
use crate::progenitor::{Argument, Signature};
use crate::rust_type::{RustType, TypeWriter};

pub(super) fn method(
    context: &Context<'_>,
    constrained: &Constrained,
    index: usize,
    operation: &Operation,
) -> Result<EmittedMethod, String> {
    let lost = || format!("progenitor lost the operation `{}`", operation.ident);
    let signature = context.rust_types.signature(index).ok_or_else(lost)?;
    let signature = body::signature(context, signature.clone(), operation);
    let required = operation.body.as_ref().is_some_and(|body| body.required);
    let borrowed = takes_body_by_reference(&signature, required);
    let mut needs = Needs::default();
    let own = written(context, operation, &signature);
    let docs = doc(&method_docs::text(context, operation, &signature));
    let deprecated = operation.docs.deprecated.then(|| quote! { #[deprecated] });
    let validate = validate(constrained, operation, borrowed, &mut needs);
    let url = url::url(context, operation, &mut needs);
    let method = ident(operation.method.name());
    let body = body::send(context, operation, borrowed, &mut needs);
    body::need_stream(&signature.success, &mut needs);
    let mut params = operation.params.iter();
    let has_cookies =
        params.any(|param| param.location == ParameterLocation::Cookie || is_cookies(param));
    let headers = headers(operation);
    let gathers_cookies = has_cookies || credentials::are_several_cookies(context, operation);
    let (gather, cookies) = if gathers_cookies {
        let function = needs.function(Part::Cookies);
        (
            quote! { let mut cookies = ::std::vec::Vec::new(); },
            quote! { request = #function(request, &cookies); },
        )
    } else {
        Default::default()
    };
    let credentials = credentials::in_headers(context, operation, gathers_cookies);
    let is_extended =
        gathers_cookies || !headers.is_empty() || body.is_some() || !credentials.is_empty();
    let mutable = is_extended.then(|| quote! { mut });
    let streams = responses::has_stream(operation);
    let sent = if streams {
        quote! { request.send() }
    } else {
        let send = needs.function(Part::Send);
        quote! { #send(request) }
    };
    let undocumented = responses::undocumented(streams, &mut needs);
    let arms = responses::arms(context, operation, &mut needs);
    // A URL that holds a key must not get into messages.
    let hide_url = credentials::are_in_url(context, operation)
        .then(|| quote! { .map_err(::reqwest::Error::without_url) });
    let accept = accept(operation);
    let tokens = quote! {
        #docs
        #deprecated
        #own {
            #gather
            #validate
            #url
            let #mutable request = self
                .http
                .request(::reqwest::Method::#method, url)
                .header(::reqwest::header::ACCEPT, #accept);
            #headers
            #credentials
            #cookies
            #body
            let response = #sent.await #hide_url?;
            match response.status().as_u16() {
                #arms
                _ => Err(#undocumented),
            }
        }
    };
    let method = syn::parse2(tokens).map_err(|error| error.to_string())?;
    Ok(EmittedMethod { method, needs })
}

/// Whether the body is passed by reference, if there is one; numbers and booleans are passed by
/// value, and so is the option of a required body that may be null.
fn takes_body_by_reference(signature: &Signature, required: bool) -> bool {
    signature.inputs.iter().any(|input| {
        let ty = match input.ty.option_argument() {
            Some(inner) if !required => inner,
            _ => &input.ty,
        };
        input.argument == Argument::Body && matches!(ty, RustType::Reference(_))
    })
}

/// The name of an argument.
pub(super) fn argument_name(operation: &Operation, argument: Argument) -> &str {
    match argument {
        Argument::Body => "body",
        Argument::Param(index) => operation
            .params
            .get(index)
            .map_or("", |param| param.ident.as_str()),
    }
}

/// The head of the method.
fn written(context: &Context<'_>, operation: &Operation, signature: &Signature) -> TokenStream {
    let types = TypeWriter::outside(&context.api.types);
    let name = ident(&operation.ident);
    let inputs = signature.inputs.iter().map(|input| {
        let (name, ty) = (
            ident(argument_name(operation, input.argument)),
            types.tokens(&input.ty),
        );
        match input.ty {
            RustType::Upload => quote! { #name: impl ::std::convert::Into<#ty> },
            _ => quote! { #name: #ty },
        }
    });
    let (success, failure) = (
        types.tokens(&signature.success),
        types.tokens(&signature.failure),
    );
    let options = operation.options.and_then(|id| context.api.types.get(id));
    let options = options.map(|def| {
        let name = ident(&def.name);
        quote! { options: &crate::types::#name }
    });
    let inputs = inputs.chain(options);
    quote! {
        pub async fn #name(&self, #(#inputs),*) -> ::std::result::Result<
            crate::response::Response<#success>,
            crate::error::Error<#failure>
        >
    }
}

/// The media types that responses may have.
fn accept(operation: &Operation) -> String {
    let mut all: Vec<&str> = Vec::new();
    for media in operation
        .responses
        .iter()
        .filter_map(|response| response.media.as_deref())
    {
        if !all.contains(&media) {
            all.push(media);
        }
    }
    if all.is_empty() {
        return "application/json".to_owned();
    }
    all.join(", ")
}

/// The checks before anything is sent: of parameters first, then of the body.
fn validate(
    constrained: &Constrained,
    operation: &Operation,
    borrowed: bool,
    needs: &mut Needs,
) -> TokenStream {
    let mut steps = TokenStream::new();
    for param in operation.params.iter().filter(|param| param.required) {
        let name = ident(&param.ident);
        if !constrained.contains(&param.type_ref) {
            continue;
        }
        // Strings and lists come as references, other scalars by value.
        let by_value =
            matches!(&param.type_ref.ty, Type::Scalar(scalar) if *scalar != Scalar::String);
        let subject = |name| {
            if by_value {
                Subject::owned(name)
            } else {
                Subject::reference(name)
            }
        };
        let at = At::Argument(param.wire.clone());
        let type_ref = param.type_ref.not_null();
        let step = checks(
            constrained,
            &type_ref,
            &subject(quote! { #name }),
            &at,
            needs,
        );
        steps.extend(quote! { { let broken = &mut broken; #step } });
    }
    if let Some(id) = operation.options {
        let type_ref = TypeRef::plain(Type::Named(id));
        let subject = Subject::reference(quote! { options });
        let step = checks(constrained, &type_ref, &subject, &At::Root, needs);
        if !step.is_empty() {
            steps.extend(quote! { { let broken = &mut broken; #step } });
        }
    }
    for param in params_in(operation, ParameterLocation::Path).filter(|it| styles::is_styled(it)) {
        let name = ident(&param.ident);
        let text = styles::text(param, &quote! { #name }, needs);
        steps.extend(quote! { let #name = #text; });
    }
    for segment in url::segments(&operation.path)
        .iter()
        .filter(|segment| segment.is_dynamic())
    {
        let (names, text) = (segment.names(), segment.expression(operation));
        let (function, at) = (
            needs.function(Part::PathSegment),
            At::Argument(names.join(",")).tokens(),
        );
        steps.extend(quote! { #function(#text, #at, &mut broken); });
    }
    for param in params_in(operation, ParameterLocation::Header) {
        let name = ident(&param.ident);
        let value = if param.required {
            header_value(param, &quote! { #name }, needs)
        } else {
            let value = header_value(param, &quote! { value }, needs);
            if styles::is_styled(param) {
                quote! {
                    match &options.#name {
                        Some(value) => Some(#value),
                        None => None,
                    }
                }
            } else {
                quote! { options.#name.as_ref().map(|value| #value) }
            }
        };
        steps.extend(quote! { let #name = #value; });
    }
    for param in params_in(operation, ParameterLocation::Cookie) {
        let name = ident(&param.ident);
        steps.extend(if param.required {
            let value = header_value(param, &quote! { #name }, needs);
            quote! { cookies.push(#value); }
        } else {
            let value = header_value(param, &quote! { value }, needs);
            quote! { if let Some(value) = &options.#name { cookies.push(#value); } }
        });
    }
    let body = operation
        .body
        .as_ref()
        .filter(|body| constrained.contains(&body.type_ref));
    if steps.is_empty() {
        let Some(body) = body else { return quote! {} };
        let is_sent = body.required && !body.type_ref.nullable;
        if let (true, Type::Named(_)) = (is_sent, &body.type_ref.ty) {
            needs.validate = true;
            return quote! { body.validate()?; };
        }
    }
    if let Some(body) = body {
        let owned = body.required && !borrowed;
        let subject = if owned {
            Subject::owned(quote! { body })
        } else {
            Subject::reference(quote! { body })
        };
        let inner = checks(constrained, &body.type_ref, &subject, &At::Root, needs);
        let inner = quote! { let broken = &mut broken; #inner };
        steps.extend(match (body.required, borrowed) {
            (true, _) => quote! { { #inner } },
            (false, true) => quote! { if let Some(body) = body { #inner } },
            (false, false) => quote! { if let Some(body) = &body { #inner } },
        });
    }
    quote! {
        let mut broken = crate::validation::Violations::default();
        #steps
        if !broken.is_empty() {
            return Err(crate::error::Error::Invalid(broken));
        }
    }
}

/// The parameters of an operation in one location.
fn params_in(operation: &Operation, location: ParameterLocation) -> impl Iterator<Item = &Param> {
    let params = operation.params.iter();
    params.filter(move |param| param.location == location)
}

/// A parameter as the value of a header; one that no header can carry is added to `broken`.
fn header_value(param: &Param, value: &TokenStream, needs: &mut Needs) -> TokenStream {
    let text = if styles::is_styled(param) {
        styles::text(param, value, needs)
    } else {
        url::owned_text(param, value)
    };
    let (function, at) = (
        needs.function(Part::HeaderValue),
        At::Argument(param.wire.clone()).tokens(),
    );
    quote! { #function(#text, #at, &mut broken) }
}

/// Puts the header parameters into the request.
fn headers(operation: &Operation) -> TokenStream {
    params_in(operation, ParameterLocation::Header)
        .map(|param| {
            let (name, wire) = (ident(&param.ident), &param.wire);
            let put = |value: TokenStream| {
                if is_cookies(param) {
                    quote! { cookies.push(#value); }
                } else {
                    quote! { request = request.header(#wire, #value); }
                }
            };
            if param.required {
                put(quote! { #name })
            } else {
                let put = put(quote! { value });
                quote! { if let Some(value) = #name { #put } }
            }
        })
        .collect()
}

/// Whether a parameter is a header with cookies, which other cookies go into.
fn is_cookies(param: &Param) -> bool {
    param.location == ParameterLocation::Header && credentials::is_cookie_header(&param.wire)
}
