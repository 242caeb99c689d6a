//! One of the two contracts that are compared, and the code that it gives.

use bigmodel_rerank_codegen::{Contract, Diagnostics, Generated, Pointer};

use crate::change::Place;

/// What became of a contract in the generator.
#[derive(Clone, Copy, Debug, Default)]
pub enum Code<'a> {
    /// Nobody tried.
    #[default]
    NotTried,
    /// The files and the public API.
    Generated(&'a Generated),
    /// What is wrong with it.
    Refused(&'a Diagnostics),
}

/// A contract, old or new.
#[derive(Clone, Copy, Debug)]
pub struct Side<'a> {
    /// The contract after its overlay, and where each node stands.
    pub contract: &'a Contract,
    /// The code that it gives.
    pub code: Code<'a>,
}

impl<'a> Side<'a> {
    /// A contract of which nothing was generated.
    pub fn of(contract: &'a Contract) -> Self {
        Self {
            contract,
            code: Code::NotTried,
        }
    }

    /// A contract and what the generator gave for it.
    pub fn with_code(contract: &'a Contract, code: Result<&'a Generated, &'a Diagnostics>) -> Self {
        let code = match code {
            Ok(generated) => Code::Generated(generated),
            Err(diagnostics) => Code::Refused(diagnostics),
        };
        Self { contract, code }
    }

    pub(crate) fn generated(&self) -> Option<&'a Generated> {
        match self.code {
            Code::Generated(generated) => Some(generated),
            Code::NotTried | Code::Refused(_) => None,
        }
    }

    /// Where a node stands in the files.
    pub(crate) fn place(&self, pointer: &Pointer) -> Place {
        let located = self.contract.locate(pointer);
        Place {
            pointer: pointer.clone(),
            file: located.file,
            line: located.line,
            column: located.column,
        }
    }
}
