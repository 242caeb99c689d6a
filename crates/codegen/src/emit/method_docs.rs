//! The documentation of a method.

use super::docs::{facts, paragraph, prose, sentence};
use super::markdown::{list_item, markdown, quoted};
use super::{Context, sample};
use crate::model::{Operation, Param, Response};
use crate::progenitor::Signature;

/// The documentation of the method: the contract's words, the request, parameters and responses,
/// errors, and examples.
pub(super) fn text(context: &Context<'_>, operation: &Operation, signature: &Signature) -> String {
    let mut text = prose(&operation.docs);
    paragraph(
        &mut text,
        format!("`{} {}`", operation.method, operation.path),
    );
    let required = operation.params.iter().filter(|param| param.required);
    let mut params: Vec<_> = required.map(param).collect();
    let options = operation.options.and_then(|id| context.api.types.get(id));
    params.extend(options.map(|def| {
        let name = &def.name;
        list_item(&format!(
            "`options`: what may be left out, see [`{name}`](crate::types::{name})."
        ))
    }));
    paragraph(&mut text, params.join("\n"));
    paragraph(&mut text, streams(operation));
    let responses: Vec<_> = operation.responses.iter().map(response).collect();
    paragraph(&mut text, format!("Responses:\n\n{}", responses.join("\n")));
    paragraph(
        &mut text,
        "# Errors\n\n".to_owned()
            + &markdown(
                "If the request breaks a limit, the exchange fails, or the service returns an \
                 error; see [`Error`](crate::Error).",
            ),
    );
    for response in &operation.responses {
        paragraph(&mut text, example_response(response));
    }
    if !operation.docs.deprecated {
        paragraph(&mut text, sample::example(context, operation, signature));
    }
    text
}

/// How the response becomes a stream, of operations that have two methods.
fn streams(operation: &Operation) -> String {
    let sets_stream = operation.body.as_ref().is_some_and(|body| body.sets_stream);
    match &operation.streamed {
        Some(streamed) => format!(
            "[`{name}`](Self::{name}) asks for a stream instead.",
            name = streamed.ident
        ),
        None if sets_stream => {
            "Asks for a stream: the member `stream` of the body is sent as true.".to_owned()
        }
        None => String::new(),
    }
}

fn param(param: &Param) -> String {
    let said = prose(&param.docs);
    let wire = if param.ident == param.wire {
        String::new()
    } else {
        format!("Sent as {}.", quoted(&param.wire))
    };
    let limits = sentence(&param.type_ref, &said);
    let facts = facts(&param.docs, &said);
    let parts = [said, limits, facts, wire];
    let parts: Vec<_> = parts.iter().filter(|part| !part.is_empty()).collect();
    let mut line = format!("`{}`", param.ident);
    for (index, part) in parts.iter().enumerate() {
        line.push_str(if index == 0 { ": " } else { " " });
        line.push_str(part);
    }
    list_item(&line)
}

fn response(response: &Response) -> String {
    let status = quoted(&response.status.to_string());
    match response.description.as_deref().unwrap_or_default().trim() {
        "" => list_item(&status),
        description => list_item(&format!("{status}: {description}")),
    }
}

/// The published example of a response.
fn example_response(response: &Response) -> String {
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
        "# Example response ({})\n\n{fence}json\n{json}\n{fence}",
        response.status
    )
}
