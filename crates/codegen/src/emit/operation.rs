//! One method of the client: check, send, decode by status.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::checks::{Reach, Subject, checks};
use super::{Context, docs, sample};
use crate::lower::neutral;
use crate::model::{
    Operation, Param, Place, Response, Scalar, SchemeKind, Shape, Status, Type, Use,
};
use crate::tokens::{argument_of, doc, ident, optional};

pub(super) fn method(
    context: &Context<'_>,
    reach: &Reach,
    index: usize,
    operation: &Operation,
) -> Result<TokenStream, String> {
    let lost = || format!("progenitor lost the operation `{}`", operation.ident);
    let signature = context
        .raw
        .methods
        .get(&neutral::operation(index))
        .ok_or_else(lost)?;
    let signature = restore(signature.clone(), operation);
    let docs = doc(&text(context, operation, &signature));
    let deprecated = operation.docs.deprecated.then(|| quote! { #[deprecated] });
    let validate = validate(reach, operation);
    let url = url(context, operation);
    let method = ident(operation.method);
    let headers = headers(operation);
    let body = operation.body.as_ref().map(|body| {
        let send = quote! {
            request = request
                .header(::reqwest::header::CONTENT_TYPE, "application/json")
                .body(transport::encode(body)?);
        };
        if body.required {
            send
        } else {
            quote! { if let Some(body) = body { #send } }
        }
    });
    let credentials = credentials(context, operation);
    let mutable =
        (!headers.is_empty() || body.is_some() || !credentials.is_empty()).then(|| quote! { mut });
    let arms = arms(context, operation);
    // A URL that holds a key must not get into messages.
    let hide_url = (!query_keys(context, operation).is_empty())
        .then(|| quote! { .map_err(::reqwest::Error::without_url) });
    Ok(quote! {
        #docs
        #deprecated
        pub #signature {
            #validate
            #url
            let #mutable request = self
                .http
                .request(::reqwest::Method::#method, url)
                .header(::reqwest::header::ACCEPT, "application/json");
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
fn validate(reach: &Reach, operation: &Operation) -> TokenStream {
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
    for segment in segments(&operation.path)
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
        let text = text_of(param, &quote! { value });
        let value =
            quote! { transport::header_value(#text, At::Field(&At::Root, #wire), &mut broken) };
        steps.extend(if param.required {
            quote! { let #name = { let value = #name; #value }; }
        } else {
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
        let subject = Subject::reference(quote! { body });
        let inner = checks(
            reach,
            &body.usage.not_null(),
            &subject,
            &quote! { At::Root },
        );
        let inner = quote! { let broken = &mut broken; #inner };
        steps.extend(if body.required && !body.usage.nullable {
            quote! { { #inner } }
        } else {
            quote! { if let Some(body) = body { #inner } }
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

/// A part of the path between two slashes: text and names in turn.
struct Segment<'a> {
    parts: Vec<Part<'a>>,
}

enum Part<'a> {
    Text(&'a str),
    Name(&'a str),
}

fn segments(path: &str) -> Vec<Segment<'_>> {
    let path = path.strip_prefix('/').unwrap_or(path);
    // A slash within braces belongs to the name.
    let mut depth = 0;
    let cuts = path.split(|c| {
        match c {
            '{' => depth = 1,
            '}' => depth = 0,
            _ => {}
        }
        c == '/' && depth == 0
    });
    cuts.map(|segment| {
        let mut parts = Vec::new();
        let mut rest = segment;
        while let Some((text, tail)) = rest.split_once('{') {
            let (name, tail) = tail.split_once('}').unwrap_or((tail, ""));
            parts.extend((!text.is_empty()).then_some(Part::Text(text)));
            parts.push(Part::Name(name));
            rest = tail;
        }
        parts.extend((!rest.is_empty()).then_some(Part::Text(rest)));
        Segment { parts }
    })
    .collect()
}

impl Segment<'_> {
    fn names(&self) -> Vec<&str> {
        let names = self.parts.iter().filter_map(|part| match part {
            Part::Name(name) => Some(*name),
            Part::Text(_) => None,
        });
        names.collect()
    }

    fn is_dynamic(&self) -> bool {
        !self.names().is_empty()
    }

    /// An expression of type `&str`.
    fn expression(&self, operation: &Operation) -> TokenStream {
        let texts = self.parts.iter().map(|part| match part {
            Part::Text(text) => quote! { #text },
            Part::Name(name) => {
                let mut params = operation.params.iter();
                let param = params.find(|param| param.place == Place::Path && param.wire == *name);
                match param {
                    Some(param) => {
                        let text = text_of(param, &{
                            let name = ident(&param.ident);
                            quote! { #name }
                        });
                        quote! { &#text }
                    }
                    None => quote! { "" },
                }
            }
        });
        let texts: Vec<_> = texts.collect();
        match texts.as_slice() {
            [] => quote! { "" },
            [only] => only.clone(),
            several => quote! { &[#(#several),*].concat() },
        }
    }
}

/// The text of a parameter, as an owned string.
fn text_of(param: &Param, value: &TokenStream) -> TokenStream {
    match &param.usage.ty {
        Type::Array(_) => {
            let separator = param.separator.unwrap_or(',').to_string();
            quote! {
                #value.iter().map(|item| item.to_string()).collect::<::std::vec::Vec<_>>().join(#separator)
            }
        }
        _ => quote! { #value.to_string() },
    }
}

fn url(context: &Context<'_>, operation: &Operation) -> TokenStream {
    let texts: Vec<_> = segments(&operation.path)
        .iter()
        .map(|segment| segment.expression(operation))
        .collect();
    let keys = query_keys(context, operation)
        .into_iter()
        .map(|(field, wire)| {
            quote! {
                if let Some(key) = &self.#field {
                    url.query_pairs_mut().append_pair(#wire, key);
                }
            }
        });
    let query = operation
        .params
        .iter()
        .filter(|param| param.place == Place::Query);
    let pairs: Vec<_> = query
        .map(|param| {
            let (name, wire) = (ident(&param.ident), &param.wire);
            let append = match (&param.usage.ty, param.separator) {
                (Type::Array(_), None) => quote! {
                    for item in value {
                        url.query_pairs_mut().append_pair(#wire, &item.to_string());
                    }
                },
                _ => {
                    let text = text_of(param, &quote! { value });
                    quote! { url.query_pairs_mut().append_pair(#wire, &#text); }
                }
            };
            if param.required {
                quote! { { let value = #name; #append } }
            } else {
                quote! { if let Some(value) = #name { #append } }
            }
        })
        .chain(keys)
        .collect();
    let mutable = (!pairs.is_empty()).then(|| quote! { mut });
    quote! {
        let #mutable url = transport::url(&self.base_url, &[#(#texts),*]);
        #(#pairs)*
    }
}

/// The keys that an operation sends in its URL: field of the client and parameter.
fn query_keys<'a>(
    context: &'a Context<'_>,
    operation: &Operation,
) -> Vec<(proc_macro2::Ident, &'a str)> {
    let mut indices: Vec<_> = operation.security.iter().flatten().copied().collect();
    indices.sort_unstable();
    indices.dedup();
    let schemes = indices
        .into_iter()
        .filter_map(|index| context.api.schemes.get(index));
    schemes
        .filter_map(|scheme| match &scheme.kind {
            SchemeKind::Query(wire) => Some((ident(&scheme.ident), wire.as_str())),
            _ => None,
        })
        .collect()
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

/// Sends the first alternative that the client has all credentials for.
fn credentials(context: &Context<'_>, operation: &Operation) -> TokenStream {
    let mut chain = TokenStream::new();
    for alternative in operation
        .security
        .iter()
        .filter(|alternative| !alternative.is_empty())
    {
        let schemes: Vec<_> = alternative
            .iter()
            .filter_map(|index| context.api.schemes.get(*index))
            .collect();
        let fields: Vec<_> = schemes.iter().map(|scheme| ident(&scheme.ident)).collect();
        let steps = schemes.iter().map(|scheme| {
            let name = ident(&scheme.ident);
            match &scheme.kind {
                SchemeKind::Bearer => quote! {
                    request = request.header(::reqwest::header::AUTHORIZATION, #name.clone());
                },
                SchemeKind::Basic => quote! {
                    request = request.basic_auth(&#name.0, Some(&#name.1));
                },
                SchemeKind::Header(header) => {
                    quote! { request = request.header(#header, #name.clone()); }
                }
                SchemeKind::Cookie(_) => quote! {
                    request = request.header(::reqwest::header::COOKIE, #name.clone());
                },
                // It is part of the URL already.
                SchemeKind::Query(_) => quote! { let _ = #name; },
            }
        });
        let otherwise = (!chain.is_empty()).then(|| quote! { else });
        chain.extend(match fields.as_slice() {
            [only] => quote! { #otherwise if let Some(#only) = &self.#only { #(#steps)* } },
            _ => quote! { #otherwise if let (#(Some(#fields)),*) = (#(&self.#fields),*) { #(#steps)* } },
        });
    }
    chain
}

/// What each status means. Ranges come after codes, `default` after ranges.
fn arms(context: &Context<'_>, operation: &Operation) -> TokenStream {
    let succeeds = operation
        .responses
        .iter()
        .any(|response| response.status.is_success());
    let mut arms: Vec<(Vec<TokenStream>, String, TokenStream)> = Vec::new();
    let mut add = |pattern: TokenStream, body: TokenStream| {
        let key = body.to_string();
        match arms.last_mut() {
            Some((patterns, last, _)) if *last == key => patterns.push(pattern),
            _ => arms.push((vec![pattern], key, body)),
        }
    };
    for response in &operation.responses {
        let succeeded = answer(context, operation.success.as_ref(), response);
        let failed = failure(context, operation.failure.as_ref(), response);
        match response.status {
            status @ Status::Code(code) => {
                let code = Literal::u16_unsuffixed(code);
                add(
                    quote! { #code },
                    if status.is_success() {
                        succeeded
                    } else {
                        failed
                    },
                );
            }
            status @ Status::Range(range) => {
                let low = Literal::u16_unsuffixed(range * 100);
                let high = Literal::u16_unsuffixed(range * 100 + 99);
                add(
                    quote! { #low..=#high },
                    if status.is_success() {
                        succeeded
                    } else {
                        failed
                    },
                );
            }
            Status::Default => {
                if !succeeds {
                    add(quote! { 200..=299 }, succeeded);
                }
                let covered = |range| {
                    operation
                        .responses
                        .iter()
                        .any(|other| other.status == Status::Range(range))
                };
                match (covered(4), covered(5)) {
                    (false, false) => add(quote! { 400..=599 }, failed),
                    (true, false) => add(quote! { 500..=599 }, failed),
                    (false, true) => add(quote! { 400..=499 }, failed),
                    (true, true) => {}
                }
            }
        }
    }
    arms.into_iter()
        .map(|(patterns, _, body)| quote! { #(#patterns)|* => #body, })
        .collect()
}

/// The variant of an outcome enum that stands for this response.
fn variant(context: &Context<'_>, whole: Option<&Use>, status: Status) -> Option<TokenStream> {
    let Type::Named(id) = whole?.ty else {
        return None;
    };
    let def = context.api.types.get(id)?;
    let Shape::Outcome(outcomes) = &def.shape else {
        return None;
    };
    let outcome = outcomes.iter().find(|outcome| outcome.status == status)?;
    let (name, variant) = (ident(&def.name), ident(&outcome.ident));
    Some(quote! { types::#name::#variant })
}

fn answer(context: &Context<'_>, whole: Option<&Use>, response: &Response) -> TokenStream {
    match (variant(context, whole, response.status), &response.usage) {
        (Some(variant), Some(_)) => quote! {
            transport::decode(answer).map(|response| transport::rewrap(response, #variant))
        },
        (Some(variant), None) => {
            quote! { Ok(transport::rewrap(transport::without_body(answer), |()| #variant)) }
        }
        (None, Some(_)) => quote! { transport::decode(answer) },
        (None, None) => quote! { Ok(transport::without_body(answer)) },
    }
}

fn failure(context: &Context<'_>, whole: Option<&Use>, response: &Response) -> TokenStream {
    match (variant(context, whole, response.status), &response.usage) {
        (Some(variant), Some(_)) => quote! { Err(transport::failure_as(answer, #variant)) },
        (None, Some(_)) => quote! { Err(transport::failure(answer)) },
        (_, None) => quote! { Err(transport::undocumented(answer)) },
    }
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
        let prose = docs::prose(&param.docs).replace('\n', " ");
        let limits = docs::sentence(&param.usage);
        for part in [prose, limits].iter().filter(|part| !part.is_empty()) {
            line.push_str(if line.ends_with('`') { ": " } else { " " });
            line.push_str(part);
        }
        params.push(line);
    }
    docs::paragraph(&mut text, params.join("\n"));
    let mut answers = Vec::new();
    for response in &operation.responses {
        let description = response
            .description
            .as_deref()
            .unwrap_or_default()
            .replace('\n', " ");
        answers.push(
            format!("- `{}`: {}", response.status, docs::markdown(&description))
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
