//! The causes of an error: the messages of the libraries that failed, each once.

use std::error::Error as StdError;
use std::fmt;

use crate::secrets::Secrets;

/// The text of one error in a chain of sources.
#[derive(Debug)]
pub(crate) struct Cause {
    text: String,
    source: Option<Box<Cause>>,
}

impl Cause {
    /// Returns the chain that begins with `error`, without credentials, and without texts that are
    /// in `said` or further up the chain.
    pub(crate) fn new(
        error: &(dyn StdError + 'static),
        said: &str,
        secrets: &Secrets,
    ) -> Option<Self> {
        let mut said = said.to_owned();
        let mut texts = Vec::new();
        for error in chain(error) {
            let text = secrets.redact(&error.to_string());
            if !text.is_empty() && !said.contains(&text) {
                said.push('\n');
                said.push_str(&text);
                texts.push(text);
            }
        }
        texts.into_iter().rev().fold(None, |source, text| {
            Some(Self {
                text,
                source: source.map(Box::new),
            })
        })
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl StdError for Cause {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        let source = self.source.as_ref()?;
        Some(source.as_ref())
    }
}

/// Returns the error and all of its sources.
pub(crate) fn chain<'a>(
    error: &'a (dyn StdError + 'static),
) -> impl Iterator<Item = &'a (dyn StdError + 'static)> {
    std::iter::successors(Some(error), |error| (**error).source())
}

#[cfg(test)]
mod tests {
    use std::error::Error as StdError;
    use std::fmt;

    use super::{Cause, chain};
    use crate::secrets::Secrets;

    #[derive(Debug)]
    struct Nested(&'static str, Option<Box<Nested>>);

    impl fmt::Display for Nested {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(self.0)
        }
    }

    impl StdError for Nested {
        fn source(&self) -> Option<&(dyn StdError + 'static)> {
            Some(self.1.as_deref()?)
        }
    }

    #[test]
    fn each_text_is_in_the_chain_once_and_none_that_was_said() {
        let texts = ["outer: sesame", "said", "", "outer: …", "inner", "inner"];
        let nested = texts.iter().rev().fold(None, |source, text| {
            Some(Nested(text, source.map(Box::new)))
        });
        let mut secrets = Secrets::default();
        secrets.add("sesame");
        let cause = Cause::new(&nested.unwrap(), "what was said", &secrets).unwrap();
        let left: Vec<_> = chain(&cause).map(ToString::to_string).collect();
        assert_eq!(left, ["outer: …", "inner"]);
        assert!(Cause::new(&Nested("said", None), "was said", &secrets).is_none());
    }
}
