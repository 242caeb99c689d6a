"""Adapts the contract's schema to the intended differences of the server.

The contract requires a model and allows any name. The server uses the default model if there is
none, as in one of the two documented calls, and rejects names that the contract does not list. It
accepts listed names in upper or lower case. Optional fields may be null, because some clients send
null. A request_id, for which the contract has no limit, is limited like a query. An integer may be
written with a fraction of zero or an exponent, as in JSON Schema, where schemathesis expects an
error.
"""

import schemathesis


@schemathesis.hook
def before_load_schema(context, raw_schema):
    request = raw_schema["components"]["schemas"]["RerankRequest"]
    fields = request["properties"]
    request["required"].remove("model")
    fields["model"]["enum"] = [*fields["model"]["x-extensible-enum"], None]
    for name in fields.keys() - set(request["required"]):
        fields[name]["nullable"] = True
    fields["request_id"]["maxLength"] = fields["query"]["maxLength"]


@schemathesis.hook
def filter_body(context, body):
    top_n = body.get("top_n") if isinstance(body, dict) else None
    return not (isinstance(top_n, float) and top_n.is_integer())
