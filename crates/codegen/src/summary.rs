//! A summary of the contract on one page, for reviewers: each operation, and what each field may
//! be.

use std::fmt::Write as _;

use crate::describe::type_name;
use crate::model::{
    Api, Format, ListForm, Operation, SchemeKind, Shape, Struct, Styling, Type, TypeDef, Writing,
};

pub(crate) fn summary(api: &Api) -> String {
    let mut out = String::new();
    // Writing to a String cannot fail.
    let _ = write(&mut out, api);
    out
}

fn write(out: &mut String, api: &Api) -> std::fmt::Result {
    writeln!(out, "{}, version {}", api.info.title, api.info.version)?;
    writeln!(out, "OpenAPI   {}", api.openapi)?;
    writeln!(
        out,
        "crate     {} {}",
        api.info.package.name, api.info.package.version
    )?;
    writeln!(
        out,
        "base URL  {}",
        match (&api.server, &api.relative_server) {
            (Some(server), _) => server.base_url.clone(),
            (None, Some(path)) => format!("{path}, relative"),
            (None, None) => "none".to_owned(),
        }
    )?;
    for scheme in &api.schemes {
        let kind = match &scheme.kind {
            SchemeKind::Bearer => "Authorization: Bearer <token>".to_owned(),
            SchemeKind::Basic => "Authorization: Basic <user:password>".to_owned(),
            SchemeKind::Header(name) => format!("{name}: <key>"),
            SchemeKind::Query(name) => format!("?{name}=<key>"),
            SchemeKind::Cookie(name) => format!("Cookie: {name}=<key>"),
        };
        writeln!(out, "security  {}  {kind}", scheme.ident)?;
    }
    for operation in &api.operations {
        writeln!(out)?;
        write_operation(out, api, operation)?;
    }
    let options: Vec<_> = api
        .operations
        .iter()
        .filter_map(|one| one.options)
        .collect();
    let types = api.types.iter().enumerate();
    for (_, def) in types.filter(|(id, _)| !options.contains(id)) {
        writeln!(out)?;
        write_type(out, api, def)?;
    }
    Ok(())
}

fn write_operation(out: &mut String, api: &Api, operation: &Operation) -> std::fmt::Result {
    writeln!(
        out,
        "{} {}  ->  {}",
        operation.method, operation.path, operation.ident
    )?;
    let own_server = operation.own_server;
    if let Some(own) = own_server.and_then(|index| api.own_servers.get(index)) {
        writeln!(out, "  server    {}", own.server.base_url)?;
    }
    for alternative in &operation.security {
        let names: Vec<_> = alternative
            .iter()
            .filter_map(|index| api.schemes.get(*index))
            .map(|scheme| scheme.ident.as_str())
            .collect();
        let names = if names.is_empty() {
            "none".to_owned()
        } else {
            names.join(" and ")
        };
        writeln!(out, "  security  {names}")?;
    }
    for param in &operation.params {
        let location = param.location.as_str();
        let writing = match param.writing {
            Writing::Plain(ListForm::Joined(separator))
                if matches!(param.type_ref.ty, Type::Array(_)) =>
            {
                format!(", joined by {separator:?}")
            }
            Writing::Plain(_) => String::new(),
            Writing::Json => ", as JSON".to_owned(),
            Writing::Styled(Styling { style, explode }) => {
                let exploded = if explode { ", exploded" } else { "" };
                format!(", style {}{exploded}", style.as_str())
            }
        };
        writeln!(
            out,
            "  {location:<9} {}  {}  {}{writing}",
            param.wire,
            presence(param.required),
            type_name(&api.types, &param.type_ref)
        )?;
    }
    if let Some(body) = &operation.body {
        writeln!(
            out,
            "  body      {}  {}{}",
            presence(body.required),
            type_name(&api.types, &body.type_ref),
            media(&body.format, Some(&body.media))
        )?;
    }
    for response in &operation.responses {
        let body = response
            .type_ref
            .as_ref()
            .map(|type_ref| type_name(&api.types, type_ref));
        writeln!(
            out,
            "  {:<9} {}{}",
            response.status.to_string(),
            body.as_deref().unwrap_or("no JSON body"),
            media(&response.format, response.media.as_deref())
        )?;
    }
    if let Some(streamed) = &operation.streamed {
        let success = streamed.success.as_ref();
        let success = success.map(|type_ref| type_name(&api.types, type_ref));
        let member = if streamed.by_member {
            ", asked for by `stream`"
        } else {
            ""
        };
        writeln!(
            out,
            "  or        {}  ->  {}{member}",
            success.unwrap_or_default(),
            streamed.ident
        )?;
    }
    Ok(())
}

/// The media type of a body that is not JSON.
fn media(format: &Format, media: Option<&str>) -> String {
    match (format, media) {
        (Format::Json, _) | (_, None) => String::new(),
        (_, Some(media)) => format!(", as {media}"),
    }
}

fn write_type(out: &mut String, api: &Api, def: &TypeDef) -> std::fmt::Result {
    match &def.shape {
        Shape::Struct(body) => write_struct(out, api, def, body),
        Shape::Enum(body) => {
            let kind = if body.open { "open enum" } else { "enum" };
            let values: Vec<_> = body
                .values
                .iter()
                .map(|value| format!("{:?}", value.wire))
                .collect();
            writeln!(out, "{}  {kind}: {}", def.name, values.join(", "))
        }
        Shape::Union(body) => {
            let by = body
                .tag
                .as_ref()
                .map_or_else(String::new, |tag| format!(" by `{tag}`"));
            writeln!(out, "{}  one of{by}", def.name)?;
            for branch in &body.branches {
                let tags = if body.tag.is_some() {
                    format!("  {}", branch.tags.join(", "))
                } else {
                    String::new()
                };
                writeln!(
                    out,
                    "  {}  {}{tags}",
                    branch.ident,
                    type_name(&api.types, &branch.type_ref)
                )?;
            }
            Ok(())
        }
        Shape::Outcome(outcomes) => {
            writeln!(out, "{}  by status", def.name)?;
            for outcome in outcomes {
                let body = outcome
                    .type_ref
                    .as_ref()
                    .map(|type_ref| type_name(&api.types, type_ref));
                writeln!(
                    out,
                    "  {}  {}",
                    outcome.status,
                    body.as_deref().unwrap_or("no JSON body")
                )?;
            }
            Ok(())
        }
        Shape::Json(branches) => {
            writeln!(out, "{}  JSON", def.name)?;
            for branch in branches {
                let name = type_name(&api.types, &branch.type_ref);
                writeln!(out, "  {}  {name}", branch.ident)?;
            }
            Ok(())
        }
    }
}

fn write_struct(out: &mut String, api: &Api, def: &TypeDef, body: &Struct) -> std::fmt::Result {
    writeln!(out, "{}  object", def.name)?;
    let width = body
        .fields
        .iter()
        .map(|field| field.wire.chars().count())
        .max()
        .unwrap_or(0);
    for field in &body.fields {
        let ty = type_name(&api.types, &field.type_ref);
        let default = field
            .docs
            .default
            .as_ref()
            .map_or_else(String::new, |value| format!(", by default {value}"));
        let format = field
            .docs
            .format
            .as_ref()
            .map_or_else(String::new, |format| format!(", format {format}"));
        writeln!(
            out,
            "  {:<width$}  {}  {ty}{format}{default}",
            field.wire,
            presence(field.required)
        )?;
    }
    if let Some(additional) = &body.additional {
        writeln!(out, "  others    {}", type_name(&api.types, additional))?;
    }
    Ok(())
}

fn presence(required: bool) -> &'static str {
    if required { "required" } else { "optional" }
}
