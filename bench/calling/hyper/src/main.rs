//! hyper and serde_json, on which all other Rust contenders are built.

#[path = "../../types.rs"]
mod types;

use calling_driver::{Case, KEY, ResponseSummary, run};
use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::header::{AUTHORIZATION, CONTENT_TYPE};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use types::{Request, Response};

type Http = Client<HttpConnector, Full<Bytes>>;

fn main() {
    run(make, call);
}

fn make(_: &Case) -> Http {
    let mut connector = HttpConnector::new();
    connector.set_nodelay(true);
    Client::builder(TokioExecutor::new()).build(connector)
}

async fn call(client: &Http, case: &Case) -> ResponseSummary {
    let body = serde_json::to_vec(&Request::new(case)).expect("a body");
    let request = hyper::Request::post(format!("{}/paas/v4/rerank", case.base_url))
        .header(AUTHORIZATION, format!("Bearer {KEY}"))
        .header(CONTENT_TYPE, "application/json")
        .body(Full::from(body))
        .expect("a request");
    let response = client.request(request).await.expect("an exchange");
    assert!(response.status().is_success());
    let body = response
        .into_body()
        .collect()
        .await
        .expect("a body")
        .to_bytes();
    let response: Response = serde_json::from_slice(&body).expect("a response");
    response.summary()
}
