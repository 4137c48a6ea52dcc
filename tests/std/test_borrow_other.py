"""Programs that rustc refuses for moves, lifetimes and types (E0505 and on)."""

import gc
import operator
import weakref
from collections import ChainMap, UserDict
from threading import Thread
from types import MappingProxyType

import pytest

from entrymap import BorrowError, HashMap, RefMut


def test_B44_ref_mut_after_the_map_moved(refused):
    m = HashMap(a=1, b=2)
    r = m.get_mut("a")
    owned = m.into_iter()
    with refused(BorrowError, "E0505"):
        r.value += 1
    assert sorted(owned) == [("a", 1), ("b", 2)]


def test_B45_iterator_after_the_map_moved(refused):
    m = HashMap(a=1, b=2)
    it = m.iter()
    m.into_iter()
    with refused(BorrowError, "E0505"):
        next(it)


def test_B46_key_of_an_entry_kept():
    m = HashMap(a=1, b=2)
    entry = m.entry("z")
    key = entry.key()
    entry.or_insert(26)
    assert key == "z"


def in_a_thread(f, *arguments):
    thread = Thread(target=f, args=arguments)
    thread.start()
    thread.join()


def test_B47_map_sent_to_a_thread(refused):
    m = HashMap(a=1, b=2)
    r = m.get_mut("a")
    in_a_thread(m.get, "b")
    r.value += 1
    in_a_thread(m.insert, "c", 3)
    with refused(BorrowError, "E0499"):
        r.value += 1
    assert m == {"a": 2, "b": 2, "c": 3}


def test_B48_variable_rebound_while_lent():
    m = HashMap(a=1, b=2)
    r = m.get_mut("a")
    m = HashMap()
    r.value = 5
    assert r.value == 5
    assert m.is_empty()


@pytest.mark.parametrize("lend", [lambda m: m.get_mut("a"), lambda m: m.entry("a")])
def test_B50_handle_outlives_the_variable(lend):
    m = HashMap(a=1)
    alive = weakref.ref(m)
    handle = lend(m)
    del m
    gc.collect()
    assert alive()["a"] == 1, "the handle keeps the map"
    del handle
    assert alive() is None, "and nothing else does"


def test_B51_handle_of_a_temporary():
    r = HashMap(a=1).get_mut("a")
    r.value += 1
    assert r.value == 2
    assert HashMap(a=1).entry("a").remove() == 1


def test_B52_child_outlives_its_entry():
    m = HashMap(a=1, b=2)
    child = m.entry("a").get_mut()
    gc.collect()
    child.value += 1
    assert m["a"] == 2


def test_B53_and_modify_closure_keeps_its_ref_mut(refused):
    m = HashMap(a=1, b=2)
    kept = []
    m.entry("a").and_modify(kept.append).or_insert(0)
    with refused(BorrowError, "E0499"):
        kept[0].value += 1


def test_B54_retain_closure_keeps_its_ref_mut(refused):
    m = HashMap(a=1, b=2)
    kept = []

    def keep(_, value):
        kept.append(value)
        return True

    m.retain(keep)
    assert len(kept) == 2
    for value in kept:
        with refused(BorrowError, "E0499"):
            value.value += 1


def test_B55_extract_if_closure_keeps_its_keys():
    m = HashMap(a=1, b=2)
    kept = []

    def keep(key, _):
        kept.append(key)
        return True

    assert sorted(m.extract_if(keep)) == [("a", 1), ("b", 2)]
    assert sorted(kept) == ["a", "b"]


def test_B56_index_assignment():
    m = HashMap(a=1, b=2)
    m["z"] = 26
    m["a"] = 5
    assert m == {"a": 5, "b": 2, "z": 26}


def test_B57_index_augmented_assignment():
    m = HashMap(a=1, b=2)
    m["a"] += 10
    assert m["a"] == 11
    with pytest.raises(KeyError):
        m["z"] += 10
    assert "z" not in m


def test_B61_and_modify_closure_returns_a_value():
    m = HashMap(a=1, b=2)
    with pytest.raises(TypeError, match="and_update"):
        m.entry("a").and_modify(lambda r: r.value + 1)
    assert m["a"] == 1


@pytest.mark.parametrize(("answer", "kept"), [(1, True), ([0], True), (0, False), ("", False)])
def test_B62_retain_closure_returns_a_truth_value(answer, kept):
    m = HashMap(a=1, b=2)
    m.retain(lambda key, value: answer)
    assert m.is_empty() is not kept


@pytest.mark.parametrize("forgotten", [lambda key, value: None, lambda key, value: value])
def test_B62_retain_closure_forgets_to_answer(forgotten):
    m = HashMap(a=1, b=2)
    with pytest.raises(TypeError):
        m.retain(forgotten)
    assert m == {"a": 1, "b": 2}


def test_B63_arithmetic_on_a_ref_mut():
    m = HashMap(a=1, b=2)
    with pytest.raises(TypeError, match=r"\.value"):
        m.entry("a").or_insert(0) + 1


def test_B64_ref_mut_compared_with_a_number():
    m = HashMap(a=1, b=2)
    r = m.get_mut("a")
    assert isinstance(r, RefMut)
    assert r == 1
    assert r != 2
    assert 0 < r < 2


def test_B66_float_and_unhashable_keys():
    m = HashMap()
    m.insert(0.5, "half")
    assert m[0.5] == "half"
    for unhashable in ([], {}, HashMap()):
        with pytest.raises(TypeError, match="unhashable"):
            m.insert(unhashable, 0)
        with pytest.raises(TypeError, match="unhashable"):
            HashMap().get(unhashable)


def test_B67_format_order_hash_and_other_mappings():
    m = HashMap(a=1, b=2)
    assert f"{m}" == str(m) == repr(m)
    with pytest.raises(TypeError):
        operator.lt(m, m.clone())
    with pytest.raises(TypeError):
        hash(m)
    pairs = {"a": 1, "b": 2}
    for mapping in (pairs, UserDict(pairs), MappingProxyType(pairs), ChainMap({"a": 1}, {"b": 2})):
        assert m == mapping
        assert mapping == m
        assert m != {**mapping, "a": 5}
    assert m != [("a", 1), ("b", 2)]


def test_B68_methods_that_are_not_there():
    m = HashMap(a=1, b=2)
    assert not hasattr(m, "raw_entry")
    assert m.try_insert("z", 26).value == 26
    with pytest.raises(TypeError):
        m.insert("a")
