//! Words -> stems: "capitals" finds "capital".

use snowstem::{Algorithm, Stemmer};

use crate::folding::without_accents;
use crate::terms::Stemming;

/// Stems words, in buffers that are used again.
#[derive(Default)]
pub(crate) struct Stems {
    plain: String,
    stem: String,
}

impl Stems {
    /// Returns the stem of a folded word without accents.
    pub(crate) fn plain(&mut self, word: &str, stemming: Stemming) -> &str {
        if word.is_ascii() {
            stem_into(word, stemming, &mut self.stem);
        } else {
            self.remove_accents(word);
            stem_into(&self.plain, stemming, &mut self.stem);
        }
        &self.stem
    }

    /// Returns the stem of a folded word with its accents, or `None` if it has none.
    pub(crate) fn accented(&mut self, word: &str, stemming: Stemming) -> Option<&str> {
        if word.is_ascii() {
            return None;
        }
        self.remove_accents(word);
        if self.plain == word {
            return None;
        }
        stem_into(word, stemming, &mut self.stem);
        Some(&self.stem)
    }

    fn remove_accents(&mut self, word: &str) {
        self.plain.clear();
        without_accents(word, &mut self.plain);
    }
}

fn stem_into(word: &str, stemming: Stemming, out: &mut String) {
    let algorithm = match stemming {
        Stemming::English => Algorithm::English,
        Stemming::Russian => Algorithm::Russian,
        Stemming::None => return word.clone_into(out),
    };
    Stemmer::create(algorithm).stem_into(word, out);
}

#[cfg(test)]
mod tests {
    use super::Stems;
    use crate::terms::Stemming;

    proptest::proptest! {
        /// Words of documents are passed over by their first byte.
        #[test]
        fn the_first_byte_of_a_word_in_ascii_stays(
            word in "[a-z][a-z']{0,8}[a-z](ies|ied|ying|ing|ed|ly|s|'s|é)?|(sk|d|l|t)(ies|ying|y)"
        ) {
            let mut stems = Stems::default();
            let first = word.as_bytes().first();
            let plain = stems.plain(&word, Stemming::English).as_bytes().first().copied();
            proptest::prop_assert_eq!(plain.as_ref(), first);
        }
    }
}
