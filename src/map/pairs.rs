//! Pairs from whatever `dict.update` takes, with dict's exceptions for what it does not take.

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyTuple};

use crate::error::{Refusal, Verb};
use crate::resolve::{Query, resolve};
use crate::table::HashMap;

/// Stores every pair of a mapping or an iterable: the first of equal keys stays, the last value wins.
pub fn store_all(map: &Bound<'_, HashMap>, source: &Bound<'_, PyAny>, verb: Verb) -> PyResult<()> {
    let py = map.py();
    begin(map, len_of(source), verb)?;
    each(map, source, |key, value| {
        let query = Query::new(&key)?;
        let value = value.unbind();
        let _old = resolve(map, &query, verb.name(), |state, key| state.insert(py, key, &value, verb))?;
        Ok(())
    })
}

/// Begins a `&mut self` call that will bring `expected` pairs. Only an empty map makes room for them all: a full
/// one would grow, and end its iterators, for keys that it has.
fn begin(map: &Bound<'_, HashMap>, expected: usize, verb: Verb) -> PyResult<()> {
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

/// The length of a source that tells it without running Python code.
fn len_of(source: &Bound<'_, PyAny>) -> usize {
    if let Ok(list) = source.cast_exact::<PyList>() {
        list.len()
    } else if let Ok(tuple) = source.cast_exact::<PyTuple>() {
        tuple.len()
    } else if let Ok(dict) = source.cast_exact::<PyDict>() {
        dict.len()
    } else if let Ok(map) = source.cast_exact::<HashMap>() {
        HashMap::read(map, "len", |table| table.map.len()).unwrap_or(0)
    } else {
        0
    }
}

/// Calls `f` with each pair of a mapping (what has `keys`), or of an iterable of pairs. The map's own pairs are no news.
fn each<'py>(
    map: &Bound<'py, HashMap>,
    source: &Bound<'py, PyAny>,
    mut f: impl FnMut(Bound<'py, PyAny>, Bound<'py, PyAny>) -> PyResult<()>,
) -> PyResult<()> {
    let py = map.py();
    if source.is(map) {
        return Ok(());
    }
    if let Ok(other) = source.cast_exact::<HashMap>() {
        for (key, value) in HashMap::snapshot(other, "update")? {
            f(key.into_bound(py), value.into_bound(py))?;
        }
        return Ok(());
    }
    if let Ok(dict) = source.cast_exact::<PyDict>() {
        for pair in dict.items() {
            let (key, value) = pair.extract()?;
            f(key, value)?;
        }
        return Ok(());
    }
    if let Some(keys) = source.getattr_opt("keys")? {
        for key in keys.call0()?.try_iter()? {
            let key = key?;
            let value = source.get_item(&key)?;
            f(key, value)?;
        }
        return Ok(());
    }
    for (at, pair) in source.try_iter()?.enumerate() {
        let (key, value) = split(&pair?, at)?;
        f(key, value)?;
    }
    Ok(())
}

/// Takes a pair apart.
fn split<'py>(pair: &Bound<'py, PyAny>, at: usize) -> PyResult<(Bound<'py, PyAny>, Bound<'py, PyAny>)> {
    if let Ok(tuple) = pair.cast_exact::<PyTuple>()
        && tuple.len() == 2
    {
        return Ok((tuple.get_item(0)?, tuple.get_item(1)?));
    }
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
