//! Documents of the caller's own types, and which values may move to other threads.

use std::borrow::Cow;
use std::sync::Arc;

use bigmodel_rerank::testing::ScoreFn;
use bigmodel_rerank::{
    ApiKey, BackendResponse, BaseUrl, Batch, BlankDocuments, CancellationToken, Error, Estimate,
    Hit, Limits, LongDocuments, Partial, Progress, Ranking, RefusedDocument, RefusedDocuments,
    Rerank, Reranker, RerankerBuilder, Retry, Scale, Usage,
};
use serde_json::{Value, json};

/// A chunk of a text, as in retrieval programs.
#[derive(Debug, PartialEq)]
struct Chunk {
    text: String,
    source: &'static str,
}

fn client() -> Reranker {
    let backend = ScoreFn::new(|_, document| document.trim().parse().unwrap_or(-1.0));
    Reranker::builder().backend(backend).build().unwrap()
}

fn chunks() -> Vec<Chunk> {
    let chunk = |(text, source): (&str, _)| Chunk {
        text: text.into(),
        source,
    };
    [("1", "a"), ("3", "b"), ("2", "c")].map(chunk).into()
}

#[tokio::test]
async fn members_of_json_values_are_ranked() {
    let values = [
        json!({"text": "1", "page": 7}),
        json!({"text": "5", "page": 8}),
        json!(null),
    ];
    let client = client();
    let call = client.rerank_by("q", &values, |value| {
        value["text"].as_str().unwrap_or_default()
    });
    let ranking = call.raw_scores().top_n(2).await.unwrap();
    let pages: Vec<_> = ranking
        .iter()
        .map(|hit| hit.item["page"].as_i64())
        .collect();
    assert_eq!(pages, [Some(8), Some(7)]);
    assert!(std::ptr::eq(ranking.hits[0].item, &values[1]));
    assert_eq!(ranking.blank, [2]);
    let _: &Value = ranking.hits[0].item;
}

#[tokio::test]
async fn shared_and_borrowed_items_are_ranked() {
    let (client, chunks) = (client(), chunks());
    let borrowed: Vec<&Chunk> = chunks.iter().collect();
    let call = client.rerank_by("q", &borrowed, |chunk| &chunk.text);
    assert_eq!(call.await.unwrap().hits[0].item.source, "b");
    let shared: Vec<Arc<Chunk>> = chunks.into_iter().map(Arc::new).collect();
    let call = client.rerank_by("q", &shared, |chunk| chunk.text.as_str());
    assert!(Arc::ptr_eq(call.await.unwrap().hits[0].item, &shared[1]));
    // An array, a boxed slice and pairs.
    let array = [("1", 1), ("2", 2)];
    let call = client.rerank_by("q", &array, |(text, _)| *text);
    assert_eq!(call.await.unwrap().hits[0].item.1, 2);
    let boxed: Box<[String]> = ["1".to_owned(), "2".to_owned()].into();
    assert_eq!(client.rerank("q", &boxed).await.unwrap().hits[0].item, "2");
}

#[tokio::test]
async fn a_text_may_be_created_for_the_call() {
    let (client, chunks) = (client(), chunks());
    let offset = 10;
    let call = client.rerank_by("q", &chunks, |chunk| match chunk.source {
        "a" => Cow::Owned(format!("{offset}")),
        _ => Cow::Borrowed(chunk.text.as_str()),
    });
    let ranking = call.raw_scores().await.unwrap();
    assert_eq!(
        (ranking.hits[0].item, ranking.hits[0].score),
        (&chunks[0], 10.0)
    );
    let owned = client.rerank_by("q", &chunks, |chunk| format!("-{}", chunk.text));
    assert_eq!(owned.await.unwrap().hits[0].item, &chunks[0]);
}

#[tokio::test]
async fn owned_texts_are_split_and_truncated_like_borrowed_ones() {
    let client = client();
    let text = format!("{}{}", " ".repeat(4096), 7);
    let items = [1, 2];
    let call = client.rerank_by("q", &items, |item| match item {
        1 => "5".to_owned(),
        _ => text.clone(),
    });
    let call = call.raw_scores().blank_documents(BlankDocuments::Send);
    for (policy, score) in [
        (LongDocuments::Split { overlap: 9 }, 7.0),
        (LongDocuments::Truncate, -1.0),
    ] {
        let ranking = call.clone().long_documents(policy).await.unwrap();
        let hit = ranking.iter().find(|hit| hit.index == 1).unwrap();
        assert_eq!(hit.score, score);
    }
    assert!(call.await.is_err());
}

#[tokio::test]
async fn calls_move_to_other_threads() {
    let client = client();
    let joined = tokio::spawn(async move {
        let chunks = chunks();
        let ranking = client.rerank_by("q", &chunks, |chunk| &chunk.text).await;
        ranking.unwrap().hits[0].index
    });
    assert_eq!(joined.await.unwrap(), 1);
}

const fn send_and_sync<T: Send + Sync>() {}

fn send<T: Send>(_: &T) {}

// Compiling is the test.
const _: () = {
    send_and_sync::<ApiKey>();
    send_and_sync::<BackendResponse>();
    send_and_sync::<BaseUrl>();
    send_and_sync::<Batch<'_, String>>();
    send_and_sync::<BlankDocuments>();
    send_and_sync::<CancellationToken>();
    send_and_sync::<Error>();
    send_and_sync::<Estimate>();
    send_and_sync::<Hit<'_, Value>>();
    send_and_sync::<Limits>();
    send_and_sync::<LongDocuments>();
    send_and_sync::<Partial>();
    send_and_sync::<Progress>();
    send_and_sync::<Ranking<'_, Arc<Chunk>>>();
    send_and_sync::<RefusedDocument<'_, Value>>();
    send_and_sync::<RefusedDocuments>();
    send_and_sync::<Rerank<'_, Value>>();
    send_and_sync::<Reranker>();
    send_and_sync::<RerankerBuilder>();
    send_and_sync::<Retry>();
    send_and_sync::<Scale>();
    send_and_sync::<Usage>();
};

#[test]
fn futures_and_streams_are_send() {
    let (client, chunks) = (client(), chunks());
    let call = client.rerank_by("q", &chunks, |chunk| &chunk.text);
    send(&call.clone().into_future());
    send(&call.batches());
}
