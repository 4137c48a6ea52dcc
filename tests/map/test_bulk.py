import operator
import threading

import pytest
from support import Counted, Hooked, in_threads

from entrymap import BorrowError, HashMap, MovedError


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


def grouped(pairs):
    groups = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return groups


PAIRS = [("a", 1), ("b", 2), ("a", 3), ("c", 4), ("a", 1)]


@pytest.mark.parametrize(
    "source",
    [
        lambda: PAIRS,
        lambda: tuple(PAIRS),
        lambda: iter(PAIRS),
        lambda: map(list, PAIRS),
        lambda: zip("aab", range(3), strict=True),
        lambda: dict(PAIRS).items(),
        lambda: [(n % 10, n) for n in range(1000)],
        lambda: [(n, n) for n in range(1000)],
        lambda: [],
        lambda: ["ab", "ac", "ab"],
    ],
)
def test_group_gathers_the_values_of_each_key_in_order(source):
    m = HashMap()
    assert m.group(source()) is None
    assert m == grouped(source())
    assert {type(values) for values in m.values()} <= {list}
    assert len({id(values) for values in m.values()}) == len(m), "each key has a list of its own"


@pytest.mark.parametrize("make", [dict, HashMap])
def test_group_takes_a_mapping_too(make):
    m = HashMap(a=[0])
    m.group(make(a=1, b=2))
    m.group(m)
    assert m == {"a": [0, 1, m["a"]], "b": [2, m["b"]]}


def test_group_appends_to_the_list_that_is_there():
    mine = [0]
    m = HashMap(a=mine, shared=mine)
    m.group([("a", 1), ("shared", 2), ("a", mine)])
    assert m["a"] is m["shared"] is mine
    assert mine == [0, 1, 2, mine]


def test_group_asks_a_subclass_of_list_to_append():
    class Loud(list):
        def append(self, item):
            if item == "refused":
                raise ZeroDivisionError
            super().append(item * 2)

    m = HashMap(a=Loud())
    m.group([("a", 1)])
    with pytest.raises(ZeroDivisionError):
        m.group([("a", 2), ("a", "refused"), ("a", 3)])
    assert m["a"] == [2, 4]


@pytest.mark.parametrize("stored", [None, 1, (), "text", {}, set()], ids=repr)
def test_group_on_what_is_no_list(stored):
    m = HashMap(k=stored)
    with pytest.raises(TypeError, match="group appends to lists, but the value of key 'k' is"):
        m.group([("a", 1), ("k", 2), ("b", 3)])
    assert m == {"k": stored, "a": [1]}
    assert m["k"] is stored


def test_group_keeps_the_pairs_before_a_failure():
    m = HashMap()
    for pairs in ([("a", 1), ([], 2)], [("b", 1), 5], iter([("c", 1), ("d",)])):
        with pytest.raises((TypeError, ValueError)):
            m.group(pairs)
    assert m == {"a": [1], "b": [1], "c": [1]}


def test_group_hashes_each_key_once_and_keeps_the_first():
    first = Counted("k")
    m = HashMap()
    Counted.journal.clear()
    m.group([(first, 1), (Counted("k"), 2), (Counted("new"), 3)])
    assert Counted.calls()[0] == 3
    assert any(key is first for key in m)
    assert m[first] == [1, 2]


def test_group_ends_handles_and_a_moved_map_refuses():
    m = HashMap(a=[])
    r, it = m.get_mut("a"), m.iter()
    m.group([("a", 1)])
    assert list(it) == [("a", [1])]
    with pytest.raises(BorrowError, match="group"):
        r.value

    def moving():
        yield "a", 1
        m.into_iter()
        yield "b", 1

    with pytest.raises(MovedError, match="group"):
        m.group(moving())


@pytest.mark.parametrize("hook", ["on_hash", "on_eq"])
@pytest.mark.parametrize("deed", ["clear", "insert", "group"])
def test_group_with_keys_that_use_the_map(hook, deed):
    m = HashMap({Hooked("a"): [0], Hooked("b"): [0]})
    deeds = {
        "clear": m.clear,
        "insert": lambda: m.insert(Hooked("a"), ["mine"]),
        "group": lambda: m.group([(Hooked("a"), "inner")]),
    }
    setattr(Hooked, hook, deeds[deed])
    m.group([(Hooked("a"), 1), (Hooked("b"), 2), (Hooked("a"), 3)])
    expected = {"clear": ([1, 3], [2]), "insert": (["mine", 1, 3], [0, 2]), "group": ([0, "inner", 1, 3], [0, 2])}
    assert (m[Hooked("a")], m[Hooked("b")]) == expected[deed]


@pytest.mark.usefixtures("fast_switches")
def test_group_from_threads_loses_nothing():
    m = HashMap()
    keys = [*"abc", Hooked("k"), Hooked("l")]
    in_threads(*[lambda name=n: [m.group((key, name) for key in keys) for _ in range(100)] for n in range(8)])
    assert len(m) == 5
    assert all(sorted(values) == sorted(list(range(8)) * 100) for values in m.values())


@pytest.mark.usefixtures("fast_switches")
@pytest.mark.parametrize("make", [str, Hooked])
def test_upsert_from_threads_loses_nothing(make):
    m = HashMap()
    in_threads(*[lambda: [m.upsert(make("k"), 1, lambda old, new: old + new) for _ in range(500)]] * 8)
    assert list(m.values()) == [4000]
