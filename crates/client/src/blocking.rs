//! A blocking client, for programs without an async runtime.
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

use std::borrow::Cow;

use futures_util::StreamExt as _;
use futures_util::stream::BoxStream;
use tokio::runtime::{Builder, Handle, Runtime};

use crate::{Batch, Error, ErrorKind, Ranking, Rerank};

/// A runtime that may be dropped within another one.
#[derive(Debug)]
struct Owned(Option<Runtime>);

impl Drop for Owned {
    fn drop(&mut self) {
        // Waiting for its shutdown would panic there, and no task is left to wait for.
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}

/// A client whose calls block until they are done.
#[derive(Debug)]
pub struct Reranker {
    client: crate::Reranker,
    runtime: Owned,
}

impl Reranker {
    /// Returns a client with the key from the environment, and defaults for everything else.
    ///
    /// # Errors
    ///
    /// As [`Reranker::from_env`](crate::Reranker::from_env), and if the system is out of
    /// resources.
    pub fn from_env() -> Result<Self, Error> {
        Self::new(crate::Reranker::from_env()?)
    }

    /// Returns a blocking client that wraps a configured one.
    ///
    /// # Errors
    ///
    /// If the system is out of resources.
    pub fn new(client: crate::Reranker) -> Result<Self, Error> {
        let runtime = Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|error| Error::new(ErrorKind::Config, error.to_string()).caused_by(error))?;
        let runtime = Owned(Some(runtime));
        Ok(Self { client, runtime })
    }

    /// Returns the underlying client, to build calls for [`run`](Self::run) and
    /// [`batches`](Self::batches).
    #[must_use]
    pub fn client(&self) -> &crate::Reranker {
        &self.client
    }

    /// Ranks texts. `settings` changes the settings of the call; pass `|call| call` to change
    /// nothing.
    ///
    /// # Errors
    ///
    /// As [`run`](Self::run).
    pub fn rank<'a, D: AsRef<str> + Sync>(
        &self,
        query: &'a str,
        documents: &'a [D],
        settings: impl FnOnce(Rerank<'a, D>) -> Rerank<'a, D>,
    ) -> Result<Ranking<'a, D>, Error> {
        self.run(settings(self.client.rerank(query, documents)))
    }

    /// Ranks documents of any type, whose texts `text` returns; see
    /// [`Reranker::rerank_by`](crate::Reranker::rerank_by).
    ///
    /// # Errors
    ///
    /// As [`run`](Self::run).
    pub fn rank_by<'a, D, T>(
        &self,
        query: &'a str,
        documents: &'a [D],
        text: impl Fn(&'a D) -> T + Send + Sync + 'a,
        settings: impl FnOnce(Rerank<'a, D>) -> Rerank<'a, D>,
    ) -> Result<Ranking<'a, D>, Error>
    where
        D: Sync,
        T: Into<Cow<'a, str>>,
    {
        self.run(settings(self.client.rerank_by(query, documents, text)))
    }

    /// Makes a call, and waits for its ranking.
    ///
    /// # Errors
    ///
    /// Returns the errors of the call, and an error within an async runtime, which blocking would
    /// stop.
    pub fn run<'a, D: Sync>(&self, call: Rerank<'a, D>) -> Result<Ranking<'a, D>, Error> {
        self.waiting()?.block_on(call.into_future())
    }

    /// Makes a call, and waits for one batch after the other; see [`Rerank::batches`].
    ///
    /// # Errors
    ///
    /// Returns an error within an async runtime, which blocking would stop.
    pub fn batches<'a, D: Sync>(&'a self, call: Rerank<'a, D>) -> Result<Batches<'a, D>, Error> {
        self.waiting()?;
        Ok(Batches {
            reranker: self,
            batches: Some(Box::pin(call.batches())),
        })
    }

    fn waiting(&self) -> Result<&Runtime, Error> {
        let (Some(runtime), Err(_)) = (&self.runtime.0, Handle::try_current()) else {
            let problem = "within an async runtime, use bigmodel_rerank::Reranker and await it";
            return Err(Error::new(ErrorKind::Config, problem));
        };
        Ok(runtime)
    }
}

/// The batches of a call, as [`Reranker::batches`] returns them.
#[must_use = "the call only proceeds while its batches are read"]
pub struct Batches<'a, D> {
    reranker: &'a Reranker,
    /// `None` once the call has failed.
    batches: Option<BoxStream<'a, Result<Batch<'a, D>, Error>>>,
}

impl<'a, D: Sync> Iterator for Batches<'a, D> {
    type Item = Result<Batch<'a, D>, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let batches = self.batches.as_mut()?;
        match self.reranker.waiting() {
            Ok(runtime) => runtime.block_on(batches.next()),
            // The value was moved into a runtime since, so the rest of the call is dropped.
            Err(error) => {
                self.batches = None;
                Some(Err(error))
            }
        }
    }
}

impl<D> std::fmt::Debug for Batches<'_, D> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Batches").finish_non_exhaustive()
    }
}
