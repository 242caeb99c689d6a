//! Reads error bodies of gateways and services, in all observed forms.
//!
//! Besides the contract's `{"error":{"code":"1214","message":"…"}}`, these were seen: numbers and
//! `null` as code, the fields without `error`, `msg` for `message`, `error` as a text (with
//! `status` and `path` from Spring), FastAPI's `detail`, OpenAI's `param`, `errors` as a list,
//! and RFC 9457's `title`.

use serde_json::{Map, Value};

/// The longest body that is read as a JSON value, in bytes: one takes many times the memory of
/// its text, and the failure of one request is far shorter.
pub(crate) const LONGEST: usize = 1 << 20;
/// The most entries of a list of failures that a message repeats.
const LISTED: usize = 5;

/// A failure, as its body describes it.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(crate) struct Failure {
    pub(crate) code: Option<String>,
    pub(crate) message: String,
    pub(crate) request_id: Option<String>,
}

impl Failure {
    /// Reads the failure in a body; `None` if the body is not JSON, describes none, or is too long.
    pub(crate) fn from_body(body: &[u8]) -> Option<Self> {
        if body.len() > LONGEST {
            return None;
        }
        Self::from_value(&serde_json::from_slice(body).ok()?)
    }

    /// Reads the failure in a body.
    pub(crate) fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::String(text) => Some(Self {
                message: non_empty(text)?,
                ..Self::default()
            }),
            Value::Object(fields) => from_fields(fields),
            _ => None,
        }
    }
}

fn from_fields(fields: &Map<String, Value>) -> Option<Failure> {
    let outer = fields_of(fields);
    let inner = match fields.get("error") {
        Some(Value::Object(error)) => Some(fields_of(error)),
        Some(Value::String(text)) => non_empty(text).map(|text| (None, Some(text))),
        _ => None,
    };
    let listed = fields.get("errors").and_then(list);
    let (mut code, mut message) = (None, None);
    for (its_code, its_message) in [inner, Some(outer), listed].into_iter().flatten() {
        code = code.or(its_code);
        message = joined(message, its_message);
    }
    let is_failure = fields.get("success") == Some(&Value::Bool(false));
    if code.is_none() && message.is_none() && !is_failure {
        return None;
    }
    let id = ["request_id", "requestId"]
        .iter()
        .find_map(|name| text(fields.get(*name)?));
    Some(Failure {
        code,
        message: message.unwrap_or_default(),
        request_id: id,
    })
}

/// Code and message.
type Described = (Option<String>, Option<String>);

/// Returns code and message from the fields of one object.
fn fields_of(fields: &Map<String, Value>) -> Described {
    let named = |names: &[&str]| names.iter().find_map(|name| text(fields.get(*name)?));
    let message = named(&["message", "msg"]);
    let detail = fields.get("detail").and_then(detail);
    let message = joined(message.or_else(|| named(&["title"])), detail);
    // The field that is wrong.
    let message = match (named(&["param"]), message) {
        (Some(param), Some(message)) if !message.contains(&param) => {
            Some(format!("{param}: {message}"))
        }
        (_, message) => message,
    };
    (named(&["code"]), message)
}

/// Returns the message of FastAPI's `detail`: a text, an object, or a list of invalid fields.
fn detail(value: &Value) -> Option<String> {
    match value {
        Value::Array(_) => list(value)?.1,
        Value::Object(fields) => fields_of(fields).1,
        _ => text(value),
    }
}

/// A list of failures: the first code, and the messages one after the other.
fn list(value: &Value) -> Option<Described> {
    let entries = value.as_array()?;
    let mut code = None;
    let mut messages = Vec::new();
    for entry in entries.iter().take(LISTED) {
        let (its_code, message) = match entry {
            Value::Object(fields) => fields_of(fields),
            entry => (None, text(entry)),
        };
        code = code.or(its_code);
        let location = entry.get("loc").and_then(Value::as_array).map(path);
        messages.extend(match (location, message) {
            (Some(location), Some(message)) => Some(format!("{location}: {message}")),
            (_, message) => message,
        });
    }
    if entries.len() > LISTED {
        messages.push(format!("and {} more", entries.len().saturating_sub(LISTED)));
    }
    let message = (!messages.is_empty()).then(|| messages.join("; "));
    Some((code, message))
}

/// A path in a request, as in `body.documents[3]`.
fn path(segments: &Vec<Value>) -> String {
    let mut path = String::new();
    for segment in segments {
        match segment {
            Value::Number(index) => path += &format!("[{index}]"),
            segment => {
                let dot = if path.is_empty() { "" } else { "." };
                path += &format!("{dot}{}", text(segment).unwrap_or_default());
            }
        }
    }
    path
}

/// Joins two texts, unless one contains the other.
fn joined(first: Option<String>, second: Option<String>) -> Option<String> {
    match (first, second) {
        (Some(first), Some(second)) if first.contains(&second) => Some(first),
        (Some(first), Some(second)) if second.contains(&first) => Some(second),
        (Some(first), Some(second)) => Some(format!("{first}: {second}")),
        (first, second) => first.or(second),
    }
}

/// Returns a text, or a number as text; `None` for `null`, an empty text and other values.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => non_empty(text),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn non_empty(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::Failure;

    #[test]
    fn code_and_message_are_kept_in_every_form() {
        for (body, code, message) in [
            (
                r#"{"error":{"code":"1214","message":"m"}}"#,
                Some("1214"),
                "m",
            ),
            (
                r#"{"error":{"code":1113,"message":"m"}}"#,
                Some("1113"),
                "m",
            ),
            (r#"{"error":{"code":null,"message":"m"}}"#, None, "m"),
            (r#"{"error":{"code":"1113"}}"#, Some("1113"), ""),
            (r#"{"code":1113,"message":"m"}"#, Some("1113"), "m"),
            (
                r#"{"code":1113,"msg":"m","success":false}"#,
                Some("1113"),
                "m",
            ),
            (
                r#"{"error":{"message":"m","type":"invalid_request_error","param":"documents[3]","code":null}}"#,
                None,
                "documents[3]: m",
            ),
            (
                r#"{"error":{"message":"m","type":"t","param":"","code":""}}"#,
                None,
                "m",
            ),
            (r#"{"error":"text"}"#, None, "text"),
            (r#"{"msg":"text"}"#, None, "text"),
            (r#"{"detail":"text"}"#, None, "text"),
            (
                r#"{"detail":[{"loc":["body","documents",3],"msg":"too long","type":"t"},{"loc":["body","query"],"msg":"missing"}]}"#,
                None,
                "body.documents[3]: too long; body.query: missing",
            ),
            (r#"{"errors":["a","b"]}"#, None, "a; b"),
            (
                r#"{"errors":[{"code":7003,"message":"no route"}],"success":false}"#,
                Some("7003"),
                "no route",
            ),
            (
                r#"{"errors":[1,2,3,4,5,6,7]}"#,
                None,
                "1; 2; 3; 4; 5; and 2 more",
            ),
            (
                r#"{"timestamp":"t","status":404,"error":"Not Found","path":"/v4"}"#,
                None,
                "Not Found",
            ),
            (
                r#"{"status":400,"error":"Bad Request","message":"why"}"#,
                None,
                "Bad Request: why",
            ),
            (
                r#"{"title":"Forbidden","detail":"no key","status":403}"#,
                None,
                "Forbidden: no key",
            ),
            (r#"{"success":false}"#, None, ""),
            (r#""text""#, None, "text"),
        ] {
            let failure = Failure::from_body(body.as_bytes()).unwrap();
            assert_eq!(failure.code.as_deref(), code, "{body}");
            assert_eq!(failure.message, message, "{body}");
        }
    }

    #[test]
    fn what_describes_no_failure_is_none() {
        for body in [
            "",
            "{",
            "{}",
            "[]",
            "null",
            "1",
            "\"\"",
            r#"{"error":null}"#,
            r#"{"results":[]}"#,
        ] {
            assert_eq!(Failure::from_body(body.as_bytes()), None, "{body}");
        }
    }

    #[test]
    fn the_id_of_the_request_is_kept() {
        let body = br#"{"error":{"code":"1","message":"m"},"request_id":"theirs"}"#;
        let failure = Failure::from_body(body).unwrap();
        assert_eq!(failure.request_id.as_deref(), Some("theirs"));
    }

    proptest::proptest! {
        #[test]
        fn whatever_a_body_is_it_is_read_or_not(body in proptest::collection::vec(proptest::num::u8::ANY, 0..200)) {
            let _ = Failure::from_body(&body);
        }

        #[test]
        fn whatever_the_members_are_they_are_read_or_not(
            body in r#"\{"(error|errors|detail|code|msg|title|success)":(\{"(code|message|loc|param|detail)":|\[|\[\{"loc":\[)?(1|-1e400|"长"|null|true|\[\]|\{\}|"")[\]}]{0,4}"#,
        ) {
            let _ = Failure::from_body(body.as_bytes());
        }
    }
}
