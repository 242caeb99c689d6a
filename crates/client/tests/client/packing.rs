//! Many documents and long documents: however they are split, the ranking is that of one request.

use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, Mutex};

use bigmodel_rerank::api::types::RerankRequest;
use bigmodel_rerank::testing::ScoreFn;
use bigmodel_rerank::{
    Backend, BoxFuture, Error, ErrorKind, Limits, LongDocuments, Reranker, Retry, Scale,
};
use futures_util::StreamExt as _;
use proptest::prelude::*;

/// Returns the value of a document, which is a number.
fn number(document: &str) -> f32 {
    document.parse().unwrap_or(-1.0)
}

fn client() -> Reranker {
    let backend = ScoreFn::new(|_, document| number(document));
    Reranker::builder().backend(backend).build().unwrap()
}

fn wait<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(future)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_merged_ranking_is_that_of_one_request_and_has_each_document_once(
        numbers in prop::collection::vec(0_u16..50, 0..128),
        most in 1_usize..40,
        characters in 1_usize..60,
        concurrency in 1_usize..6,
        top_n in 0_usize..140,
    ) {
        let documents: Vec<_> = numbers.iter().map(u16::to_string).collect();
        let client = client();
        let call = || client.rerank("q", &documents).raw_scores().top_n(top_n);
        let whole = wait(call().into_future()).unwrap();
        let split = call().limits(Limits::new(most, characters)).concurrency(concurrency);
        let split = wait(split.into_future()).unwrap();
        prop_assert_eq!(&split.hits, &whole.hits);
        prop_assert_eq!(split.scale, Scale::Raw);

        let wanted = if top_n == 0 { documents.len() } else { documents.len().min(top_n) };
        let mut indices: Vec<_> = split.hits.iter().map(|hit| hit.index).collect();
        indices.sort_unstable();
        indices.dedup();
        prop_assert_eq!(indices.len(), wanted);
        for hit in &split {
            prop_assert_eq!(hit.item, &documents[hit.index]);
            prop_assert_eq!(hit.score, number(hit.item));
        }
    }
}

#[test]
fn usage_is_summed_and_every_request_has_an_id_of_its_own() {
    let documents = vec!["1"; 300];
    let client = client();
    let ranking = wait(client.rerank("query", &documents).into_future()).unwrap();
    assert_eq!(ranking.usage.unwrap().total_tokens, 600);
    assert_eq!(ranking.request_ids.len(), 3);
    let mut ids = wait(
        client
            .rerank("q", &documents)
            .request_id("mine")
            .into_future(),
    )
    .unwrap()
    .request_ids;
    ids.sort();
    assert_eq!(ids, ["mine-1", "mine-2", "mine-3"]);
    let one = wait(
        client
            .rerank("q", &documents[..9])
            .request_id("mine")
            .into_future(),
    )
    .unwrap();
    assert_eq!(one.request_ids, ["mine"]);
}

#[test]
fn progress_is_reported_after_each_response() {
    let documents = vec!["1"; 300];
    let told = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&told);
    let client = client();
    let call = client.rerank("q", &documents).concurrency(1);
    let call = call.on_progress(move |progress| seen.lock().unwrap().push(progress));
    wait(call.into_future()).unwrap();
    let told = told.lock().unwrap();
    let counts: Vec<_> = told
        .iter()
        .map(|one| (one.requests, one.texts, one.tokens))
        .collect();
    assert_eq!(
        counts,
        [
            (1, 128, Some(256)),
            (2, 256, Some(512)),
            (3, 300, Some(600))
        ]
    );
}

#[test]
fn batches_are_merged_on_raw_scores_by_default() {
    let documents = vec!["3"; 200];
    let client = client();
    let scale = |call: bigmodel_rerank::Rerank<'_, &str>| wait(call.into_future()).unwrap().scale;
    assert_eq!(scale(client.rerank("q", &documents)), Scale::Raw);
    assert_eq!(
        scale(client.rerank("q", &documents).merge_on(Scale::Normalized)),
        Scale::Normalized
    );
    assert_eq!(
        scale(client.rerank("q", &documents[..100])),
        Scale::Normalized
    );
    assert_eq!(
        scale(client.rerank("q", &documents[..100]).raw_scores()),
        Scale::Raw
    );
}

#[test]
fn no_documents_give_an_empty_ranking() {
    let none: [&str; 0] = [];
    let backend = ScoreFn::new(|_, _| panic!("nothing may be sent"));
    let client = Reranker::builder().backend(backend).build().unwrap();
    let ranking = wait(client.rerank("q", &none).into_future()).unwrap();
    assert!(ranking.hits.is_empty() && ranking.request_ids.is_empty());
}

#[test]
fn long_documents_are_rejected_with_index_and_length() {
    let documents = ["1".to_owned(), "長".repeat(4097), "x".repeat(5000)];
    let client = client();
    let error = wait(client.rerank("q", &documents).into_future()).unwrap_err();
    assert_eq!(
        (error.kind(), error.attempts()),
        (ErrorKind::InvalidRequest, 0)
    );
    let said = error.to_string();
    assert!(
        said.contains("documents[1]: 4097 characters, at most 4096; documents[2]: 5000"),
        "{said}"
    );
}

#[test]
fn long_documents_are_truncated_or_ranked_by_their_best_window() {
    // The number is at the end of the second document.
    let far = format!("{}{}", " ".repeat(4096), 7);
    let documents = ["5", &far];
    let backend = ScoreFn::new(|_, document| number(document.trim()));
    let client = Reranker::builder().backend(backend).build().unwrap();
    let call = |how| {
        wait(
            client
                .rerank("q", &documents)
                .raw_scores()
                .long_documents(how)
                .into_future(),
        )
        .unwrap()
    };
    let order = |how| {
        call(how)
            .hits
            .iter()
            .map(|hit| (hit.index, hit.score))
            .collect::<Vec<_>>()
    };
    assert_eq!(order(LongDocuments::Truncate), [(0, 5.0), (1, -1.0)]);
    assert_eq!(
        order(LongDocuments::Split { overlap: 500 }),
        [(1, 7.0), (0, 5.0)]
    );
    let split = LongDocuments::Split { overlap: 500 };
    let best = wait(
        client
            .rerank("q", &documents)
            .top_n(1)
            .long_documents(split)
            .into_future(),
    )
    .unwrap();
    assert_eq!((best.hits.len(), best.hits[0].index), (1, 1));
}

#[test]
fn a_query_over_its_limit_is_rejected_before_anything_is_sent() {
    let query = "q".repeat(4097);
    let client = client();
    let error = wait(client.rerank(&query, &["1"]).into_future()).unwrap_err();
    assert_eq!(
        (error.kind(), error.attempts()),
        (ErrorKind::InvalidRequest, 0)
    );
    assert!(
        error
            .to_string()
            .contains("query: 4097 characters, at most 4096"),
        "{error}"
    );
}

/// Fails permanently from a certain request on.
struct Failing {
    calls: Arc<AtomicUsize>,
    from: usize,
}

impl Backend for Failing {
    fn rerank<'a>(&'a self, request: &'a RerankRequest) -> BoxFuture<'a> {
        Box::pin(async move {
            if self.calls.fetch_add(1, SeqCst) < self.from {
                let sound = ScoreFn::new(|_, document| number(document));
                sound.rerank(request).await
            } else {
                Err(Error::from_response(429, Some("1113"), "out of balance"))
            }
        })
    }
}

#[test]
fn a_batch_that_fails_permanently_fails_the_call_with_the_scores_so_far() {
    let calls = Arc::new(AtomicUsize::new(0));
    let backend = Failing {
        calls: Arc::clone(&calls),
        from: 2,
    };
    let client = Reranker::builder()
        .backend(backend)
        .concurrency(1)
        .build()
        .unwrap();
    let documents: Vec<_> = (0..1000).map(|number| number.to_string()).collect();
    let error = wait(client.rerank("q", &documents).into_future()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Quota);
    let partial = error.partial().unwrap();
    assert_eq!((partial.scores.len(), partial.documents), (256, 1000));
    assert_eq!(partial.scores[255], (255, 255.0));
    assert_eq!(partial.usage.unwrap().total_tokens, 512);
    assert!(
        error
            .to_string()
            .ends_with("256 of 1000 documents were scored before that, for 512 tokens"),
        "{error}"
    );
    assert_eq!(
        calls.load(SeqCst),
        3,
        "nothing is sent after a failure for good"
    );
}

#[test]
fn a_failure_of_the_first_batch_has_no_partial_result() {
    let backend = Failing {
        calls: Arc::default(),
        from: 0,
    };
    let client = Reranker::builder()
        .backend(backend)
        .retry(Retry::never())
        .build()
        .unwrap();
    let error = wait(client.rerank("q", &["1"; 500]).into_future()).unwrap_err();
    assert!(error.partial().is_none());
}

#[test]
fn batches_come_as_their_responses_arrive() {
    let documents: Vec<_> = (0..300).map(|number| number.to_string()).collect();
    let client = client();
    let parts: Vec<_> = wait(client.rerank("q", &documents).batches().collect());
    let mut seen: Vec<_> = parts
        .iter()
        .flat_map(|part| part.as_ref().unwrap().hits.iter().map(|hit| hit.index))
        .collect();
    seen.sort_unstable();
    assert_eq!((parts.len(), seen), (3, (0..300).collect()));
    let long = ["x".repeat(5000)];
    let refused: Vec<_> = wait(client.rerank("q", &long).batches().collect());
    assert!(refused.len() == 1 && refused[0].is_err());
}

#[test]
fn a_hundred_thousand_documents_are_ranked() {
    let documents: Vec<_> = (0..100_000_u32).map(|number| number.to_string()).collect();
    let client = client();
    let ranking = wait(client.rerank("q", &documents).top_n(3).into_future()).unwrap();
    let best: Vec<_> = ranking.hits.iter().map(|hit| hit.item.as_str()).collect();
    assert_eq!(best, ["99999", "99998", "99997"]);
    assert_eq!(ranking.request_ids.len(), 782);
}

#[test]
fn texts_are_read_as_they_are_sent_and_not_before() {
    let (taken, sent) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let (concurrency, documents) = (3, 20);
    let items: Vec<_> = (0..2000).collect();
    let backend = Ahead {
        taken: Arc::clone(&taken),
        sent: Arc::clone(&sent),
        // Each text is read once before anything is sent, to check the call.
        before: items.len(),
        // The batches in flight, the next batch, and the first document after it.
        most: (concurrency + 1) * documents + 1,
    };
    let client = Reranker::builder().backend(backend).build().unwrap();
    let text = |item: &u32| {
        taken.fetch_add(1, SeqCst);
        item.to_string()
    };
    let call = client
        .rerank_by("q", &items, text)
        .limits(Limits::new(documents, 10_000))
        .concurrency(concurrency);
    let ranking = wait(call.into_future()).unwrap();
    assert_eq!((ranking.hits.len(), sent.load(SeqCst)), (2000, 2000));
}

/// Checks that no texts are read beyond those that are about to be sent.
struct Ahead {
    taken: Arc<AtomicUsize>,
    sent: Arc<AtomicUsize>,
    before: usize,
    most: usize,
}

impl Backend for Ahead {
    fn rerank<'a>(&'a self, request: &'a RerankRequest) -> BoxFuture<'a> {
        Box::pin(async move {
            tokio::task::yield_now().await;
            let ahead = self.taken.load(SeqCst) - self.before - self.sent.load(SeqCst);
            assert!(ahead <= self.most, "{ahead} texts, at most {}", self.most);
            self.sent.fetch_add(request.documents.len(), SeqCst);
            let service = ScoreFn::new(|_, document| number(document));
            service.rerank(request).await
        })
    }
}
