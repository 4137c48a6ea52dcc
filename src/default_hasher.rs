//! `DefaultHasher` and `FoldHasher`, which take in bytes and integers.

use std::fmt::{self, Debug, Display, Formatter};
use std::hash;

use foldhash::fast;
use pyo3::exceptions::{PyOverflowError, PyTypeError};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyMemoryView, PyString};
use siphasher::sip::SipHasher13;

use crate::cell::Cell;
use crate::debug;
use crate::error::shown;

/// Takes bytes and integers and gives their hash: the base of `DefaultHasher` and `FoldHasher`.
///
/// A hasher of your own needs no base class: `write(bytes)` and `finish()` will do.
/// See <https://doc.rust-lang.org/std/hash/trait.Hasher.html>.
#[pyclass(frozen, subclass, module = "entrymap")]
pub struct Hasher(Cell<State>);

/// Hashes with `SipHash` 1-3: std's hasher.
///
/// One made by itself gives the same in every process; one made by a `RandomState` has the seed of that.
/// See <https://doc.rust-lang.org/std/hash/struct.DefaultHasher.html>.
///
/// >>> from entrymap import DefaultHasher
/// >>> hasher = DefaultHasher()
/// >>> hasher.write(b"abc")
/// >>> hasher.write_u32(7)
/// >>> hasher.finish()
/// 6680245838164251033
#[pyclass(frozen, extends = Hasher, module = "entrymap")]
pub struct DefaultHasher;

/// Hashes with `foldhash`, as a `FoldState` makes it.
///
/// See <https://docs.rs/foldhash/latest/foldhash/fast/struct.FoldHasher.html>.
#[pyclass(frozen, extends = Hasher, module = "entrymap")]
pub struct FoldHasher;

/// What a hasher has taken in.
#[derive(Clone)]
pub enum State {
    Sip(SipHasher13),
    Fold(fast::FoldHasher<'static>),
}

impl Default for State {
    fn default() -> Self {
        State::Sip(SipHasher13::new())
    }
}

impl State {
    fn hasher(&mut self) -> &mut dyn hash::Hasher {
        match self {
            State::Sip(hasher) => hasher,
            State::Fold(hasher) => hasher,
        }
    }

    pub fn into_object(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        let sip = matches!(self, State::Sip(_));
        let base = PyClassInitializer::from(Hasher(Cell::new(self)));
        if sip {
            Ok(Bound::new(py, base.add_subclass(DefaultHasher))?.into_any())
        } else {
            Ok(Bound::new(py, base.add_subclass(FoldHasher))?.into_any())
        }
    }
}

impl Debug for State {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            State::Sip(hasher) => f.debug_tuple("DefaultHasher").field(hasher).finish(),
            State::Fold(_) => f.debug_struct("FoldHasher").finish_non_exhaustive(),
        }
    }
}

impl Hasher {
    fn with<R>(slf: &Bound<'_, Self>, f: impl FnOnce(&mut State) -> R) -> R {
        slf.get().0.with(slf.as_any(), f)
    }
}

#[pymethods]
impl Hasher {
    /// Takes in the bytes of a `bytes` or another buffer.
    ///
    /// Raises `TypeError` for a `str`, which has no bytes before it is encoded.
    /// See <https://doc.rust-lang.org/std/hash/trait.Hasher.html#tymethod.write>.
    #[pyo3(signature = (bytes, /))]
    fn write(slf: &Bound<'_, Self>, bytes: Bytes<'_>) {
        Self::with(slf, |state| state.hasher().write(bytes.0.as_bytes()));
    }

    /// Gives the hash of what was taken in so far, an int of 64 bits; more may follow.
    ///
    /// See <https://doc.rust-lang.org/std/hash/trait.Hasher.html#tymethod.finish>.
    fn finish(slf: &Bound<'_, Self>) -> u64 {
        Self::with(slf, |state| state.hasher().finish())
    }

    /// Makes a second hasher that has taken in the same.
    ///
    /// See <https://doc.rust-lang.org/std/clone/trait.Clone.html#tymethod.clone>.
    fn clone<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        Self::with(slf, |state| state.clone()).into_object(slf.py())
    }

    fn __copy__<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        Self::clone(slf)
    }

    fn __deepcopy__<'py>(slf: &Bound<'py, Self>, _memo: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        Self::clone(slf)
    }

    fn __reduce__(slf: &Bound<'_, Self>) -> PyResult<()> {
        Err(PyTypeError::new_err(format!("cannot pickle {} object: its state cannot be set", slf.get_type().name()?)))
    }

    fn __repr__(slf: &Bound<'_, Self>) -> String {
        debug::render(&Self::with(slf, |state| state.clone()), false)
    }

    /// `?` and `#?` are Rust's Debug; no other format is known.
    fn __format__(slf: &Bound<'_, Self>, spec: &str) -> PyResult<String> {
        let alternate = !spec.is_empty() && debug::form(slf.as_any(), spec)?;
        Ok(debug::render(&Self::with(slf, |state| state.clone()), alternate))
    }
}

/// The methods that take in an integer of a given width.
macro_rules! integers {
    ($($write:ident = $type:ident),* $(,)?) => {
        #[pymethods]
        impl Hasher {
            $(
                #[doc = concat!("Takes in an int as the bytes of Rust's `", stringify!($type), "`.")]
                #[doc = ""]
                #[doc = "Raises `OverflowError` for one that does not fit."]
                #[doc = concat!("See <https://doc.rust-lang.org/std/hash/trait.Hasher.html#method.", stringify!($write), ">.")]
                #[pyo3(signature = (value, /))]
                fn $write(slf: &Bound<'_, Self>, value: &Bound<'_, PyAny>) -> PyResult<()> {
                    let value = integer(value, stringify!($write), $type::MIN, $type::MAX)?;
                    Self::with(slf, |state| state.hasher().$write(value));
                    Ok(())
                }
            )*
        }
    };
}

integers! {
    write_u8 = u8,
    write_u16 = u16,
    write_u32 = u32,
    write_u64 = u64,
    write_u128 = u128,
    write_usize = usize,
    write_i8 = i8,
    write_i16 = i16,
    write_i32 = i32,
    write_i64 = i64,
    write_i128 = i128,
    write_isize = isize,
}

#[pymethods]
impl DefaultHasher {
    #[new]
    fn __new__() -> PyClassInitializer<Self> {
        PyClassInitializer::from(Hasher(Cell::new(State::default()))).add_subclass(DefaultHasher)
    }

    /// Makes a hasher that has taken in nothing.
    ///
    /// See <https://doc.rust-lang.org/std/hash/struct.DefaultHasher.html#method.new>.
    #[staticmethod]
    fn new(py: Python<'_>) -> PyResult<Bound<'_, Self>> {
        Bound::new(py, Self::__new__())
    }

    /// Makes a hasher that has taken in nothing, as `new` does.
    ///
    /// See <https://doc.rust-lang.org/std/hash/struct.DefaultHasher.html#method.default>.
    #[staticmethod]
    fn default(py: Python<'_>) -> PyResult<Bound<'_, Self>> {
        Bound::new(py, Self::__new__())
    }
}

/// The argument of `write`.
struct Bytes<'py>(Bound<'py, PyBytes>);

impl<'py> FromPyObject<'_, 'py> for Bytes<'py> {
    type Error = PyErr;

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        if let Ok(bytes) = object.cast::<PyBytes>() {
            return Ok(Bytes(bytes.to_owned()));
        }
        if object.is_instance_of::<PyString>() {
            return Err(PyTypeError::new_err("write takes bytes, not str: encode it first, as in text.encode()"));
        }
        // A buffer may change in another thread, so it is copied, by Python, whose lack of memory is an exception.
        Ok(Bytes(PyMemoryView::from(&object)?.call_method0("tobytes")?.cast_into()?))
    }
}

/// An integer argument of `taker`.
pub fn integer<'py, T>(value: &Bound<'py, PyAny>, taker: &str, least: T, most: T) -> PyResult<T>
where
    T: Display + for<'a> FromPyObject<'a, 'py, Error = PyErr>,
{
    value.extract().map_err(|error: PyErr| {
        if error.is_instance_of::<PyOverflowError>(value.py()) {
            PyOverflowError::new_err(format!("{taker} takes an int from {least} to {most}, not {}", shown(value)))
        } else {
            error
        }
    })
}
