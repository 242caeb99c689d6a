//! Parameters in every style, as RFC 6570 and OpenAPI write them.

use behaves_contract::Client;
use behaves_contract::types::{Rgb, StylesDeepObject, StylesEither, StylesOptions};
use serde_json::json;

use crate::{Service, heading};

pub async fn print(service: &Service, client: &Client) {
    heading("Styles of parameters");
    let rgb = Rgb::new().r(100).g(1.5).b_b("50%;é");
    let list = ["a.b".to_owned(), "c/d".to_owned()];
    let send = async |title: &str, token: &str, options: &StylesOptions| {
        let call = client.styles(&rgb, &list, 5, &rgb, token, options);
        service.call(title, 204, "", call).await;
    };
    send("what is required", "t;k", &StylesOptions::new()).await;

    let deep = StylesDeepObject::new()
        .a("x&y")
        .b(vec![1, 2])
        .c(Rgb::new().r(1).b_b_null());
    let options = StylesOptions::new()
        .form(rgb.clone())
        .exploded(rgb.clone())
        .spaced(rgb.clone())
        .piped(rgb.clone())
        .deep_object(deep)
        .either(StylesEither::Number(1.0))
        .filter(rgb.clone())
        .text("a b")
        .any(json!({"k": [1, {"l": null}], "gone": null}))
        .x_rgb(rgb.clone())
        .x_exploded(rgb.clone())
        .x_json(rgb.clone())
        .rgb(rgb.clone())
        .list(["l, m", "n"]);
    send("everything", "t", &options).await;

    let nothing = StylesOptions::new()
        .exploded(Rgb::new())
        .deep_object(StylesDeepObject::new())
        .either(StylesEither::StringList(Vec::new()))
        .any(json!(null))
        .rgb(Rgb::new());
    send("nothing in the values", "t", &nothing).await;

    let high = Rgb::new().r(256);
    let options = StylesOptions::new().form(high.clone()).x_rgb(high);
    send("limits", "too long a text", &options).await;
    let options = StylesOptions::new().x_rgb(Rgb::new().b_b("line\nend"));
    send("no header", "t", &options).await;

    let items = [Some("a,b".to_owned()), None, Some("ü".to_owned())];
    let call = client.labels("l", &rgb, &items, &rgb);
    let title = "labels and matrices, to another server";
    service.call(title, 204, "", call).await;
    let empty = Rgb::new();
    let call = client.labels("", &empty, &[], &empty);
    service.call("empty ones", 204, "", call).await;
}
