//! Unions whose branches can be told apart: by a tag, or by what each accepts.

use bigmodel_rerank_openapi::{Problem, by_overlay};
use serde_json::Value;

use crate::model::{Api, Scalar, Shape, Struct, Type, TypeDef, TypeRef, Union};

/// A problem if values of one branch may be read as another one.
///
/// Serde tries branches in turn, so no value of a later branch may fit an earlier one.
pub(super) fn ambiguity(root: &Value, api: &Api, def: &TypeDef, body: &Union) -> Option<Problem> {
    if let Some(tag) = &body.tag {
        let objects = body
            .branches
            .iter()
            .all(|branch| structure(api, &branch.type_ref).is_some());
        let tagged = body.branches.iter().all(|branch| !branch.tags.is_empty());
        if !objects || !tagged {
            return Some(Problem::new(
                def.pointer.key("discriminator"),
                "the branches of a `discriminator` must be references to objects",
                "move inline branches to `components.schemas`",
            ));
        }
        return tags(api, def, body, tag);
    }
    for (index, later) in body.branches.iter().enumerate() {
        for earlier in body.branches.iter().take(index) {
            if fits(api, &later.type_ref, &earlier.type_ref, 0) {
                let objects = [later, earlier].map(|branch| structure(api, &branch.type_ref));
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
                        "the branches cannot be told apart: a value of `{}` may be read as `{}`, \
                         which is before it",
                        later.ident, earlier.ident
                    ),
                    by_overlay(&format!("{remedy}, or replace the schema"), &def.pointer),
                ));
            }
        }
    }
    None
}

/// Returns a problem unless each value of the tag selects one branch and each branch has the tag.
fn tags(api: &Api, def: &TypeDef, body: &Union, tag: &str) -> Option<Problem> {
    let at = def.pointer.key("discriminator");
    let mut seen = Vec::new();
    for branch in &body.branches {
        let carries = |body: &Struct| body.fields.iter().any(|field| field.wire == tag);
        if !structure(api, &branch.type_ref).is_some_and(carries) {
            let problem = format!(
                "`{}` has no property `{tag}`, the discriminator",
                branch.ident
            );
            return Some(Problem::new(at, problem, "add the property to the branch"));
        }
        for value in &branch.tags {
            if seen.contains(&value) {
                let problem = format!("the value `{value}` stands for two branches");
                return Some(Problem::new(
                    at,
                    problem,
                    "give each branch different values",
                ));
            }
            seen.push(value);
        }
    }
    None
}

/// Whether a value of `value` could be read as `pattern`.
fn fits(api: &Api, value: &TypeRef, pattern: &TypeRef, depth: usize) -> bool {
    if depth > 8 || (value.nullable && pattern.nullable) {
        return true;
    }
    match (&value.ty, &pattern.ty) {
        (Type::Any, _) | (_, Type::Any) => true,
        (Type::Scalar(a), Type::Scalar(b)) => scalar_fits(a, b),
        (Type::Array(_), Type::Array(_)) => true,
        (Type::Named(a), Type::Named(b)) if a == b => true,
        _ => {
            if let (Some(a), Some(b)) = (texts(api, value), texts(api, pattern)) {
                return match (a, b) {
                    (Texts::Listed(a), Texts::Listed(b)) => a.iter().any(|text| b.contains(text)),
                    // Listed values, or else any text: a text that is listed is the listed value.
                    (Texts::Any, Texts::Listed(_)) => false,
                    (_, Texts::Any) => true,
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
        // 1.5 is not an integer, but 1.0 may be sent as 1.
        (Int(_) | Number(_), Number(_)) | (Number(_), Int(_)) => true,
        _ => false,
    }
}

/// The texts that a type allows.
enum Texts<'a> {
    Any,
    Listed(Vec<&'a str>),
}

/// The texts that a type allows; `None` if its values are not texts.
fn texts<'a>(api: &'a Api, type_ref: &TypeRef) -> Option<Texts<'a>> {
    match &type_ref.ty {
        Type::Scalar(Scalar::String) => Some(Texts::Any),
        Type::Named(id) => match &api.types.get(*id)?.shape {
            Shape::Enum(body) if body.open => Some(Texts::Any),
            Shape::Enum(body) => {
                let values = body.values.iter();
                Some(Texts::Listed(
                    values.map(|value| value.wire.as_str()).collect(),
                ))
            }
            _ => None,
        },
        _ => None,
    }
}

fn structure<'a>(api: &'a Api, type_ref: &TypeRef) -> Option<&'a Struct> {
    let Type::Named(id) = type_ref.ty else {
        return None;
    };
    match &api.types.get(id)?.shape {
        Shape::Struct(body) => Some(body),
        _ => None,
    }
}

fn is_union(api: &Api, type_ref: &TypeRef) -> bool {
    let Type::Named(id) = type_ref.ty else {
        return false;
    };
    matches!(
        api.types.get(id).map(|def| &def.shape),
        Some(Shape::Union(_))
    )
}

/// Whether an object could be read as another: unless it lacks what that requires, or has it in
/// another form.
fn struct_fits(api: &Api, value: &Struct, pattern: &Struct, depth: usize) -> bool {
    pattern.fields.iter().all(|wanted| {
        match value.fields.iter().find(|field| field.wire == wanted.wire) {
            Some(field) if field.required || wanted.required => {
                fits(api, &field.type_ref, &wanted.type_ref, depth + 1)
            }
            Some(_) => true,
            None => !wanted.required,
        }
    })
}
