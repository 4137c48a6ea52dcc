//! `Drain`, `IntoIter`, `IntoKeys` and `IntoValues`, which took the pairs along and never end.
#![allow(unsafe_op_in_unsafe_fn, reason = "PyO3's wrappers of methods that a macro writes")]

use std::marker::PhantomData;
use std::{mem, vec};

use pyo3::gc::{PyTraverseError, PyVisit};
use pyo3::prelude::*;

use super::{Both, KeyOnly, Part, Source, ValueOnly, iterators, listed, texts};
use crate::cell::Cell;
use crate::debug::{self, Text};
use crate::error::{Refusal, Verb, no_memory, room};
use crate::table::{Buried, HashMap, Pair, bury};

/// Pairs that were taken out of a map.
struct Taken<P> {
    pairs: Cell<vec::IntoIter<Pair>>,
    part: PhantomData<P>,
}

impl<P> Taken<P> {
    fn new(pairs: Vec<Pair>) -> Self {
        Taken { pairs: Cell::new(pairs.into_iter()), part: PhantomData }
    }
}

impl<P: Part> Source for Taken<P> {
    type Item = P::Item;

    #[inline]
    fn next(&self, me: &Bound<'_, PyAny>, _: &str) -> PyResult<Option<P::Item>> {
        let pair = self.pairs.with(me, Iterator::next);
        Ok(pair.map(|(key, value)| P::pick(me.py(), &key, &value)))
    }

    fn len(&self, me: &Bound<'_, PyAny>, _: &str) -> PyResult<usize> {
        Ok(self.pairs.with(me, |pairs| pairs.len()))
    }

    fn left(&self, me: &Bound<'_, PyAny>, alternate: bool) -> PyResult<Option<Vec<Text>>> {
        let py = me.py();
        let rest = self.pairs.with(me, |pairs| {
            let mut rest = room(pairs.len())?;
            rest.extend(pairs.as_slice().iter().map(|(key, value)| Both::pick(py, key, value)));
            Ok(rest)
        });
        texts::<P>(py, &rest.map_err(|_: Refusal| no_memory())?, alternate).map(Some)
    }

    fn traverse(&self, visit: &PyVisit<'_>) -> Result<(), PyTraverseError> {
        let visit_all = |pairs: &vec::IntoIter<Pair>| {
            pairs.as_slice().iter().try_for_each(|(key, value)| {
                visit.call(&key.object)?;
                visit.call(value)
            })
        };
        self.pairs.peek(visit_all).unwrap_or(Ok(()))
    }

    fn clear(&self, me: &Bound<'_, PyAny>) {
        bury(Buried::Pairs(self.pairs.with(me, mem::take)));
    }
}

impl<P> Drop for Taken<P> {
    fn drop(&mut self) {
        let pairs = mem::take(self.pairs.get_mut());
        if !pairs.as_slice().is_empty() {
            bury(Buried::Pairs(pairs));
        }
    }
}

iterators! {
    /// An iterator over the pairs that `drain` took out of a map.
    ///
    /// The map is empty from the call of `drain` on. What is not taken from the iterator is dropped with it.
    Drain(Taken<Both>), "Drain";
    /// An iterator over the pairs of a map that `into_iter` consumed.
    ///
    /// What is not taken from the iterator is dropped with it.
    IntoIter(Taken<Both>), "IntoIter";
    /// An iterator over the keys of a map that `into_keys` consumed.
    ///
    /// What is not taken from the iterator is dropped with it.
    IntoKeys(Taken<KeyOnly>), "IntoKeys";
    /// An iterator over the values of a map that `into_values` consumed.
    ///
    /// What is not taken from the iterator is dropped with it.
    IntoValues(Taken<ValueOnly>), "IntoValues";
}

impl Drain {
    pub fn of<'py>(map: &Bound<'py, HashMap>) -> PyResult<Bound<'py, Drain>> {
        let py = map.py();
        let pairs = HashMap::with(map, |state| state.drain(Verb::Drain));
        let pairs = pairs.map_err(|refusal| refusal.on_map(py, Verb::Drain.name()))?;
        Bound::new(py, Drain(Taken::new(pairs)))
    }
}

/// How a map is consumed into the others.
macro_rules! consumed {
    ($($class:ident)*) => { $(
        impl $class {
            pub fn of<'py>(map: &Bound<'py, HashMap>) -> PyResult<Bound<'py, $class>> {
                let py = map.py();
                let taken = HashMap::with(map, |state| state.consume(Verb::$class));
                let (pairs, _table) = taken.map_err(|refusal| refusal.on_map(py, Verb::$class.name()))?;
                Bound::new(py, $class(Taken::new(pairs)))
            }
        }
    )* };
}

consumed! { IntoIter IntoKeys IntoValues }
