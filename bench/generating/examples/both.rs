/// A type that is read and written, if it can be.
struct Both<T>(std::marker::PhantomData<T>);

impl<T: DeserializeOwned + Serialize> Both<T> {
    fn through(&self, value: &Value) -> Result<Value, String> {
        through::<T>(value)
    }
}

/// Chosen for types that cannot be read, or cannot be written.
trait OneWay {
    fn through(&self, _: &Value) -> Result<Value, String> {
        Err("one way".to_owned())
    }
}

impl<T> OneWay for Both<T> {}
