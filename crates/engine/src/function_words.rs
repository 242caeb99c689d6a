//! Words that hold a sentence together and say little of what it is about.
//!
//! In a large collection they are in most documents, and so weigh little by themselves. The
//! few candidates of a request are all about the query's subject: there, "how" may well be
//! rarer than the subject's name. So they weigh less from the start.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::terms::Terms;

/// What a function word weighs, of what another word would.
pub(crate) const WEIGHT: f64 = 0.2;

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
        Terms::new().each(words, |term| {
            terms.insert(term.into());
        });
    }
    terms
});

/// Whether a term is a function word.
pub(crate) fn contains(term: &str) -> bool {
    TERMS.contains(term)
}

#[cfg(test)]
mod tests {
    use super::contains;

    #[test]
    fn words_are_told_by_their_terms() {
        for term in ["the", "doe", "whi", "how", "什么", "么", "的"] {
            assert!(contains(term), "{term}");
        }
        for term in ["tea", "capit", "茶", "首都", "东", ""] {
            assert!(!contains(term), "{term}");
        }
    }
}
