//! Completions for shells, and the man page.

use clap::CommandFactory;
use clap_complete::Shell;

use crate::arguments::Arguments;
use crate::failure::{Failure, print};

pub(crate) fn completions(shell: Shell) -> Result<(), Failure> {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "rerank", &mut text);
    print(&String::from_utf8_lossy(&text))
}

pub(crate) fn man() -> Result<(), Failure> {
    let mut text = Vec::new();
    clap_mangen::Man::new(Arguments::command())
        .render(&mut text)
        .map_err(|error| Failure::new(format!("the man page: {error}"), ""))?;
    print(&String::from_utf8_lossy(&text))
}
