"""Values, functions and iterables that interfere with their map. Each case runs in a process of its own."""

import gc
import operator
import weakref
from functools import partial

from hostile_keys import DEEDS
from support import Dying, Hooked, main

from entrymap import BorrowError, HashMap, MovedError

# Each way to make a value leave a map.
REPLACING = {
    "insert": lambda m: m.insert("k", 0),
    "[]=": lambda m: m.__setitem__("k", 0),
    "update": lambda m: m.update(k=0),
    "upsert": lambda m: m.upsert("k", 1, lambda *_: 0),
    "value": lambda m: setattr(m.get_mut("k"), "value", 0),
    "set": lambda m: m.get_mut("k").set(0),
    "replace": lambda m: m.get_mut("k").replace(0),
    "apply": lambda m: m.get_mut("k").apply(lambda _: 0),
    "entry insert": lambda m: m.entry("k").insert(0),
    "insert_entry": lambda m: m.entry("k").insert_entry(0),
    "and_update": lambda m: m.entry("k").and_update(lambda _: 0),
    "and_modify": lambda m: m.entry("k").and_modify(lambda r: r.set(0)),
}
REMOVING = {
    "remove": lambda m: m.remove("k"),
    "remove_entry": lambda m: m.remove_entry("k"),
    "del": lambda m: m.__delitem__("k"),
    "pop": lambda m: m.pop("k"),
    "entry remove": lambda m: m.entry("k").remove(),
    "entry remove_entry": lambda m: m.entry("k").remove_entry(),
    "clear": lambda m: m.clear(),
}


class Plain:
    pass


def finalizing(kind, deed):
    """A value's `__del__` or weak-reference callback does its deed on the map when the value leaves it."""
    for call, act in {**REPLACING, **REMOVING}.items():
        m, deaths = HashMap(other=1), []

        def die(*_, m=m, deaths=deaths):
            deaths.append(len(m))
            DEEDS[deed](m)
            m["heir"] = len(deaths)

        if kind == "del":
            m["k"] = Dying(die)
        else:
            m["k"] = Plain()
            watcher = weakref.ref(m["k"], die)
        try:
            act(m)
        except BorrowError:  # `and_modify` and its kin refuse to go on when the map changed under their function
            assert call in ("and_modify",), call
        assert len(deaths) == 1, (call, deaths)
        assert m["heir"] == 1, call
        assert call in REPLACING or "k" not in m, call
        assert all(m[key] is value for key, value in list(m.items())), call
        if kind != "del":
            assert watcher() is None
        m.clear()


def finalizing_while_the_map_dies():
    """Values and keys that write to the map that is being dropped, cleared or collected."""
    deaths = []
    m = HashMap()
    for n in range(100):
        m[n] = Dying(lambda n=n, m=m: (deaths.append(n), m.__setitem__(("heir", n), n)))
    m.clear()
    assert sorted(deaths) == list(range(100)) and len(m) == 100
    for n in range(100):
        m[n] = Dying(lambda n=n, m=m: (deaths.append(n), m.__setitem__(n, n), m.clear()))
    gone = weakref.ref(m)
    deaths.clear()
    del m
    gc.collect()
    gc.collect()
    assert sorted(deaths) == list(range(100)) and gone() is None


def a_dying_key_that_writes():
    """The stored key dies with its pair, outside the borrow."""

    class Last(Dying):
        def __hash__(self):
            return 7

    for act in (m_pop, lambda m: m.clear(), lambda m: m.entry(next(iter(m))).remove()):
        m = HashMap()
        m[Last(lambda m=m: m.__setitem__("heir", 1))] = 1
        act(m)
        assert dict(m) == {"heir": 1}


def m_pop(m):
    m.pop(next(iter(m)))


def a_value_that_comes_back():
    """`__del__` puts the value back where it was taken out."""
    m = HashMap()

    class Phoenix:
        def __del__(self):
            m.setdefault("phoenix", self)

    m["phoenix"] = Phoenix()
    first = id(m["phoenix"])
    m.clear()
    assert id(m["phoenix"]) == first
    del m["phoenix"]
    assert len(m) == 0


# Each call that runs a function of the caller, and whether it lets the function change the map.
FACTORIES = {
    "or_insert_with": lambda m, f: m.entry("new").or_insert_with(f),
    "or_insert_with_key": lambda m, f: m.entry("new").or_insert_with_key(lambda _: f()),
    "or_default": lambda m, f: m.entry("new").or_default(f),
    "get_or_insert_with": lambda m, f: m.get_or_insert_with("new", f),
    "and_modify": lambda m, f: m.entry("k").and_modify(lambda _: f()),
    "and_update": lambda m, f: m.entry("k").and_update(lambda _: f()),
    "apply": lambda m, f: m.get_mut("k").apply(lambda _: f()),
    "upsert": lambda m, f: m.upsert("k", 1, lambda *_: f()),
}


def factories(deed):
    """The function does its deed on the map: an exception comes through as it is, a change is refused or allowed."""
    for call, act in FACTORIES.items():
        m = HashMap({Hooked("a"): 0, "k": 1, "other": 2})
        before = dict(m)
        refused = None
        try:
            act(m, lambda m=m: (DEEDS[deed](m), None)[1])
        except (ZeroDivisionError, BorrowError) as error:
            refused = type(error)
        if deed == "raises":
            assert refused is ZeroDivisionError and dict(m) == before, call
        elif deed in ("collects", "reads"):
            assert refused is None, call
        elif call == "get_or_insert_with":
            assert refused is None and m["new"] is (2 if deed == "writes" else None), call
        elif call == "upsert":
            spoilt = deed in ("overwrites_itself", "clears", "refills", "loops")
            assert refused is (BorrowError if spoilt else None), (call, refused)
        else:
            assert refused is BorrowError, call
            assert m.get("new") == (2 if deed == "writes" else None), call
        assert all(m[key] is value for key, value in list(m.items())), call


def factories_that_recurse():
    """A function that makes the same call again ends in `RecursionError`; through `get_or_insert_with` it may nest."""
    m = HashMap(k=1)
    for call, act in FACTORIES.items():

        def again(act=act):
            return act(m, again)

        try:
            act(m, again)
        except RecursionError:
            pass
        else:
            raise AssertionError(call)
        assert m["k"] == 1 and "new" not in m, call

    def fib(n):
        return n if n < 2 else m.get_or_insert_with(n, lambda: fib(n - 1) + fib(n - 2))

    assert fib(120) == 5358359254990966640871840


def a_function_that_uses_its_own_entry():
    """The entry is consumed while its factory runs; `and_modify` sees that its function took the pair out."""
    m = HashMap(k=1)
    e = m.entry("new")
    try:
        e.or_insert_with(lambda: e.or_insert(1))
    except MovedError:
        assert "new" not in m
    else:
        raise AssertionError
    for use, arguments in (("get_mut", ()), ("insert", (5,)), ("remove", ())):
        occupied = m.entry("k")
        use = partial(getattr(occupied, use), *arguments)
        try:
            occupied.and_modify(lambda _, use=use: (use(), None)[1])
        except BorrowError:
            continue
        raise AssertionError(use)
    assert len(m) == 0


def closures_that_keep_their_ref_mut():
    m, kept = HashMap(k=1), []
    e = m.entry("k").and_modify(kept.append)
    assert e.get() == 1
    try:
        kept[0].value = 99
    except BorrowError as error:
        assert "lent by and_modify" in str(error)
    else:
        raise AssertionError
    assert e.get() == 1
    try:
        m.entry("k").and_modify(lambda r: kept.append(r) or 1 // 0)
    except ZeroDivisionError:
        pass
    try:
        kept[1].set(99)
    except BorrowError:
        pass
    else:
        raise AssertionError
    assert m["k"] == 1


def updating(deed):
    """The iterable, the mapping or the pairs that `update` reads change the map meanwhile."""

    def pairs(m):
        yield "first", 1
        DEEDS[deed](m)
        yield "last", 2

    class Source:
        def __init__(self, m):
            self.m = m

        def keys(self):
            return (key for key, _ in pairs(self.m))

        def __getitem__(self, key):
            gc.collect()
            return {"first": 1, "last": 2}[key]

    for source in (pairs, Source, lambda m: map(list, pairs(m))):
        m = HashMap({Hooked("a"): 1, "other": 2})
        try:
            m.update(source(m))
        except ZeroDivisionError:
            assert deed == "raises" and m["first"] == 1 and "last" not in m
        else:
            assert m["last"] == 2
        assert all(m[key] is value for key, value in list(m.items()))


def updating_from_its_own_iterators():
    """Present keys may be stored again; the first new one ends the iterator, and what came before stays."""
    m = HashMap((n, n) for n in range(7))
    m.update(m)
    m.update(m.items())
    m.update((key, value + 1) for key, value in m.items())
    assert sorted(m.values()) == list(range(1, 8))
    try:
        m.update((key + 100, value) for key, value in m.items())
    except BorrowError:
        assert len(m) == 8
    else:
        raise AssertionError


def interpreter_exit():
    """What is left at exit is dropped in whatever order, without a word."""
    global m, handles
    m = HashMap({(1, 2): [1]})
    m["me"] = m
    handles = [m.entry((3, 4)), m.get_mut((1, 2)), m.iter(), m.keys(), m.entry((1, 2))]
    m["handles"] = handles
    m["dying"] = Dying(lambda m=m: m.clear())


def values_that_compare_and_interfere():
    """`==` and `eq` run the values' `__eq__`, which may do anything to either map."""
    for deed in DEEDS:
        for compare in (operator.eq, operator.ne, HashMap.eq, HashMap.ne):
            mine, theirs = HashMap({n: Hooked("v") for n in range(9)}), HashMap({n: Hooked("v") for n in range(9)})
            Hooked.on_eq = lambda deed=deed, a=mine, b=theirs: (DEEDS[deed](a), DEEDS[deed](b))
            try:
                assert compare(mine, theirs) in (True, False)
            except ZeroDivisionError:
                assert deed == "raises"
            assert Hooked.on_eq is None
            assert all(mine[key] is value for key, value in list(mine.items()))


if __name__ == "__main__":
    main(globals())
