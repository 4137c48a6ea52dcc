import operator
import threading

import pytest
from support import Counted

from entrymap import BorrowError, HashMap


def fail(*_):
    raise ZeroDivisionError


def test_get_or_insert_with_calls_its_function_only_for_an_absent_key():
    m = HashMap(a=1, none=None)
    assert m.get_or_insert_with("a", fail) == 1
    assert m.get_or_insert_with("none", fail) is None
    assert m.get_or_insert_with("b", list) is m["b"]


def test_get_or_insert_with_a_function_that_raises_stores_nothing():
    m = HashMap()
    with pytest.raises(ZeroDivisionError):
        m.get_or_insert_with("a", fail)
    assert len(m) == 0


def test_the_first_value_wins():
    m = HashMap()
    inner = []
    assert m.get_or_insert_with("a", lambda: m.insert("a", inner)) is inner
    assert m["a"] is inner


def test_get_or_insert_with_a_function_that_removes():
    m = HashMap(b=1)
    assert m.get_or_insert_with("a", lambda: m.remove("b")) == 1
    assert dict(m) == {"a": 1}


def test_upsert():
    m = HashMap()
    value = [1]
    assert m.upsert("a", value, fail) is value
    assert m.upsert("a", [2], operator.add) == [1, 2]
    assert m.upsert("a", [3], operator.iadd) is m["a"]
    assert (value, m["a"]) == ([1], [1, 2, 3])
    calls = []
    m.upsert("a", 5, lambda *args: calls.append(args))
    assert calls == [([1, 2, 3], 5)]
    assert m["a"] is None


def test_upsert_with_a_function_that_raises():
    m = HashMap(a=1)
    with pytest.raises(ZeroDivisionError):
        m.upsert("a", 2, fail)
    assert m["a"] == 1


@pytest.mark.parametrize("spoil", ["insert", "remove", "clear", "both"])
def test_upsert_with_a_function_that_changes_its_own_key(spoil):
    m = HashMap(a=[1], other=0)

    def combine(old, new):
        m.upsert("other", 1, operator.add)
        if spoil == "insert":
            m["a"] = "mine"
        elif spoil == "remove":
            m.remove("a")
        elif spoil == "clear":
            m.clear()
        else:
            m["a"] = m.pop("a") + [0]
        return "combined"

    with pytest.raises(BorrowError, match="nothing was stored"):
        m.upsert("a", 1, combine)
    assert m.get("a") == {"insert": "mine", "both": [1, 0]}.get(spoil)


def test_upsert_with_a_function_that_changes_other_keys():
    m = HashMap(a=1)
    assert m.upsert("a", 1, lambda old, new: m.update((n, n) for n in range(100)) or old + new) == 2
    assert len(m) == 101


def meanwhile(act):
    thread = threading.Thread(target=act)
    thread.start()
    thread.join()


def test_upsert_combines_again_when_another_thread_replaced_the_value():
    m = HashMap(a=1)
    seen = []

    def combine(old, new):
        seen.append(old)
        if len(seen) < 3:
            meanwhile(lambda: m.insert("a", 100 * len(seen)))
        return old + new

    assert m.upsert("a", 5, combine) == 205
    assert seen == [1, 100, 200]
    assert m["a"] == 205


def test_upsert_stores_the_value_alone_when_another_thread_removed_the_key():
    m = HashMap(a=1)
    assert m.upsert("a", 5, lambda old, new: meanwhile(lambda: m.remove("a")) or old + new) == 5
    assert m["a"] == 5


def test_upsert_is_not_confused_by_another_threads_work_on_other_keys():
    m = HashMap(a=1)
    assert m.upsert("a", 5, lambda old, new: meanwhile(lambda: m.insert("b", 1)) or old + new) == 6


@pytest.mark.parametrize("last", ["own", "other"])
def test_upsert_tells_who_changed_its_key_whoever_used_the_map_last(last):
    """The other thread replaces the key once, or this thread always; then the other of the two touches another one."""
    m = HashMap(a=1)
    seen = []

    def combine(old, new):
        seen.append(old)
        if len(seen) == 1 and last == "own":
            meanwhile(lambda: m.insert("a", 100))
            m["b"] = 1
        elif last == "other":
            m["a"] = 100 + len(seen)
            meanwhile(lambda: m.insert("b", 1))
        return old + new

    if last == "own":
        assert m.upsert("a", 5, combine) == 105
    else:
        with pytest.raises(BorrowError):
            m.upsert("a", 5, combine)


def test_a_present_upsert_keeps_the_first_key():
    first = Counted("k")
    m = HashMap({first: 1})
    m.upsert(Counted("k"), 1, operator.add)
    m.get_or_insert_with(Counted("k"), fail)
    assert next(iter(m)) is first
    assert m[first] == 2


def test_handles_end_iterators_of_present_keys_do_not():
    m = HashMap(a=1)
    r, it = m.get_mut("a"), m.iter()
    m.upsert("a", 1, operator.add)
    with pytest.raises(BorrowError, match="upsert"):
        r.value
    assert list(it) == [("a", 2)]
