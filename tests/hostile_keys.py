"""Keys that interfere with the very map that looks them up. Each case runs in a process of its own."""

import gc
import threading
import weakref

from support import Hooked, main

from entrymap import HashMap

# Each way to look a key up, beside the same in terms of a dict.
LOOKUPS = {
    "get": (lambda m, k: m.get(k), lambda d, k: d.get(k)),
    "[]": (lambda m, k: m[k], lambda d, k: d[k]),
    "in": (lambda m, k: k in m, lambda d, k: k in d),
    "contains_key": (lambda m, k: m.contains_key(k), lambda d, k: k in d),
    "get_key_value": (lambda m, k: (m.get_key_value(k) or (None, None))[1], lambda d, k: d.get(k)),
    "get_mut": (lambda m, k: value_of(m.get_mut(k)), lambda d, k: d.get(k)),
    "insert": (lambda m, k: m.insert(k, "new"), lambda d, k: replace(d, k)),
    "[]=": (lambda m, k: m.__setitem__(k, "new"), lambda d, k: d.__setitem__(k, "new")),
    "setdefault": (lambda m, k: m.setdefault(k, "new"), lambda d, k: d.setdefault(k, "new")),
    "get_or_insert_with": (lambda m, k: m.get_or_insert_with(k, lambda: "new"), lambda d, k: d.setdefault(k, "new")),
    "entry or_insert": (lambda m, k: m.entry(k).or_insert("new").value, lambda d, k: d.setdefault(k, "new")),
    "entry remove": (lambda m, k: remove_by_entry(m, k), lambda d, k: d.pop(k, None)),
    "upsert": (lambda m, k: m.upsert(k, "new", lambda *_: "new"), lambda d, k: replace(d, k) and "new" or "new"),
    "update": (lambda m, k: m.update([(k, "new")]), lambda d, k: d.update([(k, "new")])),
    "pop": (lambda m, k: m.pop(k, None), lambda d, k: d.pop(k, None)),
    "remove": (lambda m, k: m.remove(k), lambda d, k: d.pop(k, None)),
    "remove_entry": (lambda m, k: (m.remove_entry(k) or (None, None))[1], lambda d, k: d.pop(k, None)),
    "del": (lambda m, k: m.__delitem__(k), lambda d, k: d.__delitem__(k)),
    "in keys": (lambda m, k: k in m.keys(), lambda d, k: k in d.keys()),
    "in items": (lambda m, k: (k, 1) in m.items(), lambda d, k: (k, 1) in d.items()),
}


def value_of(handle):
    return handle and handle.value


def replace(d, k):
    old = d.get(k)
    d[k] = "new"
    return old


def remove_by_entry(m, k):
    entry = m.entry(k)
    return entry.remove() if type(entry).__name__ == "OccupiedEntry" else None


# What a key's method may do to the container (a map or a dict) that called it.
DEEDS = {
    "raises": lambda c: 1 // 0,
    "writes": lambda c: c.__setitem__("new", 2),
    "overwrites": lambda c: c.__setitem__("other", 3),
    "overwrites_itself": lambda c: c.update({key: "mine" for key in c if key != "other"}),
    "grows": lambda c: c.update({n: n for n in range(1000)}),
    "removes": lambda c: c.pop("other", None),
    "clears": lambda c: c.clear(),
    "refills": lambda c: (c.clear(), c.update({Hooked("b"): 1, Hooked("a"): "refilled"})),
    "collects": lambda c: gc.collect(),
    "reads": lambda c: [list(c), c.get(Hooked("a")), len(c), c == c.copy() if isinstance(c, dict) else c.clone()],
    "loops": lambda c: [c.pop(key, None) for key in list(c)],
}


def outcome(container, act, hook, deed, name):
    """Result and content after `act` on a container whose key interferes, in a form that compares."""
    for key, value in ((Hooked("b"), 0), (Hooked("a"), 1), ("other", 2)):
        container[key] = value
    setattr(Hooked, hook, lambda: DEEDS[deed](container))
    try:
        result = act(container, Hooked(name))
    except (ZeroDivisionError, KeyError) as error:
        result = type(error).__name__
    setattr(Hooked, hook, None)
    content = {str(key): value for key, value in container.items()}
    assert len(content) == len(container), f"a key is there twice: {container}"
    for key, value in list(container.items()):
        assert container[key] is value, f"{key} is lost: {container}"
    return result, content


def interfering(hook, deed):
    """`__eq__` or `__hash__` does its deed while each call looks a key up: the outcome is that of a dict."""
    for call, (on_map, on_dict) in LOOKUPS.items():
        for name in ("a", "b", "absent"):
            mine = outcome(HashMap(), on_map, hook, deed, name)
            theirs = outcome({}, on_dict, hook, deed, name)
            assert mine == theirs, (call, name, mine, theirs)


def raising_ends_no_handle():
    """A call whose key raises has not acted: what was lent before is still good."""
    for hook in ("on_eq", "on_hash"):
        for call, (on_map, _) in LOOKUPS.items():
            m = HashMap({Hooked("a"): 1, "other": 2})
            r = m.get_mut("other")
            it = m.iter()
            setattr(Hooked, hook, lambda: 1 // 0)
            try:
                on_map(m, Hooked("a"))
            except ZeroDivisionError:
                pass
            if call != "update":  # it had begun to act when it met its first key
                assert r.value == 2, (hook, call)
            assert len(list(it)) == 2, (hook, call)
            Hooked.on_eq = Hooked.on_hash = None


def dropping_the_map():
    """The key's method drops the last name of the map: the call keeps it alive and finishes."""
    for hook in ("on_eq", "on_hash"):
        for call, (on_map, _) in LOOKUPS.items():
            holder = [HashMap({Hooked("a"): 1})]
            gone = weakref.ref(holder[0])
            setattr(Hooked, hook, holder.clear)
            on_map(Borrowed(holder), Hooked("a"))
            assert holder == [] and Hooked.on_eq is Hooked.on_hash is None, call
            gc.collect()
            assert gone() is None, call


class Borrowed:
    """Looks each attribute up in the map that a list holds, without holding it itself."""

    def __init__(self, holder):
        self.holder = holder

    def __getattr__(self, name):
        return getattr(self.holder[0], name)

    def __contains__(self, key):
        return self.holder[0].__contains__(key)

    def __getitem__(self, key):
        return self.holder[0].__getitem__(key)


def equality_that_always_writes():
    """An `__eq__` that overwrites another key at every call: one call for each stored key, and the right answer."""
    calls = []

    class Restless(Hooked):
        __hash__ = Hooked.__hash__

        def __eq__(self, other):
            calls.append(self)
            m["other"] = object()
            return self.name == other.name

    m = HashMap({"other": None})
    stored = [Restless(n) for n in range(20)]
    for key in stored:
        m[key] = key.name
    for name in range(20):
        calls.clear()
        assert m[Restless(name)] == name
        assert len(calls) == len(set(map(id, calls))) <= 20
    calls.clear()
    assert Restless("absent") not in m
    assert set(map(id, calls)) == set(map(id, stored)) and len(calls) == 20


def a_thread_that_always_writes():
    """The same, while a second thread overwrites another key all the time."""
    calls, stop, started = [], threading.Event(), threading.Event()

    class Slow(Hooked):
        __hash__ = Hooked.__hash__

        def __eq__(self, other):
            calls.append(self)
            seen = writes[0]
            while writes[0] == seen and thread.is_alive():  # until the other thread has written once more
                stop.wait(1e-4)
            return self.name == other.name

    def write():
        while not stop.is_set():
            m["other"] = object()
            m.setdefault("other", None)
            writes[0] += 1
            started.set()

    writes = [0]
    stored = [Slow(n) for n in range(8)]
    m = HashMap({"other": None})
    thread = threading.Thread(target=write, daemon=True)
    thread.start()
    started.wait()
    try:
        for key in stored:
            m[key] = key.name
        for name in (0, 3, 7, "absent"):
            calls.clear()
            assert m.get(Slow(name), "absent") == name
            assert len(calls) == len(set(map(id, calls))) <= 8
    finally:
        stop.set()
        thread.join()


def two_threads_with_keys_that_wait_for_each_other():
    """`__eq__` waits for another thread that uses the same map: a lock held across it would never be let go."""

    class Waiting(Hooked):
        __hash__ = Hooked.__hash__

        def __eq__(self, other):
            thread = threading.Thread(target=use)
            thread.start()
            thread.join()
            return self.name == other.name

    def use():
        m["n"] = m.get("n", 0) + 1
        m.entry("e").or_insert(0)
        list(m.items())

    m = HashMap({Waiting("a"): 1})
    assert m.insert(Waiting("a"), 2) == 1
    assert m["n"] == 1


def a_key_that_removes_and_restores_itself():
    """Each `__eq__` takes the stored key out and puts it back: it is compared once and found."""

    class Flickering(Hooked):
        __hash__ = Hooked.__hash__

        def __eq__(self, other):
            calls.append(self)
            m[self] = m.pop(self)
            return self.name == other.name

    calls, m = [], HashMap()
    stored = Flickering("a")
    m[stored] = 1
    assert m[Flickering("a")] == 1
    assert calls == [stored] and len(m) == 1


def equality_that_recurses():
    """`__eq__` looks the same key up again: `RecursionError`, as in a dict, and the map is whole."""

    class Mirror(Hooked):
        __hash__ = Hooked.__hash__

        def __eq__(self, other):
            return other in m

    m = HashMap({Mirror("a"): 1})
    for call in (m.get, m.remove, m.entry, m.contains_key, m.setdefault):
        try:
            call(Mirror("b"))
        except RecursionError:
            pass
        else:
            raise AssertionError(call)
    assert len(m) == 1


if __name__ == "__main__":
    main(globals())
