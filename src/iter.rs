//! Iterators over a map.
#![allow(unsafe_code, reason = "a stored std iterator needs its lifetime erased")]
#![allow(unsafe_op_in_unsafe_fn, reason = "PyO3's wrappers of methods that a macro writes")]

use std::collections::hash_map::Iter as StdIter;
use std::fmt::Formatter;
use std::mem;

use pyo3::gc::{PyTraverseError, PyVisit};
use pyo3::prelude::*;

use crate::cell::Cell;
use crate::debug::{self, Text, With};
use crate::error::{Refusal, Verb, iterator_ended, no_memory};
use crate::key::Key;
use crate::table::{HashMap, Objects, State};

/// A walk over a map that lends nothing: it ends when a key comes or goes, not when a value is replaced.
struct Cursor {
    map: Py<HashMap>,
    walk: Cell<Walk>,
}

/// std's own iterator, while there is something left of it.
struct Walk {
    rest: Option<StdIter<'static, Key, Py<PyAny>>>,
    shape: u64,
}

/// How a reading iterator came to its end.
struct Ended {
    verb: Verb,
    moved: bool,
}

impl Walk {
    fn start(state: &mut State) -> Result<Walk, Refusal> {
        let shape = state.generation.shape();
        let rest = state.table()?.map.iter();
        // SAFETY: the iterator points into the table's allocation, which stays where it is while `shape` does and
        // while the map lives: `rest` checks the first before each use, `Cursor::map` sees to the second. Held by
        // tests/test_iter.py::test_a_changed_map_ends_every_iterator.
        let rest = unsafe { mem::transmute::<StdIter<'_, Key, Py<PyAny>>, StdIter<'static, Key, Py<PyAny>>>(rest) };
        Ok(Walk { rest: Some(rest), shape })
    }

    /// What is left, if the map still has the keys it had.
    fn rest(&mut self, state: &mut State) -> Result<Option<&mut StdIter<'static, Key, Py<PyAny>>>, Ended> {
        if self.rest.is_some() && self.shape != state.generation.shape() {
            return Err(Ended { verb: state.generation.reshaped_by(), moved: state.table().is_err() });
        }
        Ok(self.rest.as_mut())
    }
}

impl Cursor {
    fn new(map: &Bound<'_, HashMap>, used: &str) -> PyResult<Cursor> {
        let walk = HashMap::with(map, Walk::start).map_err(|refusal| refusal.on_map(map.py(), used))?;
        Ok(Cursor { map: map.clone().unbind(), walk: Cell::new(walk) })
    }

    /// Lends the rest of the walk to `f`, which is not called once nothing is left.
    #[inline]
    fn with<R>(
        &self,
        py: Python<'_>,
        f: impl FnOnce(&mut StdIter<'static, Key, Py<PyAny>>) -> R,
    ) -> Result<Option<R>, Ended> {
        HashMap::with_also(self.map.bind(py), &self.walk, |state, walk| Ok(walk.rest(state)?.map(f)))
    }

    #[inline]
    fn next<P: Part>(&self, py: Python<'_>, what: &str) -> PyResult<Option<P::Item>> {
        let next = HashMap::with_also(self.map.bind(py), &self.walk, |state, walk| {
            let Some(rest) = walk.rest(state)? else {
                return Ok(None);
            };
            let next = rest.next().map(|(key, value)| P::pick(py, key, value));
            if next.is_none() {
                walk.rest = None;
            }
            Ok(next)
        });
        next.map_err(|ended: Ended| iterator_ended(py, what, ended.verb, ended.moved))
    }

    fn len(&self, py: Python<'_>, what: &str) -> PyResult<usize> {
        let len = self.with(py, |rest| rest.len()).map_err(|ended| iterator_ended(py, what, ended.verb, ended.moved));
        len.map(Option::unwrap_or_default)
    }

    /// An iterator of its own at the same place.
    fn clone_ref(&self, py: Python<'_>) -> Cursor {
        let walk = HashMap::with_also(self.map.bind(py), &self.walk, |_, walk| Walk {
            rest: walk.rest.clone(),
            shape: walk.shape,
        });
        Cursor { map: self.map.clone_ref(py), walk: Cell::new(walk) }
    }

    /// Debug of the items that are left; `None` if the walk has ended early.
    fn debug<P: Part>(&self, py: Python<'_>, alternate: bool) -> PyResult<Option<String>> {
        let left = self.with(py, |rest| {
            let mut items = Vec::new();
            items.try_reserve_exact(rest.len()).map_err(|_| no_memory())?;
            items.extend(rest.clone().map(|(key, value)| P::pick(py, key, value)));
            Ok::<_, PyErr>(items)
        });
        let Ok(left) = left else { return Ok(None) };
        let items = left.transpose()?.unwrap_or_default();
        let shown = items.iter().map(|item| P::shown(py, item, alternate)).collect::<PyResult<Vec<_>>>()?;
        Ok(Some(debug::render(&With(|f: &mut Formatter<'_>| f.debug_list().entries(&shown).finish()), alternate)))
    }
}

/// Which part of a pair an iterator yields.
trait Part {
    type Item;
    fn pick(py: Python<'_>, key: &Key, value: &Py<PyAny>) -> Self::Item;
    fn shown(py: Python<'_>, item: &Self::Item, alternate: bool) -> PyResult<Text>;
}

struct Both;
struct KeyOnly;
struct ValueOnly;

impl Part for Both {
    type Item = Objects;

    #[inline]
    fn pick(py: Python<'_>, key: &Key, value: &Py<PyAny>) -> Self::Item {
        (key.object.clone_ref(py), value.clone_ref(py))
    }

    fn shown(py: Python<'_>, (key, value): &Self::Item, alternate: bool) -> PyResult<Text> {
        let texts = (debug::text(key.bind(py), alternate)?, debug::text(value.bind(py), alternate)?);
        Ok(Text(debug::render(&texts, alternate)))
    }
}

impl Part for KeyOnly {
    type Item = Py<PyAny>;

    #[inline]
    fn pick(py: Python<'_>, key: &Key, _: &Py<PyAny>) -> Self::Item {
        key.object.clone_ref(py)
    }

    fn shown(py: Python<'_>, item: &Self::Item, alternate: bool) -> PyResult<Text> {
        debug::text(item.bind(py), alternate)
    }
}

impl Part for ValueOnly {
    type Item = Py<PyAny>;

    #[inline]
    fn pick(py: Python<'_>, _: &Key, value: &Py<PyAny>) -> Self::Item {
        value.clone_ref(py)
    }

    fn shown(py: Python<'_>, item: &Self::Item, alternate: bool) -> PyResult<Text> {
        debug::text(item.bind(py), alternate)
    }
}

/// The reading iterators, which differ in what they yield.
macro_rules! reading {
    ($($class:ident, $part:ident, $yields:literal, $page:literal;)*) => { $(
        #[doc = concat!("An iterator over the ", $yields, " of a map, in no order.")]
        ///
        /// It lends nothing: values may be replaced while it runs, and it ends when a key comes or goes.
        #[doc = concat!("See <https://doc.rust-lang.org/std/collections/hash_map/struct.", $page, ".html>.")]
        #[pyclass(frozen, generic, module = "entrymap")]
        pub struct $class(Cursor);

        impl $class {
            /// Starts a walk for a call named `used`.
            pub fn over<'py>(map: &Bound<'py, HashMap>, used: &str) -> PyResult<Bound<'py, $class>> {
                Bound::new(map.py(), $class(Cursor::new(map, used)?))
            }

            fn debug(slf: &Bound<'_, Self>, alternate: bool) -> PyResult<Option<String>> {
                let inside = Some(String::from("[...]"));
                debug::guarded(slf.as_any(), inside, || slf.get().0.debug::<$part>(slf.py(), alternate))
            }
        }

        #[pymethods]
        impl $class {
            #[allow(clippy::self_named_constructors, reason = "Python's name")]
            fn __iter__(slf: Py<Self>) -> Py<Self> {
                slf
            }

            fn __next__(&self, py: Python<'_>) -> PyResult<Option<<$part as Part>::Item>> {
                self.0.next::<$part>(py, stringify!($class))
            }

            /// The next item, or `None` after the last; Rust's `Iterator::next`.
            ///
            /// Python's `next(it)` raises `StopIteration` instead. Raises `BorrowError` if a key came or went.
            fn next(&self, py: Python<'_>) -> PyResult<Option<<$part as Part>::Item>> {
                self.0.next::<$part>(py, stringify!($class))
            }

            fn __len__(&self, py: Python<'_>) -> PyResult<usize> {
                self.0.len(py, stringify!($class))
            }

            /// How many items are left, as `(at least, at most)`.
            ///
            /// Raises `BorrowError` if a key came or went.
            fn size_hint(&self, py: Python<'_>) -> PyResult<(usize, usize)> {
                self.0.len(py, stringify!($class)).map(|len| (len, len))
            }

            /// A second iterator, at the same place.
            fn clone<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, Self>> {
                Bound::new(py, $class(self.0.clone_ref(py)))
            }

            fn __repr__(slf: &Bound<'_, Self>) -> PyResult<String> {
                Ok(match Self::debug(slf, false)? {
                    Some(items) => format!(concat!(stringify!($class), "({})"), items),
                    None => String::from(concat!("<", stringify!($class), " ended>")),
                })
            }

            /// `?` and `#?` are Rust's Debug of what is left; no other format is known.
            fn __format__(slf: &Bound<'_, Self>, spec: &str) -> PyResult<String> {
                if spec.is_empty() {
                    return Self::__repr__(slf);
                }
                let items = Self::debug(slf, debug::form(slf.as_any(), spec)?)?;
                Ok(items.unwrap_or_else(|| String::from(concat!("<", stringify!($class), " ended>"))))
            }

            fn __traverse__(&self, visit: PyVisit<'_>) -> Result<(), PyTraverseError> {
                visit.call(&self.0.map)
            }
        }
    )* };
}

reading! {
    Iter, Both, "pairs", "Iter";
    Keys, KeyOnly, "keys", "Keys";
    Values, ValueOnly, "values", "Values";
}
