//! What a request must prove: the exporter writes each alternative as a title, which joins
//! the names of schemes, and the places of their keys.

use std::rc::Rc;

use crate::log::Log;
use crate::members::Members;
use crate::node::{Data, Map, Node, Place};

/// The requirements of an operation, and the schemes that they name.
pub(crate) struct Security {
    pub(crate) requirements: Node,
    pub(crate) schemes: Map,
}

/// How the exporter joins the schemes of one alternative.
const AND: &str = " & ";

/// The security of an operation; none where the page says nothing of it.
pub(crate) fn security(node: Node, log: &mut Log) -> Option<Security> {
    let Node { data, place, .. } = node;
    let Data::List(alternatives) = data else {
        log.refuse(
            &place,
            "`security` is not a list",
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
            let none = Node::list(Vec::new(), &place);
            (name.clone(), none)
        });
        requirements.push(Node::map(requirement.collect(), &place));
        schemes.extend(named);
    }
    Some(Security {
        requirements: Node::list(requirements, &place),
        schemes,
    })
}

/// The schemes of one alternative, by name; none is asked for where there are none.
fn alternative(node: Node, log: &mut Log) -> Option<Map> {
    let mut members = Members::of(node, "an alternative of `security`", log)?;
    let place = Rc::clone(&members.place);
    let title = members.take_text("title", log);
    let parameters = members.take("parameters");
    members.finish(log);

    let title = title.as_ref().and_then(Node::as_str).unwrap_or_default();
    let names: Vec<&str> = title.split(AND).filter(|name| !name.is_empty()).collect();
    let keys = parameters.map_or_else(Vec::new, |node| keys(node, log));
    if names.len() != keys.len() {
        log.refuse(
            &place,
            format!(
                "`{title}` names {}, but {} beside it",
                count(names.len(), "scheme"),
                match keys.len() {
                    1 => "1 key stands".to_owned(),
                    n => format!("{n} keys stand"),
                }
            ),
            "write the place of each scheme's key under `parameters`",
        );
        return None;
    }
    Some(paired(&names, keys, &place, log))
}

fn count(n: usize, thing: &str) -> String {
    match n {
        1 => format!("1 {thing}"),
        n => format!("{n} {thing}s"),
    }
}

/// Where a scheme's key stands in a request.
struct Key {
    name: String,
    location: &'static str,
    node: Node,
}

fn keys(node: Node, log: &mut Log) -> Vec<Key> {
    let mut keys = Vec::new();
    let Some(mut groups) = Members::of(node, "`parameters` of `security`", log) else {
        return keys;
    };
    for location in ["query", "header", "cookie"] {
        let Some(group) = groups.take(location) else {
            continue;
        };
        let Some(group) = Members::of(group, "a group of keys", log) else {
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

/// Each name with its scheme: in the order of both, which is all that the page tells.
fn paired(names: &[&str], keys: Vec<Key>, place: &Rc<Place>, log: &mut Log) -> Map {
    let locations: Vec<_> = keys.iter().map(|key| key.location).collect();
    if locations.windows(2).any(|pair| pair.first() != pair.last()) {
        log.note(
            place,
            format!(
                "which key belongs to which of {} is not told",
                names.join(AND)
            ),
            "they are taken in their order; compare them with the text",
        );
    }
    names
        .iter()
        .zip(keys)
        .filter_map(|(name, key)| Some(((*name).to_owned(), scheme(key, log)?)))
        .collect()
}

/// A security scheme as OpenAPI writes it.
fn scheme(key: Key, log: &mut Log) -> Option<Node> {
    let mut members = Members::of(key.node, "a security scheme", log)?;
    let place = Rc::clone(&members.place);
    let kind = members.take_text("type", log);
    let Some(kind) = kind else {
        log.refuse(
            &place,
            "a security scheme without a `type`",
            "write `type`: apiKey, http, oauth2 or openIdConnect",
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
            set("in", Some(Node::scalar(key.location, &place)));
            set("name", Some(Node::scalar(key.name, &place)));
        }
        "http" => {
            if key.location != "header" || !key.name.eq_ignore_ascii_case("Authorization") {
                log.refuse(
                    &place,
                    format!(
                        "an http scheme has its key in the header `Authorization`, and this one \
                         in the {} `{}`",
                        key.location, key.name
                    ),
                    "write `type: apiKey` if it is sent there",
                );
            }
            set("scheme", members.take_text("scheme", log));
            set("bearerFormat", members.take_text("bearerFormat", log));
        }
        "oauth2" => set("flows", Some(flows(members.take("flows"), &place, log))),
        "openIdConnect" => set("openIdConnectUrl", members.take("openIdConnectUrl")),
        other => log.refuse(
            &place,
            format!("`{other}` is no type of security scheme"),
            "write apiKey, http, oauth2 or openIdConnect",
        ),
    }
    set("description", members.take_text("description", log));
    map.extend(members.extensions());
    members.finish(log);
    Some(Node::map(map, &place))
}

/// The exporter leaves them out, and OpenAPI demands them.
fn flows(node: Option<Node>, place: &Rc<Place>, log: &mut Log) -> Node {
    node.unwrap_or_else(|| {
        log.note(
            place,
            "the page does not tell the flows of this OAuth 2 scheme",
            "`flows` is empty; write them with an overlay action",
        );
        Node::map(Map::new(), place)
    })
}
