"""A map's state is lent to one call at a time, and never while Python code runs."""

import gc

import pytest
from support import Dying, Hooked, in_threads

from entrymap import BorrowError, HashMap


def use_everything(m):
    """Calls that need the state, the keys and the table for themselves."""
    m["probe"] = 1
    assert m.get("probe") == 1
    m.entry("probe").or_insert(2).value += 1
    assert m.remove("probe") == 2
    assert len(list(m.items())) == len(m)
    assert m.clone() == m
    assert repr(m)
    gc.collect()


CALLERS = {
    "hash": lambda m, use: m.get(Calling(on_hash=use)),
    "eq": lambda m, use: m.get(Calling()),
    "insert": lambda m, use: m.insert(Calling(), 1),
    "entry": lambda m, use: m.entry(Calling()).or_insert(1),
    "del of a value": lambda m, use: m.insert("dying", 1),
    "del of all values": lambda m, use: m.clear(),
    "or_insert_with": lambda m, use: pytest.raises(BorrowError, m.entry("new").or_insert_with, use),
    "and_modify": lambda m, use: pytest.raises(BorrowError, m.entry("dying").and_modify, lambda _: use()),
    "get_or_insert_with": lambda m, use: m.get_or_insert_with("new", use),
    "upsert": lambda m, use: m.upsert("dying", 1, lambda *_: use()),
    "apply": lambda m, use: pytest.raises(BorrowError, m.get_mut("dying").apply, lambda _: use()),
    "update": lambda m, use: m.update((n, use()) for n in range(3)),
    "==": lambda m, use: m == with_value(m.clone(), Calling(on_eq=use)),
    "repr": lambda m, use: repr(m),
}


def with_value(m, value):
    m["dying"] = value
    return m


class Calling:
    """Equal to its kind by hash; calls its functions, and the shared one, from `__eq__`."""

    def __init__(self, on_hash=None, on_eq=None):
        self.on_hash, self.on_eq = on_hash, on_eq

    def __hash__(self):
        if self.on_hash:
            self.on_hash()
        return 7

    def __eq__(self, other):
        if self.on_eq:
            self.on_eq()
        return self is other

    def __repr__(self):
        if self.on_eq:
            self.on_eq()
        return "Calling()"


@pytest.mark.parametrize("caller", CALLERS)
def test_no_python_code_under_the_borrow(caller):
    """Every way in which a call on a map runs Python code: that code finds the map free for any use."""
    uses = 0
    armed = False

    def use():
        nonlocal uses, armed
        if armed:
            armed = False
            uses += 1
            use_everything(m)

    m = HashMap({Calling(on_eq=use): 1})
    m["dying"] = Dying(use)
    armed = True
    CALLERS[caller](m, use)
    assert uses == 1


def test_a_collection_at_every_allocation_finds_the_map_free():
    """The collector looks into a map whenever it likes, and what it finds dead may write to that map."""
    m = HashMap()
    threshold = gc.get_threshold()
    gc.set_threshold(1)
    try:
        for n in range(300):
            knot = Dying(lambda n=n: m.insert(("dead", n % 7), n))
            knot.itself = knot
            del knot
            m[n] = [n]
            m.upsert(n % 11, [n], lambda old, new: old + new)
            m.get_or_insert_with(n % 13, lambda: [0])
            m.setdefault((n, n), (n,))
            assert m.remove((n, n)) == (n,)
            assert list(m.clone().keys()) is not None
    finally:
        gc.set_threshold(*threshold)
    assert all(n in m for n in range(300))
    assert {("dead", n) for n in range(7)} <= set(m)


@pytest.mark.usefixtures("fast_switches")
def test_threads_share_one_map():
    """Writers, a remover, readers and loops on one map with keys that Python compares: nothing is lost or torn."""
    m = HashMap()
    each = 300

    def write(name):
        for n in range(each):
            m[Hooked((name, n), hash=n % 10)] = n
            m.upsert("count", 1, lambda old, new: old + new)

    def come_and_go():
        for n in range(each):
            m[("brief", n)] = n
            assert m.pop(("brief", n)) == n

    def loop():
        for _ in range(each):
            try:
                for key, _ in m.iter():
                    assert key
                assert len(m.clone()) <= 2 * each + 2
            except BorrowError:
                pass

    in_threads(lambda: write("a"), lambda: write("b"), come_and_go, loop)
    assert m["count"] == 2 * each
    assert len(m) == 2 * each + 1
    assert all(m[Hooked((name, n), hash=n % 10)] == n for name in "ab" for n in range(each))


@pytest.mark.usefixtures("fast_switches")
def test_a_chain_from_two_threads_loses_no_update():
    """It is refused instead; a refused step is taken again."""
    m = HashMap()
    steps = 300

    def count():
        for _ in range(steps):
            while True:
                try:
                    m.entry("n").or_insert(0).apply(lambda n: sum([n, 1]))
                    break
                except BorrowError:
                    pass

    in_threads(count, count, count)
    assert m["n"] == 3 * steps


@pytest.mark.usefixtures("fast_switches")
def test_get_or_insert_with_keeps_the_first_value_of_several_threads():
    for _ in range(50):
        m, got = HashMap(), []
        in_threads(*[lambda: got.append(m.get_or_insert_with(Hooked("k"), object))] * 4)
        assert len(m) == 1
        assert set(map(id, got)) == {id(next(iter(m.values())))}
