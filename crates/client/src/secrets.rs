//! Credentials that were sent, and texts without them.

use secrecy::{ExposeSecret, SecretString};

/// The shortest text that is taken out: a shorter one is in many words, and no credential.
const SHORTEST: usize = 4;
/// The mark in place of a credential.
const MARK: &str = "…";

/// The credentials of a request. A service may repeat them, and no message does.
#[derive(Clone, Default)]
pub(crate) struct Secrets(Vec<SecretString>);

impl Secrets {
    pub(crate) fn add(&mut self, secret: &str) {
        if secret.len() >= SHORTEST {
            self.0.push(SecretString::from(secret));
            // What holds another one is taken out before it.
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
