//! How a map mixes Python's hashes: std's `RandomState` over `hash(key)`, or what the map was given instead.

use std::fmt::{self, Debug, Formatter};
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher, Hasher, RandomState};

use foldhash::fast::FixedState;
use pyo3::exceptions::PyTypeError;
use pyo3::gc::{PyTraverseError, PyVisit};
use pyo3::prelude::*;
use pyo3::types::PyBytes;
use siphasher::sip::SipHasher13;

use crate::error::shown;

/// The hasher of one map.
pub enum Builder {
    Random(Keys),
    Default,
    /// foldhash with this seed.
    Fold(u64),
    Foreign(Foreign),
}

/// The two keys of `SipHash` 1-3, the function of std's `RandomState`. std keeps its own keys to itself, and inlines
/// its hasher at one place only: drawing keys from it and hashing with them by `siphasher` takes a tenth off `m[k]`.
#[derive(Clone, Copy, Default)]
pub struct Keys(u64, u64);

impl Keys {
    /// Keys as random as those of std.
    pub fn random() -> Self {
        let random = RandomState::new();
        Keys(random.hash_one(0_u8), random.hash_one(1_u8))
    }

    #[inline]
    pub fn hasher(self) -> SipHasher13 {
        SipHasher13::new_with_keys(self.0, self.1)
    }

    #[inline]
    fn mix(self, hash: isize) -> u64 {
        let mut hasher = self.hasher();
        hasher.write_i64(hash as i64);
        hasher.finish()
    }
}

/// A hasher written in Python. It must never be asked under the borrow.
pub enum Foreign {
    /// A hash builder, with `hash_one(hash)` or `build_hasher()`.
    Builder(Py<PyAny>),
    /// A class of hashers, for `BuildHasherDefault`.
    Class(Py<PyAny>),
}

impl Default for Builder {
    fn default() -> Self {
        Builder::Random(Keys::random())
    }
}

impl Builder {
    pub fn clone_ref(&self, py: Python<'_>) -> Self {
        match self {
            Builder::Random(keys) => Builder::Random(*keys),
            Builder::Default => Builder::Default,
            Builder::Fold(seed) => Builder::Fold(*seed),
            Builder::Foreign(foreign) => Builder::Foreign(foreign.clone_ref(py)),
        }
    }

    /// Mixes `hash(key)` once, or names whom to ask for the mix. The std map never sees Python's own hash, whose
    /// top bits are 0 for small ints.
    #[inline]
    pub fn try_mix(&self, hash: isize) -> Result<u64, &Foreign> {
        if let Builder::Random(keys) = self { Ok(keys.mix(hash)) } else { self.try_mix_otherwise(hash) }
    }

    #[inline(never)]
    fn try_mix_otherwise(&self, hash: isize) -> Result<u64, &Foreign> {
        match self {
            Builder::Random(keys) => Ok(keys.mix(hash)),
            Builder::Default => Ok(Keys::default().mix(hash)),
            Builder::Fold(seed) => Ok(FixedState::with_seed(*seed).hash_one(hash)),
            Builder::Foreign(foreign) => Err(foreign),
        }
    }

    /// Whether both give every hash the same mix for certain.
    pub fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Builder::Default, Builder::Default) => true,
            (Builder::Fold(mine), Builder::Fold(theirs)) => mine == theirs,
            (Builder::Foreign(mine), Builder::Foreign(theirs)) => mine.is(theirs),
            _ => false,
        }
    }

    pub fn traverse(&self, visit: &PyVisit<'_>) -> Result<(), PyTraverseError> {
        if let Builder::Foreign(foreign) = self { visit.call(foreign.object()) } else { Ok(()) }
    }
}

impl Debug for Builder {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Builder::Random(_) => f.debug_struct("RandomState").finish_non_exhaustive(),
            // Rust's text is the same for every class of hashers.
            Builder::Default | Builder::Foreign(_) => BuildHasherDefault::<DefaultHasher>::new().fmt(f),
            Builder::Fold(seed) => f.debug_tuple("FoldState").field(seed).finish(),
        }
    }
}

impl Foreign {
    pub fn clone_ref(&self, py: Python<'_>) -> Self {
        match self {
            Foreign::Builder(builder) => Foreign::Builder(builder.clone_ref(py)),
            Foreign::Class(class) => Foreign::Class(class.clone_ref(py)),
        }
    }

    pub fn object(&self) -> &Py<PyAny> {
        let (Foreign::Builder(object) | Foreign::Class(object)) = self;
        object
    }

    pub fn is(&self, other: &Self) -> bool {
        self.object().is(other.object())
    }

    /// A new hasher.
    pub fn build_hasher<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        match self {
            Foreign::Builder(builder) => builder.bind(py).call_method0("build_hasher"),
            Foreign::Class(class) => class.bind(py).call0(),
        }
    }

    /// The mix of `hash(key)`, from Python. A builder is given the hash and not the key, so that equal keys of
    /// different types, `1` and `1.0`, stay together.
    pub fn ask(&self, py: Python<'_>, hash: isize) -> PyResult<u64> {
        if let Foreign::Builder(builder) = self
            && let Some(hash_one) = builder.bind(py).getattr_opt("hash_one")?
        {
            return modulo(&hash_one.call1((hash,))?, "hash_one");
        }
        let hasher = self.build_hasher(py)?;
        hasher.call_method1("write", (PyBytes::new(py, &hash.to_le_bytes()),))?;
        modulo(&hasher.call_method0("finish")?, "finish")
    }
}

/// An int modulo 2**64: a hash computed in Python may not have been cut to its 64 bits.
fn modulo(answer: &Bound<'_, PyAny>, method: &str) -> PyResult<u64> {
    let Some(index) = answer.getattr_opt("__index__")? else {
        return Err(PyTypeError::new_err(format!(
            "{method}() of a hasher written in Python must return an int, not {}",
            shown(answer)
        )));
    };
    index.call0()?.bitand(u64::MAX)?.extract()
}

/// The hasher inside the std map: a key's mix is its hash.
#[derive(Default)]
pub struct PassThrough(u64);

impl Hasher for PassThrough {
    fn write_u64(&mut self, mix: u64) {
        self.0 = mix;
    }

    /// Only a key's mix is ever written; any other input is folded in, to keep the trait's promise.
    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(byte);
        }
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

pub type Premixed = BuildHasherDefault<PassThrough>;
