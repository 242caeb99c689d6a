//! The settings that a client has for all of its calls and a call may change: one list of setters
//! for both.

/// Expands to the setters, in an `impl` of a type that has `set`.
macro_rules! shared_setters {
    () => {
        /// Sets the model; `rerank` by default.
        pub fn model(self, model: impl Into<Model>) -> Self {
            self.set(|settings| settings.model = model.into())
        }

        /// Sets the end user on whose behalf the call is made, 6 to 128 characters.
        pub fn user_id(self, id: impl Into<String>) -> Self {
            self.set(|settings| settings.user_id = Some(id.into()))
        }

        /// Pins the scale of the scores, whatever the number of documents; see [`Scale`].
        pub fn scale(self, scale: Scale) -> Self {
            self.set(|settings| settings.scale = Some(scale))
        }

        /// Pins the scale to [`Scale::Raw`].
        pub fn raw_scores(self) -> Self {
            self.scale(Scale::Raw)
        }

        /// Sets the scale on which scores of several requests are merged; [`Scale::Raw`] by
        /// default, because normalized scores of different requests are not known to compare.
        /// [`Scale::Normalized`] merges them nevertheless.
        pub fn merge_on(self, scale: Scale) -> Self {
            self.set(|settings| settings.merge_on = scale)
        }

        /// Leaves out documents with a lower score. Unless the scale is pinned, the score is
        /// normalized and pins the scale to [`Scale::Normalized`].
        pub fn min_score(self, score: f32) -> Self {
            self.set(|settings| settings.min_score = Some(score))
        }

        /// Sets the limits of one request.
        pub fn limits(self, limits: Limits) -> Self {
            self.set(|settings| settings.limits = limits)
        }

        /// Sets what happens to documents of more than 4096 characters; they are rejected by
        /// default.
        pub fn long_documents(self, policy: LongDocuments) -> Self {
            self.set(|settings| settings.long_documents = policy)
        }

        /// Sets what happens to documents without visible text; they rank last by default.
        pub fn blank_documents(self, policy: BlankDocuments) -> Self {
            self.set(|settings| settings.blank_documents = policy)
        }

        /// Sets what happens if the service refuses documents; the call fails by default.
        pub fn refused_documents(self, policy: RefusedDocuments) -> Self {
            self.set(|settings| settings.refused_documents = policy)
        }

        /// Sets how many requests of a call may be in flight at once, 1 to 1024; 4 by default.
        pub fn concurrency(self, requests: usize) -> Self {
            self.set(|settings| settings.concurrency = requests)
        }

        /// Sets how often and after which delays a failed request is sent again.
        pub fn retry(self, retry: Retry) -> Self {
            self.set(|settings| settings.retry = retry)
        }

        /// Sets how long a whole call may take, retries included; 120 s by default.
        pub fn timeout(self, timeout: Duration) -> Self {
            self.set(|settings| settings.timeout = timeout)
        }

        /// Sets how long one attempt may take before it is abandoned and the request is sent
        /// again. By default an attempt may take as long as the call, so that a slow request is
        /// sent once.
        ///
        /// The service may have charged a request that timed out, and charges it again when it is
        /// sent again. A limit longer than `timeout` has no effect.
        pub fn attempt_timeout(self, timeout: Duration) -> Self {
            self.set(|settings| settings.attempt_timeout = Some(timeout))
        }

        /// Sets how tokens are counted for estimates and budgets;
        /// [`approximate_tokens`](crate::approximate_tokens) by default.
        pub fn token_counter(self, count: impl Fn(&str) -> usize + Send + Sync + 'static) -> Self {
            self.set(|settings| settings.count_tokens = Arc::new(count))
        }

        /// Sets the largest estimated number of tokens that a call may use. A call over the budget
        /// is an error before anything is sent.
        pub fn budget(self, tokens: usize) -> Self {
            self.set(|settings| settings.budget = Some(tokens))
        }

        /// Keeps responses in `cache`, and sends no request whose response is there.
        pub fn response_cache(self, cache: impl ResponseCache + 'static) -> Self {
            self.set(|settings| settings.response_cache = Some(Arc::new(cache)))
        }
    };
}

pub(crate) use shared_setters;
