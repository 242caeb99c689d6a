//! Rules for what only readers see: titles, descriptions, examples, tags, deprecation.

use super::{additive, documentation, row, table, unclassified};

table! {
    DESCRIPTION = row! {
        "description-changed", "description changed";
        both: documentation("programs do not read it; people may find a new fact in it"),
        rust: Patch, "the documentation changes";
        next: "read it for limits and defaults that the schema does not say";
        mirror: "description-changed"
    };
    TITLE = row! {
        "title-changed", "title changed";
        both: documentation("programs do not read it"),
        rust: Patch, "the documentation changes at most";
        next: "nothing to do";
        mirror: "title-changed"
    };
    TYPE_TITLE = row! {
        "type-title-changed", "title that names the Rust type changed";
        both: documentation("the wire knows no titles"),
        rust: Major, "the type has another name";
        next: "keep the old title with an overlay action, or rename the type in the code that uses it";
        mirror: "type-title-changed"
    };
    SUMMARY = row! {
        "summary-changed", "summary changed";
        both: documentation("programs do not read it"),
        rust: Patch, "the documentation changes";
        next: "nothing to do";
        mirror: "summary-changed"
    };
    EXAMPLE = row! {
        "example-changed", "example changed";
        both: documentation("an example sets no rule; it may show a rule that is nowhere said"),
        rust: Patch, "the documentation changes";
        next: "check that the example fits its schema, and `spec/exchanges/`";
        mirror: "example-changed"
    };
    TAGS = row! {
        "tags-changed", "tags changed";
        both: documentation("tags sort operations for readers"),
        rust: Patch, "the code stays the same";
        next: "nothing to do";
        mirror: "tags-changed"
    };
    LINKS = row! {
        "reading-changed", "contact, licence, terms or further reading changed";
        both: documentation("programs do not read it"),
        rust: Patch, "the documentation changes at most";
        next: "read the new page";
        mirror: "reading-changed"
    };
    DEPRECATED = row! {
        "deprecated", "became deprecated";
        both: documentation("it works as before; its users are told to move on"),
        rust: Patch, "the documentation says so";
        next: "plan the move before it is removed";
        mirror: "no-longer-deprecated"
    };
    NOT_DEPRECATED = row! {
        "no-longer-deprecated", "is no longer deprecated";
        both: additive("it is promised to stay"),
        rust: Patch, "the documentation no longer says so";
        next: "nothing to do";
        mirror: "deprecated"
    };
    FIGURE = row! {
        "documented-figure-changed", "documented figure changed";
        both: unclassified("a text states another number or value than ours, which may be a limit, a default or a model that no schema names"),
        rust: Patch, "texts reach the documentation only";
        next: "read the new text; put what it says into `spec/rerank.yaml`, and into the overlay what only it says";
        mirror: "documented-figure-changed"
    };
    UNREAD = row! {
        "text-unread", "text not as it was read";
        both: unclassified("what the text says now was read by nobody; it may be a limit, a default or a rule that no schema names"),
        rust: Patch, "texts reach the documentation only";
        next: "read the new text; put what it says into `spec/rerank.yaml`, and into the overlay what only it says";
        mirror: "text-unread"
    };
}
