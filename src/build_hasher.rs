//! `RandomState` and the other hash builders.

use std::hash::{self, BuildHasher as _, Hasher as _};

use foldhash::fast::FixedState;
use pyo3::PyClass;
use pyo3::exceptions::PyTypeError;
use pyo3::gc::{PyTraverseError, PyVisit};
use pyo3::prelude::*;
use pyo3::types::{PyTuple, PyType};

use crate::debug;
use crate::default_hasher::{DefaultHasher, Hasher, State, integer};
use crate::error::shown;
use crate::hasher::{Builder, Foreign};

/// Mixes hashes for a map: the base of `RandomState`, `BuildHasherDefault` and `FoldState`.
///
/// A builder never changes, so that its copies are itself. A builder of your own needs no base class: an object with
/// `hash_one(hash)`, or with `build_hasher()` that returns an object with `write(bytes)` and `finish()`, will do. It is
/// given `hash(key)`, not the key, and its result is taken modulo 2**64.
/// See <https://doc.rust-lang.org/std/hash/trait.BuildHasher.html>.
#[pyclass(frozen, subclass, module = "entrymap")]
pub struct BuildHasher(Builder);

/// Mixes hashes with `SipHash` 1-3 under a random seed: the default of a map.
///
/// The seed keeps others from choosing keys that collide in the map. Each builder has its own, which cannot be set:
/// `==` is identity, and a pickle brings back a fresh `RandomState`.
/// See <https://doc.rust-lang.org/std/hash/struct.RandomState.html>.
///
/// >>> from entrymap import RandomState
/// >>> s = RandomState()
/// >>> s.hash_one("Blue") == s.hash_one("Blue")
/// True
/// >>> s.hash_one("Blue") == RandomState().hash_one("Blue")
/// False
#[pyclass(frozen, extends = BuildHasher, module = "entrymap")]
pub struct RandomState;

/// Mixes each hash with a new hasher of the class given, and so the same in every process.
///
/// Python's own `hash(str)` differs between processes unless `PYTHONHASHSEED` is set. A class written in Python is
/// called without arguments for each key; it needs `write(bytes)` and `finish()`. Builders of one class are equal.
/// Raises `TypeError` for what is no class of hashers.
/// See <https://doc.rust-lang.org/std/hash/struct.BuildHasherDefault.html>.
///
/// >>> from entrymap import BuildHasherDefault, DefaultHasher
/// >>> BuildHasherDefault(DefaultHasher).hash_one(42)
/// 8880661182590738257
#[pyclass(frozen, extends = BuildHasher, generic, module = "entrymap")]
pub struct BuildHasherDefault;

/// Mixes hashes with `foldhash`, which is faster than `SipHash`.
///
/// It is no defence against keys that were chosen to collide. With a seed, an int of 64 bits, it mixes the same in
/// every process; without one the seed is random. Builders of one seed are equal, and a pickle keeps it. Raises
/// `OverflowError` for a seed out of range.
/// See <https://docs.rs/foldhash/latest/foldhash/fast/struct.SeedableRandomState.html>.
///
/// >>> from entrymap import FoldState
/// >>> FoldState(7).hash_one(42) == FoldState(7).hash_one(42.0)
/// True
/// >>> FoldState(7)
/// FoldState(7)
#[pyclass(frozen, extends = BuildHasher, module = "entrymap")]
pub struct FoldState {
    /// The seed, an int of 64 bits.
    #[pyo3(get)]
    seed: u64,
}

/// A hash builder given from Python.
impl FromPyObject<'_, '_> for Builder {
    type Error = PyErr;

    fn extract(object: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        if let Ok(builder) = object.cast::<BuildHasher>() {
            return Ok(builder.get().0.clone_ref(object.py()));
        }
        if !object.is_instance_of::<PyType>()
            && (object.getattr_opt("hash_one")?.is_some() || object.getattr_opt("build_hasher")?.is_some())
        {
            return Ok(Builder::Foreign(Foreign::Builder(object.to_owned().unbind())));
        }
        Err(PyTypeError::new_err(format!(
            "a hash builder is a RandomState(), a BuildHasherDefault(), a FoldState() or an object with hash_one(hash) \
             or build_hasher(), not {}",
            shown(&object)
        )))
    }
}

/// The builder as Python sees it: one written in Python is that very object.
impl<'py> IntoPyObject<'py> for Builder {
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = PyErr;

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        match self {
            Builder::Random(_) => Ok(Bound::new(py, self.of_class(RandomState))?.into_any()),
            Builder::Fold(seed) => Ok(Bound::new(py, self.of_class(FoldState { seed }))?.into_any()),
            Builder::Foreign(Foreign::Builder(builder)) => Ok(builder.into_bound(py)),
            Builder::Default | Builder::Foreign(Foreign::Class(_)) => {
                Ok(Bound::new(py, self.of_class(BuildHasherDefault))?.into_any())
            }
        }
    }
}

impl Builder {
    fn of_class<T: PyClass<BaseType = BuildHasher>>(self, class: T) -> PyClassInitializer<T> {
        PyClassInitializer::from(BuildHasher(self)).add_subclass(class)
    }
}

#[pymethods]
impl BuildHasher {
    /// Makes a builder as the class without arguments does.
    ///
    /// See <https://doc.rust-lang.org/std/hash/struct.RandomState.html#method.new>.
    #[classmethod]
    fn new<'py>(cls: &Bound<'py, PyType>) -> PyResult<Bound<'py, Self>> {
        Ok(cls.call0()?.cast_into()?)
    }

    /// Makes a builder as the class without arguments does.
    ///
    /// See <https://doc.rust-lang.org/std/default/trait.Default.html#tymethod.default>.
    #[classmethod]
    fn default<'py>(cls: &Bound<'py, PyType>) -> PyResult<Bound<'py, Self>> {
        Ok(cls.call0()?.cast_into()?)
    }

    /// Makes a hasher, which takes bytes and integers and gives their hash.
    ///
    /// See <https://doc.rust-lang.org/std/hash/trait.BuildHasher.html#tymethod.build_hasher>.
    ///
    /// >>> from entrymap import BuildHasherDefault
    /// >>> hasher = BuildHasherDefault().build_hasher()
    /// >>> hasher.write(b"abc")
    /// >>> hasher.finish()
    /// 13851880170939887858
    fn build_hasher<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let state = match &self.0 {
            Builder::Random(keys) => State::Sip(keys.hasher()),
            Builder::Default => State::default(),
            Builder::Fold(seed) => State::Fold(FixedState::with_seed(*seed).build_hasher()),
            Builder::Foreign(foreign) => return foreign.build_hasher(py),
        };
        state.into_object(py)
    }

    /// Gives the hash under which a map with this builder stores a key, an int of 64 bits.
    ///
    /// It is `hash(key)`, mixed, so that equal keys have equal hashes. Raises `TypeError` for an unhashable key.
    /// See <https://doc.rust-lang.org/std/hash/trait.BuildHasher.html#method.hash_one>.
    #[pyo3(signature = (key, /))]
    fn hash_one(&self, key: &Bound<'_, PyAny>) -> PyResult<u64> {
        let hash = key.hash()?;
        self.0.try_mix(hash).or_else(|foreign| foreign.ask(key.py(), hash))
    }

    /// Gives the builder itself, since it never changes.
    ///
    /// See <https://doc.rust-lang.org/std/clone/trait.Clone.html#tymethod.clone>.
    fn clone(slf: Bound<'_, Self>) -> Bound<'_, Self> {
        slf
    }

    fn __copy__(slf: Bound<'_, Self>) -> Bound<'_, Self> {
        slf
    }

    fn __deepcopy__<'py>(slf: Bound<'py, Self>, _memo: &Bound<'py, PyAny>) -> Bound<'py, Self> {
        slf
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyType>, Bound<'py, PyTuple>)> {
        let py = slf.py();
        let arguments = match &slf.get().0 {
            Builder::Random(_) | Builder::Default => PyTuple::empty(py),
            Builder::Fold(seed) => (*seed,).into_pyobject(py)?,
            Builder::Foreign(foreign) => (foreign.object(),).into_pyobject(py)?,
        };
        Ok((slf.get_type(), arguments))
    }

    fn __eq__(slf: &Bound<'_, Self>, other: &Bound<'_, Self>) -> bool {
        slf.is(other) || slf.get().0.is(&other.get().0)
    }

    fn __hash__(slf: &Bound<'_, Self>) -> PyResult<isize> {
        match &slf.get().0 {
            Builder::Random(_) => slf.as_ptr().addr().into_pyobject(slf.py())?.hash(),
            _ => Self::__reduce__(slf)?.into_pyobject(slf.py())?.hash(),
        }
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        match &self.0 {
            Builder::Default => Ok(String::from("BuildHasherDefault(DefaultHasher)")),
            Builder::Foreign(foreign) => {
                let name = foreign.object().getattr(py, "__qualname__")?;
                Ok(format!("BuildHasherDefault({})", name.bind(py).str()?))
            }
            native => Ok(debug::render(native, false)),
        }
    }

    /// `?` and `#?` are Rust's Debug; no other format is known.
    fn __format__(slf: &Bound<'_, Self>, spec: &str) -> PyResult<String> {
        if spec.is_empty() {
            return slf.get().__repr__(slf.py());
        }
        Ok(debug::render(&slf.get().0, debug::form(slf.as_any(), spec)?))
    }

    fn __traverse__(&self, visit: PyVisit<'_>) -> Result<(), PyTraverseError> {
        self.0.traverse(&visit)
    }
}

#[pymethods]
impl RandomState {
    #[new]
    fn __new__() -> PyClassInitializer<Self> {
        Builder::default().of_class(RandomState)
    }
}

#[pymethods]
impl BuildHasherDefault {
    #[new]
    #[pyo3(signature = (hasher = HasherClass(Builder::Default), /), text_signature = "(hasher=..., /)")]
    fn __new__(hasher: HasherClass) -> PyClassInitializer<Self> {
        hasher.0.of_class(BuildHasherDefault)
    }
}

#[pymethods]
impl FoldState {
    #[new]
    #[pyo3(signature = (seed = None, /))]
    fn __new__(seed: Option<&Bound<'_, PyAny>>) -> PyResult<PyClassInitializer<Self>> {
        let seed = match seed {
            Some(seed) => integer(seed, "FoldState", u64::MIN, u64::MAX)?,
            None => random_seed(),
        };
        Ok(Builder::Fold(seed).of_class(FoldState { seed }))
    }
}

/// A seed that nobody chose. std's source of chance is better than foldhash's own.
fn random_seed() -> u64 {
    hash::RandomState::new().build_hasher().finish()
}

/// The argument of `BuildHasherDefault`.
struct HasherClass(Builder);

impl FromPyObject<'_, '_> for HasherClass {
    type Error = PyErr;

    fn extract(class: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        let py = class.py();
        if class.is(py.get_type::<DefaultHasher>()) {
            return Ok(HasherClass(Builder::Default));
        }
        let Ok(class) = class.cast::<PyType>() else {
            return Err(PyTypeError::new_err(format!(
                "BuildHasherDefault takes a class of hashers, such as DefaultHasher, not {}",
                shown(&class)
            )));
        };
        if class.is_subclass_of::<Hasher>()? {
            return Err(PyTypeError::new_err("a FoldHasher needs a seed: use FoldState() or FoldState(seed)"));
        }
        if class.getattr_opt("write")?.is_none() || class.getattr_opt("finish")?.is_none() {
            return Err(PyTypeError::new_err(format!(
                "a class of hashers has write(bytes) and finish(), and {} has not",
                shown(&class)
            )));
        }
        Ok(HasherClass(Builder::Foreign(Foreign::Class(class.to_owned().into_any().unbind()))))
    }
}
