//! Redacts the credentials that were sent.

use secrecy::{ExposeSecret, SecretString};

/// The shortest text that is redacted: a shorter text is part of many words, and not a credential.
const SHORTEST: usize = 4;
/// The mark that replaces a credential.
const MARK: &str = "…";

/// The credentials of a request. A service may repeat them, and no message does.
#[derive(Clone, Default)]
pub(crate) struct Secrets(Vec<SecretString>);

impl Secrets {
    pub(crate) fn add(&mut self, secret: &str) {
        if secret.len() >= SHORTEST {
            self.0.push(SecretString::from(secret));
            // Longer texts first: one may contain another.
            self.0
                .sort_by_key(|secret| std::cmp::Reverse(secret.expose_secret().len()));
        }
    }

    /// Returns the text without the credentials.
    pub(crate) fn redact(&self, text: &str) -> String {
        self.0.iter().fold(text.to_owned(), |text, secret| {
            text.replace(secret.expose_secret(), MARK)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Secrets;

    #[test]
    fn credentials_are_taken_out_the_longest_first() {
        let mut secrets = Secrets::default();
        for secret in ["open", "kenning.sesame-open", "a"] {
            secrets.add(secret);
        }
        assert_eq!(secrets.redact("a kenning.sesame-open, open"), "a …, …");
    }
}
