//! The methods and operators that `dict` has.

use pyo3::exceptions::{PyKeyError, PyTypeError};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyString, PyTuple, PyType};

use super::items::Items;
use super::pairs::store_all;
use crate::error::Verb;
use crate::resolve::{Query, resolve};
use crate::table::{HashMap, Objects};

/// The key in a tuple of its own, or a tuple as key would be taken for several arguments.
fn key_error(key: &Bound<'_, PyAny>) -> PyErr {
    PyKeyError::new_err((key.clone().unbind(),))
}

#[pymethods]
impl HashMap {
    fn __getitem__<'py>(slf: &Bound<'py, Self>, key: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        match Self::look_up(slf, key, "m[key]")? {
            Some(value) => Ok(value),
            None if slf.is_exact_instance_of::<HashMap>() => Err(key_error(key)),
            None if slf.get_type().getattr_opt("__missing__")?.is_some() => slf.call_method1("__missing__", (key,)),
            None => Err(key_error(key)),
        }
    }

    fn __setitem__(slf: &Bound<'_, Self>, key: &Bound<'_, PyAny>, value: &Bound<'_, PyAny>) -> PyResult<()> {
        Self::store(slf, key, value, Verb::SetItem).map(drop)
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
    fn setdefault<'py>(
        slf: &Bound<'py, Self>,
        key: &Bound<'py, PyAny>,
        default: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let query = Query::new(key)?;
        let default = default.map_or_else(|| py.None().into_bound(py), Bound::clone);
        let verb = Verb::SetDefault;
        let present = resolve(slf, &query, verb.name(), |state, key| state.or_insert(key, &default, verb))?;
        Ok(present.unwrap_or(default))
    }

    /// Takes `key` out and returns its value; if it is not there, `default`, or else `KeyError`.
    #[pyo3(signature = (key, /, *default), text_signature = "($self, key, /, *default)")]
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

    /// Takes some pair out and returns it.
    ///
    /// Not the last one stored, as with dict: there is no order. Emptying a map so takes O(n) in all.
    /// Raises `KeyError` if the map is empty.
    fn popitem(slf: &Bound<'_, Self>) -> PyResult<Objects> {
        let verb = Verb::PopItem;
        let pair = Self::with(slf, |state| state.pop(slf.py(), verb));
        match pair.map_err(|refusal| refusal.on_map(slf.py(), verb.name()))? {
            Some((key, value)) => Ok((key.object, value)),
            None => Err(PyKeyError::new_err("popitem(): the map is empty")),
        }
    }

    /// Stores the pairs of a mapping or an iterable of pairs, then the keyword arguments.
    ///
    /// Pair after pair, so that those before a failure stay. O(n). Raises `TypeError` and `ValueError` for what is
    /// no pair, as `dict.update` does.
    #[pyo3(signature = (*source, **kwargs), text_signature = "($self, source=(), /, **kwargs)")]
    fn update(slf: &Bound<'_, Self>, source: &Bound<'_, PyTuple>, kwargs: Option<&Bound<'_, PyDict>>) -> PyResult<()> {
        Self::update_all(slf, "update", source, kwargs)
    }

    /// A new map with the same keys and values, which are not copied themselves; `clone` is the same.
    ///
    /// O(n); calls no `__hash__`. A subclass gives a plain `HashMap`.
    fn copy<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, HashMap>> {
        Self::duplicate(slf, "copy")
    }

    /// A map of the keys of an iterable, each with the same value.
    ///
    /// O(n). All keys share one object: `fromkeys(keys, [])` has a single list.
    #[classmethod]
    #[pyo3(signature = (iterable, value = None, /))]
    fn fromkeys<'py>(
        cls: &Bound<'py, PyType>,
        iterable: &Bound<'py, PyAny>,
        value: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let value = value.unwrap_or_else(|| cls.py().None().into_bound(cls.py()));
        let map = cls.call0()?;
        Items::of(iterable)?.each(|key| map.set_item(key, &value))?;
        Ok(map)
    }

    fn __or__<'py>(slf: &Bound<'py, Self>, other: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        if !is_mapping(other)? {
            return Ok(slf.py().NotImplemented().into_bound(slf.py()));
        }
        let union = Self::duplicate(slf, "|")?;
        store_all(&union, other, Verb::Update)?;
        Ok(union.into_any())
    }

    fn __ror__<'py>(slf: &Bound<'py, Self>, other: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        if !is_mapping(other)? {
            return Ok(py.NotImplemented().into_bound(py));
        }
        let union = Bound::new(py, HashMap::empty())?;
        store_all(&union, other, Verb::Update)?;
        store_all(&union, slf, Verb::Update)?;
        Ok(union.into_any())
    }

    fn __ior__(slf: &Bound<'_, Self>, other: &Bound<'_, PyAny>) -> PyResult<()> {
        store_all(slf, other, Verb::OrUpdate)
    }
}

/// Whether an object is a mapping, as `collections.abc` sees it.
pub fn is_mapping(object: &Bound<'_, PyAny>) -> PyResult<bool> {
    static MAPPING: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    Ok(object.is_instance_of::<HashMap>()
        || object.is_instance_of::<PyDict>()
        || object.is_instance(MAPPING.import(object.py(), "collections.abc", "Mapping")?)?)
}

impl HashMap {
    /// `update` and `__init__`.
    pub fn update_all(
        slf: &Bound<'_, Self>,
        used: &str,
        source: &Bound<'_, PyTuple>,
        kwargs: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<()> {
        if source.len() > 1 {
            let count = source.len();
            return Err(PyTypeError::new_err(format!("{used} expected at most 1 argument, got {count}")));
        }
        if let Some(kwargs) = kwargs
            && !kwargs.iter().all(|(name, _)| name.is_instance_of::<PyString>())
        {
            return Err(PyTypeError::new_err("keywords must be strings"));
        }
        match source.get_item(0) {
            Ok(source) => store_all(slf, &source, Verb::Update)?,
            Err(_) => Self::reserve_for(slf, 0, Verb::Update)?,
        }
        kwargs.map_or(Ok(()), |kwargs| store_all(slf, kwargs, Verb::Update))
    }
}
