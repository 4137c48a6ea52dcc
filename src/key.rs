//! `Key`: an object with its mixed hash, and the part of Python's equality that runs no Python code.
#![allow(unsafe_code, reason = "std's Eq has no Python token, and PyO3 no way to a type's own comparison and flags")]

use std::borrow::Borrow;
use std::cell::RefCell;
use std::hash::{Hash, Hasher};

use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyBytes, PyFloat, PyInt, PyNone, PyString};

/// A key as the std map stores it.
pub struct Key {
    pub mix: u64,
    pub object: Py<PyAny>,
}

impl Key {
    pub fn clone_ref(&self, py: Python<'_>) -> Key {
        Key { mix: self.mix, object: self.object.clone_ref(py) }
    }
}

impl Hash for Key {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(self.mix);
    }
}

/// The equality std sees: identity, or what `decide` can tell. A pair it cannot decide is unequal here;
/// `table::resolve` has asked Python about it before.
impl PartialEq for Key {
    fn eq(&self, other: &Key) -> bool {
        self.mix == other.mix
            && (self.object.is(&other.object) || {
                // SAFETY: keys are compared only inside `Cell::with`, whose caller holds a `Bound`, so this
                // thread is attached. Held by tests/test_key.py, which compares keys of every kind.
                let py = unsafe { Python::assume_attached() };
                decide(self.object.bind(py), other.object.bind(py)) == Some(true)
            })
    }
}

impl Eq for Key {}

/// The builtin types whose exact instances compare without Python code.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Bytes,
    Int,
    Float,
    None,
    Other,
}

fn kind(object: &Bound<'_, PyAny>) -> Kind {
    if object.is_exact_instance_of::<PyString>() {
        Kind::Text
    } else if object.is_exact_instance_of::<PyInt>() || object.is_exact_instance_of::<PyBool>() {
        Kind::Int
    } else if object.is_exact_instance_of::<PyFloat>() {
        Kind::Float
    } else if object.is_exact_instance_of::<PyBytes>() {
        Kind::Bytes
    } else if object.is_exact_instance_of::<PyNone>() {
        Kind::None
    } else {
        Kind::Other
    }
}

/// Whether comparing this key with another such key can never run Python code, nor fail.
pub fn is_pure(object: &Bound<'_, PyAny>) -> bool {
    match kind(object) {
        Kind::Other => false,
        Kind::Float => !is_vast(object),
        _ => true,
    }
}

/// Whether the collector must look into objects of this type.
pub fn may_hold_references(object: &Bound<'_, PyAny>) -> bool {
    // SAFETY: the object's type is alive as long as the object, and its flags may be read while attached. Held by
    // tests/map/test_mod.py::test_cycles_are_collected.
    unsafe { ffi::PyType_HasFeature(object.get_type_ptr(), ffi::Py_TPFLAGS_HAVE_GC) != 0 }
}

/// Whether `a == b`, if that can be told without running Python code.
pub fn decide(a: &Bound<'_, PyAny>, b: &Bound<'_, PyAny>) -> Option<bool> {
    if a.is(b) {
        return Some(true);
    }
    match (kind(a), kind(b)) {
        (Kind::Other, _) | (_, Kind::Other) => None,
        (Kind::Float, Kind::Int) => {
            if is_vast(a) {
                None
            } else {
                by_slot(a, b)
            }
        }
        (Kind::Int, Kind::Float) => {
            if is_vast(b) {
                None
            } else {
                by_slot(b, a)
            }
        }
        (mine, theirs) if mine == theirs => by_slot(a, b),
        _ => Some(false),
    }
}

/// From here on (2 to the 48th) `CPython` compares a float with an int by way of new ints, for which there may be no
/// memory.
const VAST: f64 = 281_474_976_710_656.0;

fn is_vast(float: &Bound<'_, PyAny>) -> bool {
    float.cast::<PyFloat>().is_ok_and(|float| float.value().is_finite() && float.value().abs() >= VAST)
}

/// Compares two builtin objects through the first one's own slot, which for the kinds that `decide` sends here runs
/// no Python code and cannot fail. `PyObject_RichCompare` can: at the recursion limit.
fn by_slot(a: &Bound<'_, PyAny>, b: &Bound<'_, PyAny>) -> Option<bool> {
    // SAFETY: both objects are alive, this thread is attached, the slot belongs to the type of `a`, and what it
    // returns is a new reference. Held by tests/test_key.py::test_text_of_every_width.
    let answer = unsafe {
        let compare = (*a.get_type_ptr()).tp_richcompare?;
        Bound::from_owned_ptr_or_opt(a.py(), compare(a.as_ptr(), b.as_ptr(), ffi::Py_EQ))
    };
    answer.map(|answer| answer.is(PyBool::new(a.py(), true)))
}

/// A key looked for: a plain `Key` while every pair can be decided, a `Search` where Python has to be asked.
pub trait Probe {
    fn key(&self) -> &Key;
    fn matches(&self, stored: &Key) -> bool;
}

impl Probe for Key {
    fn key(&self) -> &Key {
        self
    }

    fn matches(&self, stored: &Key) -> bool {
        self == stored
    }
}

impl<'a> Borrow<dyn Probe + 'a> for Key {
    fn borrow(&self) -> &(dyn Probe + 'a) {
        self
    }
}

impl Hash for dyn Probe + '_ {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.key().hash(state);
    }
}

/// std puts the key looked for on the left.
impl PartialEq for dyn Probe + '_ {
    fn eq(&self, stored: &(dyn Probe + '_)) -> bool {
        self.matches(stored.key())
    }
}

impl Eq for dyn Probe + '_ {}

/// A stored key that Python has been asked about, and its answer.
pub struct Verdict {
    pub stored: Py<PyAny>,
    pub equal: bool,
}

/// A probe that lists the stored keys only Python can compare.
pub struct Search<'a, 'py> {
    py: Python<'py>,
    key: &'a Key,
    judged: &'a [Verdict],
    unjudged: RefCell<Result<Vec<Py<PyAny>>, ()>>,
}

impl<'a, 'py> Search<'a, 'py> {
    pub fn new(py: Python<'py>, key: &'a Key, judged: &'a [Verdict]) -> Self {
        Search { py, key, judged, unjudged: RefCell::new(Ok(Vec::new())) }
    }

    /// The candidates met that have no verdict yet; `Err` if there was no memory to note them.
    pub fn unjudged(self) -> Result<Vec<Py<PyAny>>, ()> {
        self.unjudged.into_inner()
    }

    fn note(&self, stored: &Py<PyAny>) {
        let mut unjudged = self.unjudged.borrow_mut();
        if let Ok(list) = &mut *unjudged {
            match list.try_reserve(1) {
                Ok(()) => list.push(stored.clone_ref(self.py)),
                Err(_) => *unjudged = Err(()),
            }
        }
    }
}

impl Probe for Search<'_, '_> {
    fn key(&self) -> &Key {
        self.key
    }

    fn matches(&self, stored: &Key) -> bool {
        if self.key.mix != stored.mix {
            return false;
        }
        if let Some(equal) = decide(self.key.object.bind(self.py), stored.object.bind(self.py)) {
            return equal;
        }
        if let Some(verdict) = self.judged.iter().find(|verdict| verdict.stored.is(&stored.object)) {
            return verdict.equal;
        }
        self.note(&stored.object);
        false
    }
}
