//! `RefMut`, Python's `&mut V`: a handle to one value in a map.
#![allow(unsafe_op_in_unsafe_fn, reason = "PyO3's wrappers of methods that a macro writes")]

use std::mem;
use std::sync::atomic::{AtomicU64, Ordering};

use pyo3::basic::CompareOp;
use pyo3::exceptions::{PyAttributeError, PyTypeError};
use pyo3::gc::{PyTraverseError, PyVisit};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyString;

use crate::debug;
use crate::error::{Lent, Refusal, Verb, cannot_pickle, not_the_value};
use crate::key::{Key, may_hold_references};
use crate::table::{Buried, HashMap, State, bury};

/// What an entry and a `RefMut` hold: the map, the key as the map knows it, and the call that lent them.
pub struct Handle {
    pub map: Py<HashMap>,
    pub key: Key,
    pub lender: Verb,
    /// The key is no container, so dropping it cannot nest.
    flat: bool,
}

impl Handle {
    pub fn new(map: &Bound<'_, HashMap>, key: Key, lender: Verb) -> Handle {
        let flat = !may_hold_references(key.object.bind(map.py()));
        Handle { map: map.clone().unbind(), key, lender, flat }
    }

    pub fn clone_ref(&self, py: Python<'_>) -> Handle {
        Handle { map: self.map.clone_ref(py), key: self.key.clone_ref(py), lender: self.lender, flat: self.flat }
    }

    /// The same place, lent by another call.
    pub fn lent_by(mut self, lender: Verb) -> Handle {
        self.lender = lender;
        self
    }

    /// Lends the map's state to a call named `used` on the handle, a `what`.
    #[inline]
    pub fn with<R>(
        &self,
        py: Python<'_>,
        what: &str,
        used: &str,
        f: impl FnOnce(&mut State, &Key) -> Result<R, Refusal>,
    ) -> PyResult<R> {
        HashMap::with(self.map.bind(py), |state| f(state, &self.key))
            .map_err(|refusal| refusal.on_handle(py, used, &self.lent(what)))
    }

    pub fn lent<'a>(&'a self, what: &'a str) -> Lent<'a> {
        Lent { what, by: self.lender, key: &self.key.object }
    }

    pub fn traverse(&self, visit: &PyVisit<'_>) -> Result<(), PyTraverseError> {
        visit.call(&self.map)?;
        visit.call(&self.key.object)
    }
}

impl Drop for Handle {
    fn drop(&mut self) {
        if !self.flat {
            Python::attach(|py| bury(Buried::Key(mem::replace(&mut self.key.object, py.None()))));
        }
    }
}

/// A mutable reference to one value in a map, Rust's `&mut V`.
///
/// `.value` reads and writes what Rust spells `*r`. It holds until the next call that changes the map, or
/// could: after that every use raises `BorrowError`. Unlike the value itself it is always true, and only
/// comparison, `str()` and `format()` look through it.
/// See <https://doc.rust-lang.org/std/primitive.reference.html>.
///
/// >>> from entrymap import HashMap
/// >>> scores = HashMap(Blue=10)
/// >>> r = scores.get_mut("Blue")
/// >>> r.value += 5
/// >>> r, scores["Blue"]
/// (RefMut(15), 15)
#[pyclass(frozen, generic, module = "entrymap")]
pub struct RefMut {
    handle: Handle,
    epoch: AtomicU64,
}

const WHAT: &str = "RefMut";

impl RefMut {
    pub fn lend(py: Python<'_>, handle: Handle, epoch: u64) -> PyResult<Bound<'_, RefMut>> {
        Bound::new(py, RefMut { handle, epoch: AtomicU64::new(epoch) })
    }

    /// Lends for a `&mut self` call that has acted already. Making the object may run the collector, and that a
    /// finalizer that uses the map: the call ends what it did, too.
    pub fn lend_after(py: Python<'_>, handle: Handle, epoch: u64) -> PyResult<Bound<'_, RefMut>> {
        let lent = Self::lend(py, handle, epoch)?;
        Self::settle([&lent], epoch);
        Ok(lent)
    }

    /// The same for all that one call lends.
    pub fn settle<'a, 'py: 'a>(lent: impl IntoIterator<Item = &'a Bound<'py, RefMut>>, epoch: u64) {
        let mut lent = lent.into_iter().peekable();
        let Some(first) = lent.peek() else { return };
        let handle = first.get().handle();
        HashMap::with(handle.map.bind(first.py()), |state| {
            if state.generation.epoch() != epoch {
                let epoch = state.generation.raise(handle.lender);
                for lent in lent {
                    lent.get().hold(epoch);
                }
            }
        });
    }

    /// The handle, for a call that lends it before it acts.
    pub fn handle(&self) -> &Handle {
        &self.handle
    }

    /// Starts to hold at `epoch`.
    #[inline]
    pub fn hold(&self, epoch: u64) {
        self.epoch.store(epoch, Ordering::Relaxed);
    }

    pub fn epoch(&self) -> u64 {
        self.epoch.load(Ordering::Relaxed)
    }

    #[inline]
    fn read<'py>(&self, py: Python<'py>, used: &str) -> PyResult<Bound<'py, PyAny>> {
        self.handle.with(py, WHAT, used, |state, key| state.value_at(py, key, self.epoch()))
    }

    #[inline]
    fn write<'py>(&self, used: &str, value: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        self.handle.with(value.py(), WHAT, used, |state, key| state.set_at(key, value, self.epoch()))
    }

    /// Stores `f(value)`.
    fn update<'py>(
        &self,
        py: Python<'py>,
        used: &str,
        f: impl FnOnce(Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>>,
    ) -> PyResult<()> {
        let new = f(self.read(py, used)?)?;
        self.write(used, &new).map(drop)
    }

    /// The value for printing: `None` once the handle has ended.
    pub fn peek<'py>(&self, py: Python<'py>) -> Option<Bound<'py, PyAny>> {
        HashMap::with(self.handle.map.bind(py), |state| state.value_at(py, &self.handle.key, self.epoch()).ok())
    }
}

#[pymethods]
impl RefMut {
    /// The value referred to; Rust's `*r`.
    ///
    /// Raises `BorrowError` once a later call has ended the handle.
    #[getter]
    fn value<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.read(py, ".value")
    }

    #[setter]
    fn set_value(&self, value: &Bound<'_, PyAny>) -> PyResult<()> {
        self.write(".value", value).map(drop)
    }

    /// Stores `value`; Rust's `*r = value`.
    ///
    /// Raises `BorrowError` once a later call has ended the handle.
    #[pyo3(signature = (value, /))]
    fn set(&self, value: &Bound<'_, PyAny>) -> PyResult<()> {
        self.write("set", value).map(drop)
    }

    /// Stores `value` and returns the one that was there; Rust's `mem::replace`.
    ///
    /// Raises `BorrowError` once a later call has ended the handle.
    /// See <https://doc.rust-lang.org/std/mem/fn.replace.html>.
    #[pyo3(signature = (value, /))]
    fn replace<'py>(&self, value: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        self.write("replace", value)
    }

    /// Stores `f(value)`.
    ///
    /// If `f` raises, nothing is stored. Raises `BorrowError` if the handle has ended, before `f` or in it.
    #[pyo3(signature = (f, /))]
    fn apply<'py>(&self, py: Python<'py>, f: &Bound<'py, PyAny>) -> PyResult<()> {
        self.update(py, "apply", |value| f.call1((value,)))
    }

    fn __richcmp__<'py>(
        &self,
        py: Python<'py>,
        other: &Bound<'py, PyAny>,
        op: CompareOp,
    ) -> PyResult<Bound<'py, PyAny>> {
        let used = "a comparison";
        let mine = self.read(py, used)?;
        match other.cast::<RefMut>() {
            Ok(other) => mine.rich_compare(other.get().read(py, used)?, op),
            Err(_) => mine.rich_compare(other, op),
        }
    }

    fn __repr__(slf: &Bound<'_, Self>) -> PyResult<String> {
        debug::guarded(slf.as_any(), String::from("RefMut(...)"), || match slf.get().peek(slf.py()) {
            Some(value) => Ok(format!("RefMut({})", value.repr()?.to_string_lossy())),
            None => Ok(String::from("<RefMut ended>")),
        })
    }

    fn __str__(slf: &Bound<'_, Self>) -> PyResult<String> {
        debug::guarded(slf.as_any(), String::from("RefMut(...)"), || match slf.get().peek(slf.py()) {
            Some(value) => Ok(value.str()?.to_string_lossy().into_owned()),
            None => Ok(String::from("<RefMut ended>")),
        })
    }

    /// The value's own format; `?` and `#?` are Rust's Debug.
    fn __format__<'py>(&self, py: Python<'py>, spec: &str) -> PyResult<Bound<'py, PyAny>> {
        match self.peek(py) {
            Some(value) if matches!(spec, "?" | "#?") => {
                let debug::Text(text) = debug::text(&value, spec == "#?")?;
                Ok(text.into_pyobject(py)?.into_any())
            }
            Some(value) => value.call_method1("__format__", (spec,)),
            None => Ok("<RefMut ended>".into_pyobject(py)?.into_any()),
        }
    }

    fn __getattr__(&self, name: &Bound<'_, PyString>) -> PyResult<Py<PyAny>> {
        let name = name.to_string_lossy();
        Err(PyAttributeError::new_err(format!(
            "'RefMut' object has no attribute '{name}': did you mean .value.{name}?"
        )))
    }

    fn __pow__(&self, _other: &Bound<'_, PyAny>, _modulo: &Bound<'_, PyAny>) -> PyResult<Py<PyAny>> {
        Err(not_the_value("**"))
    }

    fn __rpow__(&self, _other: &Bound<'_, PyAny>, _modulo: &Bound<'_, PyAny>) -> PyResult<Py<PyAny>> {
        Err(not_the_value("**"))
    }

    fn __ipow__<'py>(&self, py: Python<'py>, x: &Bound<'py, PyAny>, modulo: &Bound<'py, PyAny>) -> PyResult<()> {
        if !modulo.is_none() {
            return Err(PyTypeError::new_err("**= on a RefMut takes no modulus"));
        }
        self.pow_assign(py, x)
    }

    fn __reduce__(slf: &Bound<'_, Self>) -> PyResult<Py<PyAny>> {
        Err(cannot_pickle(slf.as_any()))
    }

    fn __traverse__(&self, visit: PyVisit<'_>) -> Result<(), PyTraverseError> {
        self.handle.traverse(&visit)
    }
}

/// One `ops::*Assign`: the method, the in-place operator, and the function of Python's `operator` that does it.
macro_rules! assigns {
    ($($method:ident, $operator:ident, $function:literal, $symbol:literal;)*) => { $(
        #[pymethods]
        impl RefMut {
            #[doc = concat!("Stores `value ", $symbol, " x`; Rust's `*r ", $symbol, "= x`.")]
            ///
            /// It is Python's in-place operator, so that a list grows in place. If that raises, nothing is stored.
            /// Raises `BorrowError` once a later call has ended the handle.
            /// See <https://doc.rust-lang.org/std/ops/index.html>.
            #[pyo3(signature = (x, /))]
            fn $method<'py>(&self, py: Python<'py>, x: &Bound<'py, PyAny>) -> PyResult<()> {
                static FUNCTION: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
                let function = FUNCTION.import(py, "operator", $function)?;
                self.update(py, stringify!($method), |value| function.call1((value, x.clone())))
            }
        }
        assigns!(@operator $method, $operator);
    )* };
    (@operator pow_assign, $operator:ident) => {};
    (@operator $method:ident, $operator:ident) => {
        #[pymethods]
        impl RefMut {
            fn $operator<'py>(&self, py: Python<'py>, x: &Bound<'py, PyAny>) -> PyResult<()> {
                self.$method(py, x)
            }
        }
    };
}

assigns! {
    add_assign, __iadd__, "iadd", "+";
    sub_assign, __isub__, "isub", "-";
    mul_assign, __imul__, "imul", "*";
    div_assign, __itruediv__, "itruediv", "/";
    floordiv_assign, __ifloordiv__, "ifloordiv", "//";
    rem_assign, __imod__, "imod", "%";
    pow_assign, __ipow__, "ipow", "**";
    matmul_assign, __imatmul__, "imatmul", "@";
    bitand_assign, __iand__, "iand", "&";
    bitor_assign, __ior__, "ior", "|";
    bitxor_assign, __ixor__, "ixor", "^";
    shl_assign, __ilshift__, "ilshift", "<<";
    shr_assign, __irshift__, "irshift", ">>";
}

/// The operators a `RefMut` does not have, each with a message that names `.value`.
macro_rules! refused {
    (binary { $($name:ident $reflected:ident $symbol:literal,)* } unary { $($unary:ident $what:literal,)* }) => { $(
        #[pymethods]
        impl RefMut {
            fn $name(&self, _other: &Bound<'_, PyAny>) -> PyResult<Py<PyAny>> {
                Err(not_the_value($symbol))
            }

            fn $reflected(&self, _other: &Bound<'_, PyAny>) -> PyResult<Py<PyAny>> {
                Err(not_the_value($symbol))
            }
        }
    )* $(
        #[pymethods]
        impl RefMut {
            fn $unary(&self) -> PyResult<Py<PyAny>> {
                Err(not_the_value($what))
            }
        }
    )* };
}

refused! {
    binary {
    __add__ __radd__ "+",
    __sub__ __rsub__ "-",
    __mul__ __rmul__ "*",
    __truediv__ __rtruediv__ "/",
    __floordiv__ __rfloordiv__ "//",
    __mod__ __rmod__ "%",
    __divmod__ __rdivmod__ "divmod()",
    __matmul__ __rmatmul__ "@",
    __and__ __rand__ "&",
    __or__ __ror__ "|",
    __xor__ __rxor__ "^",
    __lshift__ __rlshift__ "<<",
    __rshift__ __rrshift__ ">>",
    }
    unary {
    __neg__ "-",
    __pos__ "+",
    __abs__ "abs()",
    __invert__ "~",
    }
}
