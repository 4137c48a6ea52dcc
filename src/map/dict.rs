//! The methods and operators that `dict` has.

use pyo3::exceptions::{PyKeyError, PyTypeError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};

use super::pairs::store_all;
use crate::error::Verb;
use crate::resolve::{Query, resolve};
use crate::table::HashMap;

/// The key in a tuple of its own, or a tuple as key would be taken for several arguments.
fn key_error(key: &Bound<'_, PyAny>) -> PyErr {
    PyKeyError::new_err((key.clone().unbind(),))
}

#[pymethods]
impl HashMap {
    fn __getitem__<'py>(slf: &Bound<'py, Self>, key: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        match Self::look_up(slf, key, "m[key]")? {
            Some(value) => Ok(value.into_bound(slf.py())),
            None if slf.is_exact_instance_of::<HashMap>() => Err(key_error(key)),
            None => match slf.getattr_opt("__missing__")? {
                Some(missing) => missing.call1((key,)),
                None => Err(key_error(key)),
            },
        }
    }

    fn __setitem__(slf: &Bound<'_, Self>, key: &Bound<'_, PyAny>, value: Py<PyAny>) -> PyResult<()> {
        Self::store(slf, key, &value, Verb::SetItem).map(drop)
    }

    fn __delitem__(slf: &Bound<'_, Self>, key: &Bound<'_, PyAny>) -> PyResult<()> {
        Self::take(slf, key, Verb::DelItem)?.map(drop).ok_or_else(|| key_error(key))
    }

    fn __contains__(slf: &Bound<'_, Self>, key: &Bound<'_, PyAny>) -> PyResult<bool> {
        let query = Query::new(key)?;
        resolve(slf, &query, "in", |state, key| Ok(state.table()?.map.contains_key(key)))
    }

    /// The value under `key`; if there is none, `default`, which is stored.
    ///
    /// One lookup. Raises `MemoryError` if the map cannot grow.
    #[pyo3(signature = (key, default = None, /))]
    fn setdefault(slf: &Bound<'_, Self>, key: &Bound<'_, PyAny>, default: Option<Py<PyAny>>) -> PyResult<Py<PyAny>> {
        let py = slf.py();
        let query = Query::new(key)?;
        let default = default.unwrap_or_else(|| py.None());
        let verb = Verb::SetDefault;
        let present = resolve(slf, &query, verb.name(), |state, key| state.or_insert(py, key, &default, verb))?;
        Ok(present.unwrap_or(default))
    }

    /// Takes `key` out and returns its value; if it is not there, `default`, or else `KeyError`.
    #[pyo3(signature = (key, /, *default), text_signature = "($self, key, default=<unrepresentable>, /)")]
    fn pop(slf: &Bound<'_, Self>, key: &Bound<'_, PyAny>, default: &Bound<'_, PyTuple>) -> PyResult<Py<PyAny>> {
        if default.len() > 1 {
            let count = default.len() + 1;
            return Err(PyTypeError::new_err(format!("pop expected at most 2 arguments, got {count}")));
        }
        match Self::take(slf, key, Verb::Pop)? {
            Some((_, value)) => Ok(value),
            None if default.is_empty() => Err(key_error(key)),
            None => Ok(default.get_item(0)?.unbind()),
        }
    }

    /// Stores the pairs of a mapping or an iterable of pairs, then the keyword arguments.
    ///
    /// Pair after pair, so that those before a failure stay. O(n). Raises `TypeError` and `ValueError` for what is
    /// no pair, as `dict.update` does.
    #[pyo3(signature = (other = None, /, **kwargs))]
    fn update(
        slf: &Bound<'_, Self>,
        other: Option<&Bound<'_, PyAny>>,
        kwargs: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<()> {
        Self::update_all(slf, other, kwargs)
    }
}

impl HashMap {
    /// `update` and `__init__`.
    pub fn update_all(
        slf: &Bound<'_, Self>,
        other: Option<&Bound<'_, PyAny>>,
        kwargs: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<()> {
        if let Some(other) = other {
            store_all(slf, other, Verb::Update)?;
        }
        kwargs.map_or(Ok(()), |kwargs| store_all(slf, kwargs, Verb::Update))
    }
}
