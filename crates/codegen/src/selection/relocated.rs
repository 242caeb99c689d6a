//! What selected operations refer to inside of paths that are not selected: it becomes a component.

use std::collections::HashMap;

use bigmodel_rerank_openapi::grammar::{Role, Visit, below};
use bigmodel_rerank_openapi::{Pointer, reference};
use serde_json::{Map, Value};

/// The sections of `components` that take what paths hold.
const SECTIONS: &[&str] = &[
    "schemas",
    "parameters",
    "responses",
    "requestBodies",
    "headers",
    "examples",
    "links",
    "callbacks",
];

/// Moves nodes of `root` that are missing in the selection, and that it refers to, to its
/// components.
pub(super) fn relocate(root: &Value, selected: &mut Value) {
    let mut moved: HashMap<Pointer, Pointer> = HashMap::new();
    // Once at the document, then at each node that was moved.
    let mut open = vec![(Pointer::root(), Role::DOCUMENT)];
    while let Some((pointer, role)) = open.pop() {
        for (at, missing) in missing_targets(root, selected, pointer, role) {
            let target = match moved.get(&missing) {
                Some(target) => target.clone(),
                None => {
                    let Some((target, role)) = copy(root, selected, &missing) else {
                        continue;
                    };
                    open.push((target.clone(), role));
                    moved.insert(missing, target.clone());
                    target
                }
            };
            if let Some(reference) = selected.pointer_mut(at.as_str()) {
                *reference = Value::String(format!("#{target}"));
            }
        }
    }
}

/// The references below a node whose targets are in paths that are not selected, with the targets.
fn missing_targets(
    root: &Value,
    selected: &Value,
    pointer: Pointer,
    role: Role,
) -> Vec<(Pointer, Pointer)> {
    let Some(value) = pointer.get(selected) else {
        return Vec::new();
    };
    let references = below(Visit {
        pointer,
        value,
        role,
    });
    let references = references.filter(|visit| visit.role == Role::Reference);
    let targets = references.filter_map(|visit| {
        let target = reference::target(visit.value.as_str()?)?;
        let is_missing = target.segments().next().as_deref() == Some("paths")
            && target.get(selected).is_none()
            && target.get(root).is_some();
        is_missing.then_some((visit.pointer, target))
    });
    targets.collect()
}

/// Copies a node to the components; `None` if they have no section for its kind.
fn copy(root: &Value, selected: &mut Value, missing: &Pointer) -> Option<(Pointer, Role)> {
    let role = missing
        .segments()
        .fold(Role::DOCUMENT, |role, key| match role {
            Role::List(_) => role.item(),
            _ => role.member(&key),
        });
    let components = Role::DOCUMENT.member("components");
    let section = SECTIONS
        .iter()
        .find(|section| components.member(section).member("") == role)?;
    let value = missing.get(root)?.clone();
    let members = object(object(selected.as_object_mut()?, "components")?, section)?;
    // Types keep the name that they have without a selection.
    let plain = missing.last().replace(
        |c: char| !c.is_ascii_alphanumeric() && !"._-".contains(c),
        "_",
    );
    let mut name = plain.clone();
    let mut number = 2;
    while members.contains_key(&name) {
        name = format!("{plain}_{number}");
        number += 1;
    }
    members.insert(name.clone(), value);
    Some((super::component(section, &name), role))
}

/// The object `key` of an object, which is added if it is missing.
fn object<'a>(parent: &'a mut Map<String, Value>, key: &str) -> Option<&'a mut Map<String, Value>> {
    let member = parent
        .entry(key)
        .or_insert_with(|| Value::Object(Map::new()));
    member.as_object_mut()
}
