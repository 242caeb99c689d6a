//! Bundles the documents that a contract refers to into one: what another document describes becomes
//! a component, and references lead there.

mod location;

use std::collections::{HashMap, HashSet, VecDeque};

use serde_json::{Map, Value, json};

use crate::grammar::{Kind, Role};
use crate::source::Document;
use crate::{Diagnostic, Pointer, Source, parse, reference};

pub(crate) use location::{Target, resolve};

/// A node that comes from another document.
#[derive(Clone, Debug)]
pub(crate) struct Bundled {
    /// Its address in the contract.
    pub(crate) at: Pointer,
    /// The index of its document, among those that were bundled.
    pub(crate) document: usize,
    /// Its address there.
    pub(crate) from: Pointer,
}

/// A contract in one document.
#[derive(Debug)]
pub(crate) struct Bundle {
    pub(crate) document: Document,
    /// The other documents, for the positions of what comes from them.
    pub(crate) others: Vec<Document>,
    pub(crate) bundled: Vec<Bundled>,
}

/// Returns the paths of the documents that a document refers to, relative to the folder of the
/// contract. `path` is the document's own; it is empty for the contract itself.
pub fn referenced_documents(source: &Source, path: &str) -> Vec<String> {
    // Most contracts refer to nothing else, which is seen without reading them. A property may be
    // called `$ref`, and a block scalar may begin on the next line.
    let is_own = |rest: &str| {
        let value = rest.trim_start_matches(['"', '\'', ':', '>', '|', '-', ' ', '\r', '\n']);
        ["#/", "#\"", "#'", "{"]
            .iter()
            .any(|own| value.starts_with(own))
    };
    if source.text.split(reference::KEYWORD).skip(1).all(is_own) {
        return Vec::new();
    }
    let Ok(document) = parse::parse(source) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    let mut open = vec![&document.value];
    while let Some(value) = open.pop() {
        if let Some(text) = reference::text(value) {
            let target = resolve(path, text);
            if !target.document.is_empty() && !found.contains(&target.document) {
                found.push(target.document);
            }
        }
        match value {
            Value::Object(members) => open.extend(members.values()),
            Value::Array(items) => open.extend(items),
            _ => {}
        }
    }
    found.sort();
    found
}

/// Bundles a contract. References to documents that are not given stay as they are.
pub(crate) fn bundle(contract: &Source) -> Result<Bundle, Vec<Diagnostic>> {
    let sources = &contract.documents;
    let own_path = file_name(&contract.name);
    let contract = parse::parse(contract)?;
    if sources.is_empty() {
        return Ok(Bundle {
            document: contract,
            others: Vec::new(),
            bundled: Vec::new(),
        });
    }
    let mut others = Vec::new();
    let mut problems = Vec::new();
    for source in sources.values() {
        match parse::parse(source) {
            Ok(document) => others.push(document),
            Err(found) => problems.extend(found),
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let paths = sources.keys().enumerate();
    let mut bundler = Bundler {
        contract: &contract.value,
        own_path,
        others: &others,
        paths: paths.map(|(index, path)| (path.as_str(), index)).collect(),
        placed: HashMap::new(),
        names: HashSet::new(),
        queue: VecDeque::new(),
        inlining: Vec::new(),
        bundled: Vec::new(),
    };
    let mut value = bundler.value(&contract.value, Role::DOCUMENT, "", &Pointer::root());
    bundler.place_components(&mut value);
    let bundled = bundler.bundled;
    Ok(Bundle {
        document: Document { value, ..contract },
        others,
        bundled,
    })
}

/// The last part of a path.
fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or_default()
}

/// The section of `components` for nodes of a kind.
fn section(kind: Kind) -> Option<&'static str> {
    Some(match kind {
        Kind::Schema => "schemas",
        Kind::Response => "responses",
        Kind::Parameter => "parameters",
        Kind::Example => "examples",
        Kind::RequestBody => "requestBodies",
        Kind::Header => "headers",
        Kind::SecurityScheme => "securitySchemes",
        Kind::Link => "links",
        Kind::Callback => "callbacks",
        _ => return None,
    })
}

/// A component that is still to be added.
struct Component {
    section: &'static str,
    name: String,
    kind: Kind,
    target: Target,
}

struct Bundler<'a> {
    contract: &'a Value,
    /// The path by which other documents refer to the contract.
    own_path: &'a str,
    others: &'a [Document],
    paths: HashMap<&'a str, usize>,
    /// The references to components that stand for nodes of other documents.
    placed: HashMap<(Target, Kind), String>,
    /// Section and name of the components that were added.
    names: HashSet<(&'static str, String)>,
    queue: VecDeque<Component>,
    /// The nodes that are being inlined, the innermost last.
    inlining: Vec<Target>,
    bundled: Vec<Bundled>,
}

impl<'a> Bundler<'a> {
    /// A value of the document at `path`, with references that hold in the bundle. `at` is its
    /// address there.
    fn value(&mut self, value: &'a Value, role: Role, path: &str, at: &Pointer) -> Value {
        if role.is_opaque() {
            return value.clone();
        }
        match value {
            Value::Object(members) if role == Role::Mapping => {
                let members = members.iter();
                Value::Object(
                    members
                        .map(|(tag, target)| (tag.clone(), self.mapped(target, path)))
                        .collect(),
                )
            }
            Value::Object(members) => {
                if let Some(text) = reference::text(value)
                    && let Some(bundled) = self.referring(text, members, role, path, at)
                {
                    return bundled;
                }
                let members = members.iter().map(|(key, member)| {
                    let member = self.value(member, role.member(key), path, &at.key(key));
                    (key.clone(), member)
                });
                Value::Object(members.collect())
            }
            Value::Array(items) => {
                let items = items.iter().enumerate();
                let items = items
                    .map(|(index, item)| self.value(item, role.item(), path, &at.index(index)));
                Value::Array(items.collect())
            }
            other => other.clone(),
        }
    }

    /// A value of a discriminator's mapping: a reference, or the name of a schema.
    fn mapped(&mut self, target: &Value, path: &str) -> Value {
        let text = target
            .as_str()
            .filter(|text| text.contains(['/', '#', '.']));
        let reference = text.and_then(|text| self.reference(text, Some(Kind::Schema), path));
        reference.map_or_else(|| target.clone(), |reference| json!(reference))
    }

    fn resolve(&self, path: &str, reference: &str) -> Target {
        let target = resolve(path, reference);
        if target.document == self.own_path {
            return Target {
                document: String::new(),
                ..target
            };
        }
        target
    }

    /// An object with a reference; `None` if the reference cannot be bundled.
    fn referring(
        &mut self,
        text: &str,
        members: &'a Map<String, Value>,
        role: Role,
        path: &str,
        at: &Pointer,
    ) -> Option<Value> {
        let kind = role.kind();
        let is_reference = role.member(reference::KEYWORD) == Role::Reference;
        if is_reference && let Some(reference) = self.reference(text, kind, path) {
            let members = members.iter().map(|(key, member)| {
                let member = if key == reference::KEYWORD {
                    json!(reference)
                } else {
                    self.value(member, role.member(key), path, &at.key(key))
                };
                (key.clone(), member)
            });
            return Some(Value::Object(members.collect()));
        }
        // What has no section among the components, such as a path, takes the place of the
        // reference.
        let is_alone = members.len() == 1;
        if !is_alone || kind.and_then(section).is_some() {
            return None;
        }
        let target = self.resolve(path, text);
        let document = *self.paths.get(target.document.as_str())?;
        let node = target.pointer.get(&self.others.get(document)?.value)?;
        if self.inlining.contains(&target) {
            return None;
        }
        self.bundled.push(Bundled {
            at: at.clone(),
            document,
            from: target.pointer.clone(),
        });
        self.inlining.push(target.clone());
        let inlined = self.value(node, role, &target.document, at);
        self.inlining.pop();
        Some(inlined)
    }

    /// The reference that means in the bundle what `text` means in the document at `path`; `None`
    /// if it names nothing that can be a component.
    fn reference(&mut self, text: &str, kind: Option<Kind>, path: &str) -> Option<String> {
        let target = self.resolve(path, text);
        if target.document.is_empty() {
            return Some(format!("#{}", target.fragment));
        }
        let document = *self.paths.get(target.document.as_str())?;
        target.pointer.get(&self.others.get(document)?.value)?;
        let kind = kind?;
        let section = section(kind)?;
        if let Some(reference) = self.placed.get(&(target.clone(), kind)) {
            return Some(reference.clone());
        }
        let name = self.name(section, &target);
        let reference = format!("#/components/{section}/{name}");
        self.placed
            .insert((target.clone(), kind), reference.clone());
        self.queue.push_back(Component {
            section,
            name,
            kind,
            target,
        });
        Some(reference)
    }

    /// A name for the component: the last part of its address, or else the name of its file.
    fn name(&mut self, section: &'static str, target: &Target) -> String {
        let clean = |text: &str| {
            let allowed = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
            text.chars().filter(|c| allowed(*c)).collect::<String>()
        };
        let file = file_name(&target.document);
        let stem = clean(file.split('.').next().unwrap_or_default());
        let last = clean(&target.pointer.last());
        let candidates = if last.is_empty() {
            vec![stem.clone()]
        } else {
            vec![last.clone(), format!("{stem}_{last}")]
        };
        let last_resort = candidates.last().cloned().unwrap_or_default();
        let numbered = (2..).map(|number| format!("{last_resort}_{number}"));
        let existing = self.contract.pointer(&format!("/components/{section}"));
        let is_free = |name: &String| {
            !name.is_empty()
                && existing.is_none_or(|existing| existing.get(name).is_none())
                && !self.names.contains(&(section, name.clone()))
        };
        let mut names = candidates.iter().cloned().chain(numbered);
        let name = names.find(is_free).unwrap_or_default();
        self.names.insert((section, name.clone()));
        name
    }

    /// Adds the components that references lead to, and those that these bring along.
    fn place_components(&mut self, contract: &mut Value) {
        while let Some(component) = self.queue.pop_front() {
            let Component {
                section,
                name,
                kind,
                target,
            } = component;
            let Some(document) = self.paths.get(target.document.as_str()).copied() else {
                continue;
            };
            let others = self.others;
            let node = others.get(document);
            let Some(node) = node.and_then(|other| target.pointer.get(&other.value)) else {
                continue;
            };
            let at = Pointer::root().key("components").key(section).key(&name);
            self.bundled.push(Bundled {
                at: at.clone(),
                document,
                from: target.pointer.clone(),
            });
            let value = self.value(node, Role::Node(kind), &target.document, &at);
            insert(contract, section, name, value);
        }
    }
}

/// Adds a component to the contract.
fn insert(contract: &mut Value, section: &str, name: String, value: Value) {
    let mut parent = contract;
    for key in ["components", section] {
        let Value::Object(members) = parent else {
            return;
        };
        parent = members.entry(key.to_owned()).or_insert_with(|| json!({}));
    }
    if let Value::Object(members) = parent {
        members.insert(name, value);
    }
}

#[cfg(test)]
mod tests;
