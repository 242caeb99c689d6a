//! Calls that end early, and calls that continue where an earlier one ended.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, Mutex};

use bigmodel_rerank::api::types::RerankRequest;
use bigmodel_rerank::testing::ScoreFn;
use bigmodel_rerank::{
    Backend, BackendResponse, BoxFuture, CancellationToken, Error, ErrorKind, Limits, Reranker,
    RerankerBuilder, ResponseCache,
};

/// Counts requests, and fails from the request with the index `fails_from` on.
#[derive(Clone, Default)]
struct Counting {
    asked: Arc<AtomicUsize>,
    fails_from: usize,
}

impl Backend for Counting {
    fn rerank<'a>(&'a self, request: &'a RerankRequest) -> BoxFuture<'a> {
        if self.asked.fetch_add(1, SeqCst) >= self.fails_from {
            return Box::pin(async { Err(Error::from_response(429, Some("1113"), "no balance")) });
        }
        let service = ScoreFn::new(|_, document| document.parse().unwrap_or_default());
        Box::pin(async move { service.rerank(request).await })
    }
}

/// Keeps responses by their request without its id.
#[derive(Clone, Default)]
struct Memory(Arc<Mutex<HashMap<String, BackendResponse>>>);

fn name(request: &RerankRequest) -> String {
    let mut request = request.clone();
    request.request_id = None;
    format!("{request:?}")
}

impl ResponseCache for Memory {
    fn get(&self, request: &RerankRequest) -> Option<BackendResponse> {
        self.0.lock().unwrap().get(&name(request)).cloned()
    }

    fn put(&self, request: &RerankRequest, response: &BackendResponse) {
        let mut kept = self.0.lock().unwrap();
        kept.insert(name(request), response.clone());
    }
}

fn counting(fails_from: usize) -> (Counting, RerankerBuilder) {
    let backend = Counting {
        fails_from,
        ..Counting::default()
    };
    let builder = Reranker::builder()
        .backend(backend.clone())
        .limits(Limits::new(10, 10_000))
        .concurrency(1);
    (backend, builder)
}

fn documents() -> Vec<String> {
    (0..95).map(|number| number.to_string()).collect()
}

#[tokio::test]
async fn requests_with_a_kept_response_are_not_sent_again() {
    let documents = documents();
    let memory = Memory::default();

    let (first, builder) = counting(4);
    let client = builder.response_cache(memory.clone()).build().unwrap();
    let failed = client.rerank("q", &documents).await.unwrap_err();
    assert_eq!(failed.kind(), ErrorKind::Quota);
    assert_eq!(first.asked.load(SeqCst), 5);

    let (second, builder) = counting(usize::MAX);
    let client = builder.response_cache(memory.clone()).build().unwrap();
    let resumed = client.rerank("q", &documents).await.unwrap();
    assert_eq!(second.asked.load(SeqCst), 6);

    let (_, builder) = counting(usize::MAX);
    let whole = builder.build().unwrap().rerank("q", &documents).await;
    let whole = whole.unwrap();
    assert_eq!(resumed.hits, whole.hits);
    assert_eq!(resumed.usage, whole.usage);

    // Another query is another request.
    client.rerank("other", &documents).await.unwrap();
    assert_eq!(second.asked.load(SeqCst), 16);
}

#[tokio::test]
async fn a_kept_response_that_does_not_fit_is_requested_again() {
    let memory = Memory::default();
    let (backend, builder) = counting(usize::MAX);
    let client = builder.response_cache(memory.clone()).build().unwrap();
    client.rerank("q", &["1", "2"]).await.unwrap();
    for response in memory.0.lock().unwrap().values_mut() {
        response.results.pop();
    }
    client.rerank("q", &["1", "2"]).await.unwrap();
    client.rerank("q", &["1", "2"]).await.unwrap();
    assert_eq!(backend.asked.load(SeqCst), 2);
}

#[tokio::test]
async fn a_cancelled_call_sends_nothing_more_and_has_the_scores_so_far() {
    let (documents, stop) = (documents(), CancellationToken::new());
    let (backend, builder) = counting(usize::MAX);
    let client = builder.build().unwrap();
    let stopping = stop.clone();
    let call = client.rerank("q", &documents).cancel_on(stop.clone());
    let call = call.on_progress(move |progress| {
        if progress.requests == 3 {
            stopping.cancel();
        }
    });
    let error = call.await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Cancelled);
    let partial = error.partial().unwrap();
    let asked = backend.asked.load(SeqCst);
    assert_eq!(
        partial.scores.len(),
        asked * 10,
        "requests in flight are awaited"
    );
    assert!((3..=4).contains(&asked), "{asked}");
}

#[tokio::test]
async fn a_call_that_is_cancelled_after_its_last_request_is_complete() {
    let stop = CancellationToken::new();
    let (_, builder) = counting(usize::MAX);
    let client = builder.build().unwrap();
    let stopping = stop.clone();
    let call = client.rerank("q", &["1", "2"]).cancel_on(stop.clone());
    let call = call.on_progress(move |_| stopping.cancel());
    assert_eq!(call.await.unwrap().hits.len(), 2);
    let again = client
        .rerank("q", &["1"])
        .cancel_on(stop.clone())
        .await
        .unwrap_err();
    assert_eq!(again.kind(), ErrorKind::Cancelled);
    assert!(again.partial().is_none());
}

#[tokio::test]
async fn a_cancelled_call_does_not_wait_for_a_retry() {
    let asked = Arc::new(AtomicUsize::new(0));
    let backend = Busy(Arc::clone(&asked));
    let client = Reranker::builder().backend(backend).build().unwrap();
    let stop = CancellationToken::new();
    let stopping = stop.clone();
    let called = async { client.rerank("q", &["1"]).cancel_on(stop.clone()).await };
    let stopped = async {
        while asked.load(SeqCst) == 0 {
            tokio::task::yield_now().await;
        }
        stopping.cancel();
    };
    let (called, ()) = tokio::join!(called, stopped);
    assert_eq!(called.unwrap_err().kind(), ErrorKind::Cancelled);
    assert_eq!(asked.load(SeqCst), 1, "the request was retried");
}

/// Asks for a retry in a minute.
struct Busy(Arc<AtomicUsize>);

impl Backend for Busy {
    fn rerank<'a>(&'a self, _: &'a RerankRequest) -> BoxFuture<'a> {
        self.0.fetch_add(1, SeqCst);
        let busy = Error::from_response(429, Some("1302"), "busy");
        let minute = std::time::Duration::from_secs(60);
        Box::pin(async move { Err(busy.with_retry_after(minute)) })
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_call_that_is_cancelled_at_any_moment_is_complete_or_an_error() {
    let documents = documents();
    for moment in 0..400 {
        let (_, builder) = counting(usize::MAX);
        let client = builder.build().unwrap();
        let stop = CancellationToken::new();
        let stopping = stop.clone();
        let stopper = tokio::spawn(async move {
            for _ in 0..moment {
                std::hint::spin_loop();
            }
            stopping.cancel();
        });
        match client.rerank("q", &documents).cancel_on(stop.clone()).await {
            Ok(ranking) => assert_eq!(ranking.hits.len(), documents.len()),
            Err(error) => assert_eq!(error.kind(), ErrorKind::Cancelled),
        }
        stopper.await.unwrap();
    }
}
