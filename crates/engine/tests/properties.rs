//! Properties that hold for every query and every list of documents.

use bigmodel_rerank_engine::{Lexical, ranking};
use bigmodel_rerank_tokens::count_tokens;
use proptest::prelude::*;

/// Texts that share terms: a few words of several scripts, punctuation, and sometimes arbitrary
/// text.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => prop::sample::select(vec![
            "capital", "Capitals", "of", "the", "北京", "京", "首都", "カメラ", "서울", "столица",
            " ", " ", "。", "-", "e\u{301}", "ﬁ", "１２", "🙂", "C++", "c", "straße", "cafés",
        ]).prop_map(str::to_owned),
        1 => any::<String>(),
    ];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

fn documents() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(text(), 0..20)
}

fn score(query: &str, documents: &[String]) -> bigmodel_rerank_engine::Scored {
    let documents: Vec<_> = documents.iter().map(String::as_str).collect();
    Lexical.score(query, &documents)
}

proptest! {
    #[test]
    fn each_document_gets_a_finite_score_and_a_normalized_one_below_1(
        query in text(), documents in documents(),
    ) {
        let scored = score(&query, &documents);
        prop_assert_eq!(scored.documents.len(), documents.len());
        for (score, document) in scored.documents.iter().zip(&documents) {
            prop_assert!(score.raw.is_finite() && score.raw >= 0.0);
            prop_assert!((0.0..1.0).contains(&score.normalized));
            prop_assert_eq!(score.tokens, count_tokens(document));
        }
    }

    #[test]
    fn normalized_scores_have_the_order_of_raw_scores(query in text(), documents in documents()) {
        let scored = score(&query, &documents).documents;
        for a in &scored {
            for b in &scored {
                prop_assert!(a.raw < b.raw || a.normalized >= b.normalized);
                prop_assert!((a.raw == 0.0) == (a.normalized == 0.0));
            }
        }
    }

    #[test]
    fn the_same_request_scores_the_same(query in text(), documents in documents()) {
        prop_assert_eq!(score(&query, &documents), score(&query, &documents));
    }

    #[test]
    fn a_ranking_has_each_index_once_and_equal_scores_in_order(
        query in text(), documents in documents(),
    ) {
        let scored = score(&query, &documents).documents;
        let ranked = ranking(&scored);
        let mut indices = ranked.clone();
        indices.sort_unstable();
        prop_assert_eq!(indices, (0..documents.len()).collect::<Vec<_>>());
        for pair in ranked.windows(2) {
            let (better, worse) = (scored[pair[0]].raw, scored[pair[1]].raw);
            prop_assert!(better > worse || (better == worse && pair[0] < pair[1]));
        }
    }

    #[test]
    fn the_order_of_the_documents_does_not_change_a_score(query in text(), documents in documents()) {
        let mut reversed = documents.clone();
        reversed.reverse();
        let mut scored = score(&query, &reversed).documents;
        scored.reverse();
        prop_assert_eq!(scored, score(&query, &documents).documents);
    }
}

/// Invisible characters: soft hyphen, joiners, bidi controls, variation selectors, word joiner.
fn invisible() -> impl Strategy<Value = char> {
    prop::sample::select(vec![
        '\u{ad}',
        '\u{200c}',
        '\u{200d}',
        '\u{200e}',
        '\u{200f}',
        '\u{202a}',
        '\u{202e}',
        '\u{2060}',
        '\u{2066}',
        '\u{2069}',
        '\u{fe00}',
        '\u{fe0f}',
        '\u{feff}',
        '\u{e0100}',
    ])
}

proptest! {
    #[test]
    fn invisible_characters_do_not_change_a_score(
        query in text(), documents in documents(), invisible in invisible(), every in 1_usize..4,
    ) {
        let with_invisible = |text: &str| {
            let mut out = String::new();
            for (index, c) in text.chars().enumerate() {
                out.push(c);
                if index % every == 0 {
                    out.push(invisible);
                }
            }
            out
        };
        let raw = |query: &str, documents: &[String]| -> Vec<_> {
            let scored = score(query, documents).documents;
            scored.iter().map(|score| (score.raw, score.normalized)).collect()
        };
        let hidden: Vec<_> = documents.iter().map(|document| with_invisible(document)).collect();
        let expected = raw(&query, &documents);
        prop_assert_eq!(&raw(&query, &hidden), &expected);
        prop_assert_eq!(&raw(&with_invisible(&query), &documents), &expected);
    }

    #[test]
    fn a_query_that_cannot_rank_scores_every_document_zero(query in text(), documents in documents()) {
        let scored = score(&query, &documents).documents;
        prop_assert!(Lexical.can_rank(&query) || scored.iter().all(|score| score.raw == 0.0));
    }

    #[test]
    fn a_query_that_can_rank_matches_itself(query in text()) {
        let scored = score(&query, std::slice::from_ref(&query)).documents;
        prop_assert_eq!(Lexical.can_rank(&query), scored[0].raw > 0.0);
    }
}

#[test]
fn requests_far_beyond_the_limits_are_scored() {
    let query = "北京 capital ".repeat(2_000);
    let documents = vec![query.clone(); 300];
    let scored = score(&query, &documents);
    assert!(scored.documents.iter().all(|score| score.normalized < 1.0));
}
