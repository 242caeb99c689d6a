//! Every failure has the service's form, status and code.

use bigmodel_rerank_engine::{
    Cancellation, Description, Score, ScoreError, Scored, Scorer, ScorerKind,
};
use bigmodel_rerank_server::Settings;
use serde_json::{Value, json};

use crate::support::{RERANK, Running, request};

/// Asserts the status, the code and the start of the message of the response to each body.
fn assert_failures(bodies: &[(&str, u16, &str, &str)]) {
    let server = Running::start(Settings::default());
    for (body, status, code, message) in bodies {
        let (found_status, found_code, found) = server.rerank_bytes(body.as_bytes()).failure();
        assert_eq!(
            (found_status, found_code.as_str()),
            (*status, *code),
            "{body}: {found}"
        );
        assert!(found.starts_with(message), "{body}: {found}");
    }
}

#[test]
fn a_body_that_is_not_a_json_object_is_1210() {
    assert_failures(&[
        ("", 400, "1210", "the body is not a JSON object: EOF"),
        ("{", 400, "1210", "the body is not a JSON object: EOF"),
        (
            r#"{"query":"a","documents":["a"]"#,
            400,
            "1210",
            "the body is not a JSON object: EOF",
        ),
        (
            r#"{"query":"a","documents":["a"]} {}"#,
            400,
            "1210",
            "the body has text after its JSON object: trailing characters",
        ),
        (
            r#"{"query":"a","documents":["a"],}"#,
            400,
            "1210",
            "the body is not a JSON object: trailing comma",
        ),
        (
            r#"{query:"a"}"#,
            400,
            "1210",
            "the body is not a JSON object: key must be a string",
        ),
        (
            "[]",
            400,
            "1210",
            "the body is not a JSON object: invalid type: list, expected an object",
        ),
        (
            "null",
            400,
            "1210",
            "the body is not a JSON object: invalid type: null",
        ),
        (
            r#""query""#,
            400,
            "1210",
            "the body is not a JSON object: invalid type: string",
        ),
        (
            "\u{feff}\u{feff}{}",
            400,
            "1210",
            "the body is not a JSON object: expected value",
        ),
    ]);
}

#[test]
fn a_missing_field_is_1213_with_its_name() {
    assert_failures(&[
        ("{}", 400, "1213", "query: required field is missing"),
        (
            r#"{"model":"rerank","query":"a"}"#,
            400,
            "1213",
            "documents: required field is missing",
        ),
        (
            r#"{"model":"rerank","documents":["a"]}"#,
            400,
            "1213",
            "query: required field is missing",
        ),
    ]);
}

#[test]
fn an_unpaired_surrogate_is_1214_with_its_path() {
    assert_failures(&[
        (
            r#"{"query":"a","documents":["b","c\ud83d"]}"#,
            400,
            "1214",
            "documents[1]: unpaired surrogate at line 1 column 39",
        ),
        (
            r#"{"query":"\ude00a","documents":["b"]}"#,
            400,
            "1214",
            "query: unpaired surrogate",
        ),
        (
            r#"{"request_id":"\ud83d\n","query":"a","documents":["b"]}"#,
            400,
            "1214",
            "request_id: unpaired surrogate",
        ),
        (
            r#"{"query":"\u12","documents":["b"]}"#,
            400,
            "1210",
            "the body is not a JSON object: invalid escape",
        ),
    ]);
}

#[test]
fn a_value_of_the_wrong_type_is_1214_with_its_path() {
    assert_failures(&[
        (
            r#"{"query":3,"documents":[]}"#,
            400,
            "1214",
            "query: invalid type: integer `3`, expected a string",
        ),
        (
            r#"{"query":null,"documents":[]}"#,
            400,
            "1214",
            "query: invalid type: null",
        ),
        (
            r#"{"query":"a","documents":"b"}"#,
            400,
            "1214",
            "documents: invalid type: string \"b\", expected a list",
        ),
        (
            r#"{"query":"a","documents":["b",{}]}"#,
            400,
            "1214",
            "documents[1]: invalid type: object, expected a string",
        ),
        (
            r#"{"query":"a","documents":"a sequence, expected map, i64"}"#,
            400,
            "1214",
            "documents: invalid type: string \"a sequence, expected map, i64\", expected a list",
        ),
        (
            r#"{"query":"a","documents":[],"top_n":"3"}"#,
            400,
            "1214",
            "top_n: invalid type: string \"3\", expected an integer",
        ),
        (
            r#"{"query":"a","documents":[],"top_n":1.5}"#,
            400,
            "1214",
            "top_n: invalid type: floating point `1.5`, expected an integer",
        ),
        (
            r#"{"query":"a","documents":[],"return_documents":1}"#,
            400,
            "1214",
            "return_documents: invalid type: integer `1`, expected a boolean",
        ),
        (
            r#"{"model":3,"query":"a","documents":[]}"#,
            400,
            "1214",
            "model: invalid type: integer `3`, expected a string",
        ),
        (
            r#"{"query":"a","query":"b","documents":[]}"#,
            400,
            "1214",
            "query: duplicate field",
        ),
        (
            r#"{"model":"rerank","model":"rerank","query":"b","documents":[]}"#,
            400,
            "1214",
            "model: duplicate field",
        ),
    ]);
}

#[test]
fn an_exceeded_limit_is_1214_with_its_path_in_characters() {
    let long = "長".repeat(4097);
    let server = Running::start(Settings::default());
    let failed = |body: Value| server.rerank(&body).failure();
    let (status, code, message) = failed(json!({"query": long, "documents": ["a", long]}));
    assert_eq!((status, code.as_str()), (400, "1214"));
    assert_eq!(
        message,
        "query: 4097 characters, at most 4096; documents[1]: 4097 characters, at most 4096"
    );
    let (_, _, message) = failed(json!({"query": "a", "documents": vec!["a"; 129]}));
    assert_eq!(message, "documents: 129 items, at most 128");
    let (_, _, message) =
        failed(json!({"query": "a", "documents": [], "top_n": -1, "user_id": "short"}));
    assert_eq!(
        message,
        "top_n: -1, at least 0; user_id: 5 characters, at least 6"
    );
    let (_, _, message) = failed(json!({"query": "a", "documents": vec![&long; 100]}));
    assert!(
        message.ends_with("documents[4]: 4097 characters, at most 4096; and 95 more"),
        "{message}"
    );
}

#[test]
fn an_unknown_model_is_1211() {
    assert_failures(&[
        (
            r#"{"model":"gpt","query":"a","documents":["a"]}"#,
            400,
            "1211",
            "model: unknown model `gpt`",
        ),
        (
            r#"{"model":"","query":"a","documents":["a"]}"#,
            400,
            "1211",
            "model: unknown model ``",
        ),
    ]);
}

#[test]
fn the_message_for_an_unknown_model_lists_those_of_the_contract() {
    let contract: Value = serde_yaml::from_str(bigmodel_rerank_api::CONTRACT).unwrap();
    let listed = "/components/schemas/RerankRequest/properties/model/x-extensible-enum";
    let listed = contract.pointer(listed).unwrap().as_array().unwrap();
    let names: Vec<_> = listed.iter().map(|name| name.as_str().unwrap()).collect();
    let body = json!({"model": "gpt", "query": "a", "documents": []});
    let (_, _, message) = Running::start(Settings::default()).rerank(&body).failure();
    assert!(
        message.ends_with(&format!("; expected one of {}", names.join(", "))),
        "{message}"
    );
}

#[test]
fn a_failure_repeats_the_id_of_its_request() {
    let server = Running::start(Settings::default());
    let body = json!({"model": "gpt", "query": "a", "documents": [], "request_id": "my-id"});
    assert_eq!(server.rerank(&body).json()["request_id"], "my-id");
    let body = json!({"query": "a", "documents": [], "user_id": "x", "request_id": "my-id"});
    assert_eq!(server.rerank(&body).json()["request_id"], "my-id");
    let body = json!({"query": 3, "documents": [], "request_id": "my-id"});
    assert_eq!(server.rerank(&body).json()["request_id"], "my-id");
    let body = json!({"query": "a", "request_id": "my-id"});
    assert_eq!(server.rerank(&body).json()["request_id"], "my-id");
}

#[test]
fn unknown_paths_are_404_and_wrong_methods_405() {
    let server = Running::start(Settings::default());
    for (method, path) in [
        ("POST", "/api/paas/v4/rerank/x"),
        ("POST", "/paas/v4/rerank"),
        ("POST", "/api//paas/v4"),
        ("GET", "/favicon.ico"),
        ("POST", "/api/paas/v4/paas/v4/rerank"),
    ] {
        let (status, code, _) = server.send(&request(method, path, &[], b"{}")).failure();
        assert_eq!((status, code.as_str()), (404, "1222"), "{method} {path}");
    }
    for (method, path, allowed) in [
        ("GET", RERANK, "POST"),
        ("PUT", RERANK, "POST"),
        ("OPTIONS", RERANK, "POST"),
        ("BREW", RERANK, "POST"),
        ("POST", "/", "GET,HEAD"),
        ("DELETE", "/metrics", "GET,HEAD"),
    ] {
        let reply = server.send(&request(method, path, &[], b""));
        let (status, code, message) = reply.failure();
        assert_eq!((status, code.as_str()), (405, "1212"), "{method} {path}");
        assert!(message.contains(method), "{message}");
        assert_eq!(reply.header("allow"), Some(allowed), "{method} {path}");
    }
}

#[test]
fn a_body_that_is_not_plain_json_in_utf_8_is_415() {
    let server = Running::start(Settings::default());
    let body = br#"{"query":"a","documents":["a"]}"#;
    let send = |headers: &[(&str, &str)]| server.send(&request("POST", RERANK, headers, body));
    for headers in [
        &[] as &[_],
        &[("Content-Type", "text/plain")],
        &[("Content-Type", "application/x-www-form-urlencoded")],
        &[("Content-Type", "application/jsonp")],
        &[("Content-Type", "application/json; charset=gbk")],
        &[
            ("Content-Type", "application/json"),
            ("Content-Encoding", "gzip"),
        ],
    ] {
        let (status, code, _) = send(headers).failure();
        assert_eq!((status, code.as_str()), (415, "1210"), "{headers:?}");
    }
    for kind in [
        "application/json; charset=utf-8",
        "Application/JSON;Charset=\"UTF-8\"",
    ] {
        assert_eq!(send(&[("Content-Type", kind)]).status, 200, "{kind}");
    }
}

/// A scorer with a defect.
struct Broken(fn(usize) -> Vec<Score>);

impl Scorer for Broken {
    fn score(&self, _: &str, documents: &[&str], _: &Cancellation) -> Result<Scored, ScoreError> {
        Ok(Scored {
            query_tokens: 0,
            documents: (self.0)(documents.len()),
            cut: 0,
        })
    }

    fn description(&self) -> Description {
        Description::new("broken", ScorerKind::Lexical)
    }
}

fn scores(raw: f32, normalized: f32, count: usize) -> Vec<Score> {
    let score = Score {
        raw,
        normalized,
        tokens: 1,
    };
    vec![score; count]
}

#[test]
fn a_defect_of_the_scorer_is_a_500() {
    let body = json!({"query": "a", "documents": ["a"]});
    let defects: [fn(usize) -> Vec<Score>; 4] = [
        |_| panic!("a defect"),
        |_| Vec::new(),
        |count| scores(f32::NAN, 0.5, count),
        |count| scores(1.0, f32::INFINITY, count),
    ];
    for defect in defects {
        let server = Running::over(Broken(defect), Settings::default());
        for _ in 0..2 {
            let (status, code, message) = server.rerank(&body).failure();
            assert_eq!((status, code.as_str()), (500, "1230"));
            assert!(!message.contains("defect"), "{message}");
        }
    }
    let valid = Running::over(Broken(|count| scores(1.0, 0.5, count)), Settings::default());
    assert_eq!(valid.rerank(&body).status, 200);
}

#[test]
fn an_error_response_to_a_long_request_is_short() {
    let server = Running::start(Settings::default());
    let long = "x".repeat(1_000_000);
    for body in [
        json!(long),
        json!({"query": long, "documents": long}),
        json!({"model": long, "query": "a", "documents": []}),
        json!({"query": "a", "documents": [1], "request_id": long}),
        json!({"query": long, "documents": ["a"], "request_id": long}),
    ] {
        let reply = server.rerank(&body);
        assert_eq!(reply.status, 400);
        assert!(reply.body.len() < 1500, "{}", reply.body.len());
    }
}
