//! The ten iterator classes.
//!
//! `reading` has those that lend nothing, `lending` those that lend a `RefMut` with each step, `owning` those that
//! took the pairs along.

pub mod lending;
pub mod owning;
pub mod reading;

use std::fmt::Formatter;

use pyo3::gc::{PyTraverseError, PyVisit};
use pyo3::prelude::*;

use crate::debug::{self, Text, With};
use crate::error::{cannot_pickle, with_room};
use crate::key::Key;
use crate::table::Objects;

/// What an iterator class wraps. `me` is the Python object, `what` the name of its class.
trait Source {
    type Item;
    fn next(&self, me: &Bound<'_, PyAny>, what: &str) -> PyResult<Option<Self::Item>>;
    fn len(&self, me: &Bound<'_, PyAny>, what: &str) -> PyResult<usize>;
    /// Debug of each item that is left; `None` if the iterator has ended early.
    fn left(&self, me: &Bound<'_, PyAny>, alternate: bool) -> PyResult<Option<Vec<Text>>>;
    /// What `pickle` makes of it.
    fn reduce<'py>(&self, me: &Bound<'py, PyAny>, _what: &str) -> PyResult<Bound<'py, PyAny>> {
        Err(cannot_pickle(me))
    }
    fn traverse(&self, visit: &PyVisit<'_>) -> Result<(), PyTraverseError>;
    /// Lets go of what is left.
    fn clear(&self, me: &Bound<'_, PyAny>);
}

/// Which part of a pair an iterator yields.
trait Part {
    type Item: for<'py> IntoPyObject<'py>;
    fn pick(py: Python<'_>, key: &Key, value: &Py<PyAny>) -> Self::Item;
    fn text(py: Python<'_>, pair: &Objects, alternate: bool) -> PyResult<Text>;
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

    fn text(py: Python<'_>, (key, value): &Objects, alternate: bool) -> PyResult<Text> {
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

    fn text(py: Python<'_>, (key, _): &Objects, alternate: bool) -> PyResult<Text> {
        debug::text(key.bind(py), alternate)
    }
}

impl Part for ValueOnly {
    type Item = Py<PyAny>;

    #[inline]
    fn pick(py: Python<'_>, _: &Key, value: &Py<PyAny>) -> Self::Item {
        value.clone_ref(py)
    }

    fn text(py: Python<'_>, (_, value): &Objects, alternate: bool) -> PyResult<Text> {
        debug::text(value.bind(py), alternate)
    }
}

/// The texts of copied pairs.
fn texts<P: Part>(py: Python<'_>, pairs: &[Objects], alternate: bool) -> PyResult<Vec<Text>> {
    let mut texts = with_room(pairs.len())?;
    for pair in pairs {
        texts.push(P::text(py, pair, alternate)?);
    }
    Ok(texts)
}

/// Debug of an iterator: a list of what is left.
fn listed(source: &impl Source, me: &Bound<'_, PyAny>, alternate: bool) -> PyResult<Option<String>> {
    debug::guarded(me, Some(String::from("[...]")), || {
        let Some(left) = source.left(me, alternate)? else { return Ok(None) };
        Ok(Some(debug::render(&With(|f: &mut Formatter<'_>| f.debug_list().entries(&left).finish()), alternate)))
    })
}

/// The classes, which differ in what they yield and in whom it belongs to.
macro_rules! iterators {
    ($($(#[$doc:meta])* $class:ident($source:ty), $page:literal;)*) => { $(
        $(#[$doc])*
        ///
        #[doc = concat!("See <https://doc.rust-lang.org/std/collections/hash_map/struct.", $page, ".html>.")]
        #[pyclass(frozen, generic, module = "entrymap")]
        pub struct $class($source);

        #[pymethods]
        impl $class {
            #[allow(clippy::self_named_constructors, reason = "Python's name")]
            fn __iter__(slf: Py<Self>) -> Py<Self> {
                slf
            }

            fn __next__(slf: &Bound<'_, Self>) -> PyResult<Option<<$source as Source>::Item>> {
                slf.get().0.next(slf.as_any(), stringify!($class))
            }

            /// The next item, or `None` after the last; Rust's `Iterator::next`.
            ///
            /// Python's `next(it)` raises `StopIteration` instead. Both raise `BorrowError` if the iterator has ended.
            /// See <https://doc.rust-lang.org/std/iter/trait.Iterator.html#tymethod.next>.
            fn next(slf: &Bound<'_, Self>) -> PyResult<Option<<$source as Source>::Item>> {
                slf.get().0.next(slf.as_any(), stringify!($class))
            }

            fn __len__(slf: &Bound<'_, Self>) -> PyResult<usize> {
                slf.get().0.len(slf.as_any(), stringify!($class))
            }

            /// How many items are left, as `(at least, at most)`.
            ///
            /// Raises `BorrowError` if the iterator has ended.
            /// See <https://doc.rust-lang.org/std/iter/trait.Iterator.html#method.size_hint>.
            fn size_hint(slf: &Bound<'_, Self>) -> PyResult<(usize, usize)> {
                Self::__len__(slf).map(|len| (len, len))
            }

            fn __repr__(slf: &Bound<'_, Self>) -> PyResult<String> {
                Ok(match listed(&slf.get().0, slf.as_any(), false)? {
                    Some(items) => format!(concat!(stringify!($class), "({})"), items),
                    None => String::from(concat!("<", stringify!($class), " ended>")),
                })
            }

            /// `?` and `#?` are Rust's Debug of what is left; no other format is known.
            fn __format__(slf: &Bound<'_, Self>, spec: &str) -> PyResult<String> {
                if spec.is_empty() {
                    return Self::__repr__(slf);
                }
                let items = listed(&slf.get().0, slf.as_any(), debug::form(slf.as_any(), spec)?)?;
                Ok(items.unwrap_or_else(|| String::from(concat!("<", stringify!($class), " ended>"))))
            }

            fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
                slf.get().0.reduce(slf.as_any(), stringify!($class))
            }

            fn __traverse__(&self, visit: PyVisit<'_>) -> Result<(), PyTraverseError> {
                self.0.traverse(&visit)
            }

            fn __clear__(slf: &Bound<'_, Self>) {
                slf.get().0.clear(slf.as_any());
            }
        }
    )* };
}

use iterators;
