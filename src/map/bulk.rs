//! The verbs that neither Rust nor `dict` has: one call each, no handle.

use pyo3::prelude::*;

use crate::error::{Verb, changed_by_combine};
use crate::table::{HashMap, Query, State, resolve};

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
        let begin = |state: &mut State, key: &_| {
            let old = state.table()?.map.get(key).map(|old| old.clone_ref(py));
            match old {
                Some(old) => Ok(Some(old)),
                None => state.insert(py, key, value, verb),
            }
        };
        let Some(mut old) = resolve(slf, query, verb.name(), begin)? else {
            return Ok(value.clone_ref(py));
        };
        loop {
            let new = combine.call1((&old, value))?.unbind();
            let outcome = resolve(slf, query, verb.name(), |state, key| {
                let here = state.generation.raised_here();
                let now = state.table()?.map.get(key).map(|now| now.clone_ref(py));
                match now {
                    Some(now) if now.is(&old) => state.insert(py, key, &new, verb).map(|_| Swap::Done),
                    _ if here => Ok(Swap::Spoilt),
                    Some(now) => Ok(Swap::Again(now)),
                    None => state.insert(py, key, value, verb).map(|_| Swap::Gone),
                }
            })?;
            match outcome {
                Swap::Done => return Ok(new),
                Swap::Gone => return Ok(value.clone_ref(py)),
                Swap::Again(now) => old = now,
                Swap::Spoilt => return Err(changed_by_combine(query.object(), verb)),
            }
        }
    }
}

/// What became of the value while `combine` ran.
enum Swap {
    /// Nothing: the combined value is stored.
    Done,
    /// Another thread removed it: the new value is stored alone.
    Gone,
    /// Another thread replaced it by this one.
    Again(Py<PyAny>),
    /// This thread replaced or removed it.
    Spoilt,
}
