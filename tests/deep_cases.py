"""Nests of 200,000 maps, and little memory. Each case runs in a process of its own."""

import copy
import gc
import pickle
import sys
import threading
import weakref

from support import Node, main

from entrymap import HashMap

DEEP = 200_000


class Sub(HashMap):
    """Its instances have a `__dict__` and are torn down by Python's own code as well."""


def in_map(inner, n):
    return HashMap({n: inner})


def in_subclass(inner, n):
    return Sub({n: inner})


def in_attribute(inner, n):
    m = Sub()
    m.inner = inner
    return m


def in_entry(inner, n):
    m = HashMap({n: inner})
    return HashMap(e=m.entry(n))


def in_entry_key(inner, n):
    return HashMap(e=HashMap().entry(Holder(inner)))


def in_entry_chain(inner, n):
    """Entries whose keys are entries, and no map holds any of them."""
    return SHARED.entry(inner if inner is not None else n)


def in_ref_mut(inner, n):
    m = HashMap({n: inner})
    return HashMap(r=m.get_mut(n))


def in_iterator(inner, n):
    m = HashMap({n: inner})
    return HashMap(i=m.iter())


def in_view(inner, n):
    m = HashMap({n: inner})
    return HashMap(v=m.values())


def in_key(inner, n):
    return HashMap({Holder(inner): n})


def in_list(inner, n):
    return HashMap({n: [inner]})


def in_tuple(inner, n):
    return HashMap({n: (inner,)})


def in_node(inner, n):
    return HashMap({n: Node(inner)})


def in_a_wide_map(inner, n):
    return HashMap({0: n, 1: inner, 2: [], 3: HashMap()})


class Holder:
    """A hashable object that holds another."""

    def __init__(self, held):
        self.held = held


SHARED = HashMap()

NESTS = [name for name in globals() if name.startswith("in_")]


def build(how, bottom=None, depth=DEEP):
    nest, wrap = bottom, globals()[how]
    for n in range(depth):
        nest = wrap(nest, n)
    return nest


def watched(how):
    """A nest and a weak reference that tells whether its bottom is still there."""
    node = Node()
    return weakref.ref(node), build(how, node)


def by_refcount(how):
    """The last name goes, and everything is gone at once, down to the bottom."""
    gc.disable()
    there, nest = watched(how)
    assert there() is not None
    del nest
    assert there() is None


def by_the_collector(how):
    """The nest hangs on a cycle."""
    there, nest = watched(how)
    top = HashMap(nest=nest)
    top["me"] = top
    del nest, top
    gc.collect()
    assert there() is None


def in_a_thread(how):
    """A thread has a smaller stack."""
    threading.stack_size(256 * 1024)
    thread = threading.Thread(target=by_refcount, args=(how,))
    thread.start()
    thread.join()


def by_each_removal():
    """Nests fall out of a map through every call that takes values out."""
    m = HashMap()
    for act in (
        lambda: m.remove("k"),
        lambda: m.pop("k"),
        m.clear,
        lambda: m.insert("k", 0),
        lambda: m.update(k=0),
        lambda: m.get_mut("k").set(0),
        lambda: m.entry("k").remove(),
        lambda: m.entry("k").insert_entry(0),
        lambda: m.entry("k").and_update(lambda _: 0),
        lambda: m.upsert("k", 0, lambda *_: 0),
    ):
        m["k"] = build("in_map", depth=DEEP // 4)
        act()


def repr_and_equality():
    """Too deep to print or to compare: an exception, and the nests are as they were."""
    one, two = build("in_map"), build("in_map")
    for call in (lambda: repr(one), lambda: f"{one:?}", lambda: f"{one:#?}", lambda: one == two, lambda: one.eq(two)):
        try:
            call()
        except RecursionError:
            pass
        else:
            raise AssertionError
    assert len(one) == len(two) == 1
    assert one.clone() is not one


TOO_DEEP = {
    "repr": repr,
    "debug": "{:?}".format,
    "pretty": "{:#?}".format,
    "==": lambda nest: nest == build(sys.argv[2], depth=DEEP // 10),
    "pickle": pickle.dumps,
    "pickle in Python": pickle._dumps,
    "deepcopy": copy.deepcopy,
}


def too_deep(how):
    """Printed, compared, pickled and copied: what a nest of lists would end with, and the nest is as it was."""
    node = Node()
    nest, there = build(how, node, depth=DEEP // 10), weakref.ref(node)
    del node
    for name, act in TOO_DEEP.items():
        try:
            act(nest)
        except RecursionError:
            continue
        except TypeError as error:  # handles do not pickle, and have no order
            assert "cannot pickle" in str(error), (name, error)
        else:
            assert how in SHALLOW or name == "==", name
    assert there() is not None
    del nest
    gc.collect()
    assert there() is None


# Those whose texts and comparisons do not look inside.
SHALLOW = ("in_attribute", "in_entry_key", "in_entry_chain", "in_key", "in_node")


def finalizers_in_a_nest():
    """A finalizer half way down uses maps, and drops a nest of its own."""
    heard = []

    class Last:
        def __del__(self):
            inner = build("in_list") if not heard else HashMap({1: HashMap()})
            heard.append(len(inner))
            del inner
            HashMap(a=HashMap(b=1)).clear()

    nest = None
    for n in range(2000):
        nest = HashMap({n: nest, "last": Last()})
    del nest
    assert heard == [1] * 2000


def leave(megabytes):
    """Leaves the process no more memory than this to get (Linux)."""
    import resource

    with open("/proc/self/statm") as statm:
        used = int(statm.read().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + (megabytes << 20), resource.RLIM_INFINITY))


def fails(call, *arguments):
    try:
        call(*arguments)
    except MemoryError:
        return
    raise AssertionError("there was memory")


MILLION = 1_000_000


def growing_without_memory():
    """`MemoryError`, and the map has what it had and works on."""

    def update(m, n):
        m.update([(n, None)])

    ways = [
        update,
        lambda m, n: m.insert(n, None),
        lambda m, n: m.__setitem__(n, None),
        lambda m, n: m.setdefault(n),
        lambda m, n: m.entry(n).or_insert(None),
        lambda m, n: m.get_or_insert_with(n, lambda: None),
        lambda m, n: m.upsert(n, None, max),
        lambda m, n: m.try_insert(n, None),
    ]
    size = 2 * 114_688
    ints = list(range(size + 1))
    maps = [HashMap.with_capacity(size) for _ in ways]
    for m in maps:
        m.update((n, None) for n in ints[:size])
        assert m.capacity() == size
    leave(8)
    for m, grow in zip(maps, ways, strict=True):
        r = m.get_mut(0)
        fails(grow, m, size)
        assert (len(m), m.get(size, "absent"), m[size - 1]) == (size, "absent", None)
        if grow is not update:  # which had begun when it met its first pair
            assert r.value is None
        assert m.insert(0, "a present key needs no room") is None
        for n in ints[: size // 2 + 1]:
            m.remove(n)
        grow(m, size)
        assert size in m and len(m) == size // 2


def copying_without_memory():
    m = HashMap((n, None) for n in range(MILLION))
    leave(16)
    fails(m.clone)
    fails(HashMap.with_capacity, 10 * MILLION)
    fails(HashMap.from_iter, m)
    assert len(m) == MILLION


def clearing_without_memory():
    m = HashMap((n, None) for n in range(MILLION))
    m["node"] = Node()
    gone = weakref.ref(m["node"])
    leave(8)
    m.clear()
    assert len(m) == 0 and gone() is None
    m["a"] = 1
    assert m["a"] == 1


def printing_without_memory():
    m = HashMap((n, None) for n in range(MILLION))
    leave(16)
    for show in (repr, "{:?}".format, "{:#?}".format):
        fails(show, m)
        fails(show, m.iter())
        fails(show, m.items())


def updating_without_memory():
    """The sources are larger than the memory that is left, as a list of their pairs would be."""
    d = dict.fromkeys(range(2 * MILLION))
    m, n = HashMap(first=1), HashMap(d)
    leave(16)
    fails(m.update, d)
    fails(m.update, n)
    assert m["first"] == 1
    m.clear()
    m.update(a=1)
    assert dict(m) == {"a": 1}


if __name__ == "__main__":
    main(globals())
