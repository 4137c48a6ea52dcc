import collections
import gc
import sys
import types
import weakref

import pytest
from deep_cases import NESTS
from support import Counted, Node, Unprintable, run_in_child

from entrymap import HashMap


class Sub(HashMap):
    pass


class Default(HashMap):
    def __missing__(self, key):
        return f"no {key}"


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (lambda: HashMap(), {}),
        (lambda: HashMap.new(), {}),
        (lambda: HashMap.default(), {}),
        (lambda: HashMap.with_capacity(10), {}),
        (lambda: HashMap({"a": 1}), {"a": 1}),
        (lambda: HashMap(a=1), {"a": 1}),
        (lambda: HashMap({"a": 1}, a=2, b=3), {"a": 2, "b": 3}),
        (lambda: HashMap([("a", 1), ("b", 2), ("a", 3)]), {"a": 3, "b": 2}),
        (lambda: HashMap(HashMap(a=1)), {"a": 1}),
        (lambda: HashMap(iter([["a", 1]])), {"a": 1}),
        (lambda: HashMap(types.MappingProxyType({"a": 1})), {"a": 1}),
        (lambda: HashMap(collections.ChainMap({"a": 1}, {"b": 2})), {"a": 1, "b": 2}),
        (lambda: HashMap.from_iter([("a", 1)]), {"a": 1}),
        (lambda: HashMap.from_iter({"a": 1}), {"a": 1}),
        (lambda: HashMap(source=1, self=2, cls=3), {"source": 1, "self": 2, "cls": 3}),
    ],
)
def test_construction(made, expected):
    assert dict(made()) == expected


@pytest.mark.parametrize("arguments", [(5,), (None,), (True,), ("ab",), ([1],), ([(1, 2, 3)],), ({}, {})], ids=repr)
def test_what_dict_does_not_take_is_not_taken(arguments):
    with pytest.raises((TypeError, ValueError)) as theirs:
        dict(*arguments)
    with pytest.raises(theirs.type):
        HashMap(*arguments)


def test_an_empty_map_has_allocated_nothing():
    for m in (
        HashMap(),
        HashMap.new(),
        HashMap.default(),
        HashMap.with_capacity(0),
        HashMap({}),
        HashMap.from_iter([]),
    ):
        assert (m.capacity(), len(m)) == (0, 0)


@pytest.mark.parametrize(
    ("wanted", "capacity"),
    [(0, 0), (1, 3), (3, 3), (4, 7), (7, 7), (8, 14), (14, 14), (15, 28), (28, 28), (1000, 1792), (True, 3)],
)
def test_with_capacity(wanted, capacity):
    m = HashMap.with_capacity(wanted)
    assert (m.capacity(), len(m)) == (capacity, 0)


def test_capacity_grows_as_stds():
    m, seen = HashMap(), [0]
    for n in range(500):
        m[n] = n
        if m.capacity() != seen[-1]:
            seen.append(m.capacity())
    assert seen == [0, 3, 7, 14, 28, 56, 112, 224, 448, 896]


class Index:
    def __init__(self, value):
        self.value = value

    def __index__(self):
        return self.value() if callable(self.value) else self.value


@pytest.mark.parametrize("huge", [2**48, 2**60, 2**63, 2**64 - 1, 2**64, 10**30, sys.maxsize, Index(2**62)], ids=repr)
def test_a_capacity_that_no_memory_holds(huge):
    with pytest.raises(MemoryError):
        HashMap.with_capacity(huge)


@pytest.mark.parametrize("negative", [-1, -(2**63), -(2**64), -(10**30), Index(-1)], ids=repr)
def test_a_negative_capacity(negative):
    with pytest.raises(OverflowError, match="negative"):
        HashMap.with_capacity(negative)


@pytest.mark.parametrize("thing", [1.5, "3", None, [], float("nan"), Index("3")], ids=repr)
def test_a_capacity_that_is_no_int(thing):
    with pytest.raises(TypeError):
        HashMap.with_capacity(thing)


def test_an_index_that_raises():
    with pytest.raises(ZeroDivisionError):
        HashMap.with_capacity(Index(lambda: 1 // 0))
    assert HashMap.with_capacity(Index(5)).capacity() == 7


def test_class_methods_give_the_subclass_and_copies_a_plain_map():
    for made in (Sub.new(), Sub.default(), Sub.with_capacity(3), Sub.from_iter([(1, 2)]), Sub(a=1)):
        assert type(made) is Sub
    assert type(Sub(a=1).clone()) is HashMap
    assert Sub(a=1) == HashMap(a=1) == {"a": 1}


def test_a_subclass_constructs_as_dicts_do():
    class Tagged(HashMap):
        def __init__(self, tag, *args, **kwargs):
            super().__init__(*args, **kwargs)
            self.tag = tag

    m = Tagged("t", {"a": 1}, b=2)
    assert (m.tag, dict(m)) == ("t", {"a": 1, "b": 2})
    m.__init__("u", c=3)
    assert (m.tag, len(m)) == ("u", 3)

    class Keyed(HashMap):
        def __new__(cls, name):
            return super().__new__(cls, name)

        def __init__(self, name):
            self.name = name

    assert Keyed("n").name == "n"


def test_missing():
    m = Default(a=1)
    assert (m["a"], m["b"]) == (1, "no b")
    assert m.get("b") is None
    assert "b" not in m
    assert m.pop("b", 0) == 0
    with pytest.raises(KeyError):
        del m["b"]
    plain = Sub()
    plain.__missing__ = lambda key: "of the instance, which does not count"
    with pytest.raises(KeyError):
        plain["b"]


def test_clone_is_shallow_and_calls_no_key():
    m = HashMap({Counted(n): [n] for n in range(5)})
    Counted.journal.clear()
    c = m.clone()
    assert Counted.journal == []
    assert c == m
    c[Counted("new")] = 1
    c[next(iter(m))].append("shared")
    assert (len(m), len(c)) == (5, 6)
    assert any("shared" in value for value in m.values())
    assert c[Counted(3)][0] == 3


EQUALS = [
    (HashMap(), True),
    ({}, True),
    (collections.OrderedDict(), True),
    (types.MappingProxyType({}), True),
    (collections.Counter(), True),
    (Sub(), True),
    ([], False),
    (None, False),
    (set(), False),
    ({"a": 1}, False),
]


@pytest.mark.parametrize(("other", "equal"), EQUALS)
def test_an_empty_map_and_something_else(other, equal):
    assert (HashMap() == other) is (other == HashMap()) is equal
    assert (HashMap() != other) is (other != HashMap()) is (not equal)


def test_equality_is_dicts():
    nan = float("nan")
    m = HashMap({1: nan, "a": [1]})
    for same in (m.clone(), {1.0: nan, "a": [1]}, HashMap([("a", [True]), (True, nan)])):
        assert m == same
        assert same == m
    for other in ({1: nan}, {1: float("nan"), "a": [1]}, {1: nan, "a": [2]}, {1: nan, "b": [1]}):
        assert m != other
        assert other != m


@pytest.mark.parametrize(
    "other", [collections.Counter(b=5), collections.defaultdict(int, b=0), Default(b=0), collections.Counter(a=1)]
)
def test_equality_asks_no_mapping_for_a_default_and_adds_nothing(other):
    before = dict(other)
    assert (HashMap(a=0) == other) is False
    assert (other == HashMap(a=0)) is False
    assert dict(other) == before


def test_eq_and_ne_are_rusts():
    m = HashMap(x=float("nan"))
    assert not m.eq(m)
    assert m.ne(m.clone())
    assert HashMap(x=1).eq(HashMap(x=1.0))
    assert not HashMap(x=1).eq(HashMap(x=1, y=2))
    with pytest.raises(TypeError):
        m.eq({})


def test_an_exception_while_comparing_reaches_the_caller():
    class Refusing:
        def __eq__(self, other):
            raise ZeroDivisionError

    for compare in (HashMap.eq, HashMap.ne, lambda a, b: a == b, lambda a, b: a != b):
        with pytest.raises(ZeroDivisionError):
            compare(HashMap(a=Refusing()), HashMap(a=1))


def test_no_order_and_no_hash():
    for compare in (lambda: HashMap() < HashMap(), lambda: HashMap() >= {}):
        with pytest.raises(TypeError):
            compare()
    with pytest.raises(TypeError, match="unhashable"):
        hash(HashMap())


def test_it_is_a_mutable_mapping():
    m = HashMap(a=1, b=2)
    assert isinstance(m, collections.abc.MutableMapping)
    match m:
        case {"a": x, **rest}:
            assert (x, rest) == (1, {"b": 2})
    assert dict(m) == {**m} == dict(**m) == {"a": 1, "b": 2}


def test_generic():
    alias = HashMap[str, int]
    assert (alias.__origin__, alias.__args__) == (HashMap, (str, int))
    assert type(alias(a=1)) is HashMap


def test_weak_references():
    died = []
    m = HashMap()
    watch = weakref.ref(m, lambda _: died.append(1))
    assert watch() is m
    del m
    assert died == [1]
    sub = Sub()
    sub.self = sub
    watch = weakref.ref(sub)
    del sub
    gc.collect()
    assert watch() is None


class Key:
    """A hashable object that holds another."""

    def __init__(self, held):
        self.held = held


CYCLES = {
    "value": lambda m: m.insert("me", m),
    "list": lambda m: m.insert("me", [m]),
    "node as value": lambda m: m.insert("me", Node(m)),
    "node as key": lambda m: m.insert(Key(m), 1),
    "tuple key": lambda m: m.insert((1, Key(m)), 1),
    "occupied entry": lambda m: m.insert("me", m.entry("a")),
    "vacant entry": lambda m: m.insert("me", m.entry("b")),
    "entry as key": lambda m: m.insert(m.entry("a"), 1),
    "entry whose key holds it": lambda m: hold_each_other(m),
    "RefMut": lambda m: m.insert("me", m.get_mut("a")),
    "RefMut to itself": lambda m: (lambda r: r.set(r))(m.get_mut("a")),
    "iterator": lambda m: m.insert("me", m.iter()),
    "key iterator as key": lambda m: m.insert(iter(m), 1),
    "value iterator as key": lambda m: m.insert(iter(m.values()), 1),
    "keys": lambda m: m.insert("me", m.keys()),
    "values as key": lambda m: m.insert(m.values(), 1),
    "items": lambda m: m.insert("me", m.items()),
    "method": lambda m: m.insert("me", m.insert),
    "written by RefMut": lambda m: m.get_mut("a").set(m),
    "written by add_assign": lambda m: (m.insert("a", []), m.get_mut("a").add_assign([m])),
    "written by and_update": lambda m: m.entry("a").and_update(lambda _: [m]),
    "written by or_insert": lambda m: m.entry("b").or_insert(Node(m)),
    "written by or_insert_with": lambda m: m.entry("b").or_insert_with(lambda: Node(m)),
    "written by insert_entry": lambda m: m.entry("a").insert_entry(Node(m)),
    "written by OccupiedEntry.insert": lambda m: m.entry("a").insert(Node(m)),
    "written by get_or_insert_with": lambda m: m.get_or_insert_with("b", lambda: Node(m)),
    "written by upsert": lambda m: m.upsert("a", 1, lambda *_: Node(m)),
    "written by setdefault": lambda m: m.setdefault("b", Node(m)),
    "written by update": lambda m: m.update(a=Node(m)),
    "a clone that holds the map": lambda m: (m.insert("me", m), m.insert("clone", m.clone())),
    "after a clear": lambda m: (m.clear(), m.insert("me", m)),
}


def hold_each_other(m):
    key = Key(None)
    key.held = m.entry(key)


@pytest.mark.parametrize("cls", [HashMap, Sub])
@pytest.mark.parametrize("tie", CYCLES)
def test_cycles_are_collected(tie, cls):
    m = cls(a=1)
    gone = weakref.ref(m)
    CYCLES[tie](m)
    del m
    gc.collect()
    assert gone() is None


@pytest.mark.parametrize("tie", CYCLES)
def test_the_collector_takes_nothing_that_is_in_use(tie):
    m = HashMap(a=1)
    CYCLES[tie](m)
    m["inner"] = HashMap(node=Node())
    handle = m.entry("inner")
    for _ in range(3):
        gc.collect()
    assert handle.get()["node"].held is None
    assert len(list(m.items())) == len(m)


def test_the_collector_counts_each_reference_once():
    """What several handles share is visited by each for its own reference only: live values are not cleared."""
    m = HashMap({(1, 2): [HashMap(x=[1])]})
    handles = [m.entry((1, 2)), m.get_mut((1, 2)), m.iter(), m.keys(), m.items()]
    for _ in range(3):
        gc.collect()
    assert m[(1, 2)][0]["x"] == [1]
    assert len(handles) == 5


def test_a_map_of_plain_keys_and_values_shows_the_collector_nothing():
    m = HashMap({1: "a", "b": 2.5, None: b"c"})
    assert [r for r in gc.get_referents(m) if not isinstance(r, type)] == []
    m["list"] = []
    assert [] in gc.get_referents(m)


@pytest.mark.parametrize("how", NESTS)
def test_a_deep_nest_is_torn_down(how):
    run_in_child("deep_cases.py", "by_refcount", how)


@pytest.mark.parametrize("how", ["in_map", "in_entry", "in_ref_mut", "in_iterator", "in_subclass", "in_list"])
def test_a_deep_nest_is_collected(how):
    run_in_child("deep_cases.py", "by_the_collector", how)


@pytest.mark.parametrize("how", ["in_map", "in_entry", "in_list"])
def test_a_deep_nest_is_torn_down_on_a_small_stack(how):
    run_in_child("deep_cases.py", "in_a_thread", how)


@pytest.mark.parametrize("how", NESTS)
def test_a_nest_too_deep_to_print_compare_or_pickle(how):
    run_in_child("deep_cases.py", "too_deep", how)


@pytest.mark.parametrize("case", ["by_each_removal", "repr_and_equality", "finalizers_in_a_nest"])
def test_a_deep_nest(case):
    run_in_child("deep_cases.py", case)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="RLIMIT_AS bounds a process only on Linux")
@pytest.mark.parametrize("what", ["growing", "copying", "clearing", "printing", "updating"])
def test_a_lack_of_memory_is_a_memory_error(what):
    run_in_child("deep_cases.py", f"{what}_without_memory")


def test_a_repr_that_raises_in_a_capacity_message():
    class Odd(int):
        __repr__ = Unprintable.__repr__

    with pytest.raises(OverflowError, match="negative"):
        HashMap.with_capacity(Odd(-1))
