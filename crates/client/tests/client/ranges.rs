//! Settings out of range are errors that name setting, value and range.

use std::time::Duration;

use bigmodel_rerank::testing::ScoreFn;
use bigmodel_rerank::{ErrorKind, Limits, LongDocuments, Rerank, Reranker, RerankerBuilder, Retry};

type Call = Rerank<'static, &'static str>;
type Case = (
    fn(RerankerBuilder) -> RerankerBuilder,
    fn(Call) -> Call,
    &'static str,
);

const CASES: &[Case] = &[
    (
        |it| it.concurrency(0),
        |it| it.concurrency(0),
        "concurrency is 0, expected 1 to 1024",
    ),
    (
        |it| it.concurrency(usize::MAX),
        |it| it.concurrency(usize::MAX),
        "expected 1 to 1024",
    ),
    (
        |it| it.limits(Limits::new(0, 9)),
        |it| it.limits(Limits::new(0, 9)),
        "limits.documents is 0, expected 1 to 128",
    ),
    (
        |it| it.limits(Limits::new(129, 9)),
        |it| it.limits(Limits::new(129, 9)),
        "limits.documents is 129, expected 1 to 128",
    ),
    (
        |it| it.limits(Limits::new(1, 0)),
        |it| it.limits(Limits::new(1, 0)),
        "limits.characters is 0, expected 1 or more",
    ),
    (
        |it| it.long_documents(LongDocuments::Split { overlap: 4096 }),
        |it| it.long_documents(LongDocuments::Split { overlap: 4096 }),
        "long_documents.overlap is 4096, expected 0 to 4095",
    ),
    (
        |it| it.timeout(Duration::ZERO),
        |it| it.timeout(Duration::ZERO),
        "timeout is 0 s, expected more than 0 s",
    ),
    (
        |it| it.attempt_timeout(Duration::ZERO),
        |it| it.attempt_timeout(Duration::ZERO),
        "attempt_timeout is 0 s, expected more than 0 s",
    ),
    (
        |it| it.retry(Retry::default().max_attempts(0)),
        |it| it.retry(Retry::default().max_attempts(0)),
        "retry.max_attempts is 0, expected 1 or more",
    ),
    (
        |it| it.min_score(f32::NAN),
        |it| it.min_score(f32::NAN),
        "min_score is NaN, expected a number",
    ),
];

fn builder() -> RerankerBuilder {
    Reranker::builder().backend(ScoreFn::new(|_, _| panic!("nothing may be sent")))
}

#[test]
fn a_builder_rejects_settings_out_of_range() {
    for (set, _, wanted) in CASES {
        let error = set(builder()).build().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Config);
        assert!(error.to_string().contains(wanted), "{error}");
    }
    let error = builder()
        .connect_timeout(Duration::ZERO)
        .build()
        .unwrap_err();
    assert!(
        error.to_string().contains("connect_timeout is 0 s"),
        "{error}"
    );
}

#[tokio::test]
async fn a_call_rejects_settings_out_of_range_before_anything_is_sent() {
    let client = builder().build().unwrap();
    for (_, set, wanted) in CASES {
        let call = set(client.rerank("q", &["1"]));
        // An estimate has no ranges to check, and does not panic.
        assert_eq!(call.estimate().texts, 1);
        let error = call.await.unwrap_err();
        assert_eq!(
            (error.kind(), error.attempts()),
            (ErrorKind::InvalidRequest, 0)
        );
        assert!(error.to_string().contains(wanted), "{error}");
    }
}

#[tokio::test]
async fn the_bounds_of_the_ranges_are_accepted() {
    let backend = ScoreFn::new(|_, _| 1.0);
    let client = Reranker::builder()
        .backend(backend)
        .concurrency(1024)
        .limits(Limits::new(128, usize::MAX))
        .long_documents(LongDocuments::Split { overlap: 4095 })
        .timeout(Duration::MAX)
        .attempt_timeout(Duration::MAX)
        .connect_timeout(Duration::from_nanos(1))
        .min_score(f32::NEG_INFINITY)
        .merge_on(bigmodel_rerank::Scale::Normalized)
        .build()
        .unwrap();
    let long = "x".repeat(4100);
    assert_eq!(client.rerank("q", &[long]).estimate().texts, 5);
    assert_eq!(
        client
            .rerank("q", &["1"; 300])
            .top_n(usize::MAX)
            .await
            .unwrap()
            .hits
            .len(),
        300
    );
}
