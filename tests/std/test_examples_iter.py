"""The examples of std's documentation of the iterators of a `HashMap`: how each is made, and what it yields."""

import entrymap
from entrymap import HashMap


def letters():
    return HashMap([("a", 1), ("b", 2), ("c", 3)])


def test_D44_iter():
    it = letters().iter()
    assert isinstance(it, entrymap.Iter)
    assert sorted(it) == [("a", 1), ("b", 2), ("c", 3)]


def test_D47_keys():
    keys = letters().keys()
    assert isinstance(iter(keys), entrymap.Keys)
    assert sorted(keys) == ["a", "b", "c"]


def test_D48_values():
    values = letters().values()
    assert isinstance(iter(values), entrymap.Values)
    assert sorted(values) == [1, 2, 3]
