//! Scoring that nobody waits for any more is cancelled, and scorers may fail.

use std::io::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use bigmodel_rerank_engine::{Cancellation, Description, ScoreError, Scored, Scorer, ScorerKind};
use bigmodel_rerank_server::Settings;
use serde_json::json;

use crate::support::Running;

/// A scorer that goes on until it is cancelled.
#[derive(Clone, Default)]
struct Endless {
    begun: Arc<AtomicUsize>,
    cancelled: Arc<AtomicUsize>,
}

impl Scorer for Endless {
    fn score(
        &self,
        _: &str,
        _: &[&str],
        cancellation: &Cancellation,
    ) -> Result<Scored, ScoreError> {
        self.begun.fetch_add(1, Ordering::SeqCst);
        while !cancellation.is_cancelled() {
            thread::sleep(Duration::from_millis(1));
        }
        self.cancelled.fetch_add(1, Ordering::SeqCst);
        Err(ScoreError::Cancelled)
    }

    fn description(&self) -> Description {
        Description::new("endless", ScorerKind::CrossEncoder)
    }
}

fn wait_for(counter: &AtomicUsize, count: usize) {
    while counter.load(Ordering::SeqCst) < count {
        thread::sleep(Duration::from_millis(1));
    }
}

#[test]
fn a_caller_that_disconnects_stops_the_scorer() {
    let scorer = Endless::default();
    let server = Running::over(scorer.clone(), Settings::default());
    let body = json!({"query": "a", "documents": ["a"]}).to_string();
    let mut connection = server.connect();
    let request = format!(
        "POST /api/paas/v4/rerank HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\n\r\n{body}",
        body.len()
    );
    connection.write_all(request.as_bytes()).unwrap();
    wait_for(&scorer.begun, 1);
    assert_eq!(scorer.cancelled.load(Ordering::SeqCst), 0);
    drop(connection);
    wait_for(&scorer.cancelled, 1);
}

#[test]
fn a_timeout_stops_the_scorer() {
    let scorer = Endless::default();
    let settings = Settings {
        work_timeout: Duration::from_millis(200),
        ..Settings::default()
    };
    let server = Running::over(scorer.clone(), settings);
    let body = json!({"query": "a", "documents": ["a"]});
    assert_eq!(server.rerank(&body).status, 503);
    wait_for(&scorer.cancelled, 1);
}

/// A scorer that fails.
struct Failing;

impl Scorer for Failing {
    fn score(&self, _: &str, _: &[&str], _: &Cancellation) -> Result<Scored, ScoreError> {
        Err(ScoreError::Failed("the model is damaged".to_owned()))
    }

    fn description(&self) -> Description {
        Description::new("failing", ScorerKind::Embedding)
    }
}

#[test]
fn a_scorer_that_fails_is_a_500_with_the_id_of_the_request() {
    let server = Running::over(Failing, Settings::default());
    let body = json!({"query": "a", "documents": ["a"], "request_id": "of-the-caller"});
    let response = server.rerank(&body);
    let value = response.json();
    assert_eq!(response.status, 500);
    assert_eq!(value["error"]["code"], "1230");
    assert_eq!(value["request_id"], "of-the-caller");
    assert!(!response.text().contains("damaged"));
}

#[test]
fn the_page_and_the_metrics_say_what_ranks() {
    let server = Running::over(Failing, Settings::default());
    let metrics = server.get("/metrics").text().to_owned();
    let line = "rerank_scorer_info{name=\"failing\",kind=\"embedding\"} 1";
    assert!(metrics.contains(line), "{metrics}");
    let script = server.get("/page.js").text().to_owned();
    let line = r#"const SCORER = {"name":"failing","kind":"embedding"};"#;
    assert!(script.contains(line), "{script}");
}
