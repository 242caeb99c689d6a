//! JWTs in place of a key, in the form of the service's own libraries: HS256 with the secret of a
//! key `id.secret`, the header `sign_type: SIGN`, and times in milliseconds.
//!
//! JWT libraries do not fit: they expect `exp` in seconds, and here a claim names the key to verify
//! with.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::hmac;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde_json::{Map, Number, Value};
use subtle::ConstantTimeEq;

use crate::failure::Failure;

/// The maximum length in bytes. JWTs of the service's libraries have about 250.
const MAX_LENGTH: usize = 8 << 10;
/// The maximum difference between the clocks of caller and server, in milliseconds.
const LEEWAY: i128 = 30_000;
/// A smaller `exp` is in seconds: it would be before 1973 in milliseconds, and is before the year
/// 5138 in seconds.
const MIN_MILLISECONDS: i128 = 100_000_000_000;

/// The three parts of a JWT, as they were sent.
pub(super) struct Jwt<'a> {
    header: &'a str,
    claims: &'a str,
    signature: &'a str,
    /// Header and claims, which the signature covers.
    signed: &'a str,
}

#[derive(Deserialize)]
struct Claims {
    api_key: String,
    exp: Number,
}

/// Returns the JWT, if the credential has the form of one.
pub(super) fn recognize(credential: &[u8]) -> Option<Jwt<'_>> {
    let text = str::from_utf8(credential).ok()?;
    let is_valid = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    if !text.bytes().all(is_valid) {
        return None;
    }
    let (signed, signature) = text.rsplit_once('.')?;
    let (header, claims) = signed.split_once('.')?;
    (!claims.contains('.')).then_some(Jwt {
        header,
        claims,
        signature,
        signed,
    })
}

pub(super) fn check(jwt: Jwt<'_>, keys: &[SecretString], now: i128) -> Result<(), Failure> {
    let length = jwt.signed.len().saturating_add(jwt.signature.len());
    if length > MAX_LENGTH {
        return invalid("the JWT in the Authorization header is longer than 8192 bytes");
    }
    check_header(jwt.header)?;
    let Some(claims) = decode::<Claims>(jwt.claims) else {
        return invalid(
            "invalid JWT: expected claims in base64url with `api_key`, a string, and `exp`, a \
             number of milliseconds",
        );
    };
    if !is_signed(&jwt, &claims.api_key, keys) {
        return invalid(
            "invalid JWT: not signed with the secret of a key that is accepted here; check \
             `api_key` and the secret",
        );
    }
    check_expiry(&claims.exp, now)
}

fn check_header(header: &str) -> Result<(), Failure> {
    let Some(header) = decode::<Map<String, Value>>(header) else {
        return invalid("invalid JWT: expected a header that is a JSON object in base64url");
    };
    let has = |name: &str, value: &str| header.get(name).is_some_and(|found| found == value);
    if !has("alg", "HS256") {
        return invalid("invalid JWT: expected `alg` HS256 in its header");
    }
    if !has("sign_type", "SIGN") {
        return invalid("invalid JWT: expected `sign_type` SIGN in its header");
    }
    // A verifier must reject critical extensions that it does not support (RFC 7515).
    if header.contains_key("crit") {
        return invalid("invalid JWT: `crit` in its header is not supported");
    }
    Ok(())
}

/// Returns whether the JWT is signed with the secret of the key with this id. If there is no such
/// key, this takes the same time.
fn is_signed(jwt: &Jwt<'_>, id: &str, keys: &[SecretString]) -> bool {
    let Ok(signature) = URL_SAFE_NO_PAD.decode(jwt.signature) else {
        return false;
    };
    let verify = |secret: &str| {
        let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
        hmac::verify(&key, jwt.signed.as_bytes(), &signature).is_ok()
    };
    let secrets = keys.iter().filter_map(|key| {
        let (known, secret) = key.expose_secret().split_once('.')?;
        let is_same: bool = known.as_bytes().ct_eq(id.as_bytes()).into();
        (is_same && !secret.is_empty()).then_some(secret)
    });
    let mut found = false;
    let mut signed = false;
    // An id has more than one secret while its secret is being replaced.
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
    // The conversion from a float saturates.
    let exp = exp
        .as_i128()
        .or_else(|| exp.as_f64().map(|exp| exp as i128))
        .unwrap_or_default();
    if exp.saturating_add(LEEWAY) > now {
        return Ok(());
    }
    Err(Failure::expired_jwt(
        if (1..MIN_MILLISECONDS).contains(&exp) {
            "expired JWT: `exp` looks like seconds since 1970; expected milliseconds"
        } else {
            "expired JWT: its `exp` is in the past; make a new one, or check both clocks"
        },
    ))
}

fn decode<T: for<'de> Deserialize<'de>>(part: &str) -> Option<T> {
    let json = URL_SAFE_NO_PAD.decode(part).ok()?;
    serde_json::from_slice(&json).ok()
}

fn invalid(problem: &'static str) -> Result<(), Failure> {
    Err(Failure::invalid_jwt(problem))
}
