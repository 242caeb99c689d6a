//! A documentation example for each operation, made of the published examples.

use serde_json::Value;

use super::Context;
use super::operation::argument_name;
use crate::model::{Operation, Scalar, Shape, Struct, Type, TypeRef};
use crate::progenitor::{Argument, Signature};
use crate::rust_type::{RustType, TypeWriter};

/// Beyond this depth of nested required types, the example takes the value as an argument.
const DEPTH: usize = 4;

/// A value of the example, as code.
struct Sample {
    code: String,
    /// Whether the code names a type of the contract.
    names_types: bool,
}

impl Sample {
    fn plain(code: String) -> Self {
        Self {
            code,
            names_types: false,
        }
    }
}

/// The example as Markdown.
pub(super) fn example(
    context: &Context<'_>,
    operation: &Operation,
    signature: &Signature,
) -> String {
    let library = context.api.info.package.name.replace('-', "_");
    let types = TypeWriter::outside(&context.api.types);
    let mut given = vec![format!("client: &{library}::Client")];
    let mut body = None;
    let mut call = Vec::new();
    for input in &signature.inputs {
        if input.ty.option_argument().is_some() {
            call.push("None".to_owned());
            continue;
        }
        let name = argument_name(operation, input.argument);
        let sample = match input.argument {
            Argument::Param(index) => operation.params.get(index).and_then(|param| {
                let code = param_sample(&param.type_ref, param.docs.example.as_ref())?;
                Some(Sample::plain(code))
            }),
            Argument::Body => operation
                .body
                .as_ref()
                .and_then(|body| body_sample(context, &body.type_ref, body.example.as_ref())),
        };
        match (sample, input.argument) {
            (Some(sample), Argument::Param(_)) => call.push(sample.code),
            (Some(sample), Argument::Body) => {
                body = Some(sample);
                let is_borrowed = matches!(input.ty, RustType::Reference(_));
                call.push(if is_borrowed { "&body" } else { "body" }.to_owned());
            }
            (None, _) => {
                let ty = types.text(&input.ty, &format!("{library}::types::"));
                given.push(format!("{name}: {ty}"));
                call.push(name.to_owned());
            }
        }
    }
    if operation.options.is_some() {
        call.push("&Default::default()".to_owned());
    }
    let given: String = given.iter().map(|one| format!("#     {one},\n")).collect();
    let import = match &body {
        Some(body) if body.names_types => format!("use {library}::types;\n\n"),
        _ => String::new(),
    };
    let body = body.map_or_else(String::new, |body| statement(&body.code));
    format!(
        "# Example\n\n```no_run\n\
         # async fn example(\n{given}# ) -> Result<(), Box<dyn std::error::Error>> {{\n\
         {import}{body}let response = client.{}({}).await?;\n\
         println!(\"{{response:?}}\");\n\
         # Ok(())\n# }}\n```",
        operation.ident,
        call.join(", ")
    )
}

/// `let body = …;` as prettyplease formats it: the lines inside a function.
fn statement(code: &str) -> String {
    let plain = format!("let body = {code};\n");
    let Ok(file) = syn::parse_file(&format!("fn f() {{ {plain} }}")) else {
        return plain;
    };
    let formatted = prettyplease::unparse(&file);
    let lines: Vec<_> = formatted
        .lines()
        .filter_map(|line| line.strip_prefix("    "))
        .collect();
    lines.join("\n") + "\n"
}

fn param_sample(type_ref: &TypeRef, example: Option<&Value>) -> Option<String> {
    match &type_ref.ty {
        Type::Scalar(scalar) => Some(scalar_sample(scalar, example)),
        _ => None,
    }
}

/// A body with what it must have, and what the published example sets besides.
fn body_sample(
    context: &Context<'_>,
    type_ref: &TypeRef,
    example: Option<&Value>,
) -> Option<Sample> {
    let mut sample = sample(context, type_ref, example, DEPTH)?;
    let Type::Named(id) = type_ref.ty else {
        return None;
    };
    let Shape::Struct(body) = &context.api.types.get(id)?.shape else {
        return None;
    };
    for field in body.fields.iter().filter(|field| !field.required) {
        let value = example.and_then(|example| example.get(&field.wire));
        if let (Some(value), Type::Scalar(scalar)) = (value, &field.type_ref.ty) {
            sample.code.push_str(&format!(
                ".{}({})",
                field.ident,
                scalar_sample(scalar, Some(value))
            ));
        }
    }
    Some(sample)
}

fn sample(
    context: &Context<'_>,
    type_ref: &TypeRef,
    example: Option<&Value>,
    depth: usize,
) -> Option<Sample> {
    if type_ref.nullable {
        return Some(Sample::plain("None".to_owned()));
    }
    let depth = depth.checked_sub(1)?;
    match &type_ref.ty {
        Type::Scalar(scalar) => Some(Sample::plain(scalar_sample(scalar, example))),
        Type::Any => Some(Sample::plain("serde_json::Value::Null".to_owned())),
        Type::Map(_) => Some(Sample::plain("Default::default()".to_owned())),
        Type::Upload => Some(Sample::plain("\"text\"".to_owned())),
        Type::Stream(_) => None,
        Type::Array(items) => {
            let values = example
                .and_then(Value::as_array)
                .map(Vec::as_slice)
                .unwrap_or_default();
            let samples: Vec<_> = match values {
                [] => vec![sample(context, items, None, depth)?],
                values => values
                    .iter()
                    .map(|value| sample(context, items, Some(value), depth))
                    .collect::<Option<_>>()?,
            };
            let converts = matches!(
                items.ty,
                Type::Scalar(Scalar::String) | Type::Named(_) | Type::Upload
            ) && !items.nullable;
            let nested = matches!(items.ty, Type::Array(_));
            let open = if converts { "[" } else { "vec![" };
            (!nested).then(|| joined(&format!("{open}{{}}]"), &samples))
        }
        Type::Named(id) => {
            let def = context.api.types.get(*id)?;
            let path = format!("types::{}", def.name);
            match &def.shape {
                Shape::Struct(body) => {
                    let arguments = arguments(context, body, example, depth)?;
                    Some(Sample {
                        names_types: true,
                        ..joined(&format!("{path}::new({{}})"), &arguments)
                    })
                }
                Shape::Enum(body) => {
                    let wire = example.and_then(Value::as_str);
                    let value = body
                        .values
                        .iter()
                        .find(|value| Some(value.wire.as_str()) == wire);
                    if let (None, true, Some(wire)) = (value, body.open, wire) {
                        return Some(Sample::plain(format!("{wire:?}")));
                    }
                    let value = value.or(body.values.first())?;
                    Some(Sample {
                        code: format!("{path}::{}", value.ident),
                        names_types: true,
                    })
                }
                Shape::Union(_) | Shape::Outcome(_) | Shape::Json(_) => None,
            }
        }
    }
}

/// `frame` with all samples, joined by commas, in place of `{}`.
fn joined(frame: &str, samples: &[Sample]) -> Sample {
    let codes: Vec<_> = samples.iter().map(|sample| sample.code.as_str()).collect();
    Sample {
        code: frame.replacen("{}", &codes.join(", "), 1),
        names_types: samples.iter().any(|sample| sample.names_types),
    }
}

fn arguments(
    context: &Context<'_>,
    body: &Struct,
    example: Option<&Value>,
    depth: usize,
) -> Option<Vec<Sample>> {
    let required = body.fields.iter().filter(|field| field.required);
    required
        .map(|field| {
            let given = example.and_then(|example| example.get(&field.wire));
            let value = given.or(field.docs.example.as_ref());
            sample(context, &field.type_ref, value, depth)
        })
        .collect()
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
