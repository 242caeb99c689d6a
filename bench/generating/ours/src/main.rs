//! `generating-ours generate CRATE OUT CONTRACT [OVERLAY]` writes a crate;
//! `generating-ours only SELECTOR CRATE OUT CONTRACT` writes one with the selected operations;
//! `generating-ours prepare OUT CONTRACT [OVERLAY]` writes a contract that other generators accept;
//! `generating-ours describe CRATE CONTRACT` prints facts about it as JSON.

mod describe;
mod prepare;

use std::env;
use std::error::Error;
use std::fs;
use std::path::Path;

use bigmodel_rerank_codegen::{Generated, Input, Selector, Settings, Source, generate};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<_> = env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["generate", name, out, ref contract @ ..] => write(out, generated(name, contract, &[])?)?,
        ["only", selector, name, out, ref contract @ ..] => {
            write(out, generated(name, contract, &[selector.parse()?])?)?;
        }
        ["prepare", out, ref contract @ ..] => {
            let contract = generated("prepared", contract, &[])?.effective;
            fs::write(
                out,
                serde_json::to_string_pretty(&prepare::prepared(contract))?,
            )?;
        }
        ["describe", name, contract] => {
            println!(
                "{}",
                describe::description(&generated(name, &[contract], &[])?)
            );
        }
        _ => {
            return Err("usage: generate CRATE OUT CONTRACT [OVERLAY], \
                        only SELECTOR CRATE OUT CONTRACT, prepare OUT CONTRACT [OVERLAY], \
                        or describe CRATE CONTRACT"
                .into());
        }
    }
    Ok(())
}

fn write(out: &str, generated: Generated) -> Result<(), Box<dyn Error>> {
    for (path, text) in generated.files {
        let path = Path::new(out).join(path);
        fs::create_dir_all(path.parent().ok_or("a generated file without a folder")?)?;
        fs::write(path, text)?;
    }
    Ok(())
}

fn generated(name: &str, paths: &[&str], only: &[Selector]) -> Result<Generated, Box<dyn Error>> {
    let source = |path: &&str| -> Result<Source, Box<dyn Error>> {
        Ok(Source::new(*path, fs::read_to_string(path)?))
    };
    let input = Input {
        spec: paths.first().map(source).ok_or("missing CONTRACT")??,
        overlay: paths.get(1).map(source).transpose()?,
    };
    let settings = Settings {
        crate_name: Some(name.to_owned()),
        only: only.to_vec(),
        regenerate: "cargo xtask bench generating".to_owned(),
        ..Settings::default()
    };
    Ok(generate(&input, &settings)?)
}
