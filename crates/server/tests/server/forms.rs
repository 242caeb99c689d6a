//! The rerank forms of other clients: Cohere, Jina and TEI.

use bigmodel_rerank_server::{Keys, Settings};
use bigmodel_rerank_test_support::http::request;
use serde_json::{Value, json};

use crate::support::{Response, Running};

const QUERY: &str = "green tea";
const TEXTS: [&str; 3] = ["black coffee", "green tea from Japan", "tea"];
const COHERE_V1: &str = "/v1/rerank";
const COHERE_V2: &str = "/v2/rerank";
const JINA: &str = "/v1/rerank";
const TEI: &str = "/rerank";

fn post_with(server: &Running, path: &str, headers: &[(&str, &str)], body: &Value) -> Response {
    let headers = [&[("Content-Type", "application/json")], headers].concat();
    server.send(&request(
        "POST",
        path,
        &headers,
        body.to_string().as_bytes(),
    ))
}

fn post(server: &Running, path: &str, body: &Value) -> (u16, Value) {
    let response = post_with(server, path, &[], body);
    (response.status, response.json())
}

fn indices(results: &Value) -> Vec<u64> {
    let results = results.as_array().unwrap();
    results
        .iter()
        .map(|result| result["index"].as_u64().unwrap())
        .collect()
}

/// Returns the names of an object's members, sorted.
fn names(value: &Value) -> Vec<&str> {
    let members = value.as_object().unwrap().keys();
    let mut names: Vec<_> = members.map(String::as_str).collect();
    names.sort_unstable();
    names
}

/// Returns the normalized scores of the contract's operation, by document.
fn expected_scores(server: &Running) -> Vec<f64> {
    let body = json!({ "model": "rerank", "query": QUERY, "documents": TEXTS });
    let response = server.rerank(&body).json();
    let results = response["results"].as_array().unwrap();
    let mut scores = vec![0.0; TEXTS.len()];
    for result in results {
        let index = usize::try_from(result["index"].as_u64().unwrap()).unwrap();
        scores[index] = result["relevance_score"].as_f64().unwrap();
    }
    scores
}

#[test]
fn cohere_v2_has_ids_results_and_search_units() {
    let server = Running::start(Settings::default());
    let (status, response) = post(
        &server,
        COHERE_V2,
        &json!({ "model": "any-name", "query": QUERY, "documents": TEXTS, "top_n": 2,
            "max_tokens_per_doc": 512, "priority": 0 }),
    );
    assert_eq!(status, 200, "{response}");
    assert_eq!(names(&response), ["id", "meta", "results"]);
    assert_eq!(indices(&response["results"]), [1, 2]);
    assert_eq!(names(&response["results"][0]), ["index", "relevance_score"]);
    assert_eq!(
        response["results"][0]["relevance_score"].as_f64().unwrap(),
        expected_scores(&server)[1]
    );
    assert_eq!(response["meta"]["api_version"]["version"], "2");
    assert_eq!(response["meta"]["billed_units"]["search_units"], 1.0);
}

#[test]
fn search_units_are_per_hundred_documents() {
    let server = Running::start(Settings::default());
    for (count, units) in [(100, 1.0), (101, 2.0)] {
        let body = json!({ "model": "m", "query": QUERY, "documents": vec!["tea"; count] });
        let (_, response) = post(&server, COHERE_V2, &body);
        assert_eq!(response["meta"]["billed_units"]["search_units"], units);
    }
}

#[test]
fn cohere_v1_takes_texts_and_objects_and_returns_documents_on_request() {
    let server = Running::start(Settings::default());
    let documents = json!(["black coffee", { "title": "green tea", "text": "from Japan" }]);
    let body = json!({ "query": QUERY, "documents": documents });
    let (status, response) = post(&server, COHERE_V1, &body);
    assert_eq!(status, 200, "{response}");
    assert_eq!(names(&response), ["id", "meta", "results"]);
    assert_eq!(names(&response["results"][0]), ["index", "relevance_score"]);
    assert_eq!(response["meta"]["api_version"]["version"], "1");

    let body = json!({ "model": "rerank-v3.5", "query": QUERY, "documents": documents,
        "rank_fields": ["title", "text"], "return_documents": true });
    let (_, response) = post(&server, COHERE_V1, &body);
    assert_eq!(indices(&response["results"]), [1, 0]);
    assert_eq!(
        response["results"][0]["document"],
        json!({ "text": "green tea\nfrom Japan" })
    );
    assert_eq!(
        response["results"][1]["document"],
        json!({ "text": "black coffee" })
    );
}

#[test]
fn jina_returns_documents_usage_and_the_name_of_the_model() {
    let server = Running::start(Settings::default());
    let documents = json!(["black coffee", { "text": "green tea from Japan" }, "tea"]);
    let mut body = json!({ "model": "any-name", "query": QUERY, "documents": documents });
    let (status, response) = post(&server, JINA, &body);
    assert_eq!(status, 200, "{response}");
    assert_eq!(names(&response), ["model", "object", "results", "usage"]);
    assert_eq!(
        (&response["model"], &response["object"]),
        (&json!("any-name"), &json!("list"))
    );
    assert_eq!(indices(&response["results"]), [1, 2, 0]);
    assert_eq!(
        response["results"][0]["document"],
        json!({ "text": "green tea from Japan" })
    );
    let contract = json!({ "model": "rerank", "query": QUERY, "documents": TEXTS });
    let usage = server.rerank(&contract).json()["usage"]["total_tokens"].clone();
    assert_eq!(response["usage"], json!({ "total_tokens": usage }));

    body["return_documents"] = json!(false);
    body["query"] = json!({ "text": QUERY });
    body["top_n"] = json!(1);
    let (_, response) = post(&server, JINA, &body);
    assert_eq!(indices(&response["results"]), [1]);
    assert_eq!(names(&response["results"][0]), ["index", "relevance_score"]);
}

#[test]
fn tei_returns_a_list_with_raw_scores_and_texts_on_request() {
    let server = Running::start(Settings::default());
    let mut body = json!({ "query": QUERY, "texts": TEXTS, "truncate": true });
    let (status, response) = post(&server, TEI, &body);
    assert_eq!(status, 200, "{response}");
    assert_eq!(indices(&response), [1, 2, 0]);
    assert_eq!(names(&response[0]), ["index", "score"]);
    assert_eq!(
        response[0]["score"].as_f64().unwrap(),
        expected_scores(&server)[1]
    );

    body["return_text"] = json!(true);
    body["raw_scores"] = json!(true);
    let (_, raw) = post(&server, TEI, &body);
    assert_eq!(raw[0]["text"], TEXTS[1]);
    assert_ne!(raw[0]["score"], response[0]["score"]);
}

#[test]
fn tei_says_what_ranks_and_how_much() {
    let server = Running::start(Settings::default());
    let response = server.get("/info");
    assert_eq!(response.status, 200);
    let info = response.json();
    assert_eq!(
        info["model_type"]["reranker"]["label2id"],
        json!({ "LABEL_0": 0 })
    );
    assert_eq!(info["max_client_batch_size"], 1024);
    assert!(!info["model_id"].as_str().unwrap().is_empty());
}

#[test]
fn errors_have_the_form_and_the_status_that_each_client_knows() {
    let server = Running::start(Settings {
        max_work: 4096,
        ..Settings::default()
    });
    let long = "tea ".repeat(2000);
    let many = vec!["tea"; 1025];
    let of_cohere = |body: &Value| body["message"].is_string() && body["id"].is_string();
    let of_jina = |body: &Value| names(body) == ["detail"];
    for (documents, cohere, jina, tei, kind) in [
        (json!("tea"), 400, 422, 422, "Validation"),
        (json!([]), 400, 422, 400, "Empty"),
        (json!(many), 400, 400, 413, "Validation"),
        (json!([long]), 400, 400, 413, "Validation"),
    ] {
        let v2 = json!({ "model": "m", "query": QUERY, "documents": documents });
        let (status, response) = post(&server, COHERE_V2, &v2);
        assert!(
            status == cohere && of_cohere(&response),
            "{status} {response}"
        );
        let v1 = json!({ "query": QUERY, "documents": documents });
        let (status, response) = post(&server, COHERE_V1, &v1);
        assert!(
            status == cohere && of_cohere(&response),
            "{status} {response}"
        );
        let (status, response) = post(&server, JINA, &v2);
        assert!(status == jina && of_jina(&response), "{status} {response}");
        let (status, response) = post(&server, TEI, &json!({ "query": QUERY, "texts": documents }));
        assert_eq!(
            (status, &response["error_type"]),
            (tei, &json!(kind)),
            "{response}"
        );
        assert_eq!(names(&response), ["error", "error_type"]);
    }
}

#[test]
fn missing_fields_and_invalid_values_are_named() {
    let server = Running::start(Settings::default());
    for (path, body, part) in [
        (
            COHERE_V2,
            json!({ "query": QUERY, "documents": TEXTS }),
            "model",
        ),
        (COHERE_V1, json!({ "documents": TEXTS }), "query"),
        (JINA, json!({ "model": "m", "query": QUERY }), "documents"),
        (TEI, json!({ "query": QUERY }), "texts"),
        (
            COHERE_V2,
            json!({ "model": "m", "query": QUERY, "documents": TEXTS, "top_n": 0 }),
            "top_n: expected at least 1, found 0",
        ),
        (
            COHERE_V1,
            json!({ "query": QUERY, "documents": ["tea", { "title": "tea" }] }),
            "documents[1]: none of the fields text is present",
        ),
    ] {
        let (status, response) = post(&server, path, &body);
        assert!((400..=422).contains(&status), "{status}");
        assert!(response.to_string().contains(part), "{path}: {response}");
    }
}

/// Asserts the whole message of the response to each body.
fn assert_messages(failures: &[(&str, &str, &str)]) {
    let server = Running::start(Settings::default());
    for (path, body, expected) in failures {
        let headers = [("Content-Type", "application/json")];
        let response = server.send(&request("POST", path, &headers, body.as_bytes()));
        let error = response.json();
        let message = ["message", "detail", "error"]
            .iter()
            .find_map(|member| error[member].as_str());
        assert_eq!(message, Some(*expected), "{path} {body}");
        assert!((400..=422).contains(&response.status), "{path} {body}");
    }
}

#[test]
fn a_value_of_the_wrong_type_is_named_with_its_member_and_index() {
    assert_messages(&[
        (
            COHERE_V2,
            r#"{"model":"m","query":1,"documents":["a"]}"#,
            "query: invalid type: integer `1`, expected a string",
        ),
        (
            COHERE_V2,
            r#"{"model":"m","query":"a","documents":["a",{"text":"b"}]}"#,
            "documents[1]: invalid type: object, expected a string",
        ),
        (
            COHERE_V2,
            r#"{"model":"m","query":"a","documents":["a"],"top_n":"1"}"#,
            "top_n: invalid type: string \"1\", expected an integer",
        ),
        (
            COHERE_V1,
            r#"{"query":"a","documents":["a"],"rank_fields":["a",null]}"#,
            "rank_fields[1]: invalid type: null, expected a string",
        ),
        (
            JINA,
            r#"{"model":"m","query":"a","documents":"a"}"#,
            "documents: invalid type: string \"a\", expected a list",
        ),
        (
            JINA,
            r#"{"model":1,"query":"a","documents":["a"]}"#,
            "model: invalid type: integer `1`, expected a string",
        ),
        (
            TEI,
            r#"{"query":"a","texts":["a",5]}"#,
            "texts[1]: invalid type: integer `5`, expected a string",
        ),
        (
            TEI,
            r#"{"query":"a","texts":["a"],"raw_scores":1}"#,
            "raw_scores: invalid type: integer `1`, expected a boolean",
        ),
        (
            TEI,
            r#"{"query":"a","query":"b","texts":["a"]}"#,
            "query: duplicate field",
        ),
        (
            TEI,
            r#"{"query":"a","texts":["a","b\ud83d"]}"#,
            "texts[1]: unpaired surrogate at line 1 column 35; cut texts between characters",
        ),
    ]);
}

#[test]
fn a_document_that_has_none_of_its_forms_is_named_with_those_forms() {
    let cohere = "expected a string, or an object whose members are strings";
    let jina = "expected a string, or an object with a string `text`";
    for (body, field, forms) in [
        (
            r#"{"model":"rerank-x","query":"a","documents":[1]}"#,
            "documents[0]",
            cohere,
        ),
        (
            r#"{"query":"a","documents":["a",{"text":1}]}"#,
            "documents[1]",
            cohere,
        ),
        (
            r#"{"model":"jina-x","documents":["a",{"image":"x"}],"query":"a"}"#,
            "documents[1]",
            jina,
        ),
        (
            r#"{"model":"jina-x","documents":["a"],"query":["a"]}"#,
            "query",
            jina,
        ),
    ] {
        assert_messages(&[(COHERE_V1, body, &format!("{field}: {forms}"))]);
    }
}

#[test]
fn a_body_that_is_not_an_object_is_named_in_terms_of_json() {
    for (path, body, found) in [
        (COHERE_V2, "[]", "a list"),
        (COHERE_V1, "[]", "a list"),
        (JINA, "null", "null"),
        (TEI, r#""tea""#, "string \"tea\""),
    ] {
        let expected = format!("the body: expected an object, found {found}");
        assert_messages(&[(path, body, &expected)]);
    }
}

#[test]
fn an_empty_list_of_rank_fields_is_named() {
    let body = r#"{"query":"a","documents":["a",{"text":"b"}],"rank_fields":[]}"#;
    let expected =
        "rank_fields: the list is empty; expected at least 1 field to rank documents[1] by";
    assert_messages(&[(COHERE_V1, body, expected)]);
}

#[test]
fn the_help_for_texts_that_are_too_long_fits_the_number_of_documents() {
    let server = Running::start(Settings {
        max_work: 10,
        ..Settings::default()
    });
    for (texts, help) in [
        (json!(["green tea"]), "shorten the query or the document"),
        (
            json!(["tea", "tea"]),
            "send fewer documents per request, or shorter ones",
        ),
    ] {
        let body = json!({ "query": QUERY, "texts": texts });
        let (_, response) = post(&server, TEI, &body);
        let message = response["error"].as_str().unwrap();
        assert!(
            message.ends_with(&format!("at most 10: {help}")),
            "{message}"
        );
    }
}

#[test]
fn a_body_with_very_many_values_is_rejected_before_it_is_parsed() {
    let server = Running::start(Settings::default());
    let body = json!({ "query": QUERY, "texts": vec![json!([]); 100_000] });
    let (status, response) = post(&server, TEI, &body);
    assert_eq!(status, 413, "{response}");
}

#[test]
fn every_form_needs_a_key_if_keys_are_set() {
    let keys = Keys::parse("id.secret").unwrap();
    let server = Running::start(Settings {
        keys,
        ..Settings::default()
    });
    let body = json!({ "model": "m", "query": QUERY, "documents": TEXTS, "texts": TEXTS });
    for path in [COHERE_V2, JINA, TEI] {
        let response = post_with(&server, path, &[], &body);
        assert_eq!(response.status, 401, "{path}");
        assert!(!response.json()["error"].is_object(), "{path}");
        let response = post_with(
            &server,
            path,
            &[("Authorization", "Bearer id.secret")],
            &body,
        );
        assert_eq!(response.status, 200, "{path}");
    }
    assert_eq!(server.get("/info").status, 401);
}

#[test]
fn a_wrong_method_has_the_form_of_the_path() {
    let server = Running::start(Settings::default());
    for (path, member) in [
        (COHERE_V2, "message"),
        (JINA, "detail"),
        (TEI, "error_type"),
    ] {
        let response = server.get(path);
        assert_eq!(response.status, 405, "{path}");
        assert!(response.json()[member].is_string(), "{path}");
    }
}
