//! Rules for what only readers see: titles, descriptions, examples, tags, deprecation.

use super::table::{additive, documentation, row, table, unclassified};

table! {
    DESCRIPTION_CHANGED = row! {
        "description-changed", "description changed";
        both: documentation("programs do not read it; it may contain a new fact"),
        rust: Patch, "the documentation changes";
        next: "look for limits and defaults that the schema does not have";
        inverse: "description-changed"
    };
    TITLE_CHANGED = row! {
        "title-changed", "title changed";
        both: documentation("programs do not read it"),
        rust: Patch, "the documentation changes at most";
        next: "nothing to do";
        inverse: "title-changed"
    };
    TYPE_TITLE_CHANGED = row! {
        "type-title-changed", "title that names the Rust type changed";
        both: documentation("titles are not sent on the wire"),
        rust: Major, "the type is renamed";
        next: "keep the old title with an overlay action, or rename the type in the code that uses it";
        inverse: "type-title-changed"
    };
    SUMMARY_CHANGED = row! {
        "summary-changed", "summary changed";
        both: documentation("programs do not read it"),
        rust: Patch, "the documentation changes";
        next: "nothing to do";
        inverse: "summary-changed"
    };
    EXAMPLE_CHANGED = row! {
        "example-changed", "example changed";
        both: documentation("an example sets no rule, but may show one that is not documented"),
        rust: Patch, "the documentation changes";
        next: "check that the example matches its schema and the recorded exchanges";
        inverse: "example-changed"
    };
    TAGS_CHANGED = row! {
        "tags-changed", "tags changed";
        both: documentation("tags group operations for readers"),
        rust: Patch, "the code stays the same";
        next: "nothing to do";
        inverse: "tags-changed"
    };
    READING_CHANGED = row! {
        "reading-changed", "contact, licence, terms or external documentation changed";
        both: documentation("programs do not read it"),
        rust: Patch, "the documentation changes at most";
        next: "read the new page";
        inverse: "reading-changed"
    };
    DEPRECATED = row! {
        "deprecated", "became deprecated";
        both: documentation("it works as before, but should no longer be used"),
        rust: Patch, "the documentation says so";
        next: "plan to replace it before it is removed";
        inverse: "no-longer-deprecated"
    };
    NO_LONGER_DEPRECATED = row! {
        "no-longer-deprecated", "no longer deprecated";
        both: additive("it is going to stay"),
        rust: Patch, "the documentation no longer says so";
        next: "nothing to do";
        inverse: "deprecated"
    };
    DOCUMENTED_FIGURE_CHANGED = row! {
        "documented-figure-changed", "documented figure changed";
        both: unclassified("the text states another number or value, which may be a limit, a default or a model that no schema has"),
        rust: Patch, "texts affect the documentation only";
        next: "read the new text; put its facts into the contract, and those that the publisher's schemas lack into the overlay";
        inverse: "documented-figure-changed"
    };
    TEXT_UNREAD = row! {
        "text-unread", "text changed since it was read";
        both: unclassified("nobody has read the new text yet; it may contain a limit, a default or a rule that no schema has"),
        rust: Patch, "texts affect the documentation only";
        next: "read the new text; put its facts into the contract, and those that the publisher's schemas lack into the overlay";
        inverse: "text-unread"
    };
}
