//! `openapi.yaml`: the contract that the crate was generated from, corrections applied.
//!
//! It travels with the crate, so that whoever serves or reads the contract has the very one
//! that the types mirror.

use super::{Context, print};

/// The path of the file in the crate.
pub(super) const PATH: &str = "openapi.yaml";

pub(super) fn file(context: &Context<'_>) -> Result<String, String> {
    let text = serde_yaml::to_string(context.effective).map_err(|error| error.to_string())?;
    Ok(print::header(context, "#") + &text)
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use crate::{Settings, generate_value};

    const CONTRACT: &str = r#"{
        "openapi": "3.0.3",
        "info": {"title": "Words: 'yes', \"no\" # and {so} on", "version": "1.0"},
        "paths": {},
        "components": {"schemas": {"Thing": {
            "type": "object",
            "description": "Two lines,\nthe second of which ends in a blank \n",
            "properties": {
                "date": {"type": "string", "example": "2024-11-20"},
                "digits": {"type": "string", "example": "20241120141244890"},
                "share": {"type": "number", "example": 0.99866986}
            }
        }}}
    }"#;

    fn settings() -> Settings {
        Settings {
            crate_name: Some("words".to_owned()),
            ..Settings::default()
        }
    }

    #[test]
    fn the_file_is_the_contract_again() {
        let contract: Value = serde_json::from_str(CONTRACT).unwrap();
        let generated = generate_value("contract", &contract, &settings()).unwrap();
        let read: Value = serde_yaml::from_str(&generated.files[super::PATH]).unwrap();
        assert_eq!(read, contract);
    }
}
