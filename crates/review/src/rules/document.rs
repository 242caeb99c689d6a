//! Rules for the document as a whole: dialect, crate, servers, security, components.

use super::{additive, breaking, documentation, row, table, unclassified};

table! {
    OPENAPI_VERSION = row! {
        "openapi-version-changed", "version of OpenAPI changed";
        both: unclassified("the keywords of the contract may mean something else in the other version"),
        rust: Major, "the generator takes OpenAPI 3.0 only";
        next: "check that the new version means the same by every keyword that is used";
        mirror: "openapi-version-changed"
    };
    OPENAPI_PATCH = row! {
        "openapi-patch-changed", "patch version of OpenAPI changed";
        both: documentation("patch versions of OpenAPI mean the same"),
        rust: Patch, "the documentation names the version";
        next: "nothing to do";
        mirror: "openapi-patch-changed"
    };
    CONTRACT_VERSION = row! {
        "contract-version-changed", "version of the contract changed";
        both: documentation("a version is a name, and what changed is listed beside it"),
        rust: Patch, "the documentation names the version";
        next: "compare the step with the one that this report asks for";
        mirror: "contract-version-changed"
    };
    CRATE_NAME = row! {
        "crate-name-changed", "name of the crate changed";
        both: documentation("the wire knows no crate"),
        rust: Major, "everyone who depends on the crate has to name it anew";
        next: "keep the name, or publish the new crate beside the old one";
        mirror: "crate-name-changed"
    };
    CRATE_SETTINGS = row! {
        "crate-settings-changed", "version, licence or labels of the crate changed";
        both: documentation("the wire knows no crate"),
        rust: Patch, "`Cargo.toml` of the crate changes";
        next: "compare the version with the one that this report asks for";
        mirror: "crate-settings-changed"
    };
    BASE_URL = row! {
        "base-url-changed", "first server changed";
        both: breaking("callers of the old address reach another service, or none, once it is given up"),
        rust: Patch, "`BASE_URL` has another value";
        next: "call the new address once before accepting the change";
        mirror: "base-url-changed"
    };
    SERVER_ADDED = row! {
        "server-added", "further server added";
        both: additive("callers can choose one more address"),
        rust: Patch, "only the first server reaches the code";
        next: "nothing to do";
        mirror: "server-removed"
    };
    SERVER_REMOVED = row! {
        "server-removed", "further server removed";
        both: breaking("callers of that address reach nobody once it is given up"),
        rust: Patch, "only the first server reaches the code";
        next: "tell callers of that address";
        mirror: "server-added"
    };
    SERVER_CHANGED = row! {
        "server-settings-changed", "settings of a server changed";
        both: breaking("the address that callers make of it may be another one"),
        rust: Patch, "`BASE_URL` may have another value";
        next: "compare the addresses that both settings give";
        mirror: "server-settings-changed"
    };
    SECURITY_REQUIRED = row! {
        "security-required", "credentials became required";
        both: breaking("calls without credentials are refused"),
        rust: Minor, "the client gets a constructor that takes the credential";
        next: "hand every caller a credential first";
        mirror: "security-no-longer-required"
    };
    SECURITY_DROPPED = row! {
        "security-no-longer-required", "credentials are no longer required";
        both: additive("calls without credentials are taken as well"),
        rust: Major, "the constructor that takes the credential goes";
        next: "check that this is meant: it opens the service";
        mirror: "security-required"
    };
    SECURITY_ALTERNATIVE_ADDED = row! {
        "security-alternative-added", "way to authenticate added";
        both: additive("callers can choose one more way"),
        rust: Minor, "the client takes one more credential";
        next: "nothing to do";
        mirror: "security-alternative-removed"
    };
    SECURITY_ALTERNATIVE_REMOVED = row! {
        "security-alternative-removed", "way to authenticate removed";
        both: breaking("callers who authenticate that way are refused"),
        rust: Major, "the client no longer takes that credential";
        next: "move those callers to a remaining way first";
        mirror: "security-alternative-added"
    };
    SECURITY_CHANGED = row! {
        "security-changed", "way to authenticate changed";
        both: breaking("callers who authenticate the old way are refused"),
        rust: Major, "the client takes another credential";
        next: "hand every caller the new credential first";
        mirror: "security-changed"
    };
    SECURITY_SCHEME = row! {
        "security-scheme-changed", "security scheme changed";
        both: breaking("a credential sent the old way is not recognized"),
        rust: Major, "the client takes another credential, or sends it elsewhere";
        next: "send one authenticated call before accepting the change";
        mirror: "security-scheme-changed"
    };
    SCHEMA_ADDED = row! {
        "component-schema-added", "schema added to the components";
        both: documentation("a schema by itself changes no call; where it is used is listed on its own"),
        rust: Minor, "a type of that name is generated";
        next: "nothing to do";
        mirror: "component-schema-removed"
    };
    SCHEMA_REMOVED = row! {
        "component-schema-removed", "schema removed from the components";
        both: documentation("a schema by itself changes no call; where it was used is listed on its own"),
        rust: Major, "the type of that name goes";
        next: "move code that names the type";
        mirror: "component-schema-added"
    };
    COMPONENT_ADDED = row! {
        "component-added", "component added";
        both: documentation("a component by itself changes no call; where it is used is listed on its own"),
        rust: Patch, "components other than schemas have no item of their own";
        next: "nothing to do";
        mirror: "component-removed"
    };
    COMPONENT_REMOVED = row! {
        "component-removed", "component removed";
        both: documentation("a component by itself changes no call; where it was used is listed on its own"),
        rust: Patch, "components other than schemas have no item of their own";
        next: "nothing to do";
        mirror: "component-added"
    };
    REFERENCE_MOVED = row! {
        "reference-moved", "schema moved, and is the same";
        both: documentation("what is sent and received is the same, under another name or in another place"),
        rust: Major, "the type may have another name";
        next: "keep the name of the Rust type with a `title`, or rename it in the code that uses it";
        mirror: "reference-moved"
    };
    REFERENCE_CHANGED = row! {
        "reference-changed", "reference names something else";
        both: documentation("by itself a reference changes no call; what differs in what it names is listed on its own"),
        rust: Major, "the type may be another one";
        next: "read the changes of what it names";
        mirror: "reference-changed"
    };
    REFERENCE_UNREAD = row! {
        "reference-unread", "reference that could not be followed";
        both: unclassified("what it names is not in this document, or not where contracts keep such things, or lies too deep, so it was not compared"),
        rust: Major, "the generator refuses such references";
        next: "bundle the contract into one document, and review again";
        mirror: "reference-unread"
    };
    BESIDE_REFERENCE = row! {
        "beside-reference-changed", "something beside a `$ref` changed";
        both: documentation("OpenAPI 3.0 ignores what stands beside a `$ref`"),
        rust: Patch, "no code depends on it";
        next: "move it into what the reference names, if it is meant to count";
        mirror: "beside-reference-changed"
    };
    SPELLED_OUT = row! {
        "spelled-out", "what held anyway is said, or no longer said";
        both: documentation("leaving it out means the same"),
        rust: Patch, "the code stays the same";
        next: "nothing to do";
        mirror: "spelled-out"
    };
    EXTENSION = row! {
        "extension-changed", "vendor extension changed";
        both: documentation("the generator reads no extension of this name; who else does has to say"),
        rust: Patch, "no code depends on it";
        next: "look up what the vendor means by it";
        mirror: "extension-changed"
    };
    UNKNOWN = row! {
        "unknown-changed", "something that no rule knows changed";
        both: unclassified("no rule knows this keyword here, so nothing is known of who breaks"),
        rust: Major, "the generator refuses what it does not know";
        next: "read it, and add a rule if it comes again";
        mirror: "unknown-changed"
    };
    MALFORMED = row! {
        "malformed-changed", "a node of the wrong kind changed";
        both: unclassified("OpenAPI has something else at this place, so the node could not be read"),
        rust: Major, "the generator refuses it";
        next: "correct the contract, and review again";
        mirror: "malformed-changed"
    };
}
