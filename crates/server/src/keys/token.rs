//! Tokens (JWTs) instead of a key, as the service's own libraries create them: HS256 with
//! the secret of a key `id.secret`, the header `sign_type: SIGN`, and times in milliseconds.
//!
//! A JWT library would not fit: libraries expect `exp` in seconds, and here a claim names the key to
//! verify with.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::hmac;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde_json::{Map, Number, Value};
use subtle::ConstantTimeEq;

use crate::failure::Failure;

/// The longest token, in bytes; those of the service's libraries have about 250.
const LONGEST: usize = 8 << 10;
/// The clock skew that is tolerated, in milliseconds.
const LEEWAY: i128 = 30_000;
/// Milliseconds since 1970 are above this since 1973, and seconds will be in the year 5138.
const LEAST_MILLISECONDS: i128 = 100_000_000_000;

/// The three parts of a token, as they are sent.
pub(super) struct Token<'a> {
    header: &'a str,
    claims: &'a str,
    signature: &'a str,
    /// The signed part.
    signed: &'a str,
}

#[derive(Deserialize)]
struct Claims {
    api_key: String,
    exp: Number,
}

/// Returns the token, if the credential has the form of one.
pub(super) fn recognize(credential: &[u8]) -> Option<Token<'_>> {
    let text = str::from_utf8(credential).ok()?;
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    if !text.bytes().all(is_token) {
        return None;
    }
    let (signed, signature) = text.rsplit_once('.')?;
    let (header, claims) = signed.split_once('.')?;
    (!claims.contains('.')).then_some(Token {
        header,
        claims,
        signature,
        signed,
    })
}

pub(super) fn check(token: Token<'_>, keys: &[SecretString], now: i128) -> Result<(), Failure> {
    let length = token.signed.len().saturating_add(token.signature.len());
    if length > LONGEST {
        return invalid("the token in the Authorization header is longer than 8192 bytes");
    }
    check_header(token.header)?;
    let Some(claims) = decode::<Claims>(token.claims) else {
        return invalid(
            "invalid token: expected claims in base64url with `api_key`, a string, and `exp`, a \
             number of milliseconds",
        );
    };
    if !is_signed(&token, &claims.api_key, keys) {
        return invalid(
            "invalid token: it is not signed with the secret of a key that is accepted here; look \
             at `api_key` and at the secret",
        );
    }
    check_expiry(&claims.exp, now)
}

fn check_header(header: &str) -> Result<(), Failure> {
    let Some(header) = decode::<Map<String, Value>>(header) else {
        return invalid("invalid token: expected a header of a JSON object in base64url");
    };
    let has = |name: &str, value: &str| header.get(name).is_some_and(|found| found == value);
    if !has("alg", "HS256") {
        return invalid("invalid token: expected `alg` HS256 in its header");
    }
    if !has("sign_type", "SIGN") {
        return invalid("invalid token: expected `sign_type` SIGN in its header");
    }
    // Critical claims must be understood (RFC 7515), and none is supported.
    if header.contains_key("crit") {
        return invalid("invalid token: `crit` in its header is not supported");
    }
    Ok(())
}

/// Whether the token is signed with the secret of the key with this id. This takes as long for an
/// unknown key.
fn is_signed(token: &Token<'_>, id: &str, keys: &[SecretString]) -> bool {
    let Ok(signature) = URL_SAFE_NO_PAD.decode(token.signature) else {
        return false;
    };
    let verify = |secret: &str| {
        let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
        hmac::verify(&key, token.signed.as_bytes(), &signature).is_ok()
    };
    let secrets = keys.iter().filter_map(|key| {
        let (known, secret) = key.expose_secret().split_once('.')?;
        let is_it: bool = known.as_bytes().ct_eq(id.as_bytes()).into();
        (is_it && !secret.is_empty()).then_some(secret)
    });
    let mut found = false;
    let mut signed = false;
    // More than one while a secret is being replaced.
    for secret in secrets {
        found = true;
        signed |= verify(secret);
    }
    if !found {
        verify("no secret");
    }
    signed
}

fn check_expiry(exp: &Number, now: i128) -> Result<(), Failure> {
    // Conversions of floats saturate.
    let exp = exp
        .as_i128()
        .or_else(|| exp.as_f64().map(|exp| exp as i128))
        .unwrap_or_default();
    if exp.saturating_add(LEEWAY) > now {
        return Ok(());
    }
    Err(Failure::expired_token(
        if (1..LEAST_MILLISECONDS).contains(&exp) {
            "expired token: `exp` looks like seconds since 1970; expected milliseconds"
        } else {
            "expired token: its `exp` is in the past; create a new token, or check both clocks"
        },
    ))
}

fn decode<T: for<'de> Deserialize<'de>>(part: &str) -> Option<T> {
    let json = URL_SAFE_NO_PAD.decode(part).ok()?;
    serde_json::from_slice(&json).ok()
}

fn invalid(problem: &'static str) -> Result<(), Failure> {
    Err(Failure::invalid_token(problem))
}
