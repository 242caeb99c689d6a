//! One method of the client: check, send, decode by status.

use proc_macro2::TokenStream;
use quote::quote;
use syn::visit_mut::VisitMut;

use super::checks::{Reach, Subject, checks};
use super::{Context, answers, credentials, docs, sample, url};
use crate::lower::neutral;
use crate::model::{Operation, Place, Response, Scalar, Type};
use crate::tokens::{argument_of, doc, ident, optional};

pub(super) fn method(
    context: &Context<'_>,
    reach: &Reach,
    index: usize,
    operation: &Operation,
) -> Result<TokenStream, String> {
    let lost = || format!("progenitor lost the operation `{}`", operation.ident);
    let signature = context.raw.method(index).ok_or_else(lost)?;
    let borrowed = takes_body_by_reference(&signature);
    let own = restore(signature, operation);
    let docs = doc(&text(context, operation, &own));
    let deprecated = operation.docs.deprecated.then(|| quote! { #[deprecated] });
    let validate = validate(reach, operation, borrowed);
    let url = url::url(context, operation);
    let method = ident(operation.method.name());
    let headers = headers(operation);
    let body = operation
        .body
        .as_ref()
        .map(|body| send_body(body.required, borrowed, &body.media));
    let credentials = credentials::in_headers(context, operation);
    let mutable =
        (!headers.is_empty() || body.is_some() || !credentials.is_empty()).then(|| quote! { mut });
    let arms = answers::arms(context, operation);
    // A URL that holds a key must not get into messages.
    let hide_url = credentials::show_in_url(context, operation)
        .then(|| quote! { .map_err(::reqwest::Error::without_url) });
    let accept = accept(operation);
    Ok(quote! {
        #docs
        #deprecated
        pub #own {
            #validate
            #url
            let #mutable request = self
                .http
                .request(::reqwest::Method::#method, url)
                .header(::reqwest::header::ACCEPT, #accept);
            #headers
            #credentials
            #body
            let answer = transport::send(request).await #hide_url?;
            match answer.status().as_u16() {
                #arms
                _ => Err(transport::undocumented(answer)),
            }
        }
    })
}

/// Whether the body comes as a reference; numbers and booleans come as they are.
fn takes_body_by_reference(signature: &syn::Signature) -> bool {
    signature.inputs.iter().any(|input| match input {
        syn::FnArg::Typed(argument) => {
            matches!(argument.pat.as_ref(), syn::Pat::Ident(name) if name.ident == "body")
                && matches!(argument.ty.as_ref(), syn::Type::Reference(_))
        }
        syn::FnArg::Receiver(_) => false,
    })
}

/// The media types that the answers may have.
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

/// Puts the body into the request, if there is one.
fn send_body(required: bool, borrowed: bool, media: &str) -> TokenStream {
    let reference = if required && !borrowed {
        quote! { &body }
    } else {
        quote! { body }
    };
    let send = quote! {
        request = request
            .header(::reqwest::header::CONTENT_TYPE, #media)
            .body(transport::encode(#reference)?);
    };
    match (required, borrowed) {
        (true, _) => send,
        (false, true) => quote! { if let Some(body) = body { #send } },
        (false, false) => quote! { if let Some(body) = &body { #send } },
    }
}

/// Progenitor's signature under the contract's names, with this crate's results.
fn restore(mut signature: syn::Signature, operation: &Operation) -> syn::Signature {
    signature.ident = ident(&operation.ident);
    for input in &mut signature.inputs {
        let syn::FnArg::Typed(argument) = input else {
            continue;
        };
        let syn::Pat::Ident(name) = argument.pat.as_mut() else {
            continue;
        };
        Slices.visit_type_mut(&mut argument.ty);
        let position =
            (0..operation.params.len()).find(|index| name.ident == neutral::param(*index));
        match position.and_then(|index| operation.params.get(index)) {
            Some(param) => name.ident = ident(&param.ident),
            None if operation.body.as_ref().is_some_and(|body| !body.required) => {
                *argument.ty = optional(&argument.ty);
            }
            None => {}
        }
    }
    if let syn::ReturnType::Type(_, ty) = &mut signature.output
        && let Some(value) =
            argument_of(ty, "Result").and_then(|ok| argument_of(ok, "ResponseValue"))
    {
        let error = error_of(ty);
        **ty = syn::parse_quote!(::std::result::Result<Response<#value>, Error<#error>>);
    }
    signature
}

/// Lists are taken as slices: `&Vec<T>` becomes `&[T]`.
struct Slices;

impl VisitMut for Slices {
    fn visit_type_reference_mut(&mut self, reference: &mut syn::TypeReference) {
        if let Some(item) = argument_of(&reference.elem, "Vec") {
            *reference.elem = syn::parse_quote!([#item]);
        }
    }
}

/// `E` of `Result<_, Error<E>>`.
fn error_of(result: &syn::Type) -> syn::Type {
    let nothing = || syn::parse_quote!(());
    let syn::Type::Path(path) = result else {
        return nothing();
    };
    let Some(syn::PathArguments::AngleBracketed(arguments)) =
        path.path.segments.last().map(|last| &last.arguments)
    else {
        return nothing();
    };
    match arguments.args.iter().nth(1) {
        Some(syn::GenericArgument::Type(error)) => {
            argument_of(error, "Error").cloned().unwrap_or_else(nothing)
        }
        _ => nothing(),
    }
}

/// The checks before anything is sent: of parameters first, then of the body.
fn validate(reach: &Reach, operation: &Operation, borrowed: bool) -> TokenStream {
    let mut steps = TokenStream::new();
    for param in &operation.params {
        let (name, wire) = (ident(&param.ident), &param.wire);
        if !reach.usage(&param.usage) {
            continue;
        }
        // Strings and lists come as references, other scalars by value.
        let by_value = matches!(&param.usage.ty, Type::Scalar(scalar) if *scalar != Scalar::String);
        let subject = |name| {
            if by_value {
                Subject::place(name)
            } else {
                Subject::reference(name)
            }
        };
        let at = quote! { At::Field(&At::Root, #wire) };
        let usage = param.usage.not_null();
        let step = if param.required {
            checks(reach, &usage, &subject(quote! { #name }), &at)
        } else {
            let inner = checks(reach, &usage, &subject(quote! { value }), &at);
            quote! { if let Some(value) = #name { #inner } }
        };
        steps.extend(quote! { { let broken = &mut broken; #step } });
    }
    for segment in url::segments(&operation.path)
        .iter()
        .filter(|segment| segment.is_dynamic())
    {
        let (names, text) = (segment.names(), segment.expression(operation));
        let wire = names.join(",");
        steps.extend(quote! {
            transport::path_segment(#text, At::Field(&At::Root, #wire), &mut broken);
        });
    }
    let headers = operation
        .params
        .iter()
        .filter(|param| param.place == Place::Header);
    for param in headers.clone() {
        let (name, wire) = (ident(&param.ident), &param.wire);
        let value = |value: TokenStream| {
            let text = url::owned_text(param, &value);
            quote! { transport::header_value(#text, At::Field(&At::Root, #wire), &mut broken) }
        };
        steps.extend(if param.required {
            let value = value(quote! { #name });
            quote! { let #name = #value; }
        } else {
            let value = value(quote! { value });
            quote! { let #name = #name.map(|value| #value); }
        });
    }
    let body = operation
        .body
        .as_ref()
        .filter(|body| reach.usage(&body.usage));
    if steps.is_empty() {
        let Some(body) = body else { return quote! {} };
        if let (true, Type::Named(_)) = (body.required, &body.usage.ty) {
            return quote! { body.validate()?; };
        }
    }
    if let Some(body) = body {
        let owned = body.required && !borrowed;
        let subject = if owned {
            Subject::place(quote! { body })
        } else {
            Subject::reference(quote! { body })
        };
        let inner = checks(reach, &body.usage, &subject, &quote! { At::Root });
        let inner = quote! { let broken = &mut broken; #inner };
        steps.extend(match (body.required, borrowed) {
            (true, _) => quote! { { #inner } },
            (false, true) => quote! { if let Some(body) = body { #inner } },
            (false, false) => quote! { if let Some(body) = &body { #inner } },
        });
    }
    quote! {
        let mut broken = Violations::default();
        #steps
        if !broken.is_empty() {
            return Err(Error::Invalid(broken));
        }
    }
}

fn headers(operation: &Operation) -> TokenStream {
    let headers = operation
        .params
        .iter()
        .filter(|param| param.place == Place::Header);
    headers
        .map(|param| {
            let (name, wire) = (ident(&param.ident), &param.wire);
            if param.required {
                quote! { request = request.header(#wire, #name); }
            } else {
                quote! { if let Some(value) = #name { request = request.header(#wire, value); } }
            }
        })
        .collect()
}

/// The documentation of the method.
fn text(context: &Context<'_>, operation: &Operation, signature: &syn::Signature) -> String {
    let mut text = docs::prose(&operation.docs);
    docs::paragraph(
        &mut text,
        format!("`{} {}`", operation.method, operation.path),
    );
    let mut params = Vec::new();
    for param in &operation.params {
        let mut line = format!("- `{}`", param.ident);
        let prose = docs::one_line(&docs::prose(&param.docs));
        let limits = docs::sentence(&param.usage);
        let wire = if param.ident == param.wire {
            String::new()
        } else {
            format!("Sent as {}.", docs::quoted(&param.wire))
        };
        let facts = docs::facts(&param.docs);
        let parts = [prose, limits, facts, wire];
        for part in parts.iter().filter(|part| !part.is_empty()) {
            line.push_str(if line.ends_with('`') { ": " } else { " " });
            line.push_str(part);
        }
        params.push(line);
    }
    docs::paragraph(&mut text, params.join("\n"));
    let mut answers = Vec::new();
    for response in &operation.responses {
        let description = response.description.as_deref().unwrap_or_default();
        answers.push(
            format!(
                "- `{}`: {}",
                response.status,
                docs::markdown(&docs::one_line(description))
            )
            .trim_end()
            .to_owned(),
        );
    }
    docs::paragraph(&mut text, format!("Answers:\n\n{}", answers.join("\n")));
    docs::paragraph(
        &mut text,
        "# Errors\n\nThe request breaks a limit, the exchange fails, or the service answers \
         with an error; see [`Error`]."
            .to_owned(),
    );
    for response in &operation.responses {
        docs::paragraph(&mut text, example_answer(response));
    }
    if !operation.docs.deprecated {
        docs::paragraph(&mut text, sample::example(context, operation, signature));
    }
    text
}

/// The published example of an answer.
fn example_answer(response: &Response) -> String {
    let example = response.example.as_ref();
    let Some(json) = example.and_then(|value| serde_json::to_string_pretty(value).ok()) else {
        return String::new();
    };
    // A fence that the text cannot close.
    let fence = if json.contains("```") {
        "~~~~~~"
    } else {
        "```"
    };
    format!(
        "# Answer {}, for example\n\n{fence}json\n{json}\n{fence}",
        response.status
    )
}
