//! The `HashMap` class: construction, copying, comparing, printing, and the garbage collector.

mod bulk;
mod capacity;
mod combine;
pub mod copying;
mod dict;
mod histogram;
mod items;
mod pairs;
mod std;
mod tally;
mod tools;
mod whole;

use pyo3::basic::CompareOp;
use pyo3::exceptions::PyOverflowError;
use pyo3::gc::{PyTraverseError, PyVisit};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple, PyType};

use self::dict::is_mapping;
use self::items::Items;
use crate::debug;
use crate::error::{Verb, shown};
use crate::hasher::Builder;
use crate::iterators::reading::Keys;
use crate::resolve::{Query, resolve};
use crate::table::{HashMap, Table, bury};
use crate::views::same;

/// A number of pairs, given from Python.
pub struct Capacity(usize);

impl FromPyObject<'_, '_> for Capacity {
    type Error = PyErr;

    /// What no memory could hold becomes the largest number, for which there is no room either.
    fn extract(number: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        match number.extract::<usize>() {
            Ok(number) => Ok(Capacity(number)),
            Err(error) if !error.is_instance_of::<PyOverflowError>(number.py()) => Err(error),
            Err(_) if number.call_method0("__index__")?.lt(0)? => {
                Err(PyOverflowError::new_err(format!("a capacity cannot be negative, but {} is", shown(&number))))
            }
            Err(_) => Ok(Capacity(usize::MAX)),
        }
    }
}

impl HashMap {
    /// An empty map of class `class`.
    fn of_class<'py>(class: &Bound<'py, PyType>) -> PyResult<Bound<'py, HashMap>> {
        Ok(class.call0()?.cast_into::<HashMap>()?)
    }

    /// An empty map of class `class` with this hasher, which is in place before `__init__` runs.
    fn hashing<'py>(class: &Bound<'py, PyType>, builder: Builder) -> PyResult<Bound<'py, HashMap>> {
        let map = Self::uninitialised(class, builder)?;
        map.call_method0("__init__")?;
        Ok(map)
    }

    /// The same before `__init__`.
    fn uninitialised<'py>(class: &Bound<'py, PyType>, builder: Builder) -> PyResult<Bound<'py, HashMap>> {
        let map = class.call_method1("__new__", (class,))?.cast_into::<HashMap>()?;
        let old = Self::with(&map, |state| state.replace(Table::hashing(builder), Verb::Nothing));
        old.map(drop).map_err(|refusal| refusal.on_map(class.py(), "with_hasher"))?;
        Ok(map)
    }

    /// Puts a copy of another map's table into this one.
    fn become_copy(slf: &Bound<'_, Self>, other: &Bound<'_, Self>, used: &str) -> PyResult<()> {
        let py = slf.py();
        let copy = Self::with(other, |state| state.table()?.duplicate(py));
        let copy = copy.map_err(|refusal| refusal.on_map(py, used))?;
        let old = Self::with(slf, |state| state.replace(copy, Verb::CloneFrom));
        old.map(drop).map_err(|refusal| refusal.on_map(py, used))
    }

    /// A plain map with the same pairs and the same hasher. Nothing is hashed.
    fn duplicate<'py>(slf: &Bound<'py, Self>, used: &str) -> PyResult<Bound<'py, HashMap>> {
        let py = slf.py();
        let table = Self::with(slf, |state| state.table()?.duplicate(py));
        Bound::new(py, HashMap::holding(table.map_err(|refusal| refusal.on_map(py, used))?))
    }

    /// The value under a key.
    #[inline]
    fn look_up<'py>(
        slf: &Bound<'py, Self>,
        key: &Bound<'py, PyAny>,
        used: &str,
    ) -> PyResult<Option<Bound<'py, PyAny>>> {
        let py = slf.py();
        let query = Query::new(key)?;
        resolve(slf, &query, used, |state, key| Ok(state.table()?.map.get(key).map(|value| value.bind(py).clone())))
    }

    /// Whether the maps have as many pairs, and every pair its equal in `other`, as `alike` sees it.
    fn matches(
        slf: &Bound<'_, Self>,
        used: &str,
        other: &Bound<'_, Self>,
        alike: impl Fn(&Bound<'_, PyAny>, &Bound<'_, PyAny>) -> PyResult<bool>,
    ) -> PyResult<bool> {
        let py = slf.py();
        let len = |map| Self::read(map, used, |table| table.map.len());
        if len(slf)? != len(other)? {
            return Ok(false);
        }
        for (key, value) in Self::snapshot(slf, used)? {
            match Self::look_up(other, key.bind(py), used)? {
                Some(theirs) if alike(value.bind(py), &theirs)? => {}
                _ => return Ok(false),
            }
        }
        Ok(true)
    }

    /// dict's `==`; `None` for what is no mapping.
    fn equals(slf: &Bound<'_, Self>, other: &Bound<'_, PyAny>) -> PyResult<Option<bool>> {
        let used = "==";
        if let Ok(other) = other.cast::<HashMap>() {
            return Self::matches(slf, used, other, same).map(Some);
        }
        let len = Self::read(slf, used, |table| table.map.len())?;
        if !is_mapping(other)? {
            return Ok(None);
        }
        if other.len()? != len {
            return Ok(Some(false));
        }
        // Its items and not its `[]`, which may answer with a default.
        let mut equal = true;
        let items = Items::of(&other.call_method0("items")?)?;
        items.each_while(|item| {
            let (key, value) = item.extract::<(Bound<'_, PyAny>, Bound<'_, PyAny>)>()?;
            equal = match Self::look_up(slf, &key, used)? {
                Some(mine) => same(&mine, &value)?,
                None => false,
            };
            Ok(equal)
        })?;
        Ok(Some(equal))
    }
}

#[pymethods]
impl HashMap {
    #[new]
    #[pyo3(signature = (*_args, **_kwargs), text_signature = "(source=(), /, **kwargs)")]
    fn __new__(_args: &Bound<'_, PyTuple>, _kwargs: Option<&Bound<'_, PyDict>>) -> Self {
        HashMap::empty()
    }

    #[pyo3(signature = (*source, **kwargs))]
    fn __init__(
        slf: &Bound<'_, Self>,
        source: &Bound<'_, PyTuple>,
        kwargs: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<()> {
        Self::update_all(slf, "HashMap", source, kwargs)
    }

    /// An empty map, which has allocated nothing.
    ///
    /// See <https://doc.rust-lang.org/std/collections/struct.HashMap.html#method.new>.
    #[classmethod]
    fn new<'py>(cls: &Bound<'py, PyType>) -> PyResult<Bound<'py, HashMap>> {
        Self::of_class(cls)
    }

    /// An empty map, as `new` makes it.
    ///
    /// See <https://doc.rust-lang.org/std/collections/struct.HashMap.html#method.default>.
    #[classmethod]
    fn default<'py>(cls: &Bound<'py, PyType>) -> PyResult<Bound<'py, HashMap>> {
        Self::of_class(cls)
    }

    /// An empty map with room for at least `capacity` pairs.
    ///
    /// Raises `OverflowError` for a negative capacity and `MemoryError` for one that there is no memory for.
    /// See <https://doc.rust-lang.org/std/collections/struct.HashMap.html#method.with_capacity>.
    ///
    /// >>> from entrymap import HashMap
    /// >>> HashMap.with_capacity(10).capacity()
    /// 14
    #[classmethod]
    #[pyo3(signature = (capacity, /))]
    fn with_capacity<'py>(cls: &Bound<'py, PyType>, capacity: Capacity) -> PyResult<Bound<'py, HashMap>> {
        let map = Self::of_class(cls)?;
        Self::reserve_for(&map, capacity.0, Verb::WithCapacity)?;
        Ok(map)
    }

    /// An empty map that hashes with `hash_builder`.
    ///
    /// A `RandomState`, a `BuildHasherDefault` or a `FoldState`, or a hash builder written in Python: an object with
    /// `hash_one` or `build_hasher`, which is given `hash(key)`, an int. Raises `TypeError` for anything else.
    /// See <https://doc.rust-lang.org/std/collections/struct.HashMap.html#method.with_hasher>.
    ///
    /// >>> from entrymap import FoldState, HashMap
    /// >>> m, n = (HashMap.with_hasher(FoldState(7)) for _ in range(2))
    /// >>> for square in m, n:
    /// ...     square.update((i, i * i) for i in range(100))
    /// >>> list(m) == list(n)
    /// True
    #[classmethod]
    #[pyo3(signature = (hash_builder, /))]
    fn with_hasher<'py>(cls: &Bound<'py, PyType>, hash_builder: Builder) -> PyResult<Bound<'py, HashMap>> {
        Self::hashing(cls, hash_builder)
    }

    /// An empty map with room for at least `capacity` pairs that hashes with `hash_builder`.
    ///
    /// Raises what `with_capacity` and `with_hasher` raise.
    /// See <https://doc.rust-lang.org/std/collections/struct.HashMap.html#method.with_capacity_and_hasher>.
    #[classmethod]
    #[pyo3(signature = (capacity, hash_builder, /))]
    fn with_capacity_and_hasher<'py>(
        cls: &Bound<'py, PyType>,
        capacity: Capacity,
        hash_builder: Builder,
    ) -> PyResult<Bound<'py, HashMap>> {
        let map = Self::hashing(cls, hash_builder)?;
        Self::reserve_for(&map, capacity.0, Verb::WithCapacity)?;
        Ok(map)
    }

    /// The hash builder, which hashes as the map does.
    ///
    /// See <https://doc.rust-lang.org/std/collections/struct.HashMap.html#method.hasher>.
    fn hasher(slf: &Bound<'_, Self>) -> PyResult<Builder> {
        Self::read(slf, "hasher", |table| table.builder.clone_ref(slf.py()))
    }

    /// A map of the pairs of an iterable or a mapping: of equal keys the first stays, with the last value.
    ///
    /// O(n). Raises what `update` raises.
    /// See <https://doc.rust-lang.org/std/collections/struct.HashMap.html#method.from_iter>.
    #[classmethod]
    #[pyo3(signature = (iterable, /))]
    fn from_iter<'py>(cls: &Bound<'py, PyType>, iterable: &Bound<'py, PyAny>) -> PyResult<Bound<'py, HashMap>> {
        let map = Self::of_class(cls)?;
        pairs::store_all(&map, iterable, Verb::Update)?;
        Ok(map)
    }

    /// A new map with the same keys and values, which are not copied themselves.
    ///
    /// O(n); calls no `__hash__`. A subclass gives a plain `HashMap`.
    /// See <https://doc.rust-lang.org/std/collections/struct.HashMap.html#method.clone>.
    fn clone<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, HashMap>> {
        Self::duplicate(slf, "clone")
    }

    /// Whether two maps have equal keys with equal values, by `==` alone; Rust's `PartialEq`.
    ///
    /// Python's `m == n` takes identical values for equal before it asks them, so that a NaN equals itself there
    /// but not here. O(n).
    /// See <https://doc.rust-lang.org/std/collections/struct.HashMap.html#method.eq>.
    ///
    /// >>> from entrymap import HashMap
    /// >>> m = HashMap(x=float("nan"))
    /// >>> m == m.clone(), m.eq(m.clone())
    /// (True, False)
    #[pyo3(signature = (other, /))]
    fn eq(slf: &Bound<'_, Self>, other: &Bound<'_, HashMap>) -> PyResult<bool> {
        Self::matches(slf, "eq", other, |mine, theirs| mine.eq(theirs))
    }

    /// Whether two maps differ; the opposite of `eq`.
    ///
    /// See <https://doc.rust-lang.org/std/collections/struct.HashMap.html#method.ne>.
    #[pyo3(signature = (other, /))]
    fn ne(slf: &Bound<'_, Self>, other: &Bound<'_, HashMap>) -> PyResult<bool> {
        Self::eq(slf, other).map(|equal| !equal)
    }

    fn __richcmp__(slf: &Bound<'_, Self>, other: &Bound<'_, PyAny>, op: CompareOp) -> PyResult<Py<PyAny>> {
        let py = slf.py();
        let equal = match op {
            CompareOp::Eq | CompareOp::Ne => Self::equals(slf, other)?,
            _ => None,
        };
        match equal {
            Some(equal) => Ok((equal == matches!(op, CompareOp::Eq)).into_pyobject(py)?.to_owned().into_any().unbind()),
            None => Ok(py.NotImplemented()),
        }
    }

    fn __iter__<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, Keys>> {
        Keys::over(slf, "iter")
    }

    fn __repr__(slf: &Bound<'_, Self>) -> PyResult<String> {
        tools::teach_pprint(slf.py());
        let pairs = debug::of_map(slf, false)?;
        if pairs.starts_with('<') { Ok(pairs) } else { Ok(format!("{}({pairs})", slf.get_type().name()?)) }
    }

    /// `?` and `#?` are Rust's Debug, `{'a': 1}`; no other format is known.
    fn __format__(slf: &Bound<'_, Self>, spec: &str) -> PyResult<Py<PyAny>> {
        let py = slf.py();
        if spec.is_empty() {
            return Ok(slf.str()?.into_any().unbind());
        }
        let alternate = debug::form(slf.as_any(), spec)?;
        Ok(debug::of_map(slf, alternate)?.into_pyobject(py)?.into_any().unbind())
    }

    fn __traverse__(&self, visit: PyVisit<'_>) -> Result<(), PyTraverseError> {
        self.traverse(&visit)
    }

    fn __clear__(slf: &Bound<'_, Self>) {
        if let Ok(objects) = Self::with(slf, |state| state.clear(Verb::Collector)) {
            bury(objects);
        }
    }
}
