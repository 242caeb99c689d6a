//! The grammar of OpenAPI as one table: which keyword holds what.
//!
//! A document is read from its root: [`Role::DOCUMENT`] is what the root is, and
//! [`Role::member`] and [`Role::item`] say what is below a value. So the same key is told apart
//! by where it is: `example` is a keyword of a schema, and the name of a property in
//! `properties`. [`nodes`] walks a whole document this way.
//!
//! The table knows OpenAPI 3.0, and the keywords that 3.1 added.

mod table;
mod walk;

pub use table::{Keyword, Version, keyword, keywords};
pub use walk::{Visit, below, nodes};

use crate::reference;

/// What an object of a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// The whole document.
    Document,
    /// `info`
    Info,
    /// Whom to ask.
    Contact,
    /// The licence of the API.
    License,
    /// Where the service is.
    Server,
    /// A variable in the URL of a server.
    ServerVariable,
    /// All path items, by path.
    Paths,
    /// The operations of one path, by method.
    PathItem,
    /// An operation.
    Operation,
    /// A link to documentation.
    ExternalDocs,
    /// A parameter in a path, query, header or cookie.
    Parameter,
    /// A request body.
    RequestBody,
    /// A body of one media type.
    MediaType,
    /// How a property is encoded in a form.
    Encoding,
    /// All responses of an operation, by status.
    Responses,
    /// A response.
    Response,
    /// Path items that the service calls, by expression.
    Callback,
    /// A named example.
    Example,
    /// A link from a response to an operation.
    Link,
    /// A header of a response.
    Header,
    /// A tag of operations.
    Tag,
    /// A schema.
    Schema,
    /// What tells the branches of a union apart.
    Discriminator,
    /// How a schema looks in XML.
    Xml,
    /// Reusable nodes.
    Components,
    /// A way to authenticate.
    SecurityScheme,
    /// The flows of OAuth 2.
    OAuthFlows,
    /// One flow of OAuth 2.
    OAuthFlow,
    /// Schemes that are required together, by name.
    SecurityRequirement,
}

impl Kind {
    /// Whether a reference may be written in place of such a node.
    pub fn is_referable(self) -> bool {
        matches!(
            self,
            Self::PathItem
                | Self::Parameter
                | Self::RequestBody
                | Self::Response
                | Self::Callback
                | Self::Example
                | Self::Link
                | Self::Header
                | Self::Schema
                | Self::SecurityScheme
        )
    }

    /// Whether such a node may have extensions. In others, `x-…` is a name like any other.
    pub fn is_extensible(self) -> bool {
        self != Self::SecurityRequirement
    }

    /// What the members of such a node are whose keys are names and not keywords.
    fn named_member(self) -> Option<Role> {
        match self {
            Self::Paths | Self::Callback => Some(Role::Node(Kind::PathItem)),
            Self::Responses => Some(Role::Node(Kind::Response)),
            Self::SecurityRequirement => Some(Role::Value),
            _ => None,
        }
    }
}

/// What a value of a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// An object with keywords, or a reference to one.
    Node(Kind),
    /// A list of such objects.
    List(Kind),
    /// Such objects by names that the author of the document chose.
    Map(Kind),
    /// A text for readers, which changes nothing for callers.
    Prose,
    /// A text.
    Text,
    /// True or false.
    Flag,
    /// A number, a list of texts, or another value that holds no node.
    Value,
    /// The author's own JSON: an example, a default, listed values. Nothing in it is a keyword.
    Data,
    /// References or names of schemas, by names: the mapping of a discriminator.
    Mapping,
    /// The text of a reference.
    Reference,
    /// An extension, whose content OpenAPI does not define.
    Extension,
    /// Not part of OpenAPI.
    Unknown,
}

impl Role {
    /// The root of a document.
    pub const DOCUMENT: Self = Self::Node(Kind::Document);

    /// What the member `key` of such a value is.
    pub fn member(self, key: &str) -> Self {
        match self {
            Self::Node(kind) => of_node(kind, key),
            Self::Map(kind) => Self::Node(kind),
            Self::Data => Self::Data,
            Self::Extension => Self::Extension,
            Self::Mapping => Self::Reference,
            // What is below is at least looked through for references.
            _ if key == reference::KEYWORD => Self::Reference,
            _ => Self::Unknown,
        }
    }

    /// What the items of such a value are, if it is a list.
    pub fn item(self) -> Self {
        match self {
            Self::List(kind) => Self::Node(kind),
            Self::Data | Self::Extension | Self::Value => self,
            _ => Self::Unknown,
        }
    }

    /// The kind of the node, if it is one.
    pub fn kind(self) -> Option<Kind> {
        match self {
            Self::Node(kind) => Some(kind),
            _ => None,
        }
    }

    /// Whether no keyword and no reference is below such a value.
    pub fn is_opaque(self) -> bool {
        matches!(self, Self::Data | Self::Extension)
    }
}

fn of_node(kind: Kind, key: &str) -> Role {
    if key == reference::KEYWORD && kind.is_referable() {
        return Role::Reference;
    }
    if let Some(keyword) = keyword(kind, key) {
        return keyword.role;
    }
    if kind.is_extensible() && is_extension(key) {
        return Role::Extension;
    }
    kind.named_member().unwrap_or(Role::Unknown)
}

/// Whether a key is an extension, where extensions are allowed.
pub fn is_extension(key: &str) -> bool {
    key.starts_with("x-")
}

#[cfg(test)]
mod tests {
    use super::{Kind, Role};

    fn role(path: &[&str]) -> Role {
        let step = |role: Role, key: &&str| match *key {
            "0" => role.item(),
            key => role.member(key),
        };
        path.iter().fold(Role::DOCUMENT, step)
    }

    #[test]
    fn a_key_is_told_apart_by_where_it_is() {
        let schema = ["components", "schemas", "A"];
        let below = |keys: &[&'static str]| role(&[&schema, keys].concat());
        assert_eq!(below(&["example"]), Role::Data);
        assert_eq!(below(&["properties", "example"]), Role::Node(Kind::Schema));
        assert_eq!(below(&["properties", "$ref"]), Role::Node(Kind::Schema));
        assert_eq!(below(&["$ref"]), Role::Reference);
        assert_eq!(below(&["allOf", "0"]), Role::Node(Kind::Schema));
        assert_eq!(below(&["default", "$ref"]), Role::Data);
        assert_eq!(below(&["x-of-ours", "$ref"]), Role::Extension);
        assert_eq!(below(&["propertees", "$ref"]), Role::Reference);
    }

    #[test]
    fn parameters_are_a_list_in_an_operation_and_a_map_in_components() {
        let operation = ["paths", "/a", "get", "parameters"];
        assert_eq!(role(&operation), Role::List(Kind::Parameter));
        let components = ["components", "parameters"];
        assert_eq!(role(&components), Role::Map(Kind::Parameter));
    }

    #[test]
    fn a_response_of_any_status_is_a_response_and_default_is_no_data() {
        let response = |status| role(&["paths", "/a", "get", "responses", status]);
        assert_eq!(response("200"), Role::Node(Kind::Response));
        assert_eq!(response("default"), Role::Node(Kind::Response));
        assert_eq!(response("x-note"), Role::Extension);
    }

    #[test]
    fn a_component_may_be_named_like_an_extension() {
        let schema = role(&["components", "schemas", "x-trace"]);
        assert_eq!(schema, Role::Node(Kind::Schema));
    }

    #[test]
    fn named_examples_are_nodes_and_their_values_data() {
        let media = [
            "components",
            "responses",
            "A",
            "content",
            "application/json",
        ];
        let below = |keys: &[&'static str]| role(&[&media, keys].concat());
        assert_eq!(below(&["examples", "one"]), Role::Node(Kind::Example));
        assert_eq!(below(&["examples", "one", "$ref"]), Role::Reference);
        assert_eq!(below(&["examples", "one", "value", "$ref"]), Role::Data);
    }

    #[test]
    fn callbacks_hold_path_items() {
        let callback = ["paths", "/a", "post", "callbacks", "done", "{$url}", "post"];
        assert_eq!(role(&callback), Role::Node(Kind::Operation));
    }
}
