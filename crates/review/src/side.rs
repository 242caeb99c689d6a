//! One of the two contracts to compare, and the code generated from it.

use bigmodel_rerank_codegen::Generated;
use bigmodel_rerank_openapi::{Contract, Diagnostics, Pointer};

use crate::location::NodeLocation;

/// The result of generating code from a contract.
#[derive(Clone, Copy, Debug, Default)]
pub enum Code<'a> {
    /// No code was generated.
    #[default]
    NotGenerated,
    /// The files of the crate.
    Generated(&'a Generated),
    /// The diagnostics of a contract that the generator rejects.
    Refused(&'a Diagnostics),
}

/// The old or the new contract.
#[derive(Clone, Copy, Debug)]
pub struct Side<'a> {
    /// The contract after its overlay, with the location of each node.
    pub contract: &'a Contract,
    /// The code generated from it.
    pub code: Code<'a>,
}

impl<'a> Side<'a> {
    /// Creates a side without code.
    pub fn new(contract: &'a Contract) -> Self {
        Self {
            contract,
            code: Code::NotGenerated,
        }
    }

    /// Creates a side with the result of the generator.
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
            Code::NotGenerated | Code::Refused(_) => None,
        }
    }

    /// Returns the location of a node.
    pub(crate) fn location(&self, pointer: &Pointer) -> NodeLocation {
        NodeLocation {
            pointer: pointer.clone(),
            location: self.contract.locate(pointer),
        }
    }
}
