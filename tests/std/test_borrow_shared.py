"""Programs that rustc refuses because a borrow meets a shared one (E0502). Here a read ends no handle, so most run."""

import pytest

from entrymap import BorrowError, HashMap


@pytest.fixture
def m():
    return HashMap(a=1, b=2)


def test_B21_write_through_get_mut_after_len(m):
    r = m.get_mut("a")
    assert m.len() == 2
    r.value = 5
    assert m["a"] == 5


def test_B22_read_through_get_mut_after_len(m):
    r = m.get_mut("a")
    assert m.len() == 2
    assert r.value == 1


def test_B23_entry_used_after_len(m):
    entry = m.entry("z")
    assert m.len() == 2
    assert entry.or_insert(26).value == 26


def test_B24_insert_while_iterating_keys(m, refused):
    keys = m.keys()
    with refused(BorrowError, "E0502"):
        for _ in keys:
            m.insert("c", 3)
    for key in keys:
        m.insert(key, 0)
    assert m == {"a": 0, "b": 0, "c": 0}


def test_B26_iter_clear_next(m, refused):
    it = m.iter()
    m.clear()
    with refused(BorrowError, "E0502"):
        next(it)


def test_B33_or_insert_with_closure_reads_the_map(m):
    assert m.entry("z").or_insert_with(lambda: m["a"] + m.len()).value == 3


def test_B34_and_modify_closure_reads_the_map(m):
    m.entry("a").and_modify(lambda r: r.add_assign(m["b"]))
    assert m["a"] == 3


def test_B35_len_as_the_argument_of_or_insert(m):
    m.entry("z").or_insert(m.len())
    assert m["z"] == 2


def test_B36_or_insert_result_grows_by_len(m):
    r = m.entry("z").or_insert(0)
    r += m.len()
    assert m["z"] == 3


def test_B37_or_default_of_a_string_grows_by_the_text_of_len(m):
    m.entry("z").or_default(str).value += str(m.len())
    assert m["z"] == "3"


def test_B41_child_used_after_entry_get(m):
    entry = m.entry("a")
    child = entry.get_mut()
    assert entry.get() == 1
    child.value += 1
    assert entry.get() == 2


def test_B42_value_of_get_kept_over_insert(m):
    kept = m.get("a")
    m.insert("a", 5)
    assert kept == 1
