//! `upsert`'s step: a value and the one that is there become one.

use pyo3::basic::CompareOp;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyInt;

use crate::error::{Refusal, Verb, changed_by_combine, not_an_int};
use crate::key::Key;
use crate::resolve::{Query, resolve};
use crate::table::{HashMap, State};

/// A function of the old value and the new one. Those that Python's library has are not called but done.
pub enum Combine<'a, 'py> {
    Add,
    Min,
    Max,
    /// Adds to the count of this key, if that is one.
    Count(&'a Bound<'py, PyAny>),
    Call(&'a Bound<'py, PyAny>),
}

impl<'a, 'py> Combine<'a, 'py> {
    pub fn new(function: &'a Bound<'py, PyAny>) -> PyResult<Self> {
        static ADD: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
        static MIN: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
        static MAX: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
        let py = function.py();
        Ok(if function.is(ADD.import(py, "operator", "add")?) {
            Combine::Add
        } else if function.is(MIN.import(py, "builtins", "min")?) {
            Combine::Min
        } else if function.is(MAX.import(py, "builtins", "max")?) {
            Combine::Max
        } else {
            Combine::Call(function)
        })
    }

    /// What the function makes of both, in just the way in which it would.
    #[inline]
    fn apply(&self, old: &Bound<'py, PyAny>, new: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let better = match self {
            Combine::Add => return old.add(new),
            Combine::Count(key) => return add_count(key, old, new),
            Combine::Call(function) => return function.call1((old, new)),
            Combine::Min => CompareOp::Lt,
            Combine::Max => CompareOp::Gt,
        };
        let taken = if new.rich_compare(old, better)?.is_truthy()? { new } else { old };
        Ok(taken.clone())
    }
}

/// The sum of a stored value and a count.
pub fn add_count<'py>(
    key: &Bound<'py, PyAny>,
    old: &Bound<'py, PyAny>,
    count: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    if old.is_instance_of::<PyInt>() { old.add(count) } else { Err(not_an_int(key, old)) }
}

/// What a look at a key found.
struct Found<'py> {
    key: Key,
    value: Bound<'py, PyAny>,
    epoch: u64,
}

/// What became of the value while `combine` ran.
enum Swap<'py> {
    /// Nothing: the combined value is stored in its place.
    Done(Bound<'py, PyAny>),
    /// It was removed, perhaps by another thread: the new value is stored alone.
    Gone,
    /// It was replaced, perhaps by another thread.
    Again(Found<'py>),
    /// This thread replaced or removed it.
    Spoilt,
}

/// How often `combine` runs anew. It takes another thread to make it so many, or a `combine` that changes its key
/// while another thread uses the map.
const TRIES: usize = 1000;

impl HashMap {
    /// Stores `value`, or what `combine` makes of it and the value that is there.
    #[inline]
    pub fn combine_at<'py>(
        slf: &Bound<'py, Self>,
        query: &Query<'_, 'py>,
        value: &Bound<'py, PyAny>,
        combine: &Combine<'_, 'py>,
        verb: Verb,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let found = resolve(slf, query, verb.name(), |state, key| match state.find(py, key)? {
            Some(found) => Ok(Some(found)),
            None => state.insert(key, value, verb).map(|_| None),
        })?;
        let Some(mut found) = found else {
            return Ok(value.clone());
        };
        for _ in 0..TRIES {
            let new = combine.apply(&found.value, value)?;
            match Self::swap(slf, query, &found, &new, value, verb)? {
                Swap::Done(_old) => return Ok(new),
                Swap::Gone => return Ok(value.clone()),
                Swap::Again(now) => found = now,
                Swap::Spoilt => break,
            }
        }
        Err(changed_by_combine(query.object(), verb))
    }

    /// Puts `new` where `found` was. Only if the map was used meanwhile is the key looked for once more.
    fn swap<'py>(
        slf: &Bound<'py, Self>,
        query: &Query<'_, 'py>,
        found: &Found<'py>,
        new: &Bound<'py, PyAny>,
        value: &Bound<'py, PyAny>,
        verb: Verb,
    ) -> PyResult<Swap<'py>> {
        let py = slf.py();
        let undisturbed = Self::with(slf, |state| {
            let old = state.set_at(&found.key, new, found.epoch).ok()?;
            state.generation.raise(verb);
            Some(old)
        });
        if let Some(old) = undisturbed {
            return Ok(Swap::Done(old));
        }
        resolve(slf, query, verb.name(), |state, key| {
            let here = state.generation.raised_here(found.epoch);
            match state.find(py, key)? {
                Some(now) if now.value.is(&found.value) => {
                    let old = state.set_at(key, new, now.epoch)?;
                    state.generation.raise(verb);
                    Ok(Swap::Done(old))
                }
                _ if here => Ok(Swap::Spoilt),
                Some(now) => Ok(Swap::Again(now)),
                None => state.insert(key, value, verb).map(|_| Swap::Gone),
            }
        })
    }
}

impl State {
    /// The stored key and its value.
    #[inline]
    fn find<'py>(&mut self, py: Python<'py>, key: &Key) -> Result<Option<Found<'py>>, Refusal> {
        let epoch = self.generation.epoch();
        let pair = self.table()?.map.get_key_value(key);
        Ok(pair.map(|(key, value)| Found { key: key.clone_ref(py), value: value.bind(py).clone(), epoch }))
    }
}
