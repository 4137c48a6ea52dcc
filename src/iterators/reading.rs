//! `Iter`, `Keys` and `Values`, which lend nothing.
#![allow(unsafe_op_in_unsafe_fn, reason = "PyO3's wrappers of methods that a macro writes")]

use std::marker::PhantomData;

use pyo3::IntoPyObjectExt;
use pyo3::gc::{PyTraverseError, PyVisit};
use pyo3::prelude::*;
use pyo3::types::PyList;

use super::{Both, KeyOnly, Part, Source, ValueOnly, iterators, listed, texts};
use crate::cell::Cell;
use crate::debug::{self, Text};
use crate::error::{Refusal, iterator_ended, no_memory, room};
use crate::iter::{Ended, Walk};
use crate::table::{HashMap, Objects, State};

/// A walk over a map, and the map, which it keeps alive until nothing is left.
pub(super) struct Cursor<P> {
    map: Cell<Option<Py<HashMap>>>,
    /// Lent together with the map's state.
    walk: Cell<Walk>,
    part: PhantomData<P>,
}

impl<P> Cursor<P> {
    pub fn new(map: &Bound<'_, HashMap>, walk: Walk) -> Self {
        Cursor { map: Cell::new(Some(map.clone().unbind())), walk: Cell::new(walk), part: PhantomData }
    }

    /// The map, unless nothing is left.
    #[inline]
    pub fn map<'py>(&self, me: &Bound<'py, PyAny>) -> Option<Bound<'py, HashMap>> {
        self.map.with(me, |map| map.as_ref().map(|map| map.bind(me.py()).clone()))
    }

    /// Lends the map's state and the walk over it.
    #[inline]
    pub fn with<R>(&self, map: &Bound<'_, HashMap>, f: impl FnOnce(&mut State, &mut Walk) -> R) -> R {
        HashMap::with_also(map, &self.walk, f)
    }

    /// A cursor of its own at the same place.
    fn clone_ref(&self, me: &Bound<'_, PyAny>) -> Self {
        match self.map(me) {
            Some(map) => Cursor::new(&map, self.with(&map, |_, walk| walk.clone())),
            None => Cursor { map: Cell::new(None), walk: Cell::new(Walk::over()), part: PhantomData },
        }
    }

    /// Lets go of the map.
    pub fn finish(&self, me: &Bound<'_, PyAny>) {
        drop(self.map.with(me, Option::take));
    }

    /// The pairs that are left, copied; `None` if the walk has ended early.
    pub fn rest(&self, me: &Bound<'_, PyAny>) -> PyResult<Option<Vec<Objects>>> {
        let py = me.py();
        let Some(map) = self.map(me) else { return Ok(Some(Vec::new())) };
        self.with(&map, |state, walk| {
            let Ok(len) = walk.len(&state.generation) else { return Ok(None) };
            let mut rest = room(len)?;
            let see = |key: &_, value: &_| rest.push(Both::pick(py, key, value));
            Ok(walk.survey(&state.generation, see).ok().map(|()| rest))
        })
        .map_err(|_: Refusal| no_memory())
    }

    pub fn traverse(&self, visit: &PyVisit<'_>) -> Result<(), PyTraverseError> {
        self.map.peek(|map| map.as_ref().map_or(Ok(()), |map| visit.call(map))).unwrap_or(Ok(()))
    }
}

/// The exception for a walk that has ended early.
fn ended(map: &Bound<'_, HashMap>, what: &str, Ended(verb): Ended) -> PyErr {
    iterator_ended(map.py(), what, verb, HashMap::moved_by(map).is_some())
}

impl<P: Part> Source for Cursor<P> {
    type Item = P::Item;

    #[inline]
    fn next(&self, me: &Bound<'_, PyAny>, what: &str) -> PyResult<Option<P::Item>> {
        let py = me.py();
        let Some(map) = self.map(me) else { return Ok(None) };
        let next = self.with(&map, |state, walk| walk.next(&state.generation, |key, value| P::pick(py, key, value)));
        let next = next.map_err(|early| ended(&map, what, early))?;
        if next.is_none() {
            self.finish(me);
        }
        Ok(next)
    }

    fn len(&self, me: &Bound<'_, PyAny>, what: &str) -> PyResult<usize> {
        let Some(map) = self.map(me) else { return Ok(0) };
        self.with(&map, |state, walk| walk.len(&state.generation)).map_err(|early| ended(&map, what, early))
    }

    fn left(&self, me: &Bound<'_, PyAny>, alternate: bool) -> PyResult<Option<Vec<Text>>> {
        self.rest(me)?.map(|rest| texts::<P>(me.py(), &rest, alternate)).transpose()
    }

    /// As dict's iterators: an iterator over a list of what is left, which is not taken.
    fn reduce<'py>(&self, me: &Bound<'py, PyAny>, what: &str) -> PyResult<Bound<'py, PyAny>> {
        let py = me.py();
        let (list, copy) = (PyList::empty(py), self.clone_ref(me));
        while let Some(item) = copy.next(me, what)? {
            list.append(item)?;
        }
        (py.import("builtins")?.getattr("iter")?, (list,)).into_bound_py_any(py)
    }

    fn traverse(&self, visit: &PyVisit<'_>) -> Result<(), PyTraverseError> {
        Cursor::traverse(self, visit)
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
                let walk = walk.map_err(|refusal: Refusal| refusal.on_map(py, used))?;
                Bound::new(py, $class(Cursor::new(map, walk)))
            }
        }

        #[pymethods]
        impl $class {
            /// A second iterator, at the same place.
            ///
            /// See <https://doc.rust-lang.org/std/clone/trait.Clone.html#tymethod.clone>.
            fn clone<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, Self>> {
                Bound::new(slf.py(), $class(slf.get().0.clone_ref(slf.as_any())))
            }
        }
    )* };
}

repeatable! { Iter Keys Values }
