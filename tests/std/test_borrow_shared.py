"""Programs that rustc refuses because a borrow meets a shared one (E0502). Here a read ends no handle, so most run."""

import pytest

from entrymap import BorrowError, HashMap


def test_B21_write_through_get_mut_after_len():
    m = HashMap(a=1, b=2)
    r = m.get_mut("a")
    assert m.len() == 2
    r.value = 5
    assert m["a"] == 5


def test_B22_read_through_get_mut_after_len():
    m = HashMap(a=1, b=2)
    r = m.get_mut("a")
    assert m.len() == 2
    assert r.value == 1


def test_B23_entry_used_after_len():
    m = HashMap(a=1, b=2)
    entry = m.entry("z")
    assert m.len() == 2
    assert entry.or_insert(26).value == 26


def test_B24_insert_while_iterating_keys(refused):
    m = HashMap(a=1, b=2)
    keys = m.keys()
    with refused(BorrowError, "E0502"):
        for _ in keys:
            m.insert("c", 3)
    for key in keys:
        m.insert(key, 0)
    assert m == {"a": 0, "b": 0, "c": 0}


def test_B25_get_while_looping_over_values_mut():
    m = HashMap(a=1, b=2)
    for value in m.values_mut():
        value.value += m.get("a") * 10
    assert sorted(m.values()) in ([11, 12], [11, 112])


def test_B26_iter_clear_next(refused):
    m = HashMap(a=1, b=2)
    it = m.iter()
    m.clear()
    with refused(BorrowError, "E0502"):
        next(it)


@pytest.mark.parametrize("lend", [lambda m: next(m.values_mut()), lambda m: m.get_disjoint_mut(["a", "b"])[0]])
def test_B27_value_kept_while_the_map_is_read(lend):
    m = HashMap(a=1, b=2)
    kept = lend(m)
    before = kept.value
    assert m.get("a") == 1
    kept.value += 10
    assert before + 10 in m.values()


def test_B28_drain_alive_then_len():
    m = HashMap(a=1, b=2)
    drain = m.drain()
    assert m.len() == 0
    assert len(drain) == 2


def test_B29_drain_exhausted_then_len():
    m = HashMap(a=1, b=2)
    drain = m.drain()
    assert sorted(drain) == [("a", 1), ("b", 2)]
    assert m.len() == 0
    assert len(drain) == 0


def test_B30_extract_if_len_next():
    m = HashMap(a=1, b=2)
    it = m.extract_if(lambda key, value: True)
    assert m.len() == 2
    first = next(it)
    assert m.len() == 1
    assert sorted([first, *it]) == [("a", 1), ("b", 2)]


def test_B31_iter_mut_get_next():
    m = HashMap(a=1, b=2)
    it = m.iter_mut()
    _, first = next(it)
    assert m.get("a") == 1
    _, second = next(it)
    first.value = second.value = 0
    assert m == {"a": 0, "b": 0}


def test_B32_retain_closure_reads_the_map():
    m = HashMap(a=1, b=2)
    m.retain(lambda key, value: m.len() == 2 and value.value == m.get("a"))
    assert m == {"a": 1}


def test_B33_or_insert_with_closure_reads_the_map():
    m = HashMap(a=1, b=2)
    assert m.entry("z").or_insert_with(lambda: m["a"] + m.len()).value == 3


def test_B34_and_modify_closure_reads_the_map():
    m = HashMap(a=1, b=2)
    m.entry("a").and_modify(lambda r: r.add_assign(m["b"]))
    assert m["a"] == 3


def test_B35_len_as_the_argument_of_or_insert():
    m = HashMap(a=1, b=2)
    m.entry("z").or_insert(m.len())
    assert m["z"] == 2


def test_B36_or_insert_result_grows_by_len():
    m = HashMap(a=1, b=2)
    r = m.entry("z").or_insert(0)
    r += m.len()
    assert m["z"] == 3


def test_B37_or_default_of_a_string_grows_by_the_text_of_len():
    m = HashMap(a=1, b=2)
    m.entry("z").or_default(str).value += str(m.len())
    assert m["z"] == "3"


def test_B38_extend_by_its_own_iterator():
    m = HashMap(a=1, b=2)
    m.extend(m.iter())
    assert m == {"a": 1, "b": 2}


def test_B39_clone_from_itself():
    m = HashMap(a=1, b=2)
    m.clone_from(m)
    assert m == {"a": 1, "b": 2}


def test_B41_child_used_after_entry_get():
    m = HashMap(a=1, b=2)
    entry = m.entry("a")
    child = entry.get_mut()
    assert entry.get() == 1
    child.value += 1
    assert entry.get() == 2


def test_B42_value_of_get_kept_over_insert():
    m = HashMap(a=1, b=2)
    kept = m.get("a")
    m.insert("a", 5)
    assert kept == 1


def test_B43_hasher_kept_over_insert():
    m = HashMap(a=1, b=2)
    s = m.hasher()
    m.insert("c", 3)
    assert s.hash_one("c") == m.hasher().hash_one("c")
