//! Copies that Python makes of a map: `copy`, `pickle`, and the size it tells.

use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString, PyTuple, PyType};

use crate::hasher::Builder;
use crate::iterators::reading::Iter;
use crate::key::Key;
use crate::table::HashMap;

#[pymethods]
impl HashMap {
    /// `copy.copy`: a shallow copy, of the same class and with the same attributes.
    fn __copy__<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        if slf.is_exact_instance_of::<HashMap>() {
            return Ok(Self::duplicate(slf, "copy")?.into_any());
        }
        let class = slf.get_type();
        let copy = class.call_method1("__new__", (&class,))?;
        if let Ok(map) = copy.cast::<HashMap>() {
            Self::become_copy(map, slf, "copy")?;
        }
        give_state(&copy, slf.call_method0("__getstate__")?)?;
        Ok(copy)
    }

    /// How `copy.deepcopy` and `pickle` take the map apart: its class, its hasher, its attributes, its pairs.
    fn __reduce_ex__<'py>(slf: &Bound<'py, Self>, _protocol: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyTuple>> {
        let py = slf.py();
        let class = slf.get_type();
        let builder = Self::read(slf, "pickle", |table| table.builder.clone_ref(py))?;
        let make = match builder {
            Builder::Random(_) => (py.import("copyreg")?.getattr("__newobj__")?, PyTuple::new(py, [class])?),
            other => {
                let hasher = other.into_pyobject(py)?.into_any();
                (py.import("entrymap._entrymap")?.getattr("_restore")?, PyTuple::new(py, [class.into_any(), hasher])?)
            }
        };
        let pairs = if slf.is_exact_instance_of::<HashMap>() {
            Iter::over(slf, "pickle")?.into_any()
        } else {
            slf.call_method0("items")?.try_iter()?.into_any()
        };
        (make.0, make.1, slf.call_method0("__getstate__")?, py.None(), pairs).into_pyobject(py)
    }

    /// The memory of the map in bytes, without that of its keys and values.
    fn __sizeof__(slf: &Bound<'_, Self>) -> PyResult<usize> {
        let object: usize = slf.get_type().getattr("__basicsize__")?.extract()?;
        let capacity = Self::with(slf, |state| state.table().map_or(0, |table| table.map.capacity()));
        Ok(object + size_of_table(capacity))
    }
}

/// Gives a new object the attributes of another, from its `__getstate__`: a dict, or that and one of slots.
fn give_state(object: &Bound<'_, PyAny>, state: Bound<'_, PyAny>) -> PyResult<()> {
    if state.is_none() {
        return Ok(());
    }
    if let Some(set_state) = object.getattr_opt("__setstate__")? {
        return set_state.call1((state,)).map(drop);
    }
    let (attributes, slots) = match state.extract::<(Bound<'_, PyAny>, Bound<'_, PyDict>)>() {
        Ok((attributes, slots)) => (attributes, Some(slots)),
        Err(_) => (state, None),
    };
    if !attributes.is_none() {
        object.getattr("__dict__")?.call_method1("update", (attributes,))?;
    }
    for (name, value) in slots.into_iter().flatten() {
        object.setattr(name.cast::<PyString>()?, value)?;
    }
    Ok(())
}

/// The bytes that hashbrown allocates for a table of this capacity: a pair and a control byte for each bucket, and
/// one group of control bytes more.
fn size_of_table(capacity: usize) -> usize {
    const GROUP: usize = 16;
    let buckets = match capacity {
        0 => return 0,
        1..4 => 4,
        4..8 => 8,
        _ => (capacity.saturating_mul(8) / 7).next_power_of_two(),
    };
    buckets * (size_of::<(Key, Py<PyAny>)>() + 1) + GROUP
}

/// A map of `class` that hashes with `hash_builder` and has not been initialised, for `pickle`.
#[pyfunction]
#[pyo3(name = "_restore", signature = (class, hash_builder, /))]
pub fn restore<'py>(class: &Bound<'py, PyType>, hash_builder: Builder) -> PyResult<Bound<'py, HashMap>> {
    HashMap::uninitialised(class, hash_builder)
}
