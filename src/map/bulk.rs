//! The verbs that neither Rust nor `dict` has: one call each, no handle.

use pyo3::prelude::*;

use crate::error::{Refusal, Verb, changed_by_combine};
use crate::key::Key;
use crate::resolve::{Query, resolve};
use crate::table::{HashMap, State};

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
    fn get_or_insert_with(slf: &Bound<'_, Self>, key: &Bound<'_, PyAny>, f: &Bound<'_, PyAny>) -> PyResult<Py<PyAny>> {
        let py = slf.py();
        let verb = Verb::GetOrInsertWith;
        let query = Query::new(key)?;
        let present = resolve(slf, &query, verb.name(), |state, key| {
            let (generation, table) = state.parts()?;
            let present = table.map.get(key).map(|value| value.clone_ref(py));
            if present.is_some() {
                generation.raise(verb);
            }
            Ok(present)
        })?;
        if let Some(present) = present {
            return Ok(present);
        }
        let made = f.call0()?.unbind();
        let first = resolve(slf, &query, verb.name(), |state, key| state.or_insert(py, key, &made, verb))?;
        Ok(first.unwrap_or(made))
    }

    /// Stores `value` under `key`, or `combine(old, value)` if it is there; returns what is stored.
    ///
    /// `combine` runs with nothing borrowed, again if another thread has replaced the value meanwhile. If it raises,
    /// nothing is stored; if it changes `key` itself, that is a `BorrowError`.
    ///
    /// >>> import operator
    /// >>> from entrymap import HashMap
    /// >>> counts = HashMap(a=1)
    /// >>> counts.upsert("a", 1, operator.add), counts.upsert("b", 1, operator.add)
    /// (2, 1)
    #[pyo3(signature = (key, value, combine, /))]
    fn upsert(
        slf: &Bound<'_, Self>,
        key: &Bound<'_, PyAny>,
        value: Py<PyAny>,
        combine: &Bound<'_, PyAny>,
    ) -> PyResult<Py<PyAny>> {
        let query = Query::new(key)?;
        Self::combine_at(slf, &query, &value, combine, Verb::Upsert)
    }
}

/// What a look at a key found.
struct Found {
    key: Key,
    value: Py<PyAny>,
    epoch: u64,
}

/// What became of the value while `combine` ran.
enum Swap {
    /// Nothing: the combined value is stored in its place.
    Done(Py<PyAny>),
    /// Another thread removed it: the new value is stored alone.
    Gone,
    /// Another thread replaced it, or changed the map elsewhere.
    Again(Found),
    /// This thread replaced or removed it.
    Spoilt,
}

impl HashMap {
    /// Stores `value`, or what `combine` makes of it and the value that is there.
    fn combine_at(
        slf: &Bound<'_, Self>,
        query: &Query<'_, '_>,
        value: &Py<PyAny>,
        combine: &Bound<'_, PyAny>,
        verb: Verb,
    ) -> PyResult<Py<PyAny>> {
        let py = slf.py();
        let found = resolve(slf, query, verb.name(), |state, key| match state.find(py, key)? {
            Some(found) => Ok(Some(found)),
            None => state.insert(py, key, value, verb).map(|_| None),
        })?;
        let Some(mut found) = found else {
            return Ok(value.clone_ref(py));
        };
        loop {
            let new = combine.call1((&found.value, value))?.unbind();
            match Self::swap(slf, query, &found, &new, value, verb)? {
                Swap::Done(_old) => return Ok(new),
                Swap::Gone => return Ok(value.clone_ref(py)),
                Swap::Again(now) => found = now,
                Swap::Spoilt => return Err(changed_by_combine(query.object(), verb)),
            }
        }
    }

    /// Puts `new` where `found` was. Only if the map was used meanwhile is the key looked for once more.
    fn swap(
        slf: &Bound<'_, Self>,
        query: &Query<'_, '_>,
        found: &Found,
        new: &Py<PyAny>,
        value: &Py<PyAny>,
        verb: Verb,
    ) -> PyResult<Swap> {
        let py = slf.py();
        let undisturbed = Self::with(slf, |state| {
            let old = state.set_at(py, &found.key, new, found.epoch).ok()?;
            state.generation.raise(verb);
            Some(old)
        });
        if let Some(old) = undisturbed {
            return Ok(Swap::Done(old));
        }
        resolve(slf, query, verb.name(), |state, key| {
            let here = state.generation.raised_here();
            match state.find(py, key)? {
                Some(now) if now.value.is(&found.value) => {
                    let old = state.set_at(py, key, new, now.epoch)?;
                    state.generation.raise(verb);
                    Ok(Swap::Done(old))
                }
                _ if here => Ok(Swap::Spoilt),
                Some(now) => Ok(Swap::Again(now)),
                None => state.insert(py, key, value, verb).map(|_| Swap::Gone),
            }
        })
    }
}

impl State {
    /// The stored key and its value.
    #[inline]
    fn find(&mut self, py: Python<'_>, key: &Key) -> Result<Option<Found>, Refusal> {
        let epoch = self.generation.epoch();
        let pair = self.table()?.map.get_key_value(key);
        Ok(pair.map(|(key, value)| Found { key: key.clone_ref(py), value: value.clone_ref(py), epoch }))
    }
}
