//! Terms of texts, and that the short cuts give the terms of the general rules.

use proptest::prelude::*;

use super::{Form, each_folded_term};
use crate::counts::{Memory, count};
use crate::folding::fold;
use crate::grams::Grams;
use crate::occurrences::{Occurrence, Term, TermList, terms as all_terms};
use crate::query_terms::QueryTerms;

fn shown(term: &Term) -> String {
    match term {
        Term::Word(word) => word.to_string(),
        Term::Gram(first, second) => [Some(*first), *second].into_iter().flatten().collect(),
    }
}

fn forms(text: &str, form: Form) -> Vec<String> {
    let terms = all_terms(text).into_iter();
    terms
        .filter(|found| found.form == form)
        .map(|found| shown(&found.term))
        .collect()
}

fn terms(text: &str) -> Vec<String> {
    forms(text, Form::Main)
}

fn other_forms(text: &str) -> Vec<String> {
    forms(text, Form::Alternate)
}

#[test]
fn words_are_folded_and_stemmed() {
    assert_eq!(
        terms("The CAPITALS of Nevada!"),
        ["the", "capit", "of", "nevada"]
    );
    assert_eq!(terms("столицы стран"), terms("столица страны"));
}

#[test]
fn han_gives_characters_and_pairs() {
    assert_eq!(terms("北京市"), ["北", "京", "北京", "市", "京市"]);
}

#[test]
fn a_pair_never_spans_a_gap() {
    assert_eq!(terms("北，京"), ["北", "京"]);
    assert_eq!(terms("北 A 京"), ["北", "a", "京"]);
}

#[test]
fn kana_and_hangul_give_pairs() {
    assert_eq!(terms("カメラ"), ["カメ", "メラ"]);
    assert_eq!(terms("서울시"), ["서울", "울시"]);
    assert_eq!(terms("食べる"), ["食", "食べ", "べる"]);
    assert_eq!(terms("パ"), ["パ"]);
}

#[test]
fn forms_of_the_same_text_are_one() {
    assert_eq!(terms("ＧＰＴ ４"), ["gpt", "4"]);
    assert_eq!(terms("ｶﾒﾗ"), terms("カメラ"));
    assert_eq!(terms("cafe\u{301}"), terms("café"));
    assert_eq!(terms("３，０００"), terms("3,000"));
}

#[test]
fn signs_alone_are_no_terms() {
    assert_eq!(terms("…!? — 🙂 ++ # .. & _ ' \u{200d}"), [""; 0]);
}

#[test]
fn names_keep_their_signs() {
    for (text, expected) in [
        ("C", &["c"] as &[&str]),
        ("C++", &["c++"]),
        ("(C++).", &["c++"]),
        ("Ｃ＋＋", &["c++"]),
        ("c++17", &["c++", "17"]),
        ("C++/CLI", &["c++", "cli"]),
        ("学C++的书", &["学", "c++", "的", "书", "的书"]),
        ("C++です", &["c++", "です"]),
        ("g++ -O2", &["g++", "o2"]),
        ("C#, F#.", &["c#", "f#"]),
        ("C♯ 8", &["c#", "8"]),
        ("got an A+!", &["got", "an", "a+"]),
        (".NET 8", &[".net", "8"]),
        ("on .net.", &["on", ".net"]),
        ("用.NET写", &["用", ".net", "写"]),
        ("objective-c", &["object", "c"]),
        ("v1.2 and 3.5", &["v1.2", "and", "3.5"]),
    ] {
        assert_eq!(terms(text), expected, "{text}");
    }
}

#[test]
fn a_sign_that_is_no_part_of_a_name_changes_no_word() {
    for (text, expected) in [
        ("a+b", &["a", "b"] as &[&str]),
        ("1+1=2", &["1", "1", "2"]),
        ("x+1", &["x", "1"]),
        ("page#top", &["page", "top"]),
        ("issue #12", &["issu", "12"]),
        ("Disney+", &["disney"]),
        ("18+", &["18"]),
        ("5++", &["5"]),
        ("C+++", &["c"]),
        ("in the net.", &["in", "the", "net"]),
        ("wait...net", &["wait", "net"]),
        (".env", &["env"]),
        ("the end. Next", &["the", "end", "next"]),
    ] {
        assert_eq!(terms(text), expected, "{text}");
    }
}

#[test]
fn a_word_is_found_by_its_other_forms() {
    for (text, expected) in [
        ("e-mail", &["email"] as &[&str]),
        ("E-Mail", &["email"]),
        ("e\u{2011}mail", &["email"]),
        ("Wi-Fi", &["wifi"]),
        ("R&D", &["r&d"]),
        ("AT&T", &["at&t"]),
        ("Node.js", &["node", "js"]),
        ("ASP.NET", &["asp", ".net"]),
        ("notepad++", &["notepad++"]),
        ("salt & pepper", &[]),
        ("rock&roll", &[]),
        ("a=1&b=2", &[]),
        ("U.S.A.", &[]),
        ("v1.2", &[]),
        ("objective-c", &[]),
        ("state-of-the-art", &[]),
        ("A-Z", &[]),
    ] {
        assert_eq!(other_forms(text), expected, "{text}");
    }
}

/// The terms without runs, by the general rules alone.
fn terms_by_the_rules(text: &str) -> Vec<Occurrence> {
    let mut folded = String::new();
    fold(text, &mut folded);
    let (mut list, mut grams) = (TermList::default(), Grams::default());
    each_folded_term(&folded, &mut grams, &mut list);
    grams.end(&mut list);
    list.terms
}

/// How often each term of the query is in the document, in halves, and how many terms it has.
fn counted(query: &str, document: &str) -> (Vec<u32>, u32) {
    // Twice, so that words are in the cache the second time.
    let (query, mut memory) = (QueryTerms::new(query), Memory::default());
    let first = count(&query, document, &mut memory);
    let second = count(&query, document, &mut memory);
    assert_eq!(first.halves, second.halves);
    (second.halves, second.length)
}

/// The same from the lists of terms, for texts without accents.
fn counted_in_lists(query: &str, document: &str) -> (Vec<u32>, u32) {
    let mut different: Vec<Term> = Vec::new();
    for found in all_terms(query) {
        if !different.contains(&found.term) {
            different.push(found.term);
        }
    }
    let document = all_terms(document);
    let times = |term: &Term| document.iter().filter(|found| found.term == *term).count() as u32;
    let main = document.iter().filter(|found| found.form == Form::Main);
    (
        different.iter().map(|term| 2 * times(term)).collect(),
        main.count() as u32,
    )
}

proptest! {
    #[test]
    fn counts_are_those_of_the_lists(
        query in "([一-丏]{0,3}|[a-eA-E]{1,3}(ing|ies|ed|s|y)?|[дтс]{1,2}[аы]|[+#.&-]| ){0,10}",
        document in "([一-丏]{0,3}|[a-eA-E]{1,3}(ing|ies|ed|s|y)?|[дтс]{1,2}[аы]|[+#.&-]| ){0,30}",
    ) {
        prop_assert_eq!(counted(&query, &document), counted_in_lists(&query, &document));
    }
    #[test]
    fn runs_change_nothing(
        text in "([一-龥]{0,3}|[a-zA-Zσςéß.:'+#&0-9 -]{0,4}|[，。！？、（）“”’：]|[ぁ-ヿ]{0,2}|[\u{300}-\u{303}\u{fe00}\u{200d}\u{302a}\u{3099}\u{ad}]|[가-힣]|ﾊﾟ|🇨|.){0,30}"
    ) {
        prop_assert_eq!(all_terms(&text), terms_by_the_rules(&text));
    }
}
