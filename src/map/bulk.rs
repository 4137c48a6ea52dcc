//! The verbs that neither Rust nor `dict` has: one call each, no handle.

use std::mem;

use pyo3::prelude::*;
use pyo3::types::PyList;

use super::combine::Combine;
use super::pairs::{Pairs, begin};
use super::tally;
use crate::error::{Verb, not_a_list};
use crate::resolve::{Query, resolve};
use crate::table::HashMap;

#[pymethods]
impl HashMap {
    /// The value under `key`; if there is none, `f()`, which is stored.
    ///
    /// `f` runs only for an absent key, and may use the map itself: if it stored the key meanwhile, that value
    /// stays and is returned. If `f` raises, nothing is stored.
    ///
    /// >>> from entrymap import HashMap
    /// >>> cache = HashMap()
    /// >>> def fib(n):
    /// ...     return n if n < 2 else cache.get_or_insert_with(n, lambda: fib(n - 1) + fib(n - 2))
    /// >>> fib(90)
    /// 2880067194370816120
    #[pyo3(signature = (key, f, /))]
    fn get_or_insert_with<'py>(
        slf: &Bound<'py, Self>,
        key: &Bound<'py, PyAny>,
        f: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let verb = Verb::GetOrInsertWith;
        let query = Query::new(key)?;
        let present = resolve(slf, &query, verb.name(), |state, key| {
            let (generation, table) = state.parts()?;
            let present = table.map.get(key).map(|value| value.bind(py).clone());
            if present.is_some() {
                generation.raise(verb);
            }
            Ok(present)
        })?;
        if let Some(present) = present {
            return Ok(present);
        }
        let made = f.call0()?;
        let first = resolve(slf, &query, verb.name(), |state, key| state.or_insert(key, &made, verb))?;
        Ok(first.unwrap_or(made))
    }

    /// Stores `value` under `key`, or `combine(old, value)` if it is there; returns what is stored.
    ///
    /// `combine` runs with nothing borrowed, again if another thread has replaced the value meanwhile. If it raises,
    /// nothing is stored; if it changes `key` itself, that is a `BorrowError` (where another thread uses the map at the
    /// same time and it cannot be told who did, `combine` runs again, a thousand times at most).
    ///
    /// >>> import operator
    /// >>> from entrymap import HashMap
    /// >>> counts = HashMap(a=1)
    /// >>> counts.upsert("a", 1, operator.add), counts.upsert("b", 1, operator.add)
    /// (2, 1)
    #[pyo3(signature = (key, value, combine, /))]
    fn upsert<'py>(
        slf: &Bound<'py, Self>,
        key: &Bound<'py, PyAny>,
        value: &Bound<'py, PyAny>,
        combine: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let combine = Combine::new(combine)?;
        Self::combine_at(slf, &Query::new(key)?, value, &combine, Verb::Upsert)
    }

    /// Does for each pair of a mapping or an iterable what `upsert` does for one.
    ///
    /// Pair after pair, so that those before a failure stay. O(n). `operator.add`, `min` and `max` are known to it,
    /// and take no Python call. Raises what `update` and `upsert` raise.
    ///
    /// >>> import operator
    /// >>> from entrymap import HashMap
    /// >>> stock = HashMap(apple=3)
    /// >>> stock.merge([("apple", 2), ("pear", 1), ("apple", 1)], operator.add)
    /// >>> stock["apple"], stock["pear"]
    /// (6, 1)
    #[pyo3(signature = (pairs, combine, /))]
    fn merge(slf: &Bound<'_, Self>, pairs: &Bound<'_, PyAny>, combine: &Bound<'_, PyAny>) -> PyResult<()> {
        let combine = Combine::new(combine)?;
        let pairs = Pairs::of(pairs)?;
        begin(slf, pairs.expected(), Verb::Merge)?;
        pairs.each(slf.py(), |key, value| {
            Self::combine_at(slf, &Query::new(key)?, value, &combine, Verb::Merge).map(drop)
        })
    }

    /// Counts the items of an iterable: adds to each one's value how often it comes.
    ///
    /// The counts are added when the iterable is through, all of them or, after an exception, none. O(n).
    /// The integers of a buffer (`array.array`, a NumPy array, a `memoryview`) are counted without making objects of
    /// them. Raises `TypeError` for an unhashable item, and for a stored value that is no int.
    ///
    /// >>> from entrymap import HashMap
    /// >>> counts = HashMap(l=10)
    /// >>> counts.tally("hello")
    /// >>> counts["h"], counts["l"]
    /// (1, 12)
    #[pyo3(signature = (keys, /))]
    fn tally(slf: &Bound<'_, Self>, keys: &Bound<'_, PyAny>) -> PyResult<()> {
        tally::count(slf, keys)
    }

    /// Appends the value of each pair of an iterable or a mapping to the list under its key.
    ///
    /// A key that is absent gets a new list. Pair after pair, so that those before a failure stay. O(n).
    /// Raises `TypeError` for a stored value that is no list, and what `update` raises.
    ///
    /// >>> from entrymap import HashMap
    /// >>> teams = HashMap()
    /// >>> teams.group([("red", "Ann"), ("blue", "Bob"), ("red", "Cid")])
    /// >>> teams["red"], teams["blue"]
    /// (['Ann', 'Cid'], ['Bob'])
    #[pyo3(signature = (pairs, /))]
    fn group(slf: &Bound<'_, Self>, pairs: &Bound<'_, PyAny>) -> PyResult<()> {
        let (py, verb) = (slf.py(), Verb::Group);
        let pairs = Pairs::of(pairs)?;
        begin(slf, 0, verb)?;
        let empty = PyList::empty(py);
        // A list that is empty times one: the way to a new list that may fail without harm.
        let new_list = || Ok::<_, PyErr>(empty.as_sequence().repeat(1)?.into_any());
        let mut fresh = new_list()?;
        pairs.each(py, |key, value| {
            let query = Query::new(key)?;
            let stored = resolve(slf, &query, verb.name(), |state, key| state.or_insert(key, &fresh, verb))?;
            match stored {
                None => append(&mem::replace(&mut fresh, new_list()?), key, value),
                Some(stored) => append(&stored, key, value),
            }
        })
    }
}

/// Appends to the list under a key, as that list's own class does it.
fn append(stored: &Bound<'_, PyAny>, key: &Bound<'_, PyAny>, value: &Bound<'_, PyAny>) -> PyResult<()> {
    if let Ok(list) = stored.cast_exact::<PyList>() {
        list.append(value)
    } else if stored.is_instance_of::<PyList>() {
        stored.call_method1("append", (value,)).map(drop)
    } else {
        Err(not_a_list(key, stored))
    }
}
