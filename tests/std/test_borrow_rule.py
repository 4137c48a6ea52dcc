"""The borrow rule, method by method: what takes `&mut self` or `self` in Rust ends the handles given out before it."""

import copy
import operator

import pytest

from entrymap import BorrowError, HashMap, MovedError

CONSTRUCTS = {"new", "default", "with_capacity", "with_hasher", "with_capacity_and_hasher", "from_iter", "fromkeys"}

# Each at least once with nothing to do, which makes no difference: it is the call that borrows.
ENDS = {
    "reserve": [lambda m: m.reserve(0), lambda m: m.reserve(1000)],
    "try_reserve": [lambda m: m.try_reserve(0), lambda m: m.try_reserve(1000)],
    "shrink_to_fit": [lambda m: m.shrink_to_fit()],
    "shrink_to": [lambda m: m.shrink_to(1000)],
    "get_mut": [lambda m: m.get_mut("b"), lambda m: m.get_mut("z")],
    "get_disjoint_mut": [lambda m: m.get_disjoint_mut(["b"]), lambda m: m.get_disjoint_mut([])],
    "get_disjoint_unchecked_mut": [lambda m: m.get_disjoint_unchecked_mut(["b"])],
    "insert": [lambda m: m.insert("b", 5), lambda m: m.insert("z", 5)],
    "try_insert": [lambda m: m.try_insert("z", 5), lambda m: pytest.raises(ValueError, m.try_insert, "b", 5)],
    "remove": [lambda m: m.remove("b"), lambda m: m.remove("z")],
    "remove_entry": [lambda m: m.remove_entry("b"), lambda m: m.remove_entry("z")],
    "entry": [lambda m: m.entry("b"), lambda m: m.entry("z")],
    "clear": [lambda m: m.clear()],
    "retain": [lambda m: m.retain(lambda key, value: True)],
    "iter_mut": [lambda m: m.iter_mut()],
    "values_mut": [lambda m: m.values_mut()],
    "into_iter": [lambda m: m.into_iter()],
    "into_keys": [lambda m: m.into_keys()],
    "into_values": [lambda m: m.into_values()],
    "drain": [lambda m: m.drain()],
    "extract_if": [lambda m: m.extract_if(lambda key, value: False)],
    "extend": [lambda m: m.extend([]), lambda m: m.extend([("z", 5)])],
    "clone_from": [lambda m: m.clone_from(m), lambda m: m.clone_from(HashMap(z=5))],
    "update": [lambda m: m.update(), lambda m: m.update(z=5), lambda m: m.update(m)],
    "pop": [lambda m: m.pop("b"), lambda m: m.pop("z", None), lambda m: pytest.raises(KeyError, m.pop, "z")],
    "popitem": [lambda m: m.popitem()],
    "setdefault": [lambda m: m.setdefault("b", 5), lambda m: m.setdefault("z", 5)],
    "get_or_insert_with": [lambda m: m.get_or_insert_with("b", int), lambda m: m.get_or_insert_with("z", int)],
    "upsert": [lambda m: m.upsert("b", 5, max), lambda m: m.upsert("z", 5, max)],
    "merge": [lambda m: m.merge([], max), lambda m: m.merge([("z", 5)], max)],
    "tally": [lambda m: m.tally([]), lambda m: m.tally("z")],
    "group": [lambda m: m.group([]), lambda m: m.group([("z", 5)])],
    "m[k] = v": [lambda m: operator.setitem(m, "b", 5)],
    "del m[k]": [lambda m: operator.delitem(m, "b"), lambda m: pytest.raises(KeyError, operator.delitem, m, "z")],
    "m |= n": [lambda m: operator.ior(m, {}), lambda m: operator.ior(m, {"z": 5})],
}

READS = {
    "capacity": lambda m: m.capacity(),
    "len": lambda m: m.len(),
    "is_empty": lambda m: m.is_empty(),
    "hasher": lambda m: m.hasher().hash_one("a"),
    "get": lambda m: m.get("a"),
    "get_key_value": lambda m: m.get_key_value("a"),
    "contains_key": lambda m: m.contains_key("a"),
    "iter": lambda m: list(m.iter()),
    "keys": lambda m: list(m.keys()),
    "values": lambda m: list(m.values()),
    "items": lambda m: list(m.items()),
    "clone": lambda m: m.clone(),
    "copy": lambda m: (m.copy(), copy.copy(m), copy.deepcopy(m)),
    "eq": lambda m: m.eq(m.clone()),
    "ne": lambda m: m.ne(m.clone()),
    "m[k]": lambda m: m["a"],
    "k in m": lambda m: "a" in m,
    "len(m)": lambda m: len(m),
    "iter(m)": lambda m: list(m),
    "m == n": lambda m: m == {},
    "m | n": lambda m: (m | {}, {} | m),
}
ALL_THAT_END = [pytest.param(call, id=name) for name, calls in ENDS.items() for call in calls]
ALL_THAT_READ = [pytest.param(call, id=name) for name, call in READS.items()]
PRINTS = [repr, "{:?}".format, "{:#?}".format]

# Refused before they act: these end nothing.
REFUSED = {
    "unhashable key": (TypeError, lambda m: m.insert([], 5)),
    "no number": (TypeError, lambda m: m.reserve("many")),
    "negative number": (OverflowError, lambda m: m.reserve(-1)),
    "too few arguments": (TypeError, lambda m: m.insert("a")),
    "missing key": (KeyError, lambda m: m["z"]),
}


def test_every_method_is_in_one_of_the_lists():
    methods = {name for name in vars(HashMap) if not name.startswith("_")}
    assert methods - CONSTRUCTS - ENDS.keys() - READS.keys() == set()


@pytest.mark.parametrize("call", ALL_THAT_END)
@pytest.mark.parametrize(
    ("lend", "use"),
    [
        pytest.param(lambda m: m.get_mut("a"), lambda r: r.value, id="RefMut"),
        pytest.param(lambda m: m.entry("a"), lambda entry: entry.key(), id="entry"),
        pytest.param(lambda m: m.iter_mut(), next, id="IterMut"),
        pytest.param(lambda m: m.values_mut(), next, id="ValuesMut"),
        pytest.param(lambda m: m.extract_if(lambda key, value: True), next, id="ExtractIf"),
    ],
)
def test_a_call_that_borrows_mutably_ends_what_was_lent(lend, use, call):
    m = HashMap(a=1, b=2)
    lent = lend(m)
    call(m)
    with pytest.raises(BorrowError):
        use(lent)


@pytest.mark.parametrize("call", [*ALL_THAT_READ, *PRINTS])
def test_a_call_that_reads_ends_nothing(call):
    m = HashMap(a=1, b=2)
    r = m.get_mut("a")
    call(m)
    assert r.value == 1
    entry = m.entry("b")
    call(m)
    assert entry.get() == 2
    it = m.iter_mut()
    call(m)
    assert len(list(it)) == 2


@pytest.mark.parametrize(("error", "call"), REFUSED.values(), ids=REFUSED)
def test_a_call_that_is_refused_ends_nothing(error, call):
    m = HashMap(a=1, b=2)
    r = m.get_mut("a")
    with pytest.raises(error):
        call(m)
    assert r.value == 1


@pytest.mark.parametrize("call", [*ALL_THAT_END, *ALL_THAT_READ])
def test_a_moved_map_refuses_every_call(refused, call):
    m = HashMap(a=1, b=2)
    owned = m.into_iter()
    with refused(MovedError, "E0382"):
        call(m)
    assert len(owned) == 2


@pytest.mark.parametrize("text", PRINTS)
def test_a_moved_map_prints(text):
    m = HashMap(a=1, b=2)
    m.into_iter()
    assert text(m) == "<HashMap moved by into_iter>"


VIEWS = {"keys": HashMap.keys, "values": HashMap.values, "items": HashMap.items}


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS)
@pytest.mark.parametrize("use", [len, iter, lambda view: view.mapping["a"], lambda view: ("a", 1) in view])
def test_the_views_of_a_moved_map_refuse_every_call(refused, view, use):
    m = HashMap(a=1, b=2)
    kept = view(m)
    m.into_iter()
    with refused(MovedError, "E0382"):
        use(kept)
