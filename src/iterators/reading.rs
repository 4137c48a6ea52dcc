//! `Iter`, `Keys` and `Values`, which lend nothing.
#![allow(unsafe_op_in_unsafe_fn, reason = "PyO3's wrappers of methods that a macro writes")]

use std::marker::PhantomData;

use pyo3::gc::{PyTraverseError, PyVisit};
use pyo3::prelude::*;

use super::{Both, KeyOnly, Part, Source, ValueOnly, iterators, listed, texts};
use crate::cell::Cell;
use crate::debug::{self, Text};
use crate::error::{iterator_ended, no_memory};
use crate::iter::{Ended, Walk};
use crate::table::{HashMap, Objects, State};

/// A walk over a map, and the map, which it keeps alive.
pub(super) struct Cursor<P> {
    pub map: Py<HashMap>,
    pub walk: Cell<Walk>,
    part: PhantomData<P>,
}

impl<P> Cursor<P> {
    pub fn new(map: &Bound<'_, HashMap>, walk: Walk) -> Self {
        Cursor { map: map.clone().unbind(), walk: Cell::new(walk), part: PhantomData }
    }

    /// Lends the map's state and the walk over it.
    #[inline]
    pub fn with<R>(&self, py: Python<'_>, f: impl FnOnce(&mut State, &mut Walk) -> R) -> R {
        HashMap::with_also(self.map.bind(py), &self.walk, f)
    }

    pub fn ended(&self, py: Python<'_>, what: &str, Ended(verb): Ended) -> PyErr {
        iterator_ended(py, what, verb, HashMap::moved_by(self.map.bind(py)).is_some())
    }

    /// The pairs that are left, copied; `None` if the walk has ended early.
    pub fn rest(&self, py: Python<'_>) -> PyResult<Option<Vec<Objects>>> {
        self.with(py, |state, walk| {
            let mut rest = Vec::new();
            let Ok(len) = walk.len(&state.generation) else { return Ok(None) };
            rest.try_reserve_exact(len).map_err(|_| ())?;
            let see = |key: &_, value: &_| rest.push(Both::pick(py, key, value));
            Ok(walk.survey(&state.generation, see).ok().map(|()| rest))
        })
        .map_err(|()| no_memory())
    }
}

impl<P: Part> Source for Cursor<P> {
    type Item = P::Item;

    #[inline]
    fn next(&self, me: &Bound<'_, PyAny>, what: &str) -> PyResult<Option<P::Item>> {
        let py = me.py();
        self.with(py, |state, walk| walk.next(&state.generation, |key, value| P::pick(py, key, value)))
            .map_err(|ended| self.ended(py, what, ended))
    }

    fn len(&self, me: &Bound<'_, PyAny>, what: &str) -> PyResult<usize> {
        let len = self.with(me.py(), |state, walk| walk.len(&state.generation));
        len.map_err(|ended| self.ended(me.py(), what, ended))
    }

    fn left(&self, me: &Bound<'_, PyAny>, alternate: bool) -> PyResult<Option<Vec<Text>>> {
        self.rest(me.py())?.map(|rest| texts::<P>(me.py(), &rest, alternate)).transpose()
    }

    fn traverse(&self, visit: &PyVisit<'_>) -> Result<(), PyTraverseError> {
        visit.call(&self.map)
    }

    /// A cycle through an iterator runs through its map, which is cleared.
    fn clear(&self, _: &Bound<'_, PyAny>) {}
}

iterators! {
    /// An iterator over the pairs of a map, in no order.
    ///
    /// It lends nothing: values may be replaced while it runs, and it ends when a key comes or goes.
    Iter(Cursor<Both>), "Iter";
    /// An iterator over the keys of a map, in no order.
    ///
    /// It lends nothing: values may be replaced while it runs, and it ends when a key comes or goes.
    Keys(Cursor<KeyOnly>), "Keys";
    /// An iterator over the values of a map, in no order.
    ///
    /// It lends nothing: values may be replaced while it runs, and it ends when a key comes or goes.
    Values(Cursor<ValueOnly>), "Values";
}

/// What Rust allows of iterators that only read.
macro_rules! repeatable {
    ($($class:ident)*) => { $(
        impl $class {
            /// Starts a walk for a call named `used`.
            pub fn over<'py>(map: &Bound<'py, HashMap>, used: &str) -> PyResult<Bound<'py, $class>> {
                let py = map.py();
                let walk = HashMap::with(map, |state| {
                    let (generation, table) = state.parts()?;
                    Ok(Walk::start(table.map.iter(), generation))
                });
                let walk = walk.map_err(|refusal: crate::error::Refusal| refusal.on_map(py, used))?;
                Bound::new(py, $class(Cursor::new(map, walk)))
            }
        }

        #[pymethods]
        impl $class {
            /// A second iterator, at the same place.
            fn clone<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, Self>> {
                let walk = self.0.with(py, |_, walk| walk.clone());
                Bound::new(py, $class(Cursor::new(self.0.map.bind(py), walk)))
            }
        }
    )* };
}

repeatable! { Iter Keys Values }
