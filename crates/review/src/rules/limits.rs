//! Rules for limits: lengths, counts, ranges, patterns, multiples, uniqueness.

use super::table::{additive, breaking, row, table};

table! {
    LIMIT_TIGHTENED = row! {
        "limit-tightened", "limit tightened";
        request: breaking("requests beyond the new limit are rejected; `validate` rejects them before they are sent"),
        response: additive("responses stay within the old limit too"),
        rust: Patch, "no item changes; `validate` rejects more values";
        next: "check the values that callers send against the new limit",
            in responses "nothing to do";
        inverse: "limit-loosened"
    };
    LIMIT_LOOSENED = row! {
        "limit-loosened", "limit loosened";
        request: additive("callers can send values that the old limit forbade"),
        response: breaking("readers that rely on the old limit may fail; generated code does not rely on it"),
        rust: Patch, "no item changes; `validate` rejects fewer values";
        next: "check what readers do with values beyond the old limit";
        inverse: "limit-tightened"
    };
    LIMIT_CHANGED = row! {
        "limit-changed", "limit changed";
        request: breaking("values within the old limit may violate the new one; the two cannot be compared"),
        response: breaking("values that the old limit forbade may occur; the two cannot be compared"),
        rust: Patch, "no item changes; `validate` rejects other values";
        next: "read both limits, and find the values that only one of them allows";
        inverse: "limit-changed"
    };
}
