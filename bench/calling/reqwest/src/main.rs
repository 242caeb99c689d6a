//! reqwest and serde, hand-written for just this call.

#[path = "../../types.rs"]
mod types;

use calling_driver::{Case, KEY, ResponseSummary, run};
use reqwest::Client;
use types::{Request, Response};

fn main() {
    run(make, call);
}

fn make(_: &Case) -> Client {
    let provider = rustls::crypto::ring::default_provider();
    provider.install_default().expect("the first provider");
    Client::builder().no_proxy().build().expect("a client")
}

async fn call(client: &Client, case: &Case) -> ResponseSummary {
    let request = client
        .post(format!("{}/paas/v4/rerank", case.base_url))
        .bearer_auth(KEY)
        .json(&Request::new(case));
    let response = request.send().await.expect("an exchange");
    let response = response.error_for_status().expect("200");
    let response: Response = response.json().await.expect("a response");
    response.summary()
}
