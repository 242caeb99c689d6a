//! How much a query makes of each of its terms.
//!
//! Function words hold a sentence together and say little of what it is about. In a large
//! collection they are in most documents, and so weigh little by themselves. The few candidates
//! of a request are all about the query's subject: there, "how" may well be rarer than the
//! subject's name. So they weigh less from the start.
//!
//! A word of two Han characters gives four or five n-grams and one in letters a single term, so
//! that in a query of both scripts an n-gram has to weigh less than a word.

use std::collections::HashSet;
use std::sync::LazyLock;

use unicode_script::{Script, UnicodeScript};

use crate::terms::{Kind, Terms};

const FUNCTION_WORD: f64 = 0.1;
const GRAM: f64 = 0.4;
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

static TERMS: LazyLock<HashSet<Box<str>>> = LazyLock::new(|| {
    let mut terms = HashSet::new();
    for words in [ENGLISH, CHINESE] {
        Terms::new().each(words, |term, _| {
            terms.insert(term.into());
        });
    }
    terms
});

/// What one occurrence of the term in a query counts.
pub(crate) fn emphasis(term: &str, kind: Kind) -> f64 {
    match kind {
        _ if TERMS.contains(term) => FUNCTION_WORD,
        // Japanese endings and particles are in Hiragana.
        Kind::Gram if term.chars().any(|c| c.script() == Script::Hiragana) => FUNCTION_WORD,
        Kind::Gram => GRAM,
        Kind::Word => WORD,
    }
}

#[cfg(test)]
mod tests {
    use super::{FUNCTION_WORD, GRAM, WORD, emphasis};
    use crate::terms::Kind::{Gram, Word};

    #[test]
    fn function_words_are_told_by_their_terms() {
        for (term, kind) in [
            ("the", Word),
            ("doe", Word),
            ("whi", Word),
            ("什么", Gram),
            ("么", Gram),
            ("です", Gram),
            ("茶を", Gram),
        ] {
            assert_eq!(emphasis(term, kind), FUNCTION_WORD, "{term}");
        }
    }

    #[test]
    fn grams_count_less_than_words() {
        for (term, kind, wanted) in [
            ("tea", Word, WORD),
            ("capit", Word, WORD),
            ("茶", Gram, GRAM),
            ("首都", Gram, GRAM),
        ] {
            assert_eq!(emphasis(term, kind), wanted, "{term}");
        }
    }
}
