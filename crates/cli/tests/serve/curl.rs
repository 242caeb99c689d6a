//! The two documented calls, made verbatim with curl except for the host.

use std::process::Command;

use serde_json::Value;

use crate::program::Served;

const SERVICE: &str = "https://open.bigmodel.cn";

/// Without a model, and with a bare key in the header.
const CONSOLE_PAGE: &str = r#"curl --location --request POST 'https://open.bigmodel.cn/api/paas/v4/rerank' \
--header 'Authorization: Your_apikey' \
--header 'User-Agent: Apifox/1.0.0 (https://apifox.com)' \
--header 'Content-Type: application/json' \
--data-raw '{
    "request_id": "1111111111",
    "query": "What is the capital of the United States?",
    "top_n": 3,
    "documents": [
        "Carson City is the capital city of the American state of Nevada.",
        "Washington, D.C. (also known as simply Washington or D.C., and officially as the District of Columbia) is the capital of the United States. It is a federal district."
    ],
    "return_documents": true,
    "return_raw_scores": true
}'"#;

/// The request example of the documentation page, with a `Bearer` key.
const DOCUMENTATION_PAGE: &str = r#"curl --request POST \
--url https://open.bigmodel.cn/api/paas/v4/rerank \
--header 'Authorization: Bearer Your_apikey' \
--header 'Content-Type: application/json' \
--data '{
    "model": "rerank",
    "query": "查询候选文本A",
    "top_n": 4,
    "documents": [
        "需要打分的候选文本A",
        "需要打分的候选文本B"
    ]
}'"#;

/// What the shell prints when it runs this call against the server.
fn run(server: &Served, call: &str) -> Value {
    let here = call.replace(SERVICE, &format!("http://{}", server.address));
    assert_ne!(here, call);
    // The call must not go through a proxy.
    let script = format!("{here} --silent --show-error --noproxy '*'");
    let done = Command::new("sh").args(["-c", &script]).output().unwrap();
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "these calls need curl: {said}");
    serde_json::from_slice(&done.stdout).unwrap()
}

fn servers() -> [Served; 2] {
    let keys = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(keys.path(), "Your_apikey\n").unwrap();
    let file = keys.path().to_str().unwrap();
    [Served::start(&[]), Served::start(&["--api-keys", file])]
}

#[test]
fn the_call_of_the_console_page_succeeds() {
    for server in servers() {
        let answer = run(&server, CONSOLE_PAGE);
        assert_eq!(answer["request_id"], "1111111111");
        let results = answer["results"].as_array().unwrap();
        assert_eq!(results.len(), 2);
        assert_eq!(results[0]["index"], 1);
        let text = results[0]["document"].as_str().unwrap();
        assert!(text.starts_with("Washington, D.C."), "{text}");
        assert_eq!(answer["usage"]["prompt_tokens"], 71);
    }
}

#[test]
fn the_call_of_the_documentation_page_succeeds() {
    for server in servers() {
        let answer = run(&server, DOCUMENTATION_PAGE);
        let results = answer["results"].as_array().unwrap();
        assert_eq!(results.len(), 2);
        assert_eq!(results[0]["index"], 0);
        assert!(results[0].get("document").is_none());
    }
}
