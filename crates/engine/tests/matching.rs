//! Which queries match which documents: equivalent spellings, and different words.

#![allow(clippy::indexing_slicing, reason = "a missing score fails the test")]

use bigmodel_rerank_engine::{Lexical, ranking};

fn scores(query: &str, documents: &[&str]) -> Vec<f32> {
    let scored = Lexical.score(query, documents);
    scored.documents.iter().map(|score| score.raw).collect()
}

/// Asserts that the documents rank in this order, each better than the next.
fn assert_descending(query: &str, documents: &[&str]) {
    // In reverse, because documents with equal scores keep their order.
    let reversed: Vec<_> = documents.iter().rev().copied().collect();
    let scores = scores(query, &reversed);
    assert!(
        scores.windows(2).all(|pair| pair[0] < pair[1]),
        "{query}: {reversed:?} {scores:?}"
    );
}

/// Asserts that the document scores as high as the query itself.
fn assert_same(query: &str, document: &str) {
    let scores = scores(query, &[document, query, "unrelated"]);
    assert!(
        scores[0] > 0.0 && scores[0] == scores[1],
        "{query:?} {document:?} {scores:?}"
    );
}

#[test]
fn invisible_characters_do_not_change_a_word() {
    for (query, document) in [
        ("cooperation", "co\u{ad}oper\u{ad}ation"),
        ("password", "pass\u{2060}word"),
        ("invoice", "\u{202a}in\u{202c}voice\u{200f}"),
        ("invoice", "\u{2066}invoice\u{2069}"),
        ("می\u{200c}خواهم", "میخواهم"),
        ("क्षत्रिय", "क्\u{200d}षत्रिय"),
        ("首都", "首\u{fe00}都"),
        ("葛城", "葛\u{e0100}城"),
        ("首都", "首\u{2060}都"),
        ("メラ", "メ\u{200d}ラ"),
        ("서울", "서\u{ad}울"),
        ("tea", "\u{feff}tea"),
    ] {
        assert_same(query, document);
    }
}

#[test]
fn a_zero_width_space_separates_words() {
    assert_same("green tea", "green\u{200b}tea");
}

#[test]
fn a_match_that_differs_in_accents_ranks_below_an_exact_match() {
    for (query, other) in [
        ("cafe", "café"),
        ("café", "cafe"),
        ("resume", "résumé"),
        ("résumé", "resume"),
        ("strasse", "Straße"),
        ("Straße", "STRASSE"),
        ("uber", "über"),
        ("Øresund", "oresund"),
        ("lodz", "Łódź"),
        ("aether", "Æther"),
        ("oeuvre", "œuvre"),
        ("tieng viet", "Tiếng Việt"),
        ("Αθήνα", "ΑΘΗΝΑ"),
    ] {
        assert_descending(query, &[query, other, "unrelated"]);
    }
}

#[test]
fn words_without_accents_are_literal_in_a_query_with_accents() {
    let documents = ["le participe", "il a participé"];
    assert_eq!(scores("participe passé", &documents)[1], 0.0);
    assert!(scores("participe", &documents)[1] > 0.0);
    // The two spellings of "ß" do not differ in accents.
    assert!(scores("grüne Strasse", &["Straße"])[0] > 0.0);
}

#[test]
fn spellings_of_the_same_word_score_equally() {
    for (query, document) in [
        ("ёлка", "елка"),
        ("замок", "за\u{301}мок"),
        ("שלום", "שָׁלוֹם"),
        ("محمد", "مُحَمَّد"),
        ("don't", "don’t"),
        ("ＧＰＴ４", "gpt4"),
        ("ΟΔΟΣ", "οδος"),
        ("istanbul", "İSTANBUL"),
        ("café", "cafe\u{301}"),
    ] {
        assert_same(query, document);
    }
}

#[test]
fn marks_that_form_a_different_letter_distinguish_words() {
    for (query, document) in [
        ("か", "が"),
        ("ハ", "パ"),
        ("йога", "иога"),
        ("ขา", "ข่า"),
        ("कल", "किल"),
        ("달", "탈"),
    ] {
        let scores = scores(query, &[document, query]);
        assert!(scores[0] < scores[1], "{query} {document} {scores:?}");
    }
}

#[test]
fn names_with_punctuation_do_not_match_their_letters() {
    for (name, others) in [
        ("C", ["C++", "C#"]),
        ("C++", ["C", "C#"]),
        ("C#", ["C", "C++"]),
        ("F#", ["F", "F+"]),
        ("A+", ["A1", "B+"]),
        (".NET", ["net", "NET."]),
        ("g++", ["g", "c++"]),
    ] {
        let query = name;
        let documents =
            [name, others[0], others[1]].map(|name| format!("programming in {name} today"));
        let documents = documents.each_ref().map(String::as_str);
        let scores = scores(query, &documents);
        assert!(
            scores[0] > 0.0 && scores[1] == 0.0 && scores[2] == 0.0,
            "{name}: {scores:?}"
        );
    }
}

#[test]
fn names_with_punctuation_match_in_any_context() {
    for (query, document) in [
        ("C++", "He writes C++."),
        ("C++", "(C++)"),
        ("c++", "modern C++17"),
        ("C++", "C++/CLI"),
        ("C++", "学习C++的书"),
        ("C++", "“C++”是语言"),
        ("C++", "Ｃ＋＋"),
        ("C#", "C♯ 8"),
        ("C#", "C#、Java"),
        (".NET", "ASP.NET"),
        (".net", "用.NET写的"),
        ("node.js", "Node.JS"),
        ("node js", "Node.js"),
        ("wifi", "Wi-Fi"),
        ("email", "e-mail"),
        ("e-mail", "email"),
        ("R&D", "an R&D lab"),
        ("AT&T", "the at&t store"),
        ("3.5", "version 3.5."),
        ("v1.2", "V1.2,"),
        ("notepad", "Notepad++"),
        ("sentence", "The end of the sentence."),
        ("disney", "Disney+"),
        ("objective-c", "Objective-C"),
    ] {
        assert!(scores(query, &[document])[0] > 0.0, "{query} {document}");
    }
}

#[test]
fn a_joined_name_ranks_above_its_parts() {
    assert_descending("R&D budget", &["budget for R&D x", "budget for d and r"]);
    assert_descending("Node.js", &["Node.js here", "node here", "python here"]);
    assert_descending("C++ tutorial", &["C++ tutorial", "C tutorial", "C recipes"]);
}

#[test]
fn punctuation_at_the_end_of_a_word_is_not_part_of_it() {
    let documents = ["It is a net.", "wait...net", "a+b", "the page#top"];
    assert!(
        scores("net", &documents)[..2]
            .iter()
            .all(|score| *score > 0.0)
    );
    assert!(scores("b", &documents)[2] > 0.0);
    assert!(scores("page top", &documents)[3] > 0.0);
}

#[test]
fn punctuation_between_characters_does_not_join_them() {
    let ranked = ranking(&Lexical.score("首都", &["首，都", "首都"]).documents);
    assert_eq!(ranked, [1, 0]);
}
