"""Rust's `std::collections::HashMap` and its Entry API.

>>> from entrymap import Entry, HashMap
>>> scores = HashMap()
>>> scores.entry("Blue").or_insert(10).value += 5
>>> scores["Blue"]
15
"""

from entrymap._entrymap import (
    BorrowCheckError,
    BorrowError,
    BuildHasher,
    BuildHasherDefault,
    DefaultHasher,
    Drain,
    Entry,
    ExtractIf,
    FoldHasher,
    FoldState,
    Hasher,
    HashMap,
    IntoIter,
    IntoKeys,
    IntoValues,
    ItemsView,
    Iter,
    IterMut,
    Keys,
    KeysView,
    MovedError,
    OccupiedEntry,
    OccupiedError,
    RandomState,
    RefMut,
    TryReserveError,
    VacantEntry,
    Values,
    ValuesMut,
    ValuesView,
)

__all__ = [
    "BorrowCheckError",
    "BorrowError",
    "BuildHasher",
    "BuildHasherDefault",
    "DefaultHasher",
    "Drain",
    "Entry",
    "ExtractIf",
    "FoldHasher",
    "FoldState",
    "HashMap",
    "Hasher",
    "IntoIter",
    "IntoKeys",
    "IntoValues",
    "ItemsView",
    "Iter",
    "IterMut",
    "Keys",
    "KeysView",
    "MovedError",
    "OccupiedEntry",
    "OccupiedError",
    "RandomState",
    "RefMut",
    "TryReserveError",
    "VacantEntry",
    "Values",
    "ValuesMut",
    "ValuesView",
]
