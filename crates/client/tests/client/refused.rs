//! Documents that the service refuses.

use std::sync::atomic::Ordering::SeqCst;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bigmodel_rerank::{
    CancellationToken, ErrorKind, Limits, LongDocuments, RefusedDocuments, Reranker, Scale,
};
use futures_util::StreamExt as _;
use proptest::prelude::*;

use crate::content_filter::{ContentFilter, Refusal};
use crate::refusing_backends::{AtMost, Cancelling, Refusing, Slow};

fn wait<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(future)
}

fn numbers(count: usize) -> Vec<String> {
    (0..count).map(|number| number.to_string()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn the_ranking_is_that_of_the_rest_in_few_requests(
        count in 1_usize..300,
        refused in prop::collection::btree_set(0_usize..300, 0..7),
        documents in 1_usize..129,
        concurrency in 1_usize..5,
        top_n in 0_usize..40,
        names in any::<bool>(),
        raw in any::<bool>(),
    ) {
        let texts = numbers(count);
        let refused: Vec<_> = refused.into_iter().filter(|index| *index < count).collect();
        let backend = Refusing { names, ..Refusing::new(&refused) };
        let client = backend.client();
        let call = client.rerank("q", &texts)
            .limits(Limits::new(documents, 100_000))
            .concurrency(concurrency)
            .top_n(top_n);
        let call = if raw { call.raw_scores() } else { call };
        let batches = call.estimate().requests;
        let ranking = wait(call.clone().into_future()).unwrap();

        // The other documents alone, of which none is refused.
        let rest: Vec<_> = texts.iter().filter(|text| !backend.refused.contains(*text)).collect();
        let others = Refusing::default();
        let alone = others.client();
        let alone = alone.rerank("q", &rest).top_n(top_n).scale(ranking.scale);
        let expected = wait(alone.into_future()).unwrap();
        let found: Vec<_> = ranking.iter().map(|hit| (hit.item, hit.score)).collect();
        let wanted: Vec<_> = expected.iter().map(|hit| (*hit.item, hit.score)).collect();
        prop_assert_eq!(found, wanted);

        let listed: Vec<_> = ranking.refused.iter().map(|one| one.index).collect();
        prop_assert_eq!(&listed, &refused);
        for one in &ranking.refused {
            prop_assert_eq!(one.item, &texts[one.index]);
            prop_assert_eq!(one.code.as_deref(), Some(if names { "1214" } else { "1301" }));
        }

        let log = documents.min(count).next_power_of_two().ilog2() as usize;
        // One request to check the query, and one for the rest on normalized scores.
        let bound = batches + refused.len() * (2 * log + 2) + 2;
        prop_assert!(backend.requests() <= bound, "{} > {bound}", backend.requests());
        prop_assert_eq!(ranking.request_ids.len(), backend.requests());
        prop_assert!(backend.most.load(SeqCst) <= concurrency);
        let charged: usize = backend.sent.lock().unwrap().iter()
            .filter(|sent| !sent.iter().any(|text| backend.refused.contains(text)))
            .map(Vec::len)
            .sum();
        prop_assert_eq!(ranking.usage.unwrap().total_tokens, charged as i64);
    }
}

#[tokio::test]
async fn refused_documents_are_isolated_over_http_and_the_rest_is_ranked() {
    let documents: Vec<_> = (0..200)
        .map(|number| match number {
            17 | 140 => format!("{number} forbidden"),
            _ => "x".repeat(number + 1),
        })
        .collect();
    for (refusal, code, most) in [(Refusal::Content, "1301", 26), (Refusal::Named, "1214", 7)] {
        let server = ContentFilter::start("forbidden", refusal);
        let client = Reranker::builder().base_url(&server.url).build().unwrap();
        let call = client.rerank("q", &documents).raw_scores().top_n(3);
        let ranking = call
            .refused_documents(RefusedDocuments::Skip)
            .await
            .unwrap();
        let best: Vec<_> = ranking.iter().map(|hit| hit.index).collect();
        assert_eq!(best, [199, 198, 197]);
        let refused: Vec<_> = ranking.refused.iter().map(|one| one.index).collect();
        assert_eq!(refused, [17, 140]);
        for one in &ranking.refused {
            assert_eq!(one.code.as_deref(), Some(code));
            assert_eq!(one.item, &documents[one.index]);
            assert!(one.message.contains("content"), "{}", one.message);
        }
        // The request that checks the query, with a harmless document, is charged too.
        let tokens = ranking.usage.unwrap().total_tokens;
        assert!((198..=199).contains(&tokens), "{tokens}");
        let requests = server.requests();
        assert!(requests.len() <= most, "{} requests", requests.len());
        assert_eq!(ranking.request_ids.len(), requests.len());
        let mut ids: Vec<_> = requests
            .iter()
            .map(|one| one["request_id"].clone())
            .collect();
        ids.sort_by_key(ToString::to_string);
        ids.dedup();
        assert_eq!(ids.len(), requests.len(), "an id was used twice");
    }
}

#[tokio::test]
async fn a_refusal_fails_the_call_by_default_with_the_callers_indices() {
    let documents: Vec<_> = (0..300)
        .map(|number| match number {
            140 => "forbidden".to_owned(),
            _ => number.to_string(),
        })
        .collect();
    let server = ContentFilter::start("forbidden", Refusal::Named);
    let client = Reranker::builder().base_url(&server.url).concurrency(1);
    let client = client.build().unwrap();
    let error = client.rerank("q", &documents).await.unwrap_err();
    assert!(
        error
            .to_string()
            .contains("documents[140]: invalid content"),
        "{error}"
    );
    assert_eq!(error.document(), Some(140));
    assert_eq!(error.documents(), (128..256).collect::<Vec<_>>());
    assert_eq!(error.partial().unwrap().scores.len(), 128);
    assert!(error.is_refusal_of_documents() && !error.is_transient());
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn a_refused_query_fails_the_call_after_few_requests() {
    let server = ContentFilter::start("forbidden", Refusal::Content);
    let client = Reranker::builder()
        .base_url(&server.url)
        .refused_documents(RefusedDocuments::Skip)
        .build()
        .unwrap();
    let documents = numbers(128);
    let error = client.rerank("forbidden", &documents).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ContentRefused);
    assert!(error.to_string().contains("so the query is why"), "{error}");
    // The batch, its halves down to a single document, and a harmless document.
    assert_eq!(server.requests().len(), 9);
    assert!(error.partial().is_none());
}

#[test]
fn one_refused_window_refuses_its_document() {
    let long = format!("{}{}", "a".repeat(4096), "666");
    let documents = ["7", &long, "5"];
    for documents_of_a_request in [1, 2, 128] {
        let backend = Refusing::new(["666"]);
        let client = backend.client();
        let call = client
            .rerank("q", &documents)
            .raw_scores()
            .long_documents(LongDocuments::Split { overlap: 0 })
            .limits(Limits::new(documents_of_a_request, 100_000));
        let ranking = wait(call.into_future()).unwrap();
        let order: Vec<_> = ranking.iter().map(|hit| hit.index).collect();
        assert_eq!(order, [0, 2]);
        let refused: Vec<_> = ranking.refused.iter().map(|one| one.index).collect();
        assert_eq!(refused, [1]);
    }
}

#[test]
fn batches_have_the_rest_and_the_refused_documents() {
    let texts = numbers(30);
    let backend = Refusing::new([4, 25]);
    let client = backend.client();
    let call = client.rerank("q", &texts).limits(Limits::new(10, 1000));
    let batches: Vec<_> = wait(call.batches().collect());
    let batches: Vec<_> = batches.into_iter().map(Result::unwrap).collect();
    assert_eq!(batches.len(), 3);
    let hits: usize = batches.iter().map(|batch| batch.hits.len()).sum();
    let mut refused: Vec<_> = batches
        .iter()
        .flat_map(|batch| &batch.refused)
        .map(|one| one.index)
        .collect();
    refused.sort_unstable();
    assert_eq!((hits, refused), (28, vec![4, 25]));
}

#[test]
fn progress_counts_each_text_once() {
    let (a, b, c) = ("a".repeat(4096), "b".repeat(4096), "c".repeat(4096));
    // One window of a document is refused, before or after other windows of it were accepted, at
    // different positions in the halves.
    for before in 0..16 {
        let mut texts = numbers(50);
        texts.insert(before, format!("{a}{b}{c}"));
        let backend = Refusing::new([b.as_str(), "40", "41"]);
        let client = backend.client();
        let last = Arc::new(Mutex::new(None));
        let seen = Arc::clone(&last);
        let call = client.rerank("q", &texts);
        let call = call.long_documents(LongDocuments::Split { overlap: 0 });
        let call = call.on_progress(move |progress| *seen.lock().unwrap() = Some(progress));
        let ranking = wait(call.into_future()).unwrap();
        assert_eq!((ranking.hits.len(), ranking.refused.len()), (48, 3));
        let last = last.lock().unwrap().unwrap();
        assert_eq!((last.texts, last.requests), (53, backend.requests()));
        let sent = backend.sent.lock().unwrap();
        let refused = sent.iter().position(|sent| *sent == [b.as_str()]);
        let after = refused.map_or(0, |at| at + 1);
        assert!(
            !sent[after..]
                .iter()
                .flatten()
                .any(|text| *text == c && refused.is_some()),
            "a window of a refused document was sent"
        );
    }
}

#[test]
fn a_cancelled_isolation_sends_nothing_more_and_keeps_what_was_scored() {
    let texts = numbers(64);
    let token = CancellationToken::new();
    let backend = Refusing::new([63]);
    let client = backend.client();
    let cancelling = Cancelling {
        inner: backend.clone(),
        after: 3,
        token: token.clone(),
    };
    let cancelled = Reranker::builder().backend(cancelling).build().unwrap();
    drop(client);
    let call = cancelled
        .rerank("q", &texts)
        .raw_scores()
        .refused_documents(RefusedDocuments::Skip)
        .cancel_on(token.clone());
    let error = wait(call.into_future()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Cancelled);
    assert_eq!(backend.requests(), 3);
    assert_eq!(error.partial().unwrap().scores.len(), 48);
}

#[test]
fn an_isolation_ends_with_the_timeout_of_the_call() {
    let texts = numbers(64);
    let backend = Refusing::new([63]);
    let slow = Slow {
        inner: backend.clone(),
        after: 3,
    };
    let client = Reranker::builder().backend(slow).build().unwrap();
    let call = client
        .rerank("q", &texts)
        .raw_scores()
        .refused_documents(RefusedDocuments::Skip)
        .timeout(Duration::from_millis(300));
    let error = wait(call.into_future()).unwrap_err();
    assert!(
        error
            .to_string()
            .contains("timed out after 0.3 s (`timeout`"),
        "{error}"
    );
    assert_eq!(error.partial().unwrap().scores.len(), 48);
}

#[test]
fn a_budget_covers_documents_that_are_sent_twice() {
    let texts = numbers(8);
    let backend = Refusing::new([3]);
    let client = backend.client();
    let call = client.rerank("q", &texts).token_counter(str::len);
    assert_eq!(call.estimate().tokens, 16);
    // On raw scores, isolation sends only refused documents twice.
    let raw = wait(call.clone().raw_scores().budget(16).into_future()).unwrap();
    assert_eq!(raw.hits.len(), 7);
    let error = wait(call.clone().budget(16).into_future()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Budget);
    assert!(
        error
            .to_string()
            .contains("14 tokens, and 0 of the budget of 16 are left"),
        "{error}"
    );
    assert_eq!(error.partial().unwrap().scores.len(), 7);
    let ranking = wait(call.budget(30).into_future()).unwrap();
    assert_eq!((ranking.hits.len(), ranking.scale), (7, Scale::Normalized));
}

#[test]
fn documents_that_are_refused_only_together_are_ranked_on_raw_scores() {
    let texts = numbers(8);
    let client = Reranker::builder()
        .backend(AtMost(4))
        .refused_documents(RefusedDocuments::Skip)
        .build()
        .unwrap();
    let call = client.rerank("q", &texts);
    let ranking = wait(call.clone().raw_scores().into_future()).unwrap();
    assert_eq!((ranking.hits.len(), ranking.refused.len()), (8, 0));
    let error = wait(call.into_future()).unwrap_err();
    assert!(
        error
            .to_string()
            .contains("too much; no document is refused alone"),
        "{error}"
    );
}
