//! Checks responses against their requests.

use bigmodel_rerank_api::types::RerankRequest;

use crate::{BackendResponse, Error, ErrorKind};

/// Returns the outcome of a request, unless its id shows that it belongs to another request: then
/// an error that is transient, as the same request may succeed on another connection.
///
/// A failure that does not depend on the request, such as an exhausted balance or an overloaded
/// service, is returned unchanged whatever its id: gateways number their failures themselves.
pub(crate) fn of_this_request(
    outcome: Result<BackendResponse, Error>,
    request: &RerankRequest,
) -> Result<BackendResponse, Error> {
    let received = match &outcome {
        Ok(response) => response.request_id.as_deref(),
        Err(error) => error.request_id(),
    };
    let id = |id: Option<&str>| id.filter(|id| !id.is_empty()).map(str::to_owned);
    let (Some(sent), Some(received)) = (id(request.request_id.as_deref()), id(received)) else {
        return outcome;
    };
    if sent == received {
        return outcome;
    }
    let mut detail = format!("the response belongs to another request, {received}");
    if let Err(error) = outcome {
        let is_about_request = matches!(
            error.kind(),
            ErrorKind::InvalidRequest | ErrorKind::ContentRefused | ErrorKind::InvalidResponse
        );
        if !is_about_request {
            return Err(error.out_of_step());
        }
        detail += &format!("; it says: {error}");
    }
    Err(Error::new(ErrorKind::Transport, detail).out_of_step())
}

/// Returns index and score of each result, if there are `wanted` results, each for a different one
/// of the `sent` documents, and each with a finite score.
pub(crate) fn checked(
    response: &BackendResponse,
    sent: usize,
    wanted: usize,
) -> Result<Vec<(usize, f32)>, Error> {
    let wrong = |problem: String| Err(Error::new(ErrorKind::InvalidResponse, problem));
    let found = response.results.len();
    if found > sent {
        return wrong(format!("expected {wanted} results, found {found}"));
    }
    let mut seen = vec![false; sent];
    let mut scores = Vec::with_capacity(found);
    for (at, result) in response.results.iter().enumerate() {
        let index = result.index;
        let known = usize::try_from(index)
            .ok()
            .and_then(|index| Some((index, seen.get_mut(index)?)));
        let Some((document, seen)) = known else {
            return wrong(format!(
                "results[{at}].index: expected an index of {sent} documents, found {index}"
            ));
        };
        if std::mem::replace(seen, true) {
            return wrong(format!("results[{at}].index: duplicate index {index}"));
        }
        if !result.score.is_finite() {
            return wrong(format!(
                "results[{at}].relevance_score: expected a finite number, found {}",
                result.score
            ));
        }
        scores.push((document, result.score));
    }
    if found != wanted {
        return wrong(format!("expected {wanted} results, found {found}"));
    }
    Ok(scores)
}

#[cfg(test)]
mod tests {
    use super::checked;
    use crate::{BackendResponse, ErrorKind, IndexedScore};

    #[test]
    fn a_score_that_is_not_finite_is_refused() {
        for score in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY] {
            let results = [IndexedScore::new(0, 0.5), IndexedScore::new(1, score)];
            let response = BackendResponse::new(results);
            let error = checked(&response, 2, 2).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::InvalidResponse);
            let said = error.to_string();
            assert!(
                said.contains("results[1].relevance_score: expected a finite number"),
                "{said}"
            );
        }
    }
}
