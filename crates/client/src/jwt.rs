//! JSON Web Tokens made from the key, as the service expects them, with times in milliseconds.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::hmac;
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;

use crate::key::ApiKey;
use crate::{Error, ErrorKind};

/// The lifetime of a token.
const LIFETIME: Duration = Duration::from_secs(600);
/// How long before it expires a token is renewed, since a request may wait in a queue.
const SPARE: Duration = Duration::from_secs(120);

/// Signs tokens with a key, and renews them before they expire.
pub(crate) struct JwtSigner {
    id: String,
    secret: hmac::Key,
    last: Mutex<Option<Jwt>>,
}

struct Jwt {
    text: SecretString,
    /// Since 1970.
    renewed_at: Duration,
}

impl JwtSigner {
    pub(crate) fn new(key: &ApiKey) -> Result<Self, Error> {
        let (id, secret) = key
            .expose()
            .split_once('.')
            .filter(|(id, secret)| !id.is_empty() && !secret.is_empty())
            .ok_or_else(|| {
                let problem = "invalid API key for a JWT: expected the form id.secret";
                Error::new(ErrorKind::Config, problem)
            })?;
        Ok(Self {
            id: id.to_owned(),
            secret: hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes()),
            last: Mutex::new(None),
        })
    }

    /// Returns a token that does not expire soon.
    pub(crate) fn current(&self) -> SecretString {
        // With a clock before 1970, the service refuses the tokens and says so.
        let now = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default();
        self.at(now)
    }

    fn at(&self, now: Duration) -> SecretString {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let token = match last.take() {
            // Not from the future either: a clock may have been set back.
            Some(token)
                if now < token.renewed_at && token.renewed_at <= now.saturating_add(LIFETIME) =>
            {
                token
            }
            _ => Jwt {
                text: self.sign(now),
                renewed_at: now.saturating_add(LIFETIME.saturating_sub(SPARE)),
            },
        };
        let text = SecretString::from(token.text.expose_secret());
        *last = Some(token);
        text
    }

    fn sign(&self, now: Duration) -> SecretString {
        let milliseconds = |time: Duration| u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
        let header = json!({"alg": "HS256", "sign_type": "SIGN"});
        let claims = json!({
            "api_key": self.id,
            "exp": milliseconds(now.saturating_add(LIFETIME)),
            "timestamp": milliseconds(now),
        });
        let encode = |part: &[u8]| URL_SAFE_NO_PAD.encode(part);
        let signed = format!(
            "{}.{}",
            encode(header.to_string().as_bytes()),
            encode(claims.to_string().as_bytes())
        );
        let signature = hmac::sign(&self.secret, signed.as_bytes());
        SecretString::from(format!("{signed}.{}", encode(signature.as_ref())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signer(key: &str) -> JwtSigner {
        JwtSigner::new(&ApiKey::new(key).unwrap()).unwrap()
    }

    fn part(token: &str, index: usize) -> serde_json::Value {
        let part = token.split('.').nth(index).unwrap();
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
    }

    #[test]
    fn a_token_says_what_the_service_asks_for_in_milliseconds() {
        let token = signer("id.secret").at(Duration::from_secs(1_732_083_164));
        let token = token.expose_secret();
        assert_eq!(part(token, 0), json!({"alg": "HS256", "sign_type": "SIGN"}));
        assert_eq!(
            part(token, 1),
            json!({"api_key": "id", "exp": 1_732_083_764_000_u64, "timestamp": 1_732_083_164_000_u64})
        );
        let (signed, signature) = token.rsplit_once('.').unwrap();
        let signature = URL_SAFE_NO_PAD.decode(signature).unwrap();
        let key = hmac::Key::new(hmac::HMAC_SHA256, b"secret");
        hmac::verify(&key, signed.as_bytes(), &signature).unwrap();
    }

    #[test]
    fn a_token_is_kept_until_it_is_about_to_expire() {
        let signer = signer("id.secret");
        let at = |seconds| {
            signer
                .at(Duration::from_secs(seconds))
                .expose_secret()
                .to_owned()
        };
        let first = at(1000);
        assert_eq!(at(1000 + 479), first);
        let second = at(1000 + 480);
        assert_ne!(second, first);
        // A clock set back gives a token of its own time.
        assert_ne!(at(100), second);
    }

    #[test]
    fn clocks_at_either_end_of_time_make_tokens() {
        let signer = signer("id.secret");
        // 1970, the year 10000, and the last that a duration holds.
        for now in [0, 253_402_300_800, u64::MAX] {
            let token = signer.at(Duration::from_secs(now));
            let claims = part(token.expose_secret(), 1);
            assert!(
                claims["exp"].as_u64() >= claims["timestamp"].as_u64(),
                "{claims}"
            );
        }
    }

    #[test]
    fn a_key_that_is_not_id_and_secret_makes_no_tokens() {
        for key in ["id", "id.", ".secret"] {
            assert!(JwtSigner::new(&ApiKey::new(key).unwrap()).is_err(), "{key}");
        }
    }
}
