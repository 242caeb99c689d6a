//! The body of a request: what a method takes for it, and how it is sent.

use proc_macro2::TokenStream;
use quote::quote;

use super::Context;
use super::needs::Needs;
use super::runtime::Part;
use super::structs::extra_name;
use crate::model::{Body, FormStyle, Format, Operation, Shape, Struct, Style, Type};
use crate::names::ident;
use crate::progenitor::{Argument, Signature};
use crate::rust_type::RustType;

/// The signature of an operation's method, with what progenitor does not know of its body and its
/// response.
pub(super) fn signature(
    context: &Context<'_>,
    mut signature: Signature,
    operation: &Operation,
) -> Signature {
    if let Some(success) = &operation.success {
        // The second method of an operation has another type than progenitor knows.
        match (RustType::of_stream(success), &success.ty) {
            (Some(stream), _) => signature.success = stream,
            (None, Type::Named(id)) if !success.nullable => {
                signature.success = RustType::Named(*id);
            }
            _ => {}
        }
    }
    let Some(body) = &operation.body else {
        return signature;
    };
    for input in &mut signature.inputs {
        if input.argument != Argument::Body {
            continue;
        }
        if body.format == Format::Text {
            input.ty = RustType::Reference(Box::new(RustType::Str));
        } else if let Type::Upload = body.type_ref.ty {
            input.ty = RustType::Upload;
        } else if let (Some(_), Type::Named(id)) = (files(context, body), &body.type_ref.ty) {
            input.ty = RustType::Named(*id);
        }
        if !body.required {
            input.ty = input.ty.clone().optional();
        }
    }
    signature
}

/// The struct of a body with files.
fn files<'a>(context: &'a Context<'_>, body: &Body) -> Option<&'a Struct> {
    let Type::Named(id) = body.type_ref.ty else {
        return None;
    };
    match &context.api.types.get(id)?.shape {
        Shape::Struct(fields) if fields.has_files => Some(fields),
        _ => None,
    }
}

/// Notes what a stream needs.
pub(super) fn need_stream(ty: &RustType, needs: &mut Needs) {
    match ty {
        RustType::ByteStream => needs.insert(Part::ByteStream),
        RustType::Events(_) => needs.insert(Part::Events),
        RustType::JsonLines(_) => needs.insert(Part::JsonLines),
        _ => {}
    }
}

/// Puts the body into the request, if there is one.
pub(super) fn send(
    context: &Context<'_>,
    operation: &Operation,
    borrowed: bool,
    needs: &mut Needs,
) -> Option<TokenStream> {
    let body = operation.body.as_ref()?;
    if let Some(form) = files(context, body) {
        let send = send_files(form, body, needs);
        return Some(if body.required {
            send
        } else {
            quote! { if let Some(body) = body { #send } }
        });
    }
    let media = &body.media;
    let content_type = quote! { ::reqwest::header::CONTENT_TYPE };
    let reference = if body.required && !borrowed {
        quote! { &body }
    } else {
        quote! { body }
    };
    let send = match &body.format {
        Format::Json => {
            let encode = needs.function(if body.sets_stream {
                Part::EncodeStreamed
            } else {
                Part::Encode
            });
            quote! {
                request = request.header(#content_type, #media).body(#encode(#reference)?);
            }
        }
        Format::Text => {
            let media = with_charset(media);
            quote! { request = request.header(#content_type, #media).body(body.to_owned()); }
        }
        Format::Bytes | Format::Events | Format::Lines => {
            let upload = needs.function(Part::SendUpload);
            needs.insert(Part::Upload);
            let media = concrete(media);
            let value = if body.required {
                quote! { body.into() }
            } else {
                quote! { body }
            };
            let send = quote! { request = #upload(request, #value, #media); };
            return Some(if body.required {
                send
            } else {
                quote! { if let Some(body) = body { #send } }
            });
        }
        Format::Form(styles) => {
            let form = needs.function(Part::Form);
            let styles: Vec<_> = styles
                .iter()
                .map(|(name, style)| {
                    needs.insert(Part::FormStyle);
                    let style = style_tokens(*style);
                    quote! { (#name, #style) }
                })
                .collect();
            quote! {
                request = request
                    .header(#content_type, #media)
                    .body(#form(#reference, &[#(#styles),*])?);
            }
        }
        Format::Multipart(types) => {
            let form_data = needs.function(Part::FormData);
            let types = types.iter().map(|(name, media)| quote! { (#name, #media) });
            let mutable = body.sets_stream.then(|| quote! { mut });
            let ask = body.sets_stream.then(|| {
                needs.insert(Part::FormField);
                quote! { form.field("stream", &true, "")?; }
            });
            quote! {
                let #mutable form = #form_data(#reference, &[#(#types),*])?;
                #ask
                request = form.send(request);
            }
        }
    };
    Some(match (body.required, borrowed) {
        (true, _) => send,
        (false, true) => quote! { if let Some(body) = body { #send } },
        (false, false) => quote! { if let Some(body) = &body { #send } },
    })
}

/// Sends a form with files: what is not a file first, since services read the parts in order.
fn send_files(form: &Struct, body: &Body, needs: &mut Needs) -> TokenStream {
    let types = match &body.format {
        Format::Multipart(types) => types.as_slice(),
        _ => &[],
    };
    let media_of = |name: &str| {
        let found = types.iter().find(|(typed, _)| typed == name);
        found.map(|(_, media)| media.as_str())
    };
    needs.insert(Part::Multipart);
    let (mut values, mut files) = (TokenStream::new(), TokenStream::new());
    for field in &form.fields {
        let (name, wire) = (ident(&field.ident), &field.wire);
        let (list, single) = match &field.type_ref.ty {
            Type::Array(items) => (items.ty == Type::Upload, false),
            ty => (false, *ty == Type::Upload),
        };
        if list || single {
            needs.insert(Part::FormFile);
            let media = media_of(wire).unwrap_or("application/octet-stream");
            let own = quote! { body.#name };
            files.extend(match (list, field.required) {
                (false, true) => quote! { form.file(#wire, #own, #media)?; },
                (false, false) => {
                    quote! { if let Some(file) = #own { form.file(#wire, file, #media)?; } }
                }
                (true, true) => quote! { for file in #own { form.file(#wire, file, #media)?; } },
                (true, false) => quote! {
                    for file in #own.into_iter().flatten() { form.file(#wire, file, #media)?; }
                },
            });
        } else if body.sets_stream && wire == "stream" {
            needs.insert(Part::FormField);
            values.extend(quote! { form.field(#wire, &true, "")?; });
        } else {
            needs.insert(Part::FormField);
            let media = media_of(wire).unwrap_or_default();
            values.extend(quote! { form.field(#wire, &body.#name, #media)?; });
        }
    }
    if form.additional.is_some() {
        needs.insert(Part::FormField);
        let extra = ident(&extra_name(form));
        values.extend(quote! {
            for (name, value) in &body.#extra { form.field(name, value, "")?; }
        });
    }
    quote! {
        let mut form = crate::transport::Multipart::new();
        #values
        #files
        request = form.send(request);
    }
}

/// A media type that says that its text is UTF-8.
fn with_charset(media: &str) -> String {
    let is_plain = media.starts_with("text/") && !media.contains(['*', ';']);
    match media {
        "text/*" => "text/plain; charset=utf-8".to_owned(),
        media if is_plain => format!("{media}; charset=utf-8"),
        media => media.to_owned(),
    }
}

/// A media type that is not a range.
fn concrete(media: &str) -> &str {
    if media.contains('*') {
        "application/octet-stream"
    } else {
        media
    }
}

fn style_tokens(style: FormStyle) -> TokenStream {
    let path = quote! { crate::transport::FormStyle };
    let joined = |between: &str| quote! { #path::Joined(#between) };
    match style {
        FormStyle::Json => quote! { #path::Json },
        FormStyle::Styled(styling) => match styling.style {
            Style::DeepObject => quote! { #path::Deep },
            _ if styling.explode => quote! { #path::Exploded },
            Style::SpaceDelimited => joined(" "),
            Style::PipeDelimited => joined("|"),
            _ => joined(","),
        },
    }
}
