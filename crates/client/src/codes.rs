//! Classifies failed responses by HTTP status and business code of the service.

use crate::ErrorKind;

/// Returns the kind of a failure.
///
/// The service's own codes take precedence over the status, because its gateways send failures
/// with status 200. With that status, a code of three digits is an HTTP status.
pub(crate) fn kind(status: u16, code: Option<&str>) -> ErrorKind {
    let number = code.and_then(|code| code.trim().parse::<u16>().ok());
    let status = match (status, number) {
        (200..=299, Some(in_body @ 400..=599)) => in_body,
        _ => status,
    };
    match (status, number) {
        (_, Some(1000..=1005)) | (401, _) => ErrorKind::Authentication,
        (_, Some(1220)) | (403, _) => ErrorKind::Permission,
        (_, Some(1301)) => ErrorKind::ContentRefused,
        (_, Some(1113 | 1304 | 1308..=1311 | 1313..=1321)) => ErrorKind::Quota,
        (_, Some(1302 | 1305)) | (429, _) => ErrorKind::RateLimited,
        (408 | 500..=599, _) | (200..=299, Some(1200 | 1230 | 1234)) => ErrorKind::Service,
        (400..=499, _) | (200..=299, Some(1210..=1215 | 1221 | 1222 | 1261)) => {
            ErrorKind::InvalidRequest
        }
        _ => ErrorKind::InvalidResponse,
    }
}

/// Whether single documents caused the failure, so that the request may succeed without them.
pub(crate) fn refuses_documents(kind: ErrorKind, code: Option<&str>, message: &str) -> bool {
    match kind {
        ErrorKind::ContentRefused => true,
        ErrorKind::InvalidRequest => {
            // `return_documents` contains the name of another field.
            let flag = message.contains(RETURN_DOCUMENTS);
            let message = message.replace(RETURN_DOCUMENTS, "");
            let names = |field: &&str| message.contains(*field);
            // 1214 also means too many characters in all documents together, and a part of the
            // documents may fit.
            let may_be_documents = matches!(code.map(str::trim), Some("1214" | "1261"));
            names(&"documents[")
                || may_be_documents
                    && (names(&"document") || !flag && !OTHER_FIELDS.iter().any(names))
        }
        _ => false,
    }
}

const RETURN_DOCUMENTS: &str = "return_documents";

/// The fields of a request besides its documents.
const OTHER_FIELDS: [&str; 6] = [
    "model",
    "query",
    "top_n",
    "return_raw_scores",
    "request_id",
    "user_id",
];

#[cfg(test)]
mod tests {
    use super::{kind, refuses_documents};
    use crate::ErrorKind::{self, *};

    fn each(status: u16, codes: &[&str], wanted: ErrorKind) {
        for code in codes {
            assert_eq!(kind(status, Some(code)), wanted, "{status} {code}");
        }
    }

    #[test]
    fn codes_are_taken_as_the_service_documents_them() {
        each(
            401,
            &["1000", "1001", "1002", "1003", "1004", "1005"],
            Authentication,
        );
        each(
            400,
            &[
                "1210", "1211", "1212", "1213", "1214", "1215", "1221", "1222", "1261",
            ],
            InvalidRequest,
        );
        each(400, &["1301"], ContentRefused);
        each(403, &["1220"], Permission);
        each(429, &["1302", "1305"], RateLimited);
        each(
            429,
            &[
                "1113", "1304", "1308", "1309", "1310", "1311", "1313", "1316", "1321",
            ],
            Quota,
        );
        each(500, &["1200", "1230", "1234"], Service);
    }

    #[test]
    fn under_a_status_of_success_the_code_decides() {
        each(200, &["1113"], Quota);
        each(200, &["1200", "500", "503"], Service);
        each(200, &["1214", "404"], InvalidRequest);
        each(200, &["401", "1000"], Authentication);
        each(200, &["429", "1302"], RateLimited);
        each(200, &["7777", "-1", "70000"], InvalidResponse);
    }

    #[test]
    fn single_documents_are_refused_for_what_is_in_them() {
        for (kind, code, message, wanted) in [
            (ContentRefused, "1301", "", true),
            (InvalidRequest, "1214", "documents[3] is not valid", true),
            (InvalidRequest, "1214", "documents 参数非法", true),
            (InvalidRequest, "1214", "请求参数非法", true),
            (InvalidRequest, "1214", "user_id参数非法", false),
            (InvalidRequest, "1214", "return_documents参数非法", false),
            (InvalidRequest, "1261", "Prompt 超长", true),
            (InvalidRequest, "1211", "no such model", false),
            (InvalidRequest, "422", "body.documents[3]: too long", true),
            (InvalidRequest, "1210", "", false),
            (Quota, "1113", "documents[3]", false),
        ] {
            let refuses = refuses_documents(kind, Some(code), message);
            assert_eq!(refuses, wanted, "{code} {message}");
        }
    }

    #[test]
    fn without_a_known_code_the_status_decides() {
        for (status, wanted) in [
            (401, Authentication),
            (403, Permission),
            (404, InvalidRequest),
            (408, Service),
            (413, InvalidRequest),
            (429, RateLimited),
            (502, Service),
            (307, InvalidResponse),
        ] {
            assert_eq!(kind(status, None), wanted, "{status}");
            assert_eq!(kind(status, Some("9999")), wanted, "{status}");
            assert_eq!(kind(status, Some("soon")), wanted, "{status}");
        }
    }
}
