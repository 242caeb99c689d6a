//! Unions whose branches can be told apart: by a tag, or by what each accepts.

use std::collections::HashSet;

use bigmodel_rerank_openapi::{Problem, by_overlay};
use serde_json::Value;

use crate::model::{Api, Branch, Scalar, Shape, Struct, Type, TypeDef, TypeRef, Union};
use crate::rules::{self, Remark};

/// Puts the branches of each union into an order in which no value of a later branch fits an
/// earlier one, since serde tries branches in turn. A union without such an order becomes JSON.
pub(super) fn tell_apart(root: &Value, api: &mut Api) -> Vec<Remark> {
    let mut remarks = Vec::new();
    let mut shapes = Vec::new();
    for (id, def) in api.types.iter().enumerate() {
        let Shape::Union(body) = &def.shape else {
            continue;
        };
        let mut body = body.clone();
        if let Some(tag) = body.tag.clone() {
            use_listed_tags(api, &mut body, &tag);
            let Some(problem) = by_tag(api, def, &body, &tag) else {
                shapes.push((id, Shape::Union(body)));
                continue;
            };
            remarks.push(Remark::new(&rules::UNTYPED_DISCRIMINATOR, problem));
            // A base has values that are of no subtype.
            if body.open {
                shapes.push((id, Shape::Json(body.branches)));
                continue;
            }
            body.tag = None;
        }
        match in_order(api, &body.branches) {
            Ok(branches) => {
                let branches = branches.into_iter().cloned().collect();
                let body = Union { branches, ..body };
                shapes.push((id, Shape::Union(body)));
            }
            Err((later, earlier)) => {
                let problem = ambiguity(root, api, def, later, earlier);
                remarks.push(Remark::new(&rules::AMBIGUOUS_UNION, problem));
                shapes.push((id, Shape::Json(body.branches)));
            }
        }
    }
    for (id, shape) in shapes {
        if let Some(def) = api.types.get_mut(id) {
            def.shape = shape;
        }
    }
    remarks
}

/// The branches, each before those that its values may be read as; the error is two that may be
/// read as each other, directly or by way of others.
fn in_order<'a>(
    api: &Api,
    branches: &'a [Branch],
) -> Result<Vec<&'a Branch>, (&'a Branch, &'a Branch)> {
    let mut open: Vec<_> = branches.iter().collect();
    let mut ordered = Vec::new();
    while !open.is_empty() {
        let is_read_as =
            |value: &Branch, pattern: &Branch| fits(api, &value.type_ref, &pattern.type_ref);
        let mut clash = None;
        let next = open.iter().enumerate().position(|(index, one)| {
            let others = open.iter().enumerate().filter(|(other, _)| *other != index);
            let mut stealing = others.filter(|(_, other)| is_read_as(other, one));
            match stealing.next() {
                None => true,
                Some((_, other)) => {
                    clash.get_or_insert((*other, *one));
                    false
                }
            }
        });
        match (next, clash) {
            (Some(next), _) => ordered.push(open.remove(next)),
            (None, Some(clash)) => return Err(clash),
            (None, None) => break,
        }
    }
    Ok(ordered)
}

/// Replaces the names of schemas as tags by the values that the schemas themselves list for the tag.
fn use_listed_tags(api: &Api, body: &mut Union, tag: &str) {
    let mapped: Vec<_> = body
        .branches
        .iter()
        .filter(|branch| !branch.tagged_by_name)
        .flat_map(|branch| branch.tags.clone())
        .collect();
    let listed = body.branches.iter().map(|branch| {
        let tags = listed_tags(api, branch, tag, &mapped);
        // A longer list of a subtype may be that of its base.
        let is_own = !body.open || tags.len() == 1;
        if is_own { tags } else { Vec::new() }
    });
    let listed: Vec<_> = listed.collect();
    for (branch, tags) in body.branches.iter_mut().zip(&listed) {
        let is_used = |used: &Vec<String>| !used.is_empty() && used == tags;
        let uses = listed.iter().filter(|other| is_used(other)).count();
        if uses == 1 || (uses > 1 && !body.open) {
            branch.tags.clone_from(tags);
        }
    }
}

/// The values that the schema of a branch lists for the tag, without those that are mapped; none if
/// the branch has another tag.
fn listed_tags(api: &Api, branch: &Branch, tag: &str, mapped: &[String]) -> Vec<String> {
    let texts = property(api, branch, tag).and_then(|property| texts(api, property));
    match texts {
        Some(Texts::Listed(values))
            if branch.tagged_by_name
                && !branch.tags.iter().any(|name| values.contains(&&**name)) =>
        {
            let values = values.into_iter().map(str::to_owned);
            values.filter(|value| !mapped.contains(value)).collect()
        }
        _ => Vec::new(),
    }
}

/// A problem unless the tag tells the branches apart.
fn by_tag(api: &Api, def: &TypeDef, body: &Union, tag: &str) -> Option<Problem> {
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
    tags(api, def, body, tag)
}

fn ambiguity(root: &Value, api: &Api, def: &TypeDef, later: &Branch, earlier: &Branch) -> Problem {
    let objects = [later, earlier].map(|branch| structure(api, &branch.type_ref));
    let help = match objects {
        [Some(_), Some(_)] => "add a `discriminator`",
        _ => "keep only the wider branch",
    };
    let one_of = def.pointer.key("oneOf");
    let keyword = match one_of.get(root) {
        Some(_) => one_of,
        None => def.pointer.key("anyOf"),
    };
    Problem::new(
        keyword,
        format!(
            "the branches cannot be told apart: a value of `{}` may be read as `{}`",
            later.ident, earlier.ident
        ),
        by_overlay(&format!("{help}, or replace the schema"), &def.pointer),
    )
}

/// Returns a problem unless each value of the tag selects one branch and each branch has the tag.
fn tags(api: &Api, def: &TypeDef, body: &Union, tag: &str) -> Option<Problem> {
    let at = def.pointer.key("discriminator");
    let mut seen = Vec::new();
    for branch in &body.branches {
        let Some(property) = property(api, branch, tag) else {
            let problem = format!(
                "`{}` has no property `{tag}`, the discriminator",
                branch.ident
            );
            return Some(Problem::new(at, problem, "add the property to the branch"));
        };
        if !may_be_text(api, property) {
            let problem = format!(
                "`{tag}` of `{}` is not a string, as the property of a discriminator is",
                branch.ident
            );
            let help = "remove the `discriminator`, or make the property a string";
            return Some(Problem::new(at, problem, help));
        }
        for value in &branch.tags {
            if seen.contains(&value) {
                let problem = format!("the value `{value}` is the tag of two branches");
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

/// The type of a property of a branch.
fn property<'a>(api: &'a Api, branch: &Branch, name: &str) -> Option<&'a TypeRef> {
    let mut fields = structure(api, &branch.type_ref)?.fields.iter();
    let field = fields.find(|field| field.wire == name)?;
    Some(&field.type_ref)
}

/// Whether some values of a type are texts.
fn may_be_text(api: &Api, type_ref: &TypeRef) -> bool {
    match type_ref.ty {
        Type::Any | Type::Scalar(Scalar::String) => true,
        Type::Named(_) => structure(api, type_ref).is_none(),
        _ => false,
    }
}

/// Whether a value of `value` could be read as `pattern`.
///
/// It could unless something that both have says otherwise, so two types that are being compared
/// already, as in types that contain themselves, have nothing more to say.
fn fits(api: &Api, value: &TypeRef, pattern: &TypeRef) -> bool {
    let mut compared = HashSet::new();
    let mut open = vec![(value, pattern)];
    while let Some((value, pattern)) = open.pop() {
        if let (Type::Named(a), Type::Named(b)) = (&value.ty, &pattern.ty)
            && !compared.insert((*a, *b))
        {
            continue;
        }
        match comparison(api, value, pattern) {
            Some(parts) => open.extend(parts),
            None => return false,
        }
    }
    true
}

/// The parts on which it depends whether a value of `value` could be read as `pattern`; `None` if
/// it could not.
fn comparison<'a>(
    api: &'a Api,
    value: &'a TypeRef,
    pattern: &'a TypeRef,
) -> Option<Vec<(&'a TypeRef, &'a TypeRef)>> {
    if value.nullable && pattern.nullable {
        return Some(Vec::new());
    }
    let fits = match (&value.ty, &pattern.ty) {
        (Type::Any, _) | (_, Type::Any) => true,
        (Type::Scalar(a), Type::Scalar(b)) => scalar_fits(a, b),
        // An empty list is the same JSON whichever branch takes it.
        (Type::Array(a), Type::Array(b)) => return Some(vec![(&**a, &**b)]),
        (Type::Named(a), Type::Named(b)) if a == b => true,
        _ => match (texts(api, value), texts(api, pattern)) {
            (Some(Texts::Listed(a)), Some(Texts::Listed(b))) => {
                a.iter().any(|text| b.contains(text))
            }
            // Listed values, or else any text: a text that is listed is the listed value.
            (Some(Texts::Any), Some(Texts::Listed(_))) => false,
            (Some(_), Some(Texts::Any)) => true,
            _ => match (structure(api, value), structure(api, pattern)) {
                (Some(a), Some(b)) => return common_fields(a, b),
                (Some(_), None) => matches!(pattern.ty, Type::Map(_)),
                (None, Some(b)) => {
                    matches!(value.ty, Type::Map(_)) && b.fields.iter().all(|field| !field.required)
                }
                (None, None) => {
                    matches!((&value.ty, &pattern.ty), (Type::Map(_), Type::Map(_)))
                        || is_union(api, value)
                        || is_union(api, pattern)
                }
            },
        },
    };
    fits.then(Vec::new)
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
        Some(Shape::Union(_) | Shape::Json(_))
    )
}

/// The types of the fields that both objects have and one of them requires; `None` if `value` lacks
/// a field that `pattern` requires.
fn common_fields<'a>(
    value: &'a Struct,
    pattern: &'a Struct,
) -> Option<Vec<(&'a TypeRef, &'a TypeRef)>> {
    let mut common = Vec::new();
    for wanted in &pattern.fields {
        match value.fields.iter().find(|field| field.wire == wanted.wire) {
            // An optional member may be read from null, whatever its type.
            Some(field) if field.type_ref.nullable && !wanted.required => {}
            Some(field) if field.required || wanted.required => {
                common.push((&field.type_ref, &wanted.type_ref));
            }
            None if wanted.required => return None,
            Some(_) | None => {}
        }
    }
    Some(common)
}
