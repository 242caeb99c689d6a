//! Replaces header parameters named `Authorization` by security schemes: OpenAPI ignores such
//! parameters, because a security scheme says how a request is authorized.

use std::collections::HashSet;
use std::rc::Rc;

use bigmodel_rerank_openapi::{Pointer, reference};

use crate::log::Log;
use crate::node::{Data, Map, Node, NodeLocation};
use crate::operation::Operation;

/// The sections of `components` that are read and written.
const SCHEMES: &str = "securitySchemes";
const PARAMETERS: &str = "parameters";

/// The limit of nodes of `security` and of schemes to look at, each counted for every operation.
const WORK_LIMIT: usize = 400_000;

/// Replaces the parameters of all operations. Returns the security of the document, if the
/// replaced parameters are the same for all operations.
pub(super) fn replace_parameters(
    operations: &mut [Operation],
    components: &mut Map,
    log: &mut Log,
) -> Option<Node> {
    let mut replaced = 0;
    let mut work = 0;
    for operation in operations.iter_mut() {
        let parameters = components.get(PARAMETERS).and_then(Node::as_map);
        let Some(parameter) = take(operation, parameters) else {
            continue;
        };
        let schemes = schemes(components, &parameter.location);
        work +=
            security(operation).map_or(1, Node::size) + schemes.as_ref().map_or(0, |all| all.len());
        if work > WORK_LIMIT {
            log.report(
                &parameter.location,
                "the operations of the page have too many alternatives of security",
                "import them from separate pages",
            );
            return None;
        }
        let old = security(operation).cloned();
        if let Some(new) = replace(&parameter, old.as_ref(), schemes, log)
            && let Some(map) = operation.node.as_map_mut()
        {
            map.insert("security".to_owned(), new);
            replaced += 1;
        }
    }
    drop_unused_parameters(operations, components, log);
    components.retain(|section, node| section != SCHEMES || !node.is_empty());
    if replaced == operations.len() {
        common(operations)
    } else {
        None
    }
}

/// Drops the components that only the replaced parameters referred to.
fn drop_unused_parameters(operations: &[Operation], components: &mut Map, log: &mut Log) {
    let parameters = components.get(PARAMETERS).and_then(Node::as_map);
    let mut candidates = parameters.cloned().unwrap_or_default();
    candidates.retain(|_, node| is_authorization(node));
    if candidates.is_empty() {
        return;
    }
    let mut targets = HashSet::new();
    let nodes = operations.iter().map(|operation| &operation.node);
    for node in nodes.chain(components.values()) {
        add_targets(node, &mut targets);
    }
    let section = Pointer::root().key("components").key(PARAMETERS);
    candidates.retain(|name, _| !targets.contains(&section.key(name)));
    for (name, node) in &candidates {
        log.note(
            &node.location,
            format!("no operation uses the header parameter `{name}` any more"),
            "it is dropped from the components",
        );
    }
    if let Some(parameters) = components.get_mut(PARAMETERS).and_then(Node::as_map_mut) {
        parameters.retain(|name, _| !candidates.contains_key(name));
    }
    components.retain(|section, node| section != PARAMETERS || !node.is_empty());
}

/// Adds the targets of all references.
fn add_targets(node: &Node, targets: &mut HashSet<Pointer>) {
    match &node.data {
        Data::Scalar(_) => {}
        Data::List(list) => list.iter().for_each(|node| add_targets(node, targets)),
        Data::Map(map) => {
            let text = map.get(reference::KEYWORD).and_then(Node::as_str);
            targets.extend(text.and_then(reference::target));
            map.values().for_each(|node| add_targets(node, targets));
        }
    }
}

/// Takes the security out of all operations, if it is the same.
fn common(operations: &mut [Operation]) -> Option<Node> {
    let first = operations.first()?.node.get("security")?.clone();
    let is_same = |operation: &Operation| {
        let own = operation.node.get("security");
        own.is_some_and(|own| own.is_same(&first))
    };
    if !operations.iter().all(is_same) {
        return None;
    }
    for operation in operations {
        if let Some(map) = operation.node.as_map_mut() {
            map.shift_remove("security");
        }
    }
    Some(first)
}

/// Returns the security that applies to an operation.
fn security(operation: &Operation) -> Option<&Node> {
    let own = operation.node.get("security");
    own.or(operation.inherited.security.as_ref())
}

/// Takes the parameter out of an operation and its path. That of the operation takes precedence.
fn take(operation: &mut Operation, components: Option<&Map>) -> Option<Node> {
    let own = operation.node.as_map_mut();
    let own = own.and_then(|map| take_from(map, components));
    let of_path = take_from(&mut operation.path_item, components);
    own.or(of_path)
}

fn take_from(map: &mut Map, components: Option<&Map>) -> Option<Node> {
    let Data::List(list) = &mut map.get_mut("parameters")?.data else {
        return None;
    };
    let mut taken = None;
    list.retain(|node| {
        let parameter = resolve(node, components);
        let is_taken = is_authorization(parameter);
        if is_taken {
            // The location on the page is that of the operation, not that of the component.
            taken = Some(Node::new(parameter.data.clone(), &node.location));
        }
        !is_taken
    });
    if list.is_empty() && taken.is_some() {
        map.shift_remove("parameters");
    }
    taken
}

fn resolve<'a>(node: &'a Node, components: Option<&'a Map>) -> &'a Node {
    let text = node.get(reference::KEYWORD).and_then(Node::as_str);
    let section = Pointer::parse("/components/parameters");
    let target = text.and_then(reference::target);
    let name = target.filter(|target| target.parent().as_ref() == Some(&section));
    let component = name.and_then(|target| components?.get(target.last().as_str()));
    component.unwrap_or(node)
}

fn is_authorization(parameter: &Node) -> bool {
    let text = |key| parameter.get(key).and_then(Node::as_str);
    let name = text("name").unwrap_or_default();
    text("in") == Some("header") && name.eq_ignore_ascii_case("Authorization")
}

/// Returns the security schemes of the document, which may be empty.
fn schemes<'a>(components: &'a mut Map, location: &Rc<NodeLocation>) -> Option<&'a mut Map> {
    let section = components.entry(SCHEMES.to_owned());
    let section = section.or_insert_with(|| Node::map(Map::new(), location));
    section.as_map_mut()
}

/// Returns the security with the scheme for a parameter; `None` if it needs no change.
fn replace(
    parameter: &Node,
    security: Option<&Node>,
    schemes: Option<&mut Map>,
    log: &mut Log,
) -> Option<Node> {
    let observation = "OpenAPI ignores a header parameter `Authorization`";
    let schemes = schemes?;
    let alternatives = security.and_then(Node::as_list).unwrap_or_default();
    let names = || {
        alternatives
            .iter()
            .filter_map(Node::as_map)
            .flat_map(Map::keys)
    };
    let sends = |name: &&String| schemes.get(*name).is_some_and(sends_authorization);
    if let Some(name) = names().find(sends) {
        let action = format!("it is dropped, since the security scheme `{name}` sends this header");
        log.note(&parameter.location, observation, &action);
        return None;
    }
    let name = scheme_name(parameter, schemes);
    log.note(
        &parameter.location,
        observation,
        &format!("it is imported as the security scheme `{name}`"),
    );
    let is_required = parameter.get("required").and_then(Node::as_bool) == Some(true);
    Some(with_scheme(
        &name,
        is_required,
        alternatives,
        &parameter.location,
    ))
}

/// Whether a security scheme sends the header `Authorization`.
fn sends_authorization(scheme: &Node) -> bool {
    let text = |key| scheme.get(key).and_then(Node::as_str);
    match text("type") {
        Some("http" | "oauth2" | "openIdConnect") => true,
        Some("apiKey") => is_authorization(scheme),
        _ => false,
    }
}

/// Adds a scheme to each alternative. Without the header, an optional one leaves them as they were.
fn with_scheme(
    name: &str,
    is_required: bool,
    alternatives: &[Node],
    location: &Rc<NodeLocation>,
) -> Node {
    let none = [Node::map(Map::new(), location)];
    let old = match alternatives {
        [] => none.as_slice(),
        alternatives => alternatives,
    };
    let mut new = old.to_vec();
    for alternative in new.iter_mut().filter_map(Node::as_map_mut) {
        alternative.insert(name.to_owned(), Node::list(Vec::new(), location));
    }
    if !is_required {
        new.extend_from_slice(old);
    }
    Node::list(new, location)
}

/// Returns the name of the scheme for a parameter: an equal one of the document, or a new one.
fn scheme_name(parameter: &Node, schemes: &mut Map) -> String {
    let (name, scheme) = scheme(parameter);
    let keywords = |scheme: &Node| {
        let mut map = scheme.as_map().cloned().unwrap_or_default();
        map.retain(|key, _| ["type", "scheme", "in", "name"].contains(&key.as_str()));
        Node::map(map, &scheme.location)
    };
    let is_same = |(_, known): &(&String, &Node)| keywords(known).is_same(&keywords(&scheme));
    if let Some((known, _)) = schemes.iter().find(is_same) {
        return known.clone();
    }
    let candidates = std::iter::once(name.to_owned());
    let mut candidates = candidates.chain((2_u64..).map(|number| format!("{name}{number}")));
    let new = candidates.find(|name| !schemes.contains_key(name));
    let new = new.unwrap_or_else(|| name.to_owned());
    schemes.insert(new.clone(), scheme);
    new
}

/// Returns a name and the scheme for a parameter. Its texts say what the header holds.
fn scheme(parameter: &Node) -> (&'static str, Node) {
    let location = &parameter.location;
    let texts = parameter.to_value().to_string().to_lowercase();
    let mentions = |words: &[&str]| words.iter().any(|word| texts.contains(word));
    let (name, keywords): (_, &[(&str, &str)]) = if mentions(&["bearer"]) {
        ("bearerAuth", &[("type", "http"), ("scheme", "bearer")])
    } else if mentions(&["basic auth", "\"basic ", "`basic "]) {
        ("basicAuth", &[("type", "http"), ("scheme", "basic")])
    } else {
        let key = [
            ("type", "apiKey"),
            ("in", "header"),
            ("name", "Authorization"),
        ];
        return ("authorization", node(&key, parameter, location));
    };
    (name, node(keywords, parameter, location))
}

fn node(keywords: &[(&str, &str)], parameter: &Node, location: &Rc<NodeLocation>) -> Node {
    let keywords = keywords.iter();
    let mut map: Map = keywords
        .map(|(key, text)| ((*key).to_owned(), Node::scalar(*text, location)))
        .collect();
    let of_schema = || parameter.get("schema")?.get("description");
    if let Some(text) = parameter.get("description").or_else(of_schema) {
        map.insert("description".to_owned(), text.clone());
    }
    Node::map(map, location)
}
