//! Fairness between callers: small requests go first, each address has a share, and the cost of a
//! request is limited.

use std::io::{Read, Write};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::Duration;

use bigmodel_rerank_engine::{
    Cancellation, Description, Lexical, ScoreError, Scored, Scorer, ScorerKind,
};
use bigmodel_rerank_server::Settings;
use serde_json::json;

use crate::support::{RERANK, Response, Running, request, rerank_request};

const BODY: &[u8] = br#"{"query":"a","documents":["a"]}"#;

/// A scorer that records the queries in order. A query that is a number waits until more than that
/// number have been released.
#[derive(Clone, Default)]
struct Recorder(Arc<(Mutex<Recorded>, Condvar)>);

#[derive(Default)]
struct Recorded {
    queries: Vec<String>,
    released: usize,
}

impl Recorder {
    fn release(&self, count: usize) {
        self.0.0.lock().unwrap().released = count;
        self.0.1.notify_all();
    }

    fn queries(&self) -> Vec<String> {
        self.0.0.lock().unwrap().queries.clone()
    }
}

impl Scorer for Recorder {
    fn score(
        &self,
        query: &str,
        documents: &[&str],
        _: &Cancellation,
    ) -> Result<Scored, ScoreError> {
        let (recorded, changed) = &*self.0;
        let mut recorded = recorded.lock().unwrap();
        match query.parse::<usize>() {
            Ok(number) => {
                while recorded.released <= number {
                    recorded = changed.wait(recorded).unwrap();
                }
            }
            Err(_) => recorded.queries.push(query.to_owned()),
        }
        drop(recorded);
        Ok(Lexical.score(query, documents))
    }

    fn description(&self) -> Description {
        Description::new("recorder", ScorerKind::Lexical)
    }
}

#[test]
fn a_small_request_is_scored_before_a_large_one_that_arrived_earlier() {
    let scorer = Recorder::default();
    let server = Running::over(scorer.clone(), Settings::default());
    let cores = thread::available_parallelism().unwrap().get();
    let call = |query: &str, document: &str| {
        let body = json!({"query": query, "documents": vec![document; 100]});
        server.rerank(&body).status
    };
    thread::scope(|scope| {
        for core in 0..cores {
            let query = core.to_string();
            scope.spawn(move || call(&query, "a"));
        }
        let in_flight = "rerank_requests_in_flight";
        server.wait_for(in_flight, cores as u64);
        let document = "x".repeat(4096);
        scope.spawn(move || call("large", &document));
        server.wait_for(in_flight, cores as u64 + 1);
        scope.spawn(move || call("small", "a"));
        server.wait_for(in_flight, cores as u64 + 2);
        // Frees one core, for which both wait.
        scorer.release(1);
        server.wait_for(in_flight, cores as u64 - 1);
        scorer.release(cores);
    });
    assert_eq!(scorer.queries(), ["small", "large"]);
}

#[test]
fn texts_that_are_too_long_after_normalization_are_refused() {
    let server = Running::start(Settings::default());
    // Each of these characters becomes 18, and valid texts have at most 4096.
    let text = "\u{fdfa}".repeat(4096);
    let body =
        |count: usize| json!({"query": "a", "documents": vec![&text; count], "request_id": "mine"});
    let reply = server.rerank(&body(128));
    assert_eq!(reply.json()["request_id"], "mine");
    let (status, code, message) = reply.failure();
    assert_eq!((status, code.as_str()), (400, "1261"));
    assert_eq!(
        message,
        "the texts have 9437185 characters after Unicode normalization (NFKD), at most 2097152: \
         send fewer documents per request, or shorter ones"
    );
    assert_eq!(server.metric(r#"rerank_refusals_total{reason="work"}"#), 1);
    assert_eq!(server.rerank(&body(16)).status, 200);
    // Ordinary texts of the maximum length are far below the limit, in Korean and Vietnamese too.
    for character in ["a", "茶", "각", "ế"] {
        let text = character.repeat(4096);
        let body = json!({"query": text, "documents": vec![&text; 128]});
        assert_eq!(server.rerank(&body).status, 200, "{character}");
    }
}

#[test]
fn callers_from_one_address_leave_room_for_large_requests_of_others() {
    let server = Running::start(Settings {
        max_held: 4 << 20,
        wait_timeout: Duration::ZERO,
        ..Settings::default()
    });
    let body = json!({"query": "a", "documents": vec!["x".repeat(4096); 100]}).to_string();
    let call = rerank_request(body.as_bytes());
    let half = &call[..call.len() - 100];
    // Seven of them fit into the share of an address, three quarters of the memory.
    let halves = [(); 8].map(|()| {
        let mut stream = server.connect();
        stream.write_all(half).unwrap();
        stream
    });
    server.wait_for(r#"rerank_refusals_total{reason="address_held"}"#, 1);
    assert_eq!(server.send(&call).failure().0, 429);
    let mut other = server.connect_from([127, 0, 0, 2]);
    other.write_all(&call).unwrap();
    assert_eq!(Response::read(&mut other).unwrap().status, 200);
    assert_eq!(server.rerank_bytes(BODY).status, 200);
    drop(halves);
}

#[test]
fn idle_connections_make_room_for_new_ones() {
    let server = Running::start(Settings {
        max_connections: 8,
        ..Settings::default()
    });
    let mut idle: Vec<_> = (0..40).map(|_| server.connect()).collect();
    assert_eq!(server.get("/healthz").status, 200);
    assert_eq!(server.rerank_bytes(BODY).status, 200);
    let closed = r#"rerank_refusals_total{reason="idle"}"#;
    assert!(server.metric(closed) >= 32);
    // The newest idle connection is still open.
    let last = idle.last_mut().unwrap();
    last.write_all(&rerank_request(BODY)).unwrap();
    assert_eq!(Response::read(last).unwrap().status, 200);
}

#[test]
fn if_every_connection_is_busy_health_checks_work_and_other_addresses_are_served() {
    let server = Running::start(Settings {
        max_connections: 8,
        ..Settings::default()
    });
    let call = rerank_request(BODY);
    // The share of an address is three quarters of eight.
    let mut busy: Vec<_> = (0..6).map(|_| server.connect()).collect();
    for stream in &mut busy {
        let headers = [
            ("Content-Type", "application/json"),
            ("Expect", "100-continue"),
        ];
        let call = request("POST", RERANK, &headers, BODY);
        stream.write_all(&call[..call.len() - BODY.len()]).unwrap();
        // The server waits for the body.
        let mut interim = [0; 25];
        stream.read_exact(&mut interim).unwrap();
        assert_eq!(&interim, b"HTTP/1.1 100 Continue\r\n\r\n");
    }
    let refused = server.rerank_bytes(BODY);
    let (status, code, message) = refused.failure();
    assert_eq!((status, code.as_str()), (429, "1302"));
    assert_eq!(
        message,
        "too many connections from your address; retry later"
    );
    assert_eq!(refused.header("connection"), Some("close"));
    assert_eq!(server.get("/healthz").status, 200);
    let mut other = server.connect_from([127, 0, 0, 2]);
    other.write_all(&call).unwrap();
    assert_eq!(Response::read(&mut other).unwrap().status, 200);
    // The busy connections continue.
    let first = &mut busy[0];
    first.write_all(BODY).unwrap();
    assert_eq!(Response::read(first).unwrap().status, 200);
}
