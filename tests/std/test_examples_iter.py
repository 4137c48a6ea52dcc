"""The examples of std's documentation of the iterators of a `HashMap`: how each is made, and what it yields."""

import entrymap
from entrymap import HashMap


def letters():
    return HashMap([("a", 1), ("b", 2), ("c", 3)])


def test_D44_iter():
    it = letters().iter()
    assert isinstance(it, entrymap.Iter)
    assert sorted(it) == [("a", 1), ("b", 2), ("c", 3)]


def test_D45_iter_mut():
    it = letters().iter_mut()
    assert isinstance(it, entrymap.IterMut)
    assert sorted((key, value.value) for key, value in it) == [("a", 1), ("b", 2), ("c", 3)]


def test_D46_into_iter():
    it = letters().into_iter()
    assert isinstance(it, entrymap.IntoIter)
    assert sorted(it) == [("a", 1), ("b", 2), ("c", 3)]


def test_D47_keys():
    keys = letters().keys()
    assert isinstance(iter(keys), entrymap.Keys)
    assert sorted(keys) == ["a", "b", "c"]


def test_D48_values():
    values = letters().values()
    assert isinstance(iter(values), entrymap.Values)
    assert sorted(values) == [1, 2, 3]


def test_D49_drain():
    it = letters().drain()
    assert isinstance(it, entrymap.Drain)
    assert sorted(it) == [("a", 1), ("b", 2), ("c", 3)]


def test_D50_extract_if():
    it = letters().extract_if(lambda _, value: value.value % 2 == 0)
    assert isinstance(it, entrymap.ExtractIf)
    assert list(it) == [("b", 2)]


def test_D51_values_mut():
    it = letters().values_mut()
    assert isinstance(it, entrymap.ValuesMut)
    assert sorted(value.value for value in it) == [1, 2, 3]


def test_D52_into_keys():
    it = letters().into_keys()
    assert isinstance(it, entrymap.IntoKeys)
    assert sorted(it) == ["a", "b", "c"]


def test_D53_into_values():
    it = letters().into_values()
    assert isinstance(it, entrymap.IntoValues)
    assert sorted(it) == [1, 2, 3]


def test_D54_into_iterator():
    m = letters()
    pairs = list(m.into_iter())  # the pairs are the list's now, the map is gone
    assert sorted(pairs) == [("a", 1), ("b", 2), ("c", 3)]
