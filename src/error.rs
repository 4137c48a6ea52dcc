//! Exception classes, the failures of the core, and the wording of every message.

use std::collections::TryReserveError as TryReserve;

use pyo3::create_exception;
use pyo3::exceptions::{PyMemoryError, PyRuntimeError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::type_object::PyTypeInfo;
use pyo3::types::PyType;

create_exception!(
    entrymap,
    BorrowCheckError,
    PyRuntimeError,
    "A handle was used in a way Rust's borrow checker refuses.\n\n\
     `code` is the number of the compiler error that Rust would give (`rustc --explain E0499`)."
);
create_exception!(
    entrymap,
    BorrowError,
    BorrowCheckError,
    "A handle was used after a later call on its map had ended it.\n\n\
     `code` is \"E0499\" (the map was borrowed again), \"E0502\" (it changed under an iterator) or \"E0505\" (it was moved)."
);
create_exception!(
    entrymap,
    MovedError,
    BorrowCheckError,
    "A handle or a map was used after a call had consumed it.\n\n`code` is \"E0382\"."
);
create_exception!(
    entrymap,
    OccupiedError,
    PyValueError,
    "`try_insert` found the key present.\n\n\
     `entry` is the `OccupiedEntry`, `value` the value that was not inserted."
);
create_exception!(
    entrymap,
    TryReserveError,
    PyMemoryError,
    "`try_reserve` could not make room.\n\n`kind` is \"CapacityOverflow\" or \"AllocError\"."
);

/// The calls that lend, end or consume handles, under the names Python sees.
macro_rules! verbs {
    ($($verb:ident = $name:literal),* $(,)?) => {
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        #[repr(u8)]
        pub enum Verb { $($verb),* }

        impl Verb {
            const ALL: &'static [Verb] = &[$(Verb::$verb),*];

            pub fn name(self) -> &'static str {
                match self { $(Verb::$verb => $name),* }
            }
        }
    };
}

verbs! {
    Nothing = "nothing",
    WithCapacity = "with_capacity",
    Entry = "entry",
    GetMut = "get_mut",
    Insert = "insert",
    TryInsert = "try_insert",
    Remove = "remove",
    RemoveEntry = "remove_entry",
    Clear = "clear",
    Update = "update",
    SetDefault = "setdefault",
    Pop = "pop",
    SetItem = "__setitem__",
    DelItem = "__delitem__",
    GetOrInsertWith = "get_or_insert_with",
    Upsert = "upsert",
    OrInsert = "or_insert",
    OrInsertWith = "or_insert_with",
    OrInsertWithKey = "or_insert_with_key",
    OrDefault = "or_default",
    AndModify = "and_modify",
    AndUpdate = "and_update",
    InsertEntry = "insert_entry",
    IntoMut = "into_mut",
    IntoKey = "into_key",
    GetDisjointMut = "get_disjoint_mut",
    IterMut = "iter_mut",
    ValuesMut = "values_mut",
    Retain = "retain",
    ExtractIf = "extract_if",
    Drain = "drain",
    IntoIter = "into_iter",
    IntoKeys = "into_keys",
    IntoValues = "into_values",
    Reserve = "reserve",
    TryReserve = "try_reserve",
    ShrinkToFit = "shrink_to_fit",
    ShrinkTo = "shrink_to",
    Extend = "extend",
    CloneFrom = "clone_from",
    PopItem = "popitem",
    OrUpdate = "|=",
    Merge = "merge",
    Tally = "tally",
    Group = "group",
    Collector = "the garbage collector",
}

impl Verb {
    /// The verb kept as one byte beside a generation.
    pub fn from_byte(byte: u8) -> Verb {
        Verb::ALL.get(usize::from(byte)).copied().unwrap_or(Verb::Nothing)
    }
}

/// Why the core refused a step. It holds no Python object, so that it can leave a borrow.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Refusal {
    /// The map was consumed by this verb.
    MapMoved(Verb),
    /// The handle was ended by a later call.
    Ended(Ending),
    /// The allocator had no memory left.
    NoMemory,
}

/// How a handle came to its end.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Ending {
    /// The call that ended it, or the latest one where `exact` is false.
    pub verb: Verb,
    pub exact: bool,
    /// The call consumed the map.
    pub moved: bool,
    /// The call came from another thread.
    pub elsewhere: bool,
}

impl Refusal {
    /// What became of a handle, unless it is memory that was lacking.
    fn ending(self) -> Option<Ending> {
        match self {
            Refusal::NoMemory => None,
            Refusal::Ended(ending) => Some(ending),
            Refusal::MapMoved(verb) => Some(Ending { verb, exact: true, moved: true, elsewhere: false }),
        }
    }

    /// The exception for a call on the map itself.
    pub fn on_map(self, py: Python<'_>, used: &str) -> PyErr {
        match self {
            Refusal::MapMoved(verb) => with_code::<MovedError>(
                py,
                "E0382",
                format!(
                    "cannot use {used}: this HashMap was consumed by {} (E0382); clone() it before that call, or build a new one",
                    verb.name()
                ),
            ),
            Refusal::Ended(ending) => with_code::<BorrowError>(
                py,
                "E0499",
                format!(
                    "cannot finish {used}: {} (E0499); call it again",
                    ending.story("the map was changed meanwhile")
                ),
            ),
            Refusal::NoMemory => no_memory(),
        }
    }

    /// The exception for a call on a handle described by `lent`.
    pub fn on_handle(self, py: Python<'_>, used: &str, lent: &Lent<'_>) -> PyErr {
        let Some(ending) = self.ending() else { return no_memory() };
        let (code, advice) = ending.advice();
        let text = format!("cannot use {used}: {} {} ({code}); {advice}", lent.describe(py), ending.story("ended"));
        with_code::<BorrowError>(py, code, text)
    }
}

impl Ending {
    /// The compiler's code, and what to do.
    fn advice(self) -> (&'static str, &'static str) {
        if self.moved { ("E0505", "build a new map") } else { ("E0499", "take a new one from the map") }
    }

    /// "ended when insert was called on the map, by another thread ...".
    fn story(self, ended: &str) -> String {
        let name = self.verb.name();
        let mut story = match (self.moved, self.exact) {
            (true, _) => format!("{ended} when {name} consumed the map"),
            (false, true) => format!("{ended} when {name} was called on the map"),
            (false, false) => format!("{ended} when the map was used again (latest call: {name})"),
        };
        if self.elsewhere {
            story.push_str(
                " in another thread (share a map through its one-call verbs, such as upsert and get_or_insert_with, or under a lock)",
            );
        }
        story
    }
}

/// What was lent, for the first part of a message.
pub struct Lent<'a> {
    pub what: &'a str,
    pub by: Verb,
    pub key: &'a Py<PyAny>,
}

impl Lent<'_> {
    fn describe(&self, py: Python<'_>) -> String {
        format!("this {}, lent by {} for key {},", self.what, self.by.name(), shown(self.key.bind(py)))
    }

    /// The exception for a closure that changed the map while the handle was held.
    pub fn changed_by_closure(&self, py: Python<'_>, ending: Ending, outcome: &str) -> PyErr {
        let text = format!(
            "cannot finish {}: its function changed the map while the entry for key {} was held, and {} (E0499); {outcome}",
            self.by.name(),
            shown(self.key.bind(py)),
            ending.story("the entry ended"),
        );
        with_code::<BorrowError>(py, "E0499", text)
    }
}

/// The exception for an entry that `verb` has consumed.
pub fn consumed(py: Python<'_>, used: &str, verb: Verb) -> PyErr {
    let text = format!("cannot use {used}: this entry was consumed by {} (E0382); call entry() again", verb.name());
    with_code::<MovedError>(py, "E0382", text)
}

/// The exception for a reading iterator whose map has changed its keys.
pub fn iterator_ended(py: Python<'_>, what: &str, verb: Verb, moved: bool) -> PyErr {
    if moved {
        return lender_ended(py, what, Refusal::MapMoved(verb));
    }
    let text = format!(
        "cannot use next: this {what} ended when {} added or removed a key (E0502); to change keys while looping, \
         loop over list(...)",
        verb.name()
    );
    with_code::<BorrowError>(py, "E0502", text)
}

/// The exception for an iterator that lends, once a later call has ended it.
pub fn lender_ended(py: Python<'_>, what: &str, refusal: Refusal) -> PyErr {
    let Some(ending) = refusal.ending() else { return no_memory() };
    let (code, advice) = ending.advice();
    let text = format!("cannot use next: this {what} {} ({code}); {advice}", ending.story("ended"));
    with_code::<BorrowError>(py, code, text)
}

/// The exception for a predicate that changed the map it was asked about.
pub fn changed_by_predicate(py: Python<'_>, refusal: Refusal, verb: Verb) -> PyErr {
    let Some(ending) = refusal.ending() else { return no_memory() };
    let text = format!(
        "cannot go on with {}: its function changed the map: {} (E0499); let the function only judge, and change the \
         map afterwards",
        verb.name(),
        ending.story("the pairs it was to judge ended"),
    );
    with_code::<BorrowError>(py, "E0499", text)
}

/// `TypeError`: a predicate's result that is no verdict.
pub fn no_verdict(result: &Bound<'_, PyAny>, verb: Verb) -> PyErr {
    PyTypeError::new_err(format!(
        "the function of {} returned {}, which says neither yes nor no: it is given the key and a RefMut, and must \
         return a bool (did it forget .value or return?)",
        verb.name(),
        shown(result)
    ))
}

/// `TryReserveError`, in Rust's words.
pub fn cannot_reserve(py: Python<'_>, error: &TryReserve) -> PyErr {
    let raised = PyErr::from_type(TryReserveError::type_object(py), error.to_string());
    // std tells the two kinds apart in its texts alone.
    let kind = if format!("{error:?}").contains("CapacityOverflow") { "CapacityOverflow" } else { "AllocError" };
    match raised.value(py).setattr("kind", kind) {
        Ok(()) => raised,
        Err(failure) => failure,
    }
}

/// `TypeError`: the closure of `and_modify` returned something.
pub fn closure_returned(result: &Bound<'_, PyAny>) -> PyErr {
    PyTypeError::new_err(format!(
        "the function of and_modify returned {}, which changes nothing: it is given a RefMut to write to \
         (s.value += 1) and must return None; to store what a function returns, use and_update",
        shown(result)
    ))
}

/// The exception for a `combine` function that changed the very key it was called for.
pub fn changed_by_combine(key: &Bound<'_, PyAny>, verb: Verb) -> PyErr {
    let text = format!(
        "cannot finish {}: its function changed the value of key {} itself (E0499); nothing was stored, let the \
         function return the new value",
        verb.name(),
        shown(key),
    );
    with_code::<BorrowError>(key.py(), "E0499", text)
}

/// `OccupiedError`, in Rust's words.
pub fn occupied(
    entry: Bound<'_, PyAny>,
    key: &Bound<'_, PyAny>,
    present: &Bound<'_, PyAny>,
    value: Bound<'_, PyAny>,
) -> PyErr {
    let py = entry.py();
    let error = PyErr::from_type(
        OccupiedError::type_object(py),
        format!("failed to insert {}, key {} already exists with value {}", shown(&value), shown(key), shown(present)),
    );
    let object = error.value(py);
    match object.setattr("entry", entry).and_then(|()| object.setattr("value", value)) {
        Ok(()) => error,
        Err(failure) => failure,
    }
}

/// `MemoryError`, as every growth that fails raises it.
pub fn no_memory() -> PyErr {
    PyMemoryError::new_err("the map could not get the memory to grow; it is as it was")
}

/// `TypeError` for a handle, which means nothing without its map.
pub fn cannot_pickle(object: &Bound<'_, PyAny>) -> PyErr {
    match object.get_type().name() {
        Ok(name) => PyTypeError::new_err(format!("cannot pickle or copy a {name}: it belongs to its map")),
        Err(failure) => failure,
    }
}

/// `TypeError` for a stored value that `group` cannot append to.
pub fn not_a_list(key: &Bound<'_, PyAny>, stored: &Bound<'_, PyAny>) -> PyErr {
    PyTypeError::new_err(format!(
        "group appends to lists, but the value of key {} is {}; use merge to combine other values",
        shown(key),
        shown(stored)
    ))
}

/// `TypeError` for a stored value that `tally` cannot add to.
pub fn not_an_int(key: &Bound<'_, PyAny>, stored: &Bound<'_, PyAny>) -> PyErr {
    PyTypeError::new_err(format!(
        "tally adds to ints, but the value of key {} is {}; nothing was counted",
        shown(key),
        shown(stored)
    ))
}

/// An empty list with room for `len` items, for a step under the borrow.
pub fn room<T>(len: usize) -> Result<Vec<T>, Refusal> {
    let mut list = Vec::new();
    list.try_reserve_exact(len).map_err(|_| Refusal::NoMemory)?;
    Ok(list)
}

/// An empty list with room for `len` items.
pub fn with_room<T>(len: usize) -> PyResult<Vec<T>> {
    room(len).map_err(|_| no_memory())
}

/// A list of what an iterator yields, up to its first failure.
pub fn collect<T>(items: impl Iterator<Item = PyResult<T>>) -> PyResult<Vec<T>> {
    let mut list = Vec::new();
    for item in items {
        list.try_reserve(1).map_err(|_| no_memory())?;
        list.push(item?);
    }
    Ok(list)
}

/// `TypeError` for an operation that a `RefMut` leaves to its value.
pub fn not_the_value(operation: &str) -> PyErr {
    PyTypeError::new_err(format!(
        "a RefMut does not support {operation}: it is a handle to a value in a map; use its .value"
    ))
}

/// The longest text of a key or value that a message shows, in characters.
const SHOWN: usize = 80;

/// `repr(object)` for a message: shortened, and never failing.
pub fn shown(object: &Bound<'_, PyAny>) -> String {
    let Ok(text) = object.repr() else {
        return object
            .get_type()
            .name()
            .map_or_else(|_| String::from("<unprintable object>"), |name| format!("<unprintable {name} object>"));
    };
    let text = text.to_string_lossy();
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}...", &text[..end]),
        None => text.into_owned(),
    }
}

/// An exception of class `E` that carries its compiler code.
fn with_code<E: PyTypeInfo>(py: Python<'_>, code: &str, text: String) -> PyErr {
    let error = PyErr::from_type(E::type_object(py), text);
    match error.value(py).setattr("code", code) {
        Ok(()) => error,
        Err(failure) => failure,
    }
}

/// Adds the exception classes to the module.
pub fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    let py = module.py();
    let classes: [(&str, Bound<'_, PyType>); 5] = [
        ("BorrowCheckError", BorrowCheckError::type_object(py)),
        ("BorrowError", BorrowError::type_object(py)),
        ("MovedError", MovedError::type_object(py)),
        ("OccupiedError", OccupiedError::type_object(py)),
        ("TryReserveError", TryReserveError::type_object(py)),
    ];
    for (name, class) in classes {
        module.add(name, class)?;
    }
    BorrowCheckError::type_object(py).setattr("code", "")?;
    BorrowError::type_object(py).setattr("code", "E0499")?;
    MovedError::type_object(py).setattr("code", "E0382")
}
