//! A documentation example for each operation, made of the published examples.

use quote::ToTokens;
use serde_json::Value;

use super::Context;
use crate::model::{Operation, Scalar, Shape, Struct, Type, Use};
use crate::tokens::argument_of;

/// Beyond this depth of required types within each other, the example takes the value as
/// an argument.
const DEPTH: usize = 4;

/// The example as Markdown.
pub(super) fn example(
    context: &Context<'_>,
    operation: &Operation,
    signature: &syn::Signature,
) -> String {
    let library = context.api.package.name.replace('-', "_");
    let mut given = String::new();
    let mut lines = String::new();
    let mut call = Vec::new();
    for input in &signature.inputs {
        let syn::FnArg::Typed(argument) = input else {
            continue;
        };
        let name = argument.pat.to_token_stream().to_string();
        if argument_of(&argument.ty, "Option").is_some() {
            call.push("None".to_owned());
            continue;
        }
        let ty = argument.ty.to_token_stream().to_string();
        let param = operation.params.iter().find(|param| param.ident == name);
        let value = match (param, &operation.body) {
            (Some(param), _) => param_sample(&param.usage, param.docs.example.as_ref()),
            (None, Some(body)) => body_sample(context, &body.usage, body.example.as_ref()),
            (None, None) => None,
        };
        match (value, param) {
            (Some(value), Some(_)) => call.push(value),
            (Some(value), None) => {
                lines.push_str(&statement(&format!("let body = {value};")));
                call.push("&body".to_owned());
            }
            (None, _) => {
                given.push_str(&format!(
                    ", {name}: {}",
                    ty.replace("types ::", &format!("{library}::types::"))
                ));
                call.push(name);
            }
        }
    }
    let import = if lines.contains("types::") {
        format!("use {library}::types;\n\n")
    } else {
        String::new()
    };
    format!(
        "# Example\n\n```no_run\n\
         # async fn example(client: &{library}::Client{given}) -> Result<(), Box<dyn std::error::Error>> {{\n\
         {import}{lines}let answer = client.{}({}).await?;\n\
         println!(\"{{answer:?}}\");\n\
         # Ok(())\n# }}\n```",
        signature.ident,
        call.join(", ")
    )
}

/// A statement as prettyplease sets it.
fn statement(text: &str) -> String {
    let Ok(file) = syn::parse_file(&format!("fn f() {{ {text} }}")) else {
        return format!("{text}\n");
    };
    let set = prettyplease::unparse(&file);
    let lines: Vec<_> = set
        .lines()
        .filter_map(|line| line.strip_prefix("    "))
        .collect();
    lines.join("\n") + "\n"
}

fn param_sample(usage: &Use, example: Option<&Value>) -> Option<String> {
    match &usage.ty {
        Type::Scalar(scalar) => Some(scalar_sample(scalar, example)),
        _ => None,
    }
}

/// A body with what it must have, and what the published example sets besides.
fn body_sample(context: &Context<'_>, usage: &Use, example: Option<&Value>) -> Option<String> {
    let mut text = sample(context, usage, example, DEPTH)?;
    let Type::Named(id) = usage.ty else {
        return None;
    };
    let Shape::Struct(body) = &context.api.types.get(id)?.shape else {
        return None;
    };
    for field in body.fields.iter().filter(|field| !field.required) {
        let value = example.and_then(|example| example.get(&field.wire));
        if let (Some(value), Type::Scalar(scalar)) = (value, &field.usage.ty) {
            text.push_str(&format!(
                ".{}({})",
                field.ident,
                scalar_sample(scalar, Some(value))
            ));
        }
    }
    Some(text)
}

fn sample(
    context: &Context<'_>,
    usage: &Use,
    example: Option<&Value>,
    depth: usize,
) -> Option<String> {
    if usage.nullable {
        return Some("None".to_owned());
    }
    let depth = depth.checked_sub(1)?;
    match &usage.ty {
        Type::Scalar(scalar) => Some(scalar_sample(scalar, example)),
        Type::Any => Some("serde_json::Value::Null".to_owned()),
        Type::Map(_) => Some("Default::default()".to_owned()),
        Type::Array(items) => {
            let values = example
                .and_then(Value::as_array)
                .map(Vec::as_slice)
                .unwrap_or_default();
            let samples = match values {
                [] => vec![sample(context, items, None, depth)?],
                values => values
                    .iter()
                    .map(|value| sample(context, items, Some(value), depth))
                    .collect::<Option<_>>()?,
            };
            let converts = matches!(items.ty, Type::Scalar(Scalar::String) | Type::Named(_))
                && !items.nullable;
            let nested = matches!(items.ty, Type::Array(_));
            let open = if converts { "[" } else { "vec![" };
            (!nested).then(|| format!("{open}{}]", samples.join(", ")))
        }
        Type::Named(id) => {
            let def = context.api.types.get(*id)?;
            match &def.shape {
                Shape::Struct(body) => Some(format!(
                    "types::{}::new({})",
                    def.name,
                    arguments(context, body, example, depth)?
                )),
                Shape::Enum(body) => {
                    let wire = example.and_then(Value::as_str);
                    let value = body
                        .values
                        .iter()
                        .find(|value| Some(value.wire.as_str()) == wire);
                    if let (None, true, Some(wire)) = (value, body.open, wire) {
                        return Some(format!("{wire:?}"));
                    }
                    let value = value.or(body.values.first())?;
                    Some(format!("types::{}::{}", def.name, value.ident))
                }
                Shape::Union(_) | Shape::Outcome(_) | Shape::Broken => None,
            }
        }
    }
}

fn arguments(
    context: &Context<'_>,
    body: &Struct,
    example: Option<&Value>,
    depth: usize,
) -> Option<String> {
    let required = body.fields.iter().filter(|field| field.required);
    let values: Option<Vec<_>> = required
        .map(|field| {
            let given = example.and_then(|example| example.get(&field.wire));
            let value = given.or(field.docs.example.as_ref());
            sample(context, &field.usage, value, depth)
        })
        .collect();
    Some(values?.join(", "))
}

fn scalar_sample(scalar: &Scalar, example: Option<&Value>) -> String {
    match scalar {
        Scalar::Bool => example.and_then(Value::as_bool).unwrap_or(true).to_string(),
        Scalar::Int(_) => {
            // What every integer type holds, and reads as published.
            let value = example.and_then(Value::as_i64);
            let fits = value.filter(|value| (0..=127).contains(value));
            fits.unwrap_or(1).to_string()
        }
        Scalar::Number(_) => {
            let value = example.and_then(Value::as_f64);
            format!(
                "{:?}",
                value.filter(|value| value.is_finite()).unwrap_or(1.0)
            )
        }
        Scalar::String => format!("{:?}", example.and_then(Value::as_str).unwrap_or("text")),
    }
}
