"""Objects that do a deed when Python calls them, and the deeds: what a hostile program does to a map in use."""

import copy
import gc
import pickle
import random
import threading
import weakref

from entrymap import BorrowCheckError, HashMap, RefMut


class Trouble(Exception):
    """What a deed raises."""


class Fatal(BaseException):
    """The same, and no `Exception`."""


HONEST = object()


class Stage:
    """One map, what was taken from it, and the trigger at which a deed is done to it."""

    def __init__(self):
        self.m = None
        self.handle = None
        self.again = None
        self.trigger = self.deed = None
        self.always = False
        self.fired = {}
        self.watchers = []

    def fire(self, trigger):
        """Called by every hostile method: what it returns is the answer, unless that is `HONEST`."""
        self.fired[trigger] = self.fired.get(trigger, 0) + 1
        if trigger != self.trigger:
            return HONEST
        self.trigger = None
        try:
            return self.deed(self)
        finally:
            self.trigger = trigger if self.always and self.fired[trigger] < 100 else None

    def watch(self, thing):
        self.watchers.append(weakref.ref(thing, lambda _: self.fire("weakref")))


stage = Stage()


def answer(trigger, honest):
    """What the stage says, or the truth."""
    told = stage.fire(trigger)
    return honest if told is HONEST else told


class Thing:
    """A key or a value, equal by name: each of its methods may do the deed first."""

    def __init__(self, name, hash=7):
        self.name, self.hashed = name, hash
        stage.watch(self)

    def __hash__(self):
        return answer("hash", self.hashed)

    def __eq__(self, other):
        return answer("eq", isinstance(other, Thing) and self.name == other.name)

    def __lt__(self, other):
        return answer("order", self.name < other.name)

    def __gt__(self, other):
        return answer("order", self.name > other.name)

    def __add__(self, other):
        return answer("add", Thing(f"{self.name}+{getattr(other, 'name', other)}"))

    __iadd__ = __add__

    def __repr__(self):
        return answer("repr", f"Thing({self.name!r})")

    def __reduce__(self):
        return answer("reduce", (Thing, (self.name, self.hashed)))

    def __deepcopy__(self, memo):
        return answer("reduce", Thing(self.name, self.hashed))

    def __del__(self):
        stage.fire("del")


class Builder:
    """A hash builder in Python."""

    def hash_one(self, hash):
        return answer("mix", hash)


def calling(result):
    """A function that may do the deed, and returns what it is told to, or what that returns."""

    def call(*args):
        return answer("call", result(*args) if callable(result) else result)

    return call


def yielding(items):
    """An iterator that may do the deed before, between and after its items."""
    for item in items:
        stage.fire("iterable")
        yield item
    stage.fire("iterable")


class Source:
    """A mapping by `keys` and `[]` that may do the deed."""

    def __init__(self, pairs):
        self.pairs = pairs

    def keys(self):
        return yielding([key for key, _ in self.pairs])

    def __getitem__(self, key):
        stage.fire("getitem")
        return next(value for mine, value in self.pairs if mine is key)


def in_a_thread(act):
    thread = threading.Thread(target=quiet(lambda _: act()), args=(None,))
    thread.start()
    thread.join()


def read(s):
    m = s.m
    list(m), list(m.items()), len(m), m.get(Thing("a")), Thing("new") in m, m.get_key_value("plain"), m.capacity()
    [m == m, m.keys() & {"plain"}, repr(m.iter()), m.is_empty(), m.contains_key(1), bool(m), m.hasher()]


def quiet(act):
    """A deed done for its effect alone: that the map or the handle is of no more use to it is no matter."""

    def deed(s):
        try:
            if s is None or s.m is not None:
                act(s)
        except BorrowCheckError:
            pass
        return HONEST

    return deed


# Those that change nothing: the call goes on as if they had not been.
PEACEFUL = {
    "reads": read,
    "collects": lambda s: gc.collect(),
    "prints": lambda s: [repr(s.m), f"{s.m:#?}", repr(s.m.values()), repr(s.handle)],
    "clones": lambda s: [s.m.clone(), s.m | {}, copy.copy(s.m), HashMap(s.m)],
    "pickles": lambda s: [pickle.loads(pickle.dumps(s.m)), copy.deepcopy(s.m)],
    "compares": lambda s: [s.m == s.m.clone(), s.m.eq(s.m.clone()), s.m == dict(s.m)],
    "switches threads": lambda s: in_a_thread(lambda: read(s)),
}


def walk_and_stop(s):
    for key in s.m:
        s.m[key] = s.m[key]
        break
    next(s.m.iter_mut(), None)
    next(s.m.extract_if(lambda *_: False), None)


def chain(s):
    s.m.entry(Thing("a")).and_modify(lambda r: r.set(Thing("1"))).or_insert(Thing("2")).value += 1
    s.m.entry(Thing("chained")).or_insert_with(list).value.append(1)
    s.m.entry("plain").insert_entry(3)


def use_the_handle(s):
    """Calls whatever the handle has, with what it takes."""
    handle = s.handle
    if isinstance(handle, RefMut):
        handle.value, handle.set(1), handle.replace(2), handle.apply(lambda v: Thing("3"))
    elif hasattr(handle, "or_insert"):
        handle.and_modify(lambda r: r.set(1)).and_update(lambda v: Thing("2")).or_insert(Thing("3"))
    elif hasattr(handle, "next"):
        handle.next(), repr(handle), handle.size_hint()


def refill(s):
    s.m.clear()
    s.m.update([(Thing("b"), Thing("1")), (Thing("a"), Thing("2"))])


CHANGING = {
    "writes": lambda s: s.m.insert("written", 1),
    "overwrites": lambda s: s.m.update([(key, Thing("5")) for key in s.m]),
    "extends": lambda s: s.m.extend((n, n) for n in range(300)),
    "removes": lambda s: [s.m.remove(key) for key in list(s.m)],
    "removes and restores": lambda s: s.m.update([s.m.remove_entry(key) for key in list(s.m)]),
    "clears": lambda s: s.m.clear(),
    "refills": refill,
    "pops": lambda s: s.m and s.m.popitem(),
    "drains": lambda s: list(s.m.drain()),
    "retains none": lambda s: s.m.retain(lambda *_: False),
    "extracts": lambda s: list(s.m.extract_if(lambda *_: True)),
    "moves": lambda s: list(s.m.into_iter()),
    "moves half": lambda s: next(s.m.into_values(), None),
    "shrinks": lambda s: s.m.shrink_to_fit(),
    "reserves": lambda s: s.m.reserve(1000),
    "becomes another": lambda s: s.m.clone_from(HashMap.with_hasher(Builder())),
    "lends": lambda s: s.m.get_mut(Thing("a")),
    "chains": chain,
    "tallies": lambda s: s.m.tally(["tallied", 1, 1.0]),
    "walks and stops": walk_and_stop,
    "writes in a thread": lambda s: in_a_thread(lambda: s.m.update([(Thing("a"), Thing("1")), ("thread", 2)])),
    "does the same again": lambda s: s.again(s),
    "uses the handle": use_the_handle,
    "initialises": lambda s: s.m.__init__(a=1),
    "drops the map": lambda s: (setattr(s, "m", None), setattr(s, "handle", None), gc.collect()),
}


class Unsure:
    """No truth value."""

    def __bool__(self):
        raise Trouble


def raising(error):
    def deed(s):
        raise error("deed")

    return deed


# What a method may answer that is not so, or no answer.
LIES = {
    "eq": [True, False, NotImplemented, [], "yes", None, Unsure()],
    "hash": [lambda: random.getrandbits(60), lambda: 2**70, lambda: -1, lambda: "text", lambda: None],
    "mix": [lambda: random.getrandbits(64), lambda: 2**70, lambda: -1, lambda: "text", lambda: None],
    "order": [True, None, NotImplemented, Unsure()],
    "add": [None, NotImplemented],
    "repr": ["", "\ud800", None, 5],
    "reduce": ["text", None, (list, ()), (5, ())],
    "call": [None, 5, lambda: stage.handle, lambda: stage.m, Unsure()],
}


def lie(told):
    return lambda s: told() if callable(told) else told
