//! The live views that `keys`, `values` and `items` return.
#![allow(unsafe_op_in_unsafe_fn, reason = "PyO3's wrappers of methods that a macro writes")]

use pyo3::basic::CompareOp;
use pyo3::gc::{PyTraverseError, PyVisit};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyMapping, PyMappingProxy, PySet, PyTuple};

use crate::debug;
use crate::error::cannot_pickle;
use crate::iterators::reading::{Iter, Keys, Values};
use crate::resolve::{Query, resolve};
use crate::table::HashMap;

/// A view class: what every one of the three has.
macro_rules! view {
    ($class:ident, $iterator:ident, $verb:literal, $what:literal) => {
        #[doc = concat!("A live view of the ", $what, " of a map, like the one of `dict`.")]
        ///
        /// It copies nothing and follows the map. Iterators taken from it end when a key comes or goes.
        #[doc = concat!("See <https://doc.rust-lang.org/std/collections/struct.HashMap.html#method.", $verb, ">.")]
        #[pyclass(frozen, generic, module = "entrymap")]
        pub struct $class(Py<HashMap>);

        impl $class {
            pub fn of(map: &Bound<'_, HashMap>) -> PyResult<$class> {
                HashMap::read(map, $verb, |_| $class(map.clone().unbind()))
            }

            fn items(&self, py: Python<'_>, spec: &str) -> PyResult<String> {
                let map = self.0.bind(py);
                if let Some(verb) = HashMap::moved_by(map) {
                    return Ok(format!(concat!("<", stringify!($class), " of a map moved by {}>"), verb.name()));
                }
                Ok($iterator::over(map, $verb)?
                    .call_method1("__format__", (spec,))?
                    .str()?
                    .to_string_lossy()
                    .into_owned())
            }
        }

        #[pymethods]
        impl $class {
            fn __iter__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, $iterator>> {
                $iterator::over(self.0.bind(py), $verb)
            }

            fn __len__(&self, py: Python<'_>) -> PyResult<usize> {
                HashMap::read(self.0.bind(py), $verb, |table| table.map.len())
            }

            /// The map, read-only.
            #[getter]
            fn mapping<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyMappingProxy>> {
                Ok(PyMappingProxy::new(py, self.0.bind(py).cast::<PyMapping>()?))
            }

            fn __repr__(slf: &Bound<'_, Self>) -> PyResult<String> {
                let inside = concat!(stringify!($class), "(...)").to_owned();
                debug::guarded(slf.as_any(), inside, || {
                    let items = slf.get().items(slf.py(), "?")?;
                    if items.starts_with('<') {
                        Ok(items)
                    } else {
                        Ok(format!(concat!(stringify!($class), "({})"), items))
                    }
                })
            }

            /// `?` and `#?` are Rust's Debug; no other format is known.
            fn __format__(slf: &Bound<'_, Self>, spec: &str) -> PyResult<String> {
                if spec.is_empty() {
                    return Self::__repr__(slf);
                }
                debug::form(slf.as_any(), spec)?;
                debug::guarded(slf.as_any(), String::from("[...]"), || slf.get().items(slf.py(), spec))
            }

            fn __reduce__(slf: &Bound<'_, Self>) -> PyResult<Py<PyAny>> {
                Err(cannot_pickle(slf.as_any()))
            }

            fn __traverse__(&self, visit: PyVisit<'_>) -> Result<(), PyTraverseError> {
                visit.call(&self.0)
            }
        }
    };
}

view!(KeysView, Keys, "keys", "keys");
view!(ValuesView, Values, "values", "values");
view!(ItemsView, Iter, "iter", "pairs");

/// The set algebra of keys and pairs, as `dict`'s views have it: the other side may be any iterable.
macro_rules! set_like {
    ($($class:ident)*) => { $(
        #[pymethods]
        impl $class {
            fn __and__<'py>(slf: &Bound<'py, Self>, other: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
                intersection(slf.as_any(), other)
            }

            fn __rand__<'py>(slf: &Bound<'py, Self>, other: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
                intersection(slf.as_any(), other)
            }

            fn __or__<'py>(slf: &Bound<'py, Self>, other: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
                combined(slf.as_any(), "update", other)
            }

            fn __ror__<'py>(slf: &Bound<'py, Self>, other: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
                combined(other, "update", slf.as_any())
            }

            fn __sub__<'py>(slf: &Bound<'py, Self>, other: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
                combined(slf.as_any(), "difference_update", other)
            }

            fn __rsub__<'py>(slf: &Bound<'py, Self>, other: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
                combined(other, "difference_update", slf.as_any())
            }

            fn __xor__<'py>(slf: &Bound<'py, Self>, other: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
                combined(slf.as_any(), "symmetric_difference_update", other)
            }

            fn __rxor__<'py>(slf: &Bound<'py, Self>, other: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
                combined(other, "symmetric_difference_update", slf.as_any())
            }

            /// Whether the view and an iterable have nothing in common.
            #[pyo3(signature = (other, /))]
            fn isdisjoint(slf: &Bound<'_, Self>, other: &Bound<'_, PyAny>) -> PyResult<bool> {
                for item in other.try_iter()? {
                    if slf.as_any().contains(item?)? {
                        return Ok(false);
                    }
                }
                Ok(true)
            }

            fn __richcmp__(slf: &Bound<'_, Self>, other: &Bound<'_, PyAny>, op: CompareOp) -> PyResult<Py<PyAny>> {
                let py = slf.py();
                match compared(slf.as_any(), other, op)? {
                    Some(answer) => Ok(answer.into_pyobject(py)?.to_owned().into_any().unbind()),
                    None => Ok(py.NotImplemented()),
                }
            }
        }
    )* };
}

set_like!(KeysView ItemsView);

#[pymethods]
impl KeysView {
    fn __contains__(&self, py: Python<'_>, key: &Bound<'_, PyAny>) -> PyResult<bool> {
        let query = Query::new(key)?;
        resolve(self.0.bind(py), &query, "keys", |state, key| Ok(state.table()?.map.contains_key(key)))
    }
}

#[pymethods]
impl ItemsView {
    fn __contains__(&self, py: Python<'_>, item: &Bound<'_, PyAny>) -> PyResult<bool> {
        let Ok(item) = item.cast::<PyTuple>() else {
            return Ok(false);
        };
        if item.len() != 2 {
            return Ok(false);
        }
        let (key, value) = (item.get_item(0)?, item.get_item(1)?);
        let query = Query::new(&key)?;
        let stored = resolve(self.0.bind(py), &query, "iter", |state, key| {
            Ok(state.table()?.map.get(key).map(|value| value.clone_ref(py)))
        })?;
        stored.map_or(Ok(false), |stored| same(stored.bind(py), &value))
    }
}

/// How containers compare: identity, else `==`.
pub fn same(mine: &Bound<'_, PyAny>, theirs: &Bound<'_, PyAny>) -> PyResult<bool> {
    Ok(mine.is(theirs) || mine.eq(theirs)?)
}

/// The items of `other` that `view` contains.
fn intersection<'py>(view: &Bound<'py, PyAny>, other: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let both = PySet::empty(view.py())?;
    for item in other.try_iter()? {
        let item = item?;
        if view.contains(&item)? {
            both.add(item)?;
        }
    }
    Ok(both.into_any())
}

/// `set(left)`, changed by one of set's methods.
fn combined<'py>(left: &Bound<'py, PyAny>, method: &str, right: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let set = left.py().get_type::<PySet>().call1((left,))?;
    set.call_method1(method, (right,))?;
    Ok(set)
}

/// Sets compare by containment; anything that is no set does not compare.
fn compared(view: &Bound<'_, PyAny>, other: &Bound<'_, PyAny>, op: CompareOp) -> PyResult<Option<bool>> {
    static SET: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    if !other.is_instance(SET.import(view.py(), "collections.abc", "Set")?)? {
        return Ok(None);
    }
    let (mine, theirs) = (view.len()?, other.len()?);
    let within = |small: &Bound<'_, PyAny>, large: &Bound<'_, PyAny>| -> PyResult<bool> {
        for item in small.try_iter()? {
            if !large.contains(item?)? {
                return Ok(false);
            }
        }
        Ok(true)
    };
    Ok(Some(match op {
        CompareOp::Eq => mine == theirs && within(view, other)?,
        CompareOp::Ne => !(mine == theirs && within(view, other)?),
        CompareOp::Lt => mine < theirs && within(view, other)?,
        CompareOp::Le => mine <= theirs && within(view, other)?,
        CompareOp::Gt => mine > theirs && within(other, view)?,
        CompareOp::Ge => mine >= theirs && within(other, view)?,
    }))
}
