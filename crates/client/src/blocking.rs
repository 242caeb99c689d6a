//! The same client for programs without an async runtime: it waits.
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
        // Waiting for its end would panic there, and there is nothing in it to wait for.
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}

/// Ranks documents, and waits until it is done.
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

    /// Returns a blocking client over one with settings of its own.
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

    /// Returns the client below, to put calls together for [`run`](Self::run) and
    /// [`batches`](Self::batches).
    #[must_use]
    pub fn client(&self) -> &crate::Reranker {
        &self.client
    }

    /// Ranks documents that are texts. `settings` sets what the call has of its own: `|call| call`
    /// for nothing.
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
    /// Those of the call; and within an async runtime, where waiting would stop all of it.
    pub fn run<'a, D: Sync>(&self, call: Rerank<'a, D>) -> Result<Ranking<'a, D>, Error> {
        self.waiting()?.block_on(call.into_future())
    }

    /// Makes a call, and waits for one batch after the other; see [`Rerank::batches`].
    ///
    /// # Errors
    ///
    /// Within an async runtime, where waiting would stop all of it.
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
#[must_use = "a call is made while its batches are taken"]
pub struct Batches<'a, D> {
    reranker: &'a Reranker,
    /// `None` once it has failed.
    batches: Option<BoxStream<'a, Result<Batch<'a, D>, Error>>>,
}

impl<'a, D: Sync> Iterator for Batches<'a, D> {
    type Item = Result<Batch<'a, D>, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let batches = self.batches.as_mut()?;
        match self.reranker.waiting() {
            Ok(runtime) => runtime.block_on(batches.next()),
            // It was taken into a runtime since; what is left of the call is dropped.
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
