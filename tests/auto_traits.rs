//! The public types of the client can be sent to another thread and shared between threads, and
//! so can its calls. That this file compiles is the test.

mod support;

use bigmodel_rerank_api::types::{self, ErrorResponse};
use bigmodel_rerank_api::validation::{Limit, SizeLimits, UnknownValue, Violation, Violations};
use bigmodel_rerank_api::{Client, Error, RawResponse, Response, SetupError};
use bigmodel_rerank_codegen::ItemKind;

const fn shared<T: Send + Sync + 'static>() {}

const _: () = {
    shared::<Client>();
    shared::<Error<ErrorResponse>>();
    shared::<SetupError>();
    shared::<Response<types::RerankResponse>>();
    shared::<RawResponse>();
    shared::<types::RerankRequest>();
    shared::<types::RerankResponse>();
    shared::<types::RerankResult>();
    shared::<types::RerankUsage>();
    shared::<types::ErrorResponse>();
    shared::<types::ErrorDetail>();
    shared::<types::Model>();
    shared::<Limit>();
    shared::<SizeLimits>();
    shared::<UnknownValue>();
    shared::<Violation>();
    shared::<Violations>();
};

/// A call can be spawned on a runtime with several threads.
const _: fn(&Client, &types::RerankRequest) = |client, request| {
    fn sent(_: impl Send) {}
    sent(client.rerank(request));
};

#[test]
fn every_public_type_is_asserted() {
    let api = support::candidate().public_api();
    let types = api
        .items()
        .filter(|item| matches!(item.kind, ItemKind::Type { .. }));
    let mut count = 0;
    for item in types {
        count += 1;
        let name = item.path.rsplit("::").next();
        let asserted = include_str!("auto_traits.rs").lines().any(|line| {
            let argument = line.trim().strip_prefix("shared::<");
            let path = argument.and_then(|rest| rest.split(['<', '>']).next());
            path.is_some_and(|path| path.rsplit("::").next() == name)
        });
        assert!(asserted, "{} is not asserted above", item.path);
    }
    assert!(count > 10, "{api}");
}
