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
    Entry,
    HashMap,
    ItemsView,
    Iter,
    Keys,
    KeysView,
    MovedError,
    OccupiedEntry,
    OccupiedError,
    RefMut,
    TryReserveError,
    VacantEntry,
    Values,
    ValuesView,
)

__all__ = [
    "BorrowCheckError",
    "BorrowError",
    "Entry",
    "HashMap",
    "ItemsView",
    "Iter",
    "Keys",
    "KeysView",
    "MovedError",
    "OccupiedEntry",
    "OccupiedError",
    "RefMut",
    "TryReserveError",
    "VacantEntry",
    "Values",
    "ValuesView",
]
