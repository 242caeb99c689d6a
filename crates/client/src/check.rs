//! Responses are checked against their requests before they are believed.

use bigmodel_rerank_api::types::RerankRequest;

use crate::{BackendResponse, Error, ErrorKind};

/// Returns the outcome of a request, unless its id shows that it belongs to another request: then
/// an error that is transient, as the same request may succeed on another connection.
///
/// A failure of the account is one whichever request it was for, and stays what it is.
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
        if matches!(
            error.kind(),
            ErrorKind::Authentication | ErrorKind::Permission | ErrorKind::Quota
        ) {
            return Err(error.out_of_step());
        }
        detail += &format!("; it says: {error}");
    }
    Err(Error::new(ErrorKind::Transport, detail).out_of_step())
}

/// The place and score of each result, if there are as many as wanted, each for another of
/// the documents sent, each with a finite score.
pub(crate) fn checked(
    answer: &BackendResponse,
    sent: usize,
    wanted: usize,
) -> Result<Vec<(usize, f32)>, Error> {
    let wrong = |problem: String| Err(Error::new(ErrorKind::InvalidResponse, problem));
    let mut seen = vec![false; sent];
    let mut scores = Vec::with_capacity(answer.results.len());
    for (place, result) in answer.results.iter().enumerate() {
        let (index, score) = (result.index, result.score);
        let known = usize::try_from(index)
            .ok()
            .and_then(|at| Some((at, seen.get_mut(at)?)));
        let Some((at, seen)) = known else {
            return wrong(format!(
                "results[{place}] has index {index}, of {sent} documents"
            ));
        };
        if std::mem::replace(seen, true) {
            return wrong(format!("results[{place}] has index {index} a second time"));
        }
        if !score.is_finite() {
            return wrong(format!(
                "results[{place}] has a score that is no number, {score}"
            ));
        }
        scores.push((at, score));
    }
    if scores.len() != wanted {
        return wrong(format!(
            "{} results, where {wanted} were asked for",
            scores.len()
        ));
    }
    Ok(scores)
}

#[cfg(test)]
mod tests {
    use super::checked;
    use crate::{BackendResponse, ErrorKind, IndexedScore};

    #[test]
    fn a_score_that_is_no_number_is_refused() {
        for score in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY] {
            let results = [IndexedScore::new(0, 0.5), IndexedScore::new(1, score)];
            let answer = BackendResponse::new(results);
            let error = checked(&answer, 2, 2).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::InvalidResponse);
            let said = error.to_string();
            assert!(
                said.contains("results[1] has a score that is no number"),
                "{said}"
            );
        }
    }
}
