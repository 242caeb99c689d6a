//! The contents of a ranking.

use bigmodel_rerank_api::Client;
use bigmodel_rerank_api::types::{Model, RerankRequest};
use bigmodel_rerank_server::Settings;
use serde_json::{Value, json};

use crate::support::Running;

fn call(body: Value) -> Value {
    Running::start(Settings::default()).rerank(&body).ranking()
}

fn indices(ranking: &Value) -> Vec<u64> {
    let results = ranking["results"].as_array().unwrap();
    results
        .iter()
        .map(|result| result["index"].as_u64().unwrap())
        .collect()
}

const DOCUMENTS: [&str; 4] = ["coffee", "green tea", "tea", "green tea with green leaves"];

#[test]
fn results_come_best_first_with_normalized_scores() {
    let ranking = call(json!({"model": "rerank", "query": "tea", "documents": DOCUMENTS}));
    assert_eq!(indices(&ranking), [2, 1, 3, 0]);
    let scores: Vec<_> = ranking["results"]
        .as_array()
        .unwrap()
        .iter()
        .map(|result| result["relevance_score"].as_f64().unwrap())
        .collect();
    assert!(
        scores.windows(2).all(|pair| pair[0] >= pair[1]),
        "{scores:?}"
    );
    assert!(
        scores.iter().all(|score| (0.0..1.0).contains(score)),
        "{scores:?}"
    );
    assert_eq!(scores[3], 0.0);
}

#[test]
fn top_n_keeps_the_best_and_may_exceed_the_number_of_documents() {
    for (top_n, found) in [(0, 4), (1, 1), (3, 3), (4, 4), (5, 4), (i64::MAX, 4)] {
        let ranking = call(json!({"query": "tea", "documents": DOCUMENTS, "top_n": top_n}));
        assert_eq!(indices(&ranking), [2, 1, 3, 0][..found], "top_n {top_n}");
    }
}

#[test]
fn top_n_is_any_number_with_an_integer_value() {
    let running = Running::start(Settings::default());
    for (top_n, found) in [("2.0", 2), ("2e0", 2), ("-0", 4), ("0.0", 4)] {
        let body = format!(r#"{{"query":"tea","documents":["tea","a","b","c"],"top_n":{top_n}}}"#);
        let ranking = running.rerank_bytes(body.as_bytes()).ranking();
        assert_eq!(indices(&ranking).len(), found, "{top_n}");
    }
    for top_n in ["1.5", "\"2\"", "1e400"] {
        let body = format!(r#"{{"query":"tea","documents":["tea"],"top_n":{top_n}}}"#);
        assert_eq!(
            running.rerank_bytes(body.as_bytes()).failure().0,
            400,
            "{top_n}"
        );
    }
}

#[test]
fn texts_are_returned_only_on_request() {
    let without = call(json!({"query": "tea", "documents": DOCUMENTS}));
    assert!(without["results"][0].get("document").is_none());
    let with = call(json!({"query": "tea", "documents": DOCUMENTS, "return_documents": true}));
    assert_eq!(with["results"][0]["document"], "tea");
    assert_eq!(with["results"][2]["document"], DOCUMENTS[3]);
}

#[test]
fn raw_and_normalized_scores_rank_equally() {
    let query = "green tea leaves";
    let raw = call(json!({"query": query, "documents": DOCUMENTS, "return_raw_scores": true}));
    let normalized = call(json!({"query": query, "documents": DOCUMENTS}));
    assert_eq!(indices(&raw), indices(&normalized));
    assert!(raw["results"][0]["relevance_score"].as_f64().unwrap() > 1.0);
}

#[test]
fn equal_documents_keep_the_order_of_the_request() {
    let ranking = call(json!({"query": "tea", "documents": ["tea", "milk", "tea", "tea"]}));
    assert_eq!(indices(&ranking), [0, 2, 3, 1]);
}

#[test]
fn usage_follows_the_documented_formula() {
    let ranking = call(json!({"query": "green tea", "documents": ["tea", "coffee and milk"]}));
    assert_eq!(
        ranking["usage"],
        json!({"prompt_tokens": 2 * 2 + 1 + 3, "total_tokens": 8})
    );
}

#[test]
fn the_request_id_is_returned_or_generated_if_there_is_none() {
    let body = |id: Value| json!({"query": "tea", "documents": ["tea"], "request_id": id});
    assert_eq!(call(body(json!("1111111111")))["request_id"], "1111111111");
    let generated = [
        call(body(json!(""))),
        call(body(json!(null))),
        call(json!({"query": "", "documents": []})),
    ];
    for ranking in &generated {
        assert_eq!(
            ranking["request_id"].as_str().unwrap().len(),
            36,
            "{ranking}"
        );
    }
    assert_ne!(generated[0]["request_id"], generated[1]["request_id"]);
    assert_ne!(generated[0]["id"], generated[1]["id"]);
}

#[test]
fn empty_documents_and_queries_are_ranked() {
    let ranking = call(json!({"query": "tea", "documents": []}));
    assert_eq!(ranking["results"], json!([]));
    assert_eq!(ranking["usage"]["total_tokens"], 0);
    assert_eq!(
        indices(&call(json!({"query": "", "documents": ["", "a"]}))),
        [0, 1]
    );
}

#[test]
fn the_model_may_be_omitted_or_be_any_that_the_contract_lists() {
    for model in ["rerank", "glm-rerank", "rerank-2", "rerank-pro"] {
        let ranking = call(json!({"model": model, "query": "tea", "documents": ["tea"]}));
        assert_eq!(indices(&ranking), [0], "{model}");
    }
    for body in [
        json!({"query": "tea", "documents": ["tea"]}),
        json!({"model": null, "query": "tea", "documents": ["tea"]}),
    ] {
        assert_eq!(indices(&call(body)), [0]);
    }
}

#[test]
fn models_are_case_insensitive_and_any_model_can_be_allowed() {
    let body = |model: &str| json!({"model": model, "query": "tea", "documents": ["tea"]});
    for model in ["GLM-Rerank", "RERANK", "Rerank-Pro"] {
        assert_eq!(indices(&call(body(model))), [0], "{model}");
    }
    let server = Running::start(Settings {
        any_model: true,
        ..Settings::default()
    });
    for model in ["bge-reranker-v2-m3", "", "模型"] {
        assert_eq!(
            indices(&server.rerank(&body(model)).ranking()),
            [0],
            "{model}"
        );
    }
    let (status, code, _) = server
        .rerank(&json!({"model": 3, "query": "tea", "documents": []}))
        .failure();
    assert_eq!((status, code.as_str()), (400, "1214"));
}

#[test]
fn an_integer_may_have_any_form_that_json_schema_allows() {
    for (top_n, found) in [("1.0", 1), ("-0", 4), ("2e0", 2), ("1e300", 4)] {
        let documents = json!(DOCUMENTS);
        let body = format!(r#"{{"query":"tea","documents":{documents},"top_n":{top_n}}}"#);
        let reply = Running::start(Settings::default()).rerank_bytes(body.as_bytes());
        assert_eq!(indices(&reply.ranking()).len(), found, "{top_n}");
    }
}

#[test]
fn unknown_fields_are_ignored() {
    let ranking = call(json!({"query": "tea", "documents": ["tea"], "stream": {"no": [1, null]}}));
    assert_eq!(indices(&ranking), [0]);
}

#[test]
fn the_generated_client_can_call_the_server() {
    let server = Running::start(Settings::default());
    let client = Client::bearer(&format!("http://{}/api", server.address), "any-key").unwrap();
    let request = RerankRequest::new(Model::Rerank, "tea", DOCUMENTS)
        .top_n(2)
        .return_documents(true);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let ranking = runtime.block_on(client.rerank(&request)).unwrap();
    let found: Vec<_> = ranking
        .results
        .iter()
        .map(|one| one.document.as_deref())
        .collect();
    assert_eq!(found, [Some("tea"), Some("green tea")]);
}
