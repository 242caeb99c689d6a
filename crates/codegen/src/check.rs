//! What can be judged only when every type is known.

use bigmodel_rerank_openapi::{Pointer, Problem, by_overlay};
use openapiv3::{OpenAPI, ReferenceOr};
use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_json_path::JsonPath;

use crate::finite::endless;
use crate::model::{Api, Scalar, Shape, Struct, Type, TypeDef, Union, Use};

pub(crate) fn check(root: &Value, api: &Api) -> Result<(), Vec<Problem>> {
    let mut problems: Vec<_> = api
        .types
        .iter()
        .filter_map(|def| match &def.shape {
            Shape::Union(body) => union(root, api, def, body),
            _ => None,
        })
        .collect();
    problems.extend(endless(&api.types));
    if problems.is_empty() {
        problems.extend(openapi(root));
    }
    if problems.is_empty() {
        Ok(())
    } else {
        Err(problems)
    }
}

/// The contract as openapiv3 sees it: a second reader, which knows OpenAPI on its own.
fn openapi(root: &Value) -> Option<Problem> {
    let error = rejected::<OpenAPI>(root)?;
    let (at, error) = part(root).unwrap_or((Pointer::root(), error));
    Some(Problem::new(
        at,
        format!("this is not OpenAPI 3.0: {error}"),
        "correct what the message names, here or below",
    ))
}

/// The part that the second reader rejects: by itself it does not say where it was.
fn part(root: &Value) -> Option<(Pointer, serde_json::Error)> {
    PARTS.iter().find_map(|(path, reject)| {
        let found = JsonPath::parse(path).ok()?.query_located(root);
        found.into_iter().find_map(|node| {
            let at = Pointer::parse(&node.location().to_json_pointer());
            let error = reject(node.node())?;
            (!at.last().starts_with("x-")).then_some((at, error))
        })
    })
}

type Reject = fn(&Value) -> Option<serde_json::Error>;

/// The parts of a contract, by JSONPath, and why they cannot be what they should be.
const PARTS: &[(&str, Reject)] = &[
    ("$.info", rejected::<openapiv3::Info>),
    ("$.servers.*", rejected::<openapiv3::Server>),
    ("$.tags.*", rejected::<openapiv3::Tag>),
    (
        "$.externalDocs",
        rejected::<openapiv3::ExternalDocumentation>,
    ),
    (
        "$.paths.*.parameters.*",
        rejected::<ReferenceOr<openapiv3::Parameter>>,
    ),
    (
        "$.paths.*.*.parameters.*",
        rejected::<ReferenceOr<openapiv3::Parameter>>,
    ),
    (
        "$.paths.*.*.requestBody",
        rejected::<ReferenceOr<openapiv3::RequestBody>>,
    ),
    (
        "$.paths.*.*.responses.*",
        rejected::<ReferenceOr<openapiv3::Response>>,
    ),
    (
        "$.paths.*['get','put','post','delete','options','head','patch','trace']",
        rejected::<openapiv3::Operation>,
    ),
    ("$.paths.*", rejected::<openapiv3::PathItem>),
    (
        "$.components.schemas.*.properties.*",
        rejected::<ReferenceOr<openapiv3::Schema>>,
    ),
    (
        "$.components.schemas.*",
        rejected::<ReferenceOr<openapiv3::Schema>>,
    ),
    (
        "$.components.responses.*",
        rejected::<ReferenceOr<openapiv3::Response>>,
    ),
    (
        "$.components.parameters.*",
        rejected::<ReferenceOr<openapiv3::Parameter>>,
    ),
    (
        "$.components.requestBodies.*",
        rejected::<ReferenceOr<openapiv3::RequestBody>>,
    ),
    (
        "$.components.headers.*",
        rejected::<ReferenceOr<openapiv3::Header>>,
    ),
    (
        "$.components.examples.*",
        rejected::<ReferenceOr<openapiv3::Example>>,
    ),
    (
        "$.components.links.*",
        rejected::<ReferenceOr<openapiv3::Link>>,
    ),
    (
        "$.components.callbacks.*",
        rejected::<ReferenceOr<openapiv3::Callback>>,
    ),
    (
        "$.components.securitySchemes.*",
        rejected::<ReferenceOr<openapiv3::SecurityScheme>>,
    ),
];

fn rejected<T: DeserializeOwned>(value: &Value) -> Option<serde_json::Error> {
    serde_json::from_value::<T>(value.clone()).err()
}

/// Serde tries branches in turn, so no value of a later branch may fit an earlier one.
fn union(root: &Value, api: &Api, def: &TypeDef, body: &Union) -> Option<Problem> {
    if let Some(tag) = &body.tag {
        let objects = body
            .branches
            .iter()
            .all(|branch| structure(api, &branch.usage).is_some());
        let tagged = body.branches.iter().all(|branch| !branch.tags.is_empty());
        if !objects || !tagged {
            return Some(Problem::new(
                def.pointer.key("discriminator"),
                "the branches that a `discriminator` tells apart must be references to objects",
                "move inline branches to `components.schemas`",
            ));
        }
        return tags(api, def, body, tag);
    }
    for (index, later) in body.branches.iter().enumerate() {
        for earlier in body.branches.iter().take(index) {
            if fits(api, &later.usage, &earlier.usage, 0) {
                let objects = [later, earlier].map(|branch| structure(api, &branch.usage));
                let remedy = match objects {
                    [Some(_), Some(_)] => {
                        "add a `discriminator`, put the branch with more required properties first"
                    }
                    _ => "keep only the wider branch",
                };
                let one_of = def.pointer.key("oneOf");
                let keyword = match root.pointer(one_of.as_str()) {
                    Some(_) => one_of,
                    None => def.pointer.key("anyOf"),
                };
                return Some(Problem::new(
                    keyword,
                    format!(
                        "the branches cannot be told apart: what is meant as `{}` may read as `{}`, \
                         which stands before it",
                        later.ident, earlier.ident
                    ),
                    by_overlay(&format!("{remedy}, or replace the schema"), &def.pointer),
                ));
            }
        }
    }
    None
}

/// Each value of the tag has to mean one branch, and each branch has to carry the tag.
fn tags(api: &Api, def: &TypeDef, body: &Union, tag: &str) -> Option<Problem> {
    let at = def.pointer.key("discriminator");
    let mut seen = Vec::new();
    for branch in &body.branches {
        let carries = |body: &Struct| body.fields.iter().any(|field| field.wire == tag);
        if !structure(api, &branch.usage).is_some_and(carries) {
            let problem = format!(
                "`{}` has no property `{tag}`, which is to tell it apart",
                branch.ident
            );
            return Some(Problem::new(at, problem, "add the property to the branch"));
        }
        for value in &branch.tags {
            if seen.contains(&value) {
                let problem = format!("the value `{value}` means two branches");
                return Some(Problem::new(
                    at,
                    problem,
                    "give each branch values of its own",
                ));
            }
            seen.push(value);
        }
    }
    None
}

/// Whether a value of `value` could read as `pattern`.
fn fits(api: &Api, value: &Use, pattern: &Use, depth: usize) -> bool {
    if depth > 8 || (value.nullable && pattern.nullable) {
        return true;
    }
    match (&value.ty, &pattern.ty) {
        (Type::Any, _) | (_, Type::Any) => true,
        (Type::Scalar(a), Type::Scalar(b)) => scalar_fits(a, b),
        (Type::Array(_), Type::Array(_)) => true,
        (Type::Named(a), Type::Named(b)) if a == b => true,
        _ => {
            if let (Some(a), Some(b)) = (words(api, value), words(api, pattern)) {
                return match (a, b) {
                    (Some(a), Some(b)) => a.iter().any(|word| b.contains(word)),
                    // Listed values, or else any text: a text that is listed is the listed value.
                    (None, Some(_)) => false,
                    (_, None) => true,
                };
            }
            match (structure(api, value), structure(api, pattern)) {
                (Some(a), Some(b)) => struct_fits(api, a, b, depth),
                (Some(_), None) => matches!(pattern.ty, Type::Map(_)),
                (None, Some(b)) => {
                    matches!(value.ty, Type::Map(_)) && b.fields.iter().all(|field| !field.required)
                }
                (None, None) => {
                    matches!((&value.ty, &pattern.ty), (Type::Map(_), Type::Map(_)))
                        || is_union(api, value)
                        || is_union(api, pattern)
                }
            }
        }
    }
}

fn scalar_fits(value: &Scalar, pattern: &Scalar) -> bool {
    use Scalar::{Bool, Int, Number, String};
    match (value, pattern) {
        (Bool, Bool) | (String, String) | (Int(_), Int(_)) => true,
        // 1.5 is no integer, but 1.0 may be sent as 1.
        (Int(_) | Number(_), Number(_)) | (Number(_), Int(_)) => true,
        _ => false,
    }
}

/// The strings that a type can be: `None` for no string, `Some(None)` for any.
fn words<'a>(api: &'a Api, usage: &Use) -> Option<Option<Vec<&'a str>>> {
    match &usage.ty {
        Type::Scalar(Scalar::String) => Some(None),
        Type::Named(id) => match &api.types.get(*id)?.shape {
            Shape::Enum(body) if body.open => Some(None),
            Shape::Enum(body) => Some(Some(
                body.values
                    .iter()
                    .map(|value| value.wire.as_str())
                    .collect(),
            )),
            _ => None,
        },
        _ => None,
    }
}

fn structure<'a>(api: &'a Api, usage: &Use) -> Option<&'a Struct> {
    let Type::Named(id) = usage.ty else {
        return None;
    };
    match &api.types.get(id)?.shape {
        Shape::Struct(body) => Some(body),
        _ => None,
    }
}

fn is_union(api: &Api, usage: &Use) -> bool {
    let Type::Named(id) = usage.ty else {
        return false;
    };
    matches!(
        api.types.get(id).map(|def| &def.shape),
        Some(Shape::Union(_))
    )
}

/// An object reads as another unless it lacks what that requires, or has it in another form.
fn struct_fits(api: &Api, value: &Struct, pattern: &Struct, depth: usize) -> bool {
    pattern.fields.iter().all(|wanted| {
        match value.fields.iter().find(|field| field.wire == wanted.wire) {
            Some(field) if field.required || wanted.required => {
                fits(api, &field.usage, &wanted.usage, depth + 1)
            }
            Some(_) => true,
            None => !wanted.required,
        }
    })
}
