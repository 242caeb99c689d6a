//! `generating-ours generate CRATE OUT CONTRACT [OVERLAY]` writes a crate;
//! `generating-ours prepare OUT CONTRACT [OVERLAY]` writes a contract that other generators take.

mod prepare;

use std::env;
use std::error::Error;
use std::fs;
use std::path::Path;

use bigmodel_rerank_codegen::{Generated, Input, Settings, Source, generate};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<_> = env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["generate", name, out, ref contract @ ..] => {
            for (path, text) in generated(name, contract)?.files {
                let path = Path::new(out).join(path);
                fs::create_dir_all(path.parent().ok_or("a file has a folder")?)?;
                fs::write(path, text)?;
            }
        }
        ["prepare", out, ref contract @ ..] => {
            let contract = generated("prepared", contract)?.effective;
            fs::write(
                out,
                serde_json::to_string_pretty(&prepare::prepared(contract))?,
            )?;
        }
        _ => {
            return Err(
                "generate CRATE OUT CONTRACT [OVERLAY], or prepare OUT CONTRACT [OVERLAY]".into(),
            );
        }
    }
    Ok(())
}

fn generated(name: &str, paths: &[&str]) -> Result<Generated, Box<dyn Error>> {
    let source = |path: &&str| -> Result<Source, Box<dyn Error>> {
        Ok(Source::new(*path, fs::read_to_string(path)?))
    };
    let input = Input {
        spec: paths.first().map(source).ok_or("a contract")??,
        overlay: paths.get(1).map(source).transpose()?,
    };
    let settings = Settings {
        crate_name: Some(name.to_owned()),
        regenerate: "cargo xtask bench generating".to_owned(),
        ..Settings::default()
    };
    Ok(generate(&input, &settings)?)
}
