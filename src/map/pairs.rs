//! Pairs from whatever `dict.update` takes, with dict's exceptions for what it does not take.

use std::vec;

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyIterator, PyList, PyTuple};

use super::items::{Items, Pulse};
use crate::error::{Refusal, Verb, with_room};
use crate::resolve::{Query, resolve};
use crate::table::{HashMap, Objects};

/// Stores every pair of a mapping or an iterable: the first of equal keys stays, the last value wins.
pub fn store_all(map: &Bound<'_, HashMap>, source: &Bound<'_, PyAny>, verb: Verb) -> PyResult<()> {
    let py = map.py();
    if source.is(map) {
        // A map's own pairs are no news to it.
        return begin(map, 0, verb);
    }
    let pairs = Pairs::of(source)?;
    begin(map, pairs.expected(), verb)?;
    pairs.each(py, |key, value| {
        let query = Query::new(key)?;
        resolve(map, &query, verb.name(), |state, key| state.insert(key, value, verb)).map(drop)
    })
}

/// Begins a `&mut self` call that will bring `expected` pairs. Only an empty map makes room for them all: a full one would
/// grow, and end its iterators, for keys that it has.
pub fn begin(map: &Bound<'_, HashMap>, expected: usize, verb: Verb) -> PyResult<()> {
    HashMap::with(map, |state| {
        let (generation, table) = state.parts()?;
        if table.map.is_empty() && expected > table.map.capacity() {
            table.map.try_reserve(expected).map_err(|_| Refusal::NoMemory)?;
            generation.reshape(verb);
        }
        generation.raise(verb);
        Ok(())
    })
    .map_err(|refusal: Refusal| refusal.on_map(map.py(), verb.name()))
}

/// Where pairs come from.
pub enum Pairs<'py> {
    /// Copied from a map or a dict, which may change while they are used.
    Copied(vec::IntoIter<Objects>),
    /// The keys of a mapping, and the mapping.
    Keyed(Bound<'py, PyIterator>, Bound<'py, PyAny>),
    /// An iterable of pairs.
    Listed(Items<'py>),
}

impl<'py> Pairs<'py> {
    /// Takes a mapping (what has `keys`) or an iterable of pairs.
    pub fn of(source: &Bound<'py, PyAny>) -> PyResult<Pairs<'py>> {
        if let Ok(other) = source.cast_exact::<HashMap>() {
            return Ok(Pairs::Copied(HashMap::snapshot(other, "update")?.into_iter()));
        }
        if let Ok(dict) = source.cast_exact::<PyDict>() {
            let mut pairs = with_room(dict.len())?;
            pairs.extend(dict.iter().take(pairs.capacity()).map(|(key, value)| (key.unbind(), value.unbind())));
            return Ok(Pairs::Copied(pairs.into_iter()));
        }
        if let Some(keys) = source.getattr_opt("keys")? {
            return Ok(Pairs::Keyed(keys.call0()?.try_iter()?, source.clone()));
        }
        Ok(Pairs::Listed(Items::of(source)?))
    }

    /// How many there will be, where that is known without Python code.
    pub fn expected(&self) -> usize {
        match self {
            Pairs::Copied(pairs) => pairs.len(),
            Pairs::Keyed(..) => 0,
            Pairs::Listed(items) => items.expected(),
        }
    }

    /// Calls `f` with each pair.
    #[inline]
    pub fn each(
        self,
        py: Python<'py>,
        mut f: impl FnMut(&Bound<'py, PyAny>, &Bound<'py, PyAny>) -> PyResult<()>,
    ) -> PyResult<()> {
        let mut pulse = Pulse::default();
        match self {
            Pairs::Copied(pairs) => {
                for (key, value) in pairs {
                    pulse.beat(py)?;
                    f(&key.into_bound(py), &value.into_bound(py))?;
                }
            }
            Pairs::Keyed(keys, mapping) => {
                for key in keys {
                    pulse.beat(py)?;
                    let key = key?;
                    let value = mapping.get_item(&key)?;
                    f(&key, &value)?;
                }
            }
            Pairs::Listed(pairs) => {
                let mut at = 0;
                pairs.each(|pair| {
                    at += 1;
                    match pair.cast_exact::<PyTuple>() {
                        Ok(pair) if pair.len() == 2 => f(&*pair.get_borrowed_item(0)?, &*pair.get_borrowed_item(1)?),
                        _ => {
                            let (key, value) = split(pair, at - 1)?;
                            f(&key, &value)
                        }
                    }
                })?;
            }
        }
        Ok(())
    }
}

/// Takes apart a pair that is no tuple.
fn split<'py>(pair: &Bound<'py, PyAny>, at: usize) -> PyResult<(Bound<'py, PyAny>, Bound<'py, PyAny>)> {
    let parts = match pair.py().get_type::<PyList>().call1((pair,)) {
        Ok(parts) => parts.cast_into::<PyList>()?,
        Err(error) if error.is_instance_of::<PyTypeError>(pair.py()) => {
            return Err(PyTypeError::new_err(format!(
                "cannot convert dictionary update sequence element #{at} to a sequence"
            )));
        }
        Err(error) => return Err(error),
    };
    match parts.len() {
        2 => Ok((parts.get_item(0)?, parts.get_item(1)?)),
        len => Err(PyValueError::new_err(format!(
            "dictionary update sequence element #{at} has length {len}; 2 is required"
        ))),
    }
}
