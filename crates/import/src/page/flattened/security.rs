//! Reconstructs security: the exporter writes each alternative as a title that joins the names of
//! its schemes, and the locations of their keys.

use std::rc::Rc;

use crate::log::Log;
use crate::members::Members;
use crate::node::{Data, Map, Node, NodeLocation};

/// The security requirements of an operation, and the schemes that they name.
pub(crate) struct Security {
    pub(crate) requirements: Node,
    pub(crate) schemes: Map,
}

/// The separator between the schemes of one alternative.
const SEPARATOR: &str = " & ";

/// Returns the security of an operation; `None` if it is invalid.
pub(crate) fn security(node: Node, log: &mut Log) -> Option<Security> {
    let kind = node.kind();
    let Node { data, location, .. } = node;
    let Data::List(alternatives) = data else {
        log.report(
            &location,
            format!("expected `security` to be a list, found {kind}"),
            "write a list with one entry for each alternative",
        );
        return None;
    };
    let mut schemes = Map::new();
    let mut requirements = Vec::new();
    for node in alternatives {
        let Some(named) = alternative(node, log) else {
            continue;
        };
        let requirement = named.keys().map(|name| {
            let none = Node::list(Vec::new(), &location);
            (name.clone(), none)
        });
        requirements.push(Node::map(requirement.collect(), &location));
        schemes.extend(named);
    }
    Some(Security {
        requirements: Node::list(requirements, &location),
        schemes,
    })
}

/// Returns the schemes of one alternative, by name. An alternative without schemes requires none.
fn alternative(node: Node, log: &mut Log) -> Option<Map> {
    let mut members = Members::new(node, "an alternative of `security`", log)?;
    let location = Rc::clone(&members.location);
    let title = members.take_text("title", log);
    let parameters = members.take("parameters");
    members.finish(log);

    let title = title.as_ref().and_then(Node::as_str).unwrap_or_default();
    let names: Vec<&str> = title
        .split(SEPARATOR)
        .filter(|name| !name.is_empty())
        .collect();
    let keys = parameters.map_or_else(Vec::new, |node| keys(node, log));
    if names.len() != keys.len() {
        log.report(
            &location,
            format!(
                "`{title}` names {}, but has {}",
                count(names.len(), "scheme"),
                count(keys.len(), "key")
            ),
            "list the location of each scheme's key under `parameters`",
        );
        return None;
    }
    Some(match_schemes(&names, keys, &location, log))
}

fn count(n: usize, thing: &str) -> String {
    match n {
        1 => format!("1 {thing}"),
        n => format!("{n} {thing}s"),
    }
}

/// The location of a scheme's key in a request.
struct Key {
    name: String,
    location: &'static str,
    node: Node,
}

fn keys(node: Node, log: &mut Log) -> Vec<Key> {
    let mut keys = Vec::new();
    let Some(mut groups) = Members::new(node, "`parameters` of `security`", log) else {
        return keys;
    };
    for location in ["query", "header", "cookie"] {
        let Some(group) = groups.take(location) else {
            continue;
        };
        let Some(group) = Members::new(group, "a group of keys", log) else {
            continue;
        };
        keys.extend(group.rest().into_iter().map(|(name, node)| Key {
            name,
            location,
            node,
        }));
    }
    groups.finish(log);
    keys
}

/// Matches names and keys in order, since the page has nothing else to match them by.
fn match_schemes(
    names: &[&str],
    keys: Vec<Key>,
    location: &Rc<NodeLocation>,
    log: &mut Log,
) -> Map {
    let locations: Vec<_> = keys.iter().map(|key| key.location).collect();
    if locations.windows(2).any(|pair| pair.first() != pair.last()) {
        log.note(
            location,
            format!(
                "the page does not say which key belongs to which of {}",
                names.join(SEPARATOR)
            ),
            "they are matched in order; compare them with the text",
        );
    }
    names
        .iter()
        .zip(keys)
        .filter_map(|(name, key)| Some(((*name).to_owned(), scheme(key, log)?)))
        .collect()
}

/// Returns a security scheme.
fn scheme(key: Key, log: &mut Log) -> Option<Node> {
    let mut members = Members::new(key.node, "a security scheme", log)?;
    let location = Rc::clone(&members.location);
    let kind = members.take_text("type", log);
    let Some(kind) = kind else {
        log.report(
            &location,
            "missing `type` of the security scheme",
            "use apiKey, http, oauth2 or openIdConnect",
        );
        return None;
    };
    let mut map = Map::new();
    let mut set = |key: &str, node: Option<Node>| {
        if let Some(node) = node {
            map.insert(key.to_owned(), node);
        }
    };
    let text = kind.as_str().unwrap_or_default().to_owned();
    set("type", Some(kind));
    match text.as_str() {
        "apiKey" => {
            set("in", Some(Node::scalar(key.location, &location)));
            set("name", Some(Node::scalar(key.name, &location)));
        }
        "http" => {
            if key.location != "header" || !key.name.eq_ignore_ascii_case("Authorization") {
                log.report(
                    &location,
                    format!(
                        "an http scheme sends its key in the header `Authorization`, not in the {} `{}`",
                        key.location, key.name
                    ),
                    "use `type: apiKey` if the key is sent there",
                );
            }
            set("scheme", members.take_text("scheme", log));
            set("bearerFormat", members.take_text("bearerFormat", log));
        }
        "oauth2" => set("flows", Some(flows(members.take("flows"), &location, log))),
        "openIdConnect" => set("openIdConnectUrl", members.take("openIdConnectUrl")),
        other => log.report(
            &location,
            format!("invalid security scheme type `{other}`"),
            "use apiKey, http, oauth2 or openIdConnect",
        ),
    }
    set("description", members.take_text("description", log));
    map.extend(members.take_extensions(log));
    members.finish(log);
    Some(Node::map(map, &location))
}

/// Returns the flows of a scheme, which OpenAPI requires and the exporter drops.
fn flows(node: Option<Node>, location: &Rc<NodeLocation>, log: &mut Log) -> Node {
    node.unwrap_or_else(|| {
        log.note(
            location,
            "the page does not have the flows of this OAuth 2 scheme",
            "`flows` is left empty; add them with an overlay action",
        );
        Node::map(Map::new(), location)
    })
}
