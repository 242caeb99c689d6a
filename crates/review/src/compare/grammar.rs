//! What stands where in an OpenAPI document, and which rules speak of it.

use crate::rules::{Rule, calls, document, schemas, words};
use crate::uses::METHODS;

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Kind {
    Document,
    Info,
    Crate,
    Server,
    Paths,
    PathItem,
    Operation,
    Parameter,
    Body,
    Content,
    Media,
    Responses,
    Response,
    Headers,
    Header,
    Components,
    Schemas,
    ComponentSchema,
    Schema,
    ComponentResponses,
    ComponentParameters,
    ComponentBodies,
    SecuritySchemes,
    SecurityScheme,
}

impl Kind {
    /// Whether a `$ref` may stand in place of such a node.
    pub(super) fn is_referable(self) -> bool {
        matches!(
            self,
            Self::PathItem
                | Self::Parameter
                | Self::Body
                | Self::Response
                | Self::Header
                | Self::ComponentSchema
                | Self::Schema
                | Self::SecurityScheme
        )
    }

    /// Whether such a node only holds others: leaving it out says the same as leaving it empty.
    pub(super) fn is_container(self) -> bool {
        matches!(
            self,
            Self::Paths
                | Self::Content
                | Self::Responses
                | Self::Headers
                | Self::Components
                | Self::Schemas
                | Self::ComponentResponses
                | Self::ComponentParameters
                | Self::ComponentBodies
                | Self::SecuritySchemes
        )
    }
}

/// The rules for a value that is compared as a whole.
#[derive(Debug)]
pub(super) struct Facts {
    pub(super) added: &'static Rule,
    pub(super) removed: &'static Rule,
    pub(super) changed: &'static Rule,
}

impl Facts {
    const fn all(rule: &'static Rule) -> Self {
        Self {
            added: rule,
            removed: rule,
            changed: rule,
        }
    }

    const fn turned(on: &'static Rule, off: &'static Rule) -> Self {
        Self {
            added: on,
            removed: off,
            changed: &document::MALFORMED,
        }
    }
}

/// How a member of a node is compared.
#[derive(Debug)]
pub(super) enum Member {
    /// By its own members.
    Node(Kind),
    /// As a whole.
    Fact(Facts),
    /// As yes or no, where leaving it out means no.
    Flag(Facts),
    /// As words for readers.
    Words(&'static Rule),
    /// As an example, in either of its two forms.
    Example,
    /// As the title of a schema, which may name a type.
    Title,
    /// As a list of its own kind.
    Servers,
    /// As the alternatives of authentication.
    Security,
    /// As parameters, by place and name.
    Parameters,
    /// By the schema's own comparison.
    OfSchema,
}

const fn fact(rule: &'static Rule) -> Member {
    Member::Fact(Facts::all(rule))
}

const DEPRECATED: Member = Member::Flag(Facts::turned(&words::DEPRECATED, &words::NOT_DEPRECATED));

/// How the member `key` of a node is compared.
pub(super) fn member(kind: Kind, key: &str) -> Member {
    let known = match kind {
        Kind::Document => of_document(key),
        Kind::Info => of_info(key),
        Kind::Crate => of_crate(key),
        Kind::Server => of_server(key),
        Kind::PathItem => of_path_item(key),
        Kind::Operation => of_operation(key),
        Kind::Parameter | Kind::Header => of_parameter(kind, key),
        Kind::Body => of_body(key),
        Kind::Media => of_media(key),
        Kind::Response => of_response(key),
        Kind::Components => of_components(key),
        Kind::Schema | Kind::ComponentSchema => of_schema(key),
        Kind::SecurityScheme => of_security_scheme(key),
        Kind::Paths => (!is_extension(key)).then_some(Member::Node(Kind::PathItem)),
        Kind::Responses => (!is_extension(key)).then_some(Member::Node(Kind::Response)),
        Kind::Content => Some(Member::Node(Kind::Media)),
        Kind::Headers => Some(Member::Node(Kind::Header)),
        Kind::Schemas => Some(Member::Node(Kind::ComponentSchema)),
        Kind::ComponentResponses => Some(Member::Node(Kind::Response)),
        Kind::ComponentParameters => Some(Member::Node(Kind::Parameter)),
        Kind::ComponentBodies => Some(Member::Node(Kind::Body)),
        Kind::SecuritySchemes => Some(Member::Node(Kind::SecurityScheme)),
    };
    known.unwrap_or_else(|| {
        fact(if is_extension(key) {
            &document::EXTENSION
        } else {
            &document::UNKNOWN
        })
    })
}

fn is_extension(key: &str) -> bool {
    key.starts_with("x-")
}

fn of_document(key: &str) -> Option<Member> {
    Some(match key {
        "info" => Member::Node(Kind::Info),
        "servers" => Member::Servers,
        "security" => Member::Security,
        "paths" => Member::Node(Kind::Paths),
        "components" => Member::Node(Kind::Components),
        "openapi" => fact(&document::OPENAPI_VERSION),
        "tags" => Member::Words(&words::TAGS),
        "externalDocs" => Member::Words(&words::LINKS),
        _ => return None,
    })
}

fn of_info(key: &str) -> Option<Member> {
    Some(match key {
        "title" => Member::Words(&words::TITLE),
        "description" => Member::Words(&words::DESCRIPTION),
        "summary" => Member::Words(&words::SUMMARY),
        "version" => fact(&document::CONTRACT_VERSION),
        "contact" | "license" | "termsOfService" => Member::Words(&words::LINKS),
        "x-rust-crate" => Member::Node(Kind::Crate),
        _ => return None,
    })
}

fn of_crate(key: &str) -> Option<Member> {
    Some(match key {
        "name" => fact(&document::CRATE_NAME),
        "version" | "license" | "keywords" | "categories" => fact(&document::CRATE_SETTINGS),
        _ => return None,
    })
}

fn of_server(key: &str) -> Option<Member> {
    Some(match key {
        "description" => Member::Words(&words::DESCRIPTION),
        "url" | "variables" => fact(&document::SERVER_CHANGED),
        _ => return None,
    })
}

fn of_path_item(key: &str) -> Option<Member> {
    Some(match key {
        "summary" => Member::Words(&words::SUMMARY),
        "description" => Member::Words(&words::DESCRIPTION),
        "parameters" => Member::Parameters,
        "servers" => fact(&calls::SERVER_OVERRIDE),
        method if METHODS.contains(&method) => Member::Node(Kind::Operation),
        _ => return None,
    })
}

fn of_operation(key: &str) -> Option<Member> {
    Some(match key {
        "operationId" => fact(&calls::OPERATION_ID),
        "summary" => Member::Words(&words::SUMMARY),
        "description" => Member::Words(&words::DESCRIPTION),
        "tags" => Member::Words(&words::TAGS),
        "externalDocs" => Member::Words(&words::LINKS),
        "deprecated" => DEPRECATED,
        "parameters" => Member::Parameters,
        "requestBody" => Member::Node(Kind::Body),
        "responses" => Member::Node(Kind::Responses),
        "security" => Member::Security,
        "servers" => fact(&calls::SERVER_OVERRIDE),
        "callbacks" => fact(&calls::CALLBACKS),
        _ => return None,
    })
}

/// A header is a parameter whose presence the service decides on.
fn of_parameter(kind: Kind, key: &str) -> Option<Member> {
    let required = if kind == Kind::Header {
        Facts::turned(&calls::HEADER_ADDED, &calls::HEADER_REMOVED)
    } else {
        Facts::turned(&calls::PARAMETER_REQUIRED, &calls::PARAMETER_OPTIONAL)
    };
    Some(match key {
        "name" | "in" => fact(&calls::PARAMETER_MOVED),
        "description" => Member::Words(&words::DESCRIPTION),
        "required" => Member::Flag(required),
        "deprecated" => DEPRECATED,
        "schema" => Member::Node(Kind::Schema),
        "content" => Member::Node(Kind::Content),
        "example" | "examples" => Member::Example,
        "style" | "explode" | "allowReserved" | "allowEmptyValue" => fact(&calls::PARAMETER_STYLE),
        _ => return None,
    })
}

fn of_body(key: &str) -> Option<Member> {
    Some(match key {
        "description" => Member::Words(&words::DESCRIPTION),
        "required" => Member::Flag(Facts::turned(&calls::BODY_REQUIRED, &calls::BODY_OPTIONAL)),
        "content" => Member::Node(Kind::Content),
        _ => return None,
    })
}

fn of_media(key: &str) -> Option<Member> {
    Some(match key {
        "schema" => Member::Node(Kind::Schema),
        "example" | "examples" => Member::Example,
        "encoding" => fact(&calls::ENCODING),
        _ => return None,
    })
}

fn of_response(key: &str) -> Option<Member> {
    Some(match key {
        "description" => Member::Words(&words::DESCRIPTION),
        "headers" => Member::Node(Kind::Headers),
        "content" => Member::Node(Kind::Content),
        "links" => fact(&calls::LINKS),
        _ => return None,
    })
}

fn of_components(key: &str) -> Option<Member> {
    Some(match key {
        "schemas" => Member::Node(Kind::Schemas),
        "responses" => Member::Node(Kind::ComponentResponses),
        "parameters" => Member::Node(Kind::ComponentParameters),
        "requestBodies" => Member::Node(Kind::ComponentBodies),
        "headers" => Member::Node(Kind::Headers),
        "securitySchemes" => Member::Node(Kind::SecuritySchemes),
        "examples" => Member::Words(&words::EXAMPLE),
        "links" => fact(&calls::LINKS),
        "callbacks" => fact(&calls::CALLBACKS),
        _ => return None,
    })
}

fn of_schema(key: &str) -> Option<Member> {
    Some(match key {
        "title" => Member::Title,
        "description" => Member::Words(&words::DESCRIPTION),
        "example" | "examples" => Member::Example,
        "externalDocs" => Member::Words(&words::LINKS),
        "deprecated" => DEPRECATED,
        "readOnly" => Member::Flag(Facts::turned(&schemas::READ_ONLY, &schemas::NOT_READ_ONLY)),
        "writeOnly" => Member::Flag(Facts::turned(
            &schemas::WRITE_ONLY,
            &schemas::NOT_WRITE_ONLY,
        )),
        "default" => Member::Fact(Facts {
            added: &schemas::DEFAULT_ADDED,
            removed: &schemas::DEFAULT_REMOVED,
            changed: &schemas::DEFAULT_CHANGED,
        }),
        "items" => Member::Node(Kind::Schema),
        "type"
        | "format"
        | "enum"
        | "x-extensible-enum"
        | "nullable"
        | "properties"
        | "required"
        | "additionalProperties"
        | "allOf"
        | "oneOf"
        | "anyOf"
        | "discriminator"
        | "minLength"
        | "maxLength"
        | "pattern"
        | "minimum"
        | "maximum"
        | "exclusiveMinimum"
        | "exclusiveMaximum"
        | "multipleOf"
        | "minItems"
        | "maxItems"
        | "uniqueItems"
        | "minProperties"
        | "maxProperties" => Member::OfSchema,
        _ => return None,
    })
}

fn of_security_scheme(key: &str) -> Option<Member> {
    Some(match key {
        "description" => Member::Words(&words::DESCRIPTION),
        "bearerFormat" => Member::Words(&words::DESCRIPTION),
        "type" | "scheme" | "name" | "in" | "flows" | "openIdConnectUrl" => {
            fact(&document::SECURITY_SCHEME)
        }
        _ => return None,
    })
}
