//! Text -> the list of its terms.

use crate::stems::Stems;
use crate::terms::{Form, Sink, Stemming, each_term};

/// A term, by which query and documents are compared.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub(crate) enum Term {
    /// A stemmed word.
    Word(Box<str>),
    /// A character, or two neighbours, of a script without spaces between words.
    Gram(char, Option<char>),
}

/// A term as a text has it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Occurrence {
    pub(crate) term: Term,
    pub(crate) form: Form,
    /// The stem of a word that has accents, with them. The term is without.
    pub(crate) accented: Option<Box<str>>,
}

/// Returns the terms of a text, in order.
pub(crate) fn terms(text: &str) -> Vec<Occurrence> {
    let mut list = TermList::default();
    each_term(text, &mut String::new(), &mut list);
    list.terms
}

/// Terms with nothing left out.
#[derive(Default)]
pub(crate) struct TermList {
    pub(crate) terms: Vec<Occurrence>,
    stems: Stems,
}

impl Sink for TermList {
    fn word(&mut self, word: &str, stemming: Stemming, form: Form) {
        let lower = word.to_ascii_lowercase();
        let accented = self.stems.accented(&lower, stemming).map(Box::from);
        let term = Term::Word(self.stems.plain(&lower, stemming).into());
        self.terms.push(Occurrence {
            term,
            form,
            accented,
        });
    }

    fn gram(&mut self, first: char, second: Option<char>) {
        self.terms.push(Occurrence {
            term: Term::Gram(first, second),
            form: Form::Main,
            accented: None,
        });
    }
}
