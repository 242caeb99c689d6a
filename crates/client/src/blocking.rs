//! For programs without an async runtime: the same client, which waits.
//!
//! ```no_run
//! # fn main() -> Result<(), bigmodel_rerank::Error> {
//! use bigmodel_rerank::blocking::Reranker;
//!
//! let documents = ["Carson City is the capital of Nevada.", "Paris is the capital of France."];
//! let reranker = Reranker::from_env()?;
//! let ranking = reranker.rank("capital of France", &documents, |call| call.top_n(1))?;
//! println!("{:?}", ranking.hits);
//! # Ok(())
//! # }
//! ```

use tokio::runtime::{Builder, Handle, Runtime};

use crate::{Error, ErrorKind, Ranking, Rerank};

/// A runtime, until it is dropped, which may be within another one.
#[derive(Debug)]
struct Owned(Option<Runtime>);

impl Drop for Owned {
    fn drop(&mut self) {
        // Waiting for it would panic there, and nothing in it is waited for.
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}

/// Ranks documents, and waits until it is done.
#[derive(Debug)]
pub struct Reranker {
    inner: crate::Reranker,
    runtime: Owned,
}

impl Reranker {
    /// With the key from the environment, and defaults for everything else.
    ///
    /// # Errors
    ///
    /// As [`Reranker::from_env`](crate::Reranker::from_env), and if the system has no more to
    /// give.
    pub fn from_env() -> Result<Self, Error> {
        Self::new(crate::Reranker::from_env()?)
    }

    /// Over a client with settings of its own.
    ///
    /// # Errors
    ///
    /// If the system has no more to give.
    pub fn new(inner: crate::Reranker) -> Result<Self, Error> {
        let runtime = Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|error| Error::new(ErrorKind::Setup, error.to_string()).caused_by(error))?;
        let runtime = Owned(Some(runtime));
        Ok(Self { inner, runtime })
    }

    /// Ranks `documents`. `settings` may set what one call has of its own: `|call| call` if
    /// nothing.
    ///
    /// # Errors
    ///
    /// As the call itself; and within an async runtime, where waiting would stop all of it.
    pub fn rank<'a, D: AsRef<str> + Sync>(
        &self,
        query: &'a str,
        documents: &'a [D],
        settings: impl FnOnce(Rerank<'a, D>) -> Rerank<'a, D>,
    ) -> Result<Ranking<'a, D>, Error> {
        let (Some(runtime), Err(_)) = (&self.runtime.0, Handle::try_current()) else {
            let problem = "within an async runtime, use bigmodel_rerank::Reranker and await it";
            return Err(Error::new(ErrorKind::Setup, problem));
        };
        let call = settings(self.inner.rerank(query, documents));
        runtime.block_on(call.into_future())
    }
}
