//! The rules by which the generator departs from a contract, or remarks on it.
//!
//! A node that no rule names is carried exactly: types and checks say what its schema says.

use std::fmt;

use bigmodel_rerank_openapi::{Diagnostic, Pointer, Problem};

/// How much of a contract a rule leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// Everything. The contract is unusual there, and may not say what its author meant.
    Exact,
    /// Values are carried as they are on the wire, with less type than the schema has.
    Loose,
    /// The client lacks an operation, or an optional parameter.
    Skipped,
}

impl Class {
    /// All classes.
    pub const ALL: [Self; 3] = [Self::Exact, Self::Loose, Self::Skipped];

    /// Returns the name of the class, as in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Loose => "loose",
            Self::Skipped => "skipped",
        }
    }
}

impl fmt::Display for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A rule.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rule {
    /// How much of the contract it leaves.
    pub class: Class,
    /// The name, as in `--deny ambiguous-union`.
    pub id: &'static str,
    /// What the generated crate has in place of what the contract says.
    pub carried: &'static str,
}

/// A place in a contract to which a rule was applied, before it is located in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Remark {
    pub(crate) rule: &'static Rule,
    pub(crate) pointer: Pointer,
    /// What the contract says there, in a clause without a full stop.
    pub(crate) message: String,
    /// How to make it exact.
    pub(crate) help: String,
}

impl Remark {
    /// A rule that is applied where a problem is.
    pub(crate) fn new(rule: &'static Rule, problem: Problem) -> Self {
        let Problem {
            pointer,
            message,
            help,
        } = problem;
        Self {
            rule,
            pointer,
            message,
            help,
        }
    }

    /// The place as a problem.
    pub(crate) fn problem(&self) -> Problem {
        Problem::new(self.pointer.clone(), &*self.message, &*self.help)
    }
}

/// A place in a contract to which a rule was applied.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Notice {
    /// The rule.
    pub rule: &'static Rule,
    /// Where, what the contract says there, and how to make it exact.
    pub diagnostic: Diagnostic,
}

macro_rules! rules {
    ($($(#[$doc:meta])* $name:ident: $class:ident $id:literal, $carried:literal;)*) => {
        $($(#[$doc])* pub(crate) static $name: Rule = Rule {
            id: $id,
            class: Class::$class,
            carried: $carried,
        };)*

        /// All rules, grouped by class.
        pub static RULES: &[&Rule] = &[$(&$name),*];
    };
}

rules! {
    /// A keyword that says nothing about values of the schema's type.
    IDLE_KEYWORD: Exact "idle-keyword",
        "nothing: the keyword says nothing about values of this type";
    NEWER_KEYWORD: Exact "newer-keyword",
        "what the keyword means in OpenAPI 3.1";
    MISSING_ITEMS: Exact "missing-items",
        "a list of any values";
    UNDECLARED_REQUIRED: Exact "undeclared-required",
        "a required member with any value";
    UNDECLARED_MEMBER: Exact "undeclared-member",
        "a map of the members that are not properties";
    OPTIONAL_PATH_PARAMETER: Exact "optional-path-parameter",
        "a required parameter: a path without it would be another path";
    UNDECLARED_PATH_PARAMETER: Exact "undeclared-path-parameter",
        "a string parameter";
    NO_RESPONSE: Exact "no-response",
        "any successful response, without a body";
    SECOND_MEDIA_TYPE: Exact "second-media-type",
        "one of the media types: `application/json`, other JSON, or else the first";
    REPEATED_NAME: Exact "repeated-name",
        "a name made from method and path";
    IDLE_ENCODING: Exact "idle-encoding",
        "the property as it is written by default";
    ENCODED_RESERVED: Exact "encoded-reserved",
        "the value with its reserved characters percent-encoded, as other values have them";
    DISPUTED: Exact "disputed",
        "what this generator reads; another reader of OpenAPI rejects the document";

    UNCHECKED_CONSTRAINT: Loose "unchecked-constraint",
        "the constraint in the documentation; it is not checked";
    UNLISTED_KEYWORD: Loose "unknown-keyword",
        "nothing: OpenAPI does not define the keyword";
    UNREAD: Loose "unread",
        "nothing: the generator does not read the node";
    UNKNOWN_TYPE: Loose "unknown-type",
        "any JSON value";
    NULL_TYPE: Loose "null-type",
        "any JSON value; that only null is allowed is documented";
    TUPLE: Loose "tuple",
        "a list whose items may each fit any of the schemas";
    MIXED_ENUM: Loose "mixed-enum",
        "any JSON value; the listed values are documented";
    ENUM_AS_TEXT: Loose "enum-as-text",
        "the listed value as text, since the type is string";
    ENUM_BEYOND_LIMITS: Loose "enum-beyond-limits",
        "the listed value, although a limit beside it excludes it";
    CONFLICTING_TYPES: Loose "conflicting-types",
        "any JSON value";
    MERGED_UNION: Loose "merged-union",
        "the named properties; members of the branches stay JSON";
    UNMERGED: Loose "unmerged-composition",
        "any JSON value";
    AMBIGUOUS_UNION: Loose "ambiguous-union",
        "the JSON as it came, with a typed view of each branch";
    EMPTY_UNION: Loose "empty-union",
        "any JSON value";
    UNTYPED_DISCRIMINATOR: Loose "unused-discriminator",
        "the union without the discriminator";
    INFINITE_TYPE: Loose "infinite-type",
        "any JSON value: the schema leads back to itself without end";
    DEEP_NESTING: Loose "deep-nesting",
        "any JSON value";
    NESTED_PARAMETER: Loose "nested-parameter",
        "nested values as JSON text, or by deepObject as `name[a][b]`: OpenAPI defines neither";
    MISPLACED_STYLE: Loose "misplaced-style",
        "the default style of the location: OpenAPI does not define the style for it";
    UNTYPED_BODY: Loose "untyped-body",
        "text or bytes: bodies of this media type are not read by a schema";
    UNKNOWN_SECURITY: Loose "unknown-security",
        "no credential: the caller adds it to the HTTP client";
    UNKNOWN_SERVER: Loose "unknown-server",
        "no base URL: the caller gives it";

    MEDIA_TYPE: Skipped "media-type",
        "no method: a body has no media type, or no form can be made of it";
    OPERATION_PARAMETER: Skipped "operation-parameter",
        "no method: a required parameter cannot be written";
    PARAMETER: Skipped "parameter",
        "the method without the optional parameter";
    WEBHOOK: Skipped "webhook",
        "nothing: the service sends the request, and the client does not receive it";
    OPERATION_SERVER: Skipped "operation-server",
        "no method: the URL of the operation's own server is unknown";
    PATH: Skipped "path",
        "no method: no URL can be made from the path";
}

/// Which rules are errors.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Deny(Vec<&'static str>);

/// A name that is neither a rule nor a class of rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownRule {
    name: String,
}

impl Deny {
    /// Denies all rules: only a contract that is carried exactly, and says so plainly, is accepted.
    pub fn all() -> Self {
        Self(RULES.iter().map(|rule| rule.id).collect())
    }

    /// Adds a rule, a class of rules, or `all`.
    ///
    /// # Errors
    ///
    /// Returns an error if there is no rule or class of this name.
    pub fn add(&mut self, name: &str) -> Result<(), UnknownRule> {
        let before = self.0.len();
        let is_meant =
            |rule: &&&Rule| name == "all" || rule.id == name || rule.class.as_str() == name;
        self.0
            .extend(RULES.iter().filter(is_meant).map(|rule| rule.id));
        if self.0.len() == before {
            return Err(UnknownRule {
                name: name.to_owned(),
            });
        }
        Ok(())
    }

    /// Whether a rule is an error.
    pub fn denies(&self, rule: &Rule) -> bool {
        self.0.contains(&rule.id)
    }
}

impl fmt::Display for UnknownRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "there is no rule `{}`; expected all, ", self.name)?;
        for class in Class::ALL {
            write!(f, "{class}, ")?;
        }
        let ids: Vec<_> = RULES.iter().map(|rule| rule.id).collect();
        write!(f, "or one of {}", ids.join(", "))
    }
}

impl std::error::Error for UnknownRule {}

#[cfg(test)]
mod tests {
    use super::RULES;

    #[test]
    fn the_readme_names_every_rule() {
        let readme = include_str!("../README.md");
        for rule in RULES {
            assert!(readme.contains(&format!("`{}`", rule.id)), "{}", rule.id);
        }
    }
}
