//! The functions in SQL, compared with the scorers that they call.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a panic fails the test"
)]

use std::path::{Path, PathBuf};
use std::sync::Arc;

use bigmodel_rerank_datafusion::{RerankConfig, register};
use bigmodel_rerank_engine::{Cancellation, Lexical, Score, Scorer};
use bigmodel_rerank_model::{Model, Options};
use datafusion::arrow::array::{Array, AsArray, Int64Array, RecordBatch, StringArray};
use datafusion::arrow::compute::concat_batches;
use datafusion::arrow::datatypes::{DataType, Field, Float32Type, Int64Type, Schema};
use datafusion::prelude::{SessionConfig, SessionContext};

const QUERIES: [&str; 3] = ["capital of France", "green tea", "法国的首都"];
const TEXTS: [Option<&str>; 7] = [
    Some("Paris is the capital of France."),
    Some("Green tea is not fermented."),
    Some(""),
    None,
    Some("巴黎是法国的首都。"),
    Some("the capital"),
    Some("🙂 \u{0} ﷺ"),
];

fn model_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../crates/model/tests/models/bert")
}

/// Rows of three queries, which alternate: query number, query, text number, text.
fn table() -> RecordBatch {
    let rows =
        (0..QUERIES.len() * TEXTS.len()).map(|row| (row % QUERIES.len(), row / QUERIES.len()));
    let rows: Vec<_> = rows.collect();
    let schema = Schema::new(vec![
        Field::new("id", DataType::Int64, false),
        Field::new("query", DataType::Utf8, false),
        Field::new("row", DataType::Int64, false),
        Field::new("text", DataType::Utf8, true),
    ]);
    let ids = rows.iter().map(|(query, _)| *query as i64);
    let queries = rows.iter().map(|(query, _)| QUERIES[*query]);
    let numbers = rows.iter().map(|(_, text)| *text as i64);
    let texts = rows.iter().map(|(_, text)| TEXTS[*text]);
    RecordBatch::try_new(
        Arc::new(schema),
        vec![
            Arc::new(Int64Array::from_iter_values(ids)),
            Arc::new(StringArray::from_iter_values(queries)),
            Arc::new(Int64Array::from_iter_values(numbers)),
            Arc::new(texts.collect::<StringArray>()),
        ],
    )
    .unwrap()
}

fn session() -> SessionContext {
    // Small batches, so that partitions are in several of them.
    let config = SessionConfig::new()
        .with_batch_size(4)
        .with_target_partitions(3);
    let context = SessionContext::new_with_config(config);
    register(&context);
    context.register_batch("docs", table()).unwrap();
    context
}

async fn with_model() -> SessionContext {
    let context = session();
    let folder = model_folder();
    context.sql("SET rerank.scorer = 'model'").await.unwrap();
    let set = format!("SET rerank.model = '{}'", folder.display());
    context.sql(&set).await.unwrap();
    context
}

async fn run(context: &SessionContext, sql: &str) -> Result<RecordBatch, String> {
    let rows = context.sql(sql).await.map_err(|error| error.to_string())?;
    let schema = Arc::clone(rows.schema().inner());
    let batches = rows.collect().await.map_err(|error| error.to_string())?;
    concat_batches(&schema, &batches).map_err(|error| error.to_string())
}

/// Returns the scores of a query's texts, none for the null text.
fn expected(scorer: &dyn Scorer, query: &str) -> Vec<Option<Score>> {
    let texts: Vec<_> = TEXTS.iter().flatten().copied().collect();
    let scored = scorer.score(query, &texts, &Cancellation::new()).unwrap();
    let mut scores = scored.documents.into_iter();
    let scores = TEXTS.iter().map(|text| text.and_then(|_| scores.next()));
    scores.collect()
}

fn bits(array: &dyn Array) -> Vec<Option<u32>> {
    let array = array.as_primitive::<Float32Type>();
    array.iter().map(|score| score.map(f32::to_bits)).collect()
}

const ALL: &str = "SELECT rerank_score(query, text) OVER (PARTITION BY id) AS score, \
                   rerank_raw_score(query, text) OVER (PARTITION BY id) AS raw, \
                   rerank_tokens(query, text) OVER (PARTITION BY id) AS tokens \
                   FROM docs ORDER BY id, row";

async fn window_functions_equal(context: &SessionContext, scorer: &dyn Scorer) {
    let rows = run(context, ALL).await.unwrap();
    let scores = QUERIES.iter().flat_map(|query| expected(scorer, query));
    let scores: Vec<_> = scores.collect();
    let normalized = scores
        .iter()
        .map(|score| score.map(|score| score.normalized.to_bits()));
    assert_eq!(bits(rows.column(0)), normalized.collect::<Vec<_>>());
    let raw = scores
        .iter()
        .map(|score| score.map(|score| score.raw.to_bits()));
    assert_eq!(bits(rows.column(1)), raw.collect::<Vec<_>>());
    let tokens = scores
        .iter()
        .map(|score| score.map(|score| score.tokens as i64));
    let found = rows.column(2).as_primitive::<Int64Type>();
    assert_eq!(found.iter().collect::<Vec<_>>(), tokens.collect::<Vec<_>>());
}

#[tokio::test]
async fn lexical_scores_equal_those_of_the_engine_to_the_bit() {
    window_functions_equal(&session(), &Lexical).await;
}

#[tokio::test]
async fn model_scores_equal_those_of_the_model_to_the_bit() {
    let model = Model::load(&model_folder(), &Options::default()).unwrap();
    let context = with_model().await;
    window_functions_equal(&context, &model).await;
    let pairs = "SELECT rerank_pair(query, text) FROM docs ORDER BY id, row";
    let rows = run(&context, pairs).await.unwrap();
    let scores = QUERIES.iter().flat_map(|query| expected(&model, query));
    let scores = scores.map(|score| score.map(|score| score.normalized.to_bits()));
    assert_eq!(bits(rows.column(0)), scores.collect::<Vec<_>>());
}

#[tokio::test]
async fn scores_do_not_depend_on_order_frame_and_string_type() {
    let context = session();
    let plain = run(&context, ALL).await.unwrap();
    for (kind, over) in [
        ("Utf8View", "PARTITION BY id"),
        ("LargeUtf8", "PARTITION BY id ORDER BY row DESC"),
        (
            "Dictionary(Int32, Utf8)",
            "PARTITION BY id ORDER BY text ROWS 1 PRECEDING",
        ),
    ] {
        let sql = format!(
            "SELECT rerank_score(query, arrow_cast(text, '{kind}')) OVER ({over}) \
             FROM docs ORDER BY id, row"
        );
        let rows = run(&context, &sql).await.unwrap();
        assert_eq!(bits(rows.column(0)), bits(plain.column(0)), "{kind} {over}");
    }
}

#[tokio::test]
async fn without_a_partition_the_table_is_one() {
    let context = session();
    let sql = "SELECT rerank_score('green tea', text) OVER () FROM docs WHERE id = 1 ORDER BY row";
    let rows = run(&context, sql).await.unwrap();
    let scores = expected(&Lexical, "green tea").into_iter();
    let scores = scores.map(|score| score.map(|score| score.normalized.to_bits()));
    assert_eq!(bits(rows.column(0)), scores.collect::<Vec<_>>());
}

#[tokio::test]
async fn a_null_query_scores_null() {
    let context = session();
    let sql = "SELECT rerank_score(NULL, text) OVER (PARTITION BY id) FROM docs";
    let rows = run(&context, sql).await.unwrap();
    assert_eq!(rows.column(0).null_count(), QUERIES.len() * TEXTS.len());
}

#[tokio::test]
async fn a_filter_on_scores_sees_all_candidates() {
    let context = session();
    let sql = "SELECT score FROM (SELECT row, rerank_score(query, text) OVER (PARTITION BY id) \
               AS score FROM docs WHERE id = 0) WHERE row = 0";
    let rows = run(&context, sql).await.unwrap();
    let first = expected(&Lexical, QUERIES[0])[0].unwrap();
    assert_eq!(bits(rows.column(0)), [Some(first.normalized.to_bits())]);
}

#[tokio::test]
async fn errors_name_the_function_and_the_fix() {
    let context = session();
    for (sql, parts) in [
        (
            "SELECT rerank_score(query, row) OVER (PARTITION BY id) FROM docs",
            [
                "rerank_score: the text has type Int64",
                "CAST(text AS VARCHAR)",
            ],
        ),
        (
            "SELECT rerank_score(query) OVER (PARTITION BY id) FROM docs",
            [
                "rerank_score takes a query and a text, and found 1",
                "rerank_score(query, text)",
            ],
        ),
        (
            "SELECT rerank_raw_score(query, text) OVER () FROM docs",
            [
                "rerank_raw_score: rows of one partition",
                "PARTITION BY query",
            ],
        ),
        (
            "SELECT rerank_pair(query, text) FROM docs",
            ["rerank_pair needs a model", "SET rerank.model"],
        ),
        (
            "SET rerank.scorer = 'bm25'",
            ["rerank.scorer: expected lexical or model", "bm25"],
        ),
        (
            "SET rerank.modell = 'x'",
            ["rerank.modell is not an option", "rerank.model"],
        ),
    ] {
        let error = run(&context, sql).await.unwrap_err();
        for part in parts {
            assert!(error.contains(part), "{sql}: {error}");
        }
    }
}

#[tokio::test]
async fn a_model_that_is_not_there_is_named() {
    let context = session();
    context.sql("SET rerank.scorer = 'model'").await.unwrap();
    let pair = "SELECT rerank_pair(query, text) FROM docs";
    let error = run(&context, pair).await.unwrap_err();
    assert!(error.contains("rerank.model is empty"), "{error}");
    context
        .sql("SET rerank.model = '/no/such/folder'")
        .await
        .unwrap();
    let error = run(&context, pair).await.unwrap_err();
    assert!(error.contains("/no/such/folder is not a folder"), "{error}");
}

#[tokio::test]
async fn registering_keeps_options() {
    let mut options = RerankConfig::default();
    options.model = "here".to_owned();
    let config = SessionConfig::new().with_option_extension(options);
    let context = SessionContext::new_with_config(config);
    register(&context);
    let state = context.state();
    let options = state.config_options().extensions.get::<RerankConfig>();
    assert_eq!(options.unwrap().model, "here");
}
