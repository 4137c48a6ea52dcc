"""Programs that rustc accepts: they run here, and do the same."""

import pytest

from entrymap import HashMap


@pytest.fixture
def m():
    return HashMap(a=1, b=2)


def test_A01_two_get_mut_first_unused(m):
    first = m.get_mut("a")
    second = m.get_mut("b")
    second.value += 1
    assert first is not second
    assert m == {"a": 1, "b": 3}


def test_A02_insert_while_iterating_then_break(m):
    keys = m.keys()
    for _ in keys:
        m.insert("c", 3)
        break
    assert m == {"a": 1, "b": 2, "c": 3}


def test_A03_get_while_iterating_keys(m):
    keys = m.keys()
    assert sum(m.get(key) for key in keys) == 3


def test_A06_two_entries_first_unused(m):
    first = m.entry("a")
    second = m.entry("z")
    second.or_insert(26)
    assert first is not second
    assert m == {"a": 1, "b": 2, "z": 26}


def test_A07_entry_unused_then_len(m):
    entry = m.entry("z")
    assert m.len() == 2
    del entry
    assert m.len() == 2


def test_A11_insert_of_len(m):
    m.insert("c", m.len())
    assert m["c"] == 2


def test_A12_keys_collected_then_removed(m):
    for key in list(m.keys()):
        m.remove(key)
    assert m.is_empty()


def test_A13_value_copied_then_insert(m):
    kept = m.get("a")
    m.insert("a", 5)
    assert kept + 1 == 2


def test_A14_into_mut_outlives_its_entry(m):
    entry = m.entry("a")
    r = entry.into_mut()
    del entry
    r.value += 1
    assert m["a"] == 2


def test_A16_two_gets(m):
    first = m.get("a")
    second = m.get("b")
    assert first + second == 3


def test_A18_two_clones_of_one_iter(m):
    it = m.iter()
    first, second = it.clone(), it.clone()
    pairs = []
    for pair in first:
        assert m.get(pair[0]) == pair[1]
        assert next(second) == pair
        pairs.append(pair)
    assert list(it) == pairs
    assert sorted(pairs) == [("a", 1), ("b", 2)]


def test_A19_or_insert_value_grows_by_len(m):
    m.entry("z").or_insert(0).value += m.len()
    assert m["z"] == 3


def test_A21_assignment_of_len_through_get_mut(m):
    m.get_mut("a").value = m.len()
    assert m["a"] == 2
