//! Rust's Debug texts with Python's reprs inside.
#![allow(unsafe_code, reason = "PyO3 does not wrap Python's guard against a repr inside itself")]

use std::fmt::{self, Debug, Formatter};

use pyo3::exceptions::PyTypeError;
use pyo3::ffi;
use pyo3::prelude::*;

use crate::table::HashMap;

/// Text that Debug writes as it is.
pub struct Text(pub String);

impl Debug for Text {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A value's Debug text: of a map, Rust's; of anything else its repr.
pub fn text(object: &Bound<'_, PyAny>, alternate: bool) -> PyResult<Text> {
    let text = if object.is_instance_of::<HashMap>() {
        // By way of a Python call, which checks the depth of the recursion.
        object.call_method1("__format__", (if alternate { "#?" } else { "?" },))?.str()?
    } else {
        object.repr()?
    };
    Ok(Text(text.to_string_lossy().into_owned()))
}

/// Renders with `{:?}` or `{:#?}`.
pub fn render(value: &impl Debug, alternate: bool) -> String {
    if alternate { format!("{value:#?}") } else { format!("{value:?}") }
}

/// Something that knows how to write itself.
pub struct With<F>(pub F);

impl<F: Fn(&mut Formatter<'_>) -> fmt::Result> Debug for With<F> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.0(f)
    }
}

/// Whether a format spec asks for Debug, and for which form.
pub fn form(object: &Bound<'_, PyAny>, spec: &str) -> PyResult<bool> {
    match spec {
        "?" => Ok(false),
        "#?" => Ok(true),
        _ => Err(PyTypeError::new_err(format!(
            "unsupported format string passed to {}.__format__: {spec:?}; the formats are \"?\" and \"#?\"",
            object.get_type().name()?
        ))),
    }
}

/// Marks `object` as being printed.
struct Printing<'a, 'py>(&'a Bound<'py, PyAny>);

impl Drop for Printing<'_, '_> {
    fn drop(&mut self) {
        // SAFETY: the object is alive, this thread is attached, and `guarded` entered it before. Held by
        // tests/test_debug.py::test_a_map_inside_itself.
        unsafe { ffi::Py_ReprLeave(self.0.as_ptr()) }
    }
}

/// Prints `object` by `f`, or as `inside` when it is being printed already, further out.
pub fn guarded<R>(object: &Bound<'_, PyAny>, inside: R, f: impl FnOnce() -> PyResult<R>) -> PyResult<R> {
    // SAFETY: the object is alive and this thread is attached. Held by tests/test_debug.py::test_a_map_inside_itself.
    match unsafe { ffi::Py_ReprEnter(object.as_ptr()) } {
        0 => {
            let _printing = Printing(object);
            f()
        }
        1 => Ok(inside),
        _ => Err(PyErr::fetch(object.py())),
    }
}
