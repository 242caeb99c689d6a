//! The weights of the terms of a query.
//!
//! Function words carry little meaning. In a large collection they occur in most documents, so
//! their rarity gives them a low weight. The few candidates of a request are all about the query's
//! subject, and "how" may be rarer than the name of the subject. Therefore function words have a
//! lower weight.
//!
//! A word of two Han characters has several n-grams, and a word in letters is a single term.
//! Therefore, in a query with both scripts, an n-gram must weigh less than a word.

use std::collections::HashSet;
use std::sync::LazyLock;

use unicode_script::{Script, UnicodeScript};

use crate::occurrences::{Term, terms};
use crate::terms::Form;

const FUNCTION_WORD: f64 = 0.1;
const GRAM: f64 = 0.4;
const ALTERNATE: f64 = 0.5;
const WORD: f64 = 1.0;

const ENGLISH: &str = "a an the and or but if so as than then not no \
    of at by for with about to from in on into over after before \
    am is are was were be been being do does did have has had \
    can could should would will may might must \
    i you he she it we they me my your his her its our their \
    this that these those there what which who whom whose when where why how";

const CHINESE: &str = "的 了 是 在 和 与 及 或 吗 呢 吧 啊 呀 着 过 得 地 \
    什么 怎么 怎样 如何 哪里 哪些 哪个 多少 几 为什么 为何 谁 \
    我 你 您 他 她 它 我们 你们 他们 这 那 这个 那个 \
    一个 个 不 没 有 没有 就 也 都 要 会 能 可 可以 应该 被 把 对 于 从 到";

static FUNCTION_WORDS: LazyLock<HashSet<Term>> = LazyLock::new(|| {
    let words = [ENGLISH, CHINESE].into_iter().flat_map(terms);
    words.map(|occurrence| occurrence.term).collect()
});

/// Returns the weight of one occurrence of the term in a query.
pub(crate) fn weight(term: &Term, form: Form) -> f64 {
    match term {
        _ if FUNCTION_WORDS.contains(term) => FUNCTION_WORD,
        Term::Word(_) if form == Form::Alternate => ALTERNATE,
        Term::Word(_) => WORD,
        // Japanese endings and particles are written in Hiragana.
        Term::Gram(first, second) => {
            let is_hiragana = |c: char| c.script() == Script::Hiragana;
            match is_hiragana(*first) || second.is_some_and(is_hiragana) {
                true => FUNCTION_WORD,
                false => GRAM,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{ALTERNATE, FUNCTION_WORD, GRAM, WORD, weight};
    use crate::occurrences::terms;

    fn weights(text: &str) -> Vec<f64> {
        let terms = terms(text);
        terms
            .iter()
            .map(|found| weight(&found.term, found.form))
            .collect()
    }

    #[test]
    fn function_words_are_recognized_by_their_terms() {
        for text in ["the", "does", "WHY", "什么", "です", "のは"] {
            assert!(
                weights(text).iter().all(|weight| *weight == FUNCTION_WORD),
                "{text}"
            );
        }
        assert_eq!(weights("茶を"), [GRAM, FUNCTION_WORD]);
    }

    #[test]
    fn grams_and_alternate_forms_weigh_less_than_words() {
        assert_eq!(weights("tea capitals"), [WORD, WORD]);
        assert_eq!(weights("首府"), [GRAM, GRAM, GRAM]);
        assert_eq!(weights("e-mail"), [WORD, ALTERNATE, WORD]);
    }
}
