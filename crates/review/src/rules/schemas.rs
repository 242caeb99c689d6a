//! Rules for schemas: types, formats, listed values, null, defaults, combinations.

use super::{additive, breaking, documentation, row, table};

table! {
    TYPE_CHANGED = row! {
        "type-changed", "type changed";
        request: breaking("values of the old type are refused"),
        response: breaking("readers of the old type cannot read the value"),
        rust: Major, "the Rust type is another one";
        next: "change the code that makes or reads the value";
        mirror: "type-changed"
    };
    TYPE_WIDENED = row! {
        "type-widened", "type allows more";
        request: additive("values of the old type are taken as before"),
        response: breaking("readers of the old type cannot read the other values"),
        rust: Major, "the Rust type is another one";
        next: "change the code that reads the value";
        mirror: "type-narrowed"
    };
    TYPE_NARROWED = row! {
        "type-narrowed", "type allows less";
        request: breaking("values that the narrower type does not have are refused"),
        response: additive("readers can count on the narrower type"),
        rust: Major, "the Rust type is another one";
        next: "change the code that makes the value";
        mirror: "type-widened"
    };
    SCHEMA_APPEARED = row! {
        "schema-added", "schema added where anything was allowed";
        request: breaking("values that do not fit the schema are refused"),
        response: additive("readers can count on the schema"),
        rust: Major, "the Rust type is another one";
        next: "change the code that makes or reads the value";
        mirror: "schema-removed"
    };
    SCHEMA_GONE = row! {
        "schema-removed", "schema removed, so that anything is allowed";
        request: additive("values that fitted the schema are taken as before"),
        response: breaking("readers that count on the schema cannot read other values"),
        rust: Major, "the Rust type is another one";
        next: "change the code that makes or reads the value";
        mirror: "schema-added"
    };
    FORMAT_CHANGED = row! {
        "format-changed", "format changed";
        request: breaking("values in the old format are refused where the service checks it"),
        response: breaking("readers that parse the old format fail"),
        rust: Major, "a number may be of another Rust type; texts stay `String`";
        next: "change the code that makes or parses the value";
        mirror: "format-changed"
    };
    FORMAT_NARROWED = row! {
        "format-narrowed", "format allows less";
        request: breaking("values outside the format are refused where the service checks it"),
        response: additive("readers can count on the format"),
        rust: Major, "a number may be of another Rust type; texts stay `String`";
        next: "check the values that callers send";
        mirror: "format-widened"
    };
    FORMAT_WIDENED = row! {
        "format-widened", "format allows more";
        request: additive("values in the old format are taken as before"),
        response: breaking("readers that parse the old format may fail"),
        rust: Major, "a number may be of another Rust type; texts stay `String`";
        next: "check the code that parses the value";
        mirror: "format-narrowed"
    };
    ENUM_CLOSED = row! {
        "values-listed", "values became a closed list";
        request: breaking("values that are not listed are refused"),
        response: additive("readers can count on the listed values"),
        rust: Major, "a text becomes an enum";
        next: "name the type with a `title`, or let `x-extensible-enum` keep the list open";
        mirror: "values-no-longer-listed"
    };
    ENUM_OPENED = row! {
        "values-no-longer-listed", "values are no longer a closed list";
        request: additive("callers can send values that were not listed"),
        response: breaking("readers that know only the listed values cannot read others"),
        rust: Major, "an enum becomes a text, or an open enum";
        next: "handle values that nobody listed";
        mirror: "values-listed"
    };
    ENUM_VALUE_ADDED = row! {
        "enum-value-added", "listed value added";
        request: additive("callers can send one more value"),
        response: breaking("readers of a closed list cannot read the new value, and neither can the closed enum that is generated from `enum`"),
        rust: Minor, "the enum, which is `non_exhaustive`, gets a variant";
        next: "add the value wherever the overlay lists the others; in an answer, open the list with `x-extensible-enum` there: the open enum keeps values that it does not know";
        mirror: "enum-value-removed"
    };
    ENUM_VALUE_REMOVED = row! {
        "enum-value-removed", "listed value removed";
        request: breaking("requests with that value are refused"),
        response: additive("readers never find that value"),
        rust: Major, "the variant of the enum goes";
        next: "move callers to another value first";
        mirror: "enum-value-added"
    };
    OPEN_VALUE_ADDED = row! {
        "open-value-added", "value added to an open list";
        request: documentation("the list is open, so the value was allowed before"),
        response: documentation("the list is open: the generated enum keeps values that it does not know"),
        rust: Minor, "the open enum, which is `non_exhaustive`, gets a variant";
        next: "match the new variant where the old code matched `Unknown`";
        mirror: "open-value-removed"
    };
    OPEN_VALUE_REMOVED = row! {
        "open-value-removed", "value removed from an open list";
        request: documentation("the list is open, so the value is allowed as before"),
        response: documentation("the list is open: the generated enum keeps the value as one that nobody listed"),
        rust: Major, "the variant of the open enum goes";
        next: "ask the publisher whether the value is still served";
        mirror: "open-value-added"
    };
    OPEN_LIST_ADDED = row! {
        "open-list-added", "open list of known values added";
        both: documentation("the list is open, so every value stays allowed"),
        rust: Major, "a text becomes an open enum";
        next: "name the type with a `title`";
        mirror: "open-list-removed"
    };
    OPEN_LIST_REMOVED = row! {
        "open-list-removed", "open list of known values removed";
        both: documentation("the list was open, so every value stays allowed"),
        rust: Major, "an open enum becomes a text, or a closed enum";
        next: "change the code that names the variants";
        mirror: "open-list-added"
    };
    ENUM_REARRANGED = row! {
        "values-rearranged", "listed values rearranged";
        both: documentation("the list has the same values"),
        rust: Patch, "the variants compare in another order";
        next: "check code that sorts by the enum";
        mirror: "values-rearranged"
    };
    NULL_ALLOWED = row! {
        "null-allowed", "null became allowed";
        request: additive("callers can send null"),
        response: breaking("readers that do not expect null fail on it"),
        rust: Major, "a required field becomes an `Option`; an optional one is one anyway";
        next: "handle null before the service sends it";
        mirror: "null-no-longer-allowed"
    };
    NULL_REFUSED = row! {
        "null-no-longer-allowed", "null is no longer allowed";
        request: breaking("requests with null there are refused"),
        response: additive("readers can count on a value"),
        rust: Major, "a required field is no longer an `Option`";
        next: "leave the member out where null was sent";
        mirror: "null-allowed"
    };
    DEFAULT_ADDED = row! {
        "default-added", "default added";
        both: additive("what happens where it is left out is promised now"),
        rust: Patch, "the documentation names the default";
        next: "check that the service does so already";
        mirror: "default-removed"
    };
    DEFAULT_REMOVED = row! {
        "default-removed", "default removed";
        both: breaking("whoever leaves it out, or finds it missing, can no longer count on the old default"),
        rust: Patch, "the documentation no longer names a default";
        next: "send the old default where it matters";
        mirror: "default-added"
    };
    DEFAULT_CHANGED = row! {
        "default-changed", "default changed";
        request: breaking("calls that leave it out are answered differently, and no failure tells it"),
        response: breaking("readers that put the old default in place of a missing member are wrong"),
        rust: Patch, "the documentation names the new default";
        next: "send the old default where it matters";
        mirror: "default-changed"
    };
    READ_ONLY = row! {
        "read-only-added", "member became read-only";
        request: breaking("what callers send there no longer counts, or is refused"),
        response: documentation("answers stay as they are"),
        rust: Patch, "the documentation says so";
        next: "stop sending the member";
        mirror: "read-only-removed"
    };
    NOT_READ_ONLY = row! {
        "read-only-removed", "member is no longer read-only";
        request: additive("callers can send the member"),
        response: documentation("answers stay as they are"),
        rust: Patch, "the documentation says so";
        next: "nothing to do";
        mirror: "read-only-added"
    };
    WRITE_ONLY = row! {
        "write-only-added", "member became write-only";
        request: documentation("requests stay as they are"),
        response: breaking("readers of the member no longer find it"),
        rust: Patch, "the documentation says so";
        next: "find the readers of the member";
        mirror: "write-only-removed"
    };
    NOT_WRITE_ONLY = row! {
        "write-only-removed", "member is no longer write-only";
        request: documentation("requests stay as they are"),
        response: additive("readers may find the member"),
        rust: Patch, "the documentation says so";
        next: "nothing to do";
        mirror: "write-only-added"
    };
    PART_ADDED = row! {
        "all-of-part-added", "part added to `allOf`";
        request: breaking("requests that do not fit the new part are refused"),
        response: additive("readers can count on the new part"),
        rust: Major, "the struct gets the fields of the part";
        next: "send what the new part requires";
        mirror: "all-of-part-removed"
    };
    PART_REMOVED = row! {
        "all-of-part-removed", "part removed from `allOf`";
        request: breaking("what callers send of that part no longer counts, and a strict service refuses it"),
        response: breaking("readers that count on that part fail without it"),
        rust: Major, "the struct loses the fields of the part";
        next: "find the code that uses those fields";
        mirror: "all-of-part-added"
    };
    ALTERNATIVE_ADDED = row! {
        "alternative-added", "alternative added";
        request: additive("callers can send one more form"),
        response: breaking("readers that know only the old forms cannot read the new one"),
        rust: Major, "the enum gets a variant, or the type becomes an enum";
        next: "handle the new form before the service sends it";
        mirror: "alternative-removed"
    };
    ALTERNATIVE_REMOVED = row! {
        "alternative-removed", "alternative removed";
        request: breaking("requests of that form are refused"),
        response: additive("readers never find that form"),
        rust: Major, "the variant goes, or the enum does";
        next: "move callers to another form first";
        mirror: "alternative-added"
    };
    COMBINED = row! {
        "alternatives-introduced", "value is limited to alternatives";
        request: breaking("values that fit none of the alternatives are refused"),
        response: additive("readers can count on one of the alternatives"),
        rust: Major, "the type becomes an enum";
        next: "check the values that callers send";
        mirror: "alternatives-dropped"
    };
    NOT_COMBINED = row! {
        "alternatives-dropped", "value is no longer limited to alternatives";
        request: additive("values that fitted an alternative are taken as before"),
        response: breaking("readers that count on one of the alternatives may find something else"),
        rust: Major, "the enum goes";
        next: "change the code that reads the value";
        mirror: "alternatives-introduced"
    };
    ALTERNATIVES_REARRANGED = row! {
        "alternatives-rearranged", "alternatives or parts rearranged";
        both: documentation("the list has the same members"),
        rust: Major, "names that come from the place in the list may change";
        next: "name the alternatives with a `title`";
        mirror: "alternatives-rearranged"
    };
    DISCRIMINATOR = row! {
        "discriminator-changed", "discriminator changed";
        request: breaking("the service takes a request for another form than the caller meant"),
        response: breaking("readers take an answer for another form than it is"),
        rust: Major, "the enum is told apart differently";
        next: "change both sides together";
        mirror: "discriminator-changed"
    };
}
