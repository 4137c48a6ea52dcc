"""Every operation crossed with every hostile deed, at everything Python calls on the way. Linux and its like: it forks.

`python hostile_matrix.py [OPERATION...]` runs these rows. Each row has a process of its own, each cell a time limit;
what it may end with is said in `judge`.
"""

import copy
import gc
import operator
import os
import pickle
import random
import signal
import sys
import traceback
import weakref
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from hostile_stage import (
    CHANGING,
    LIES,
    PEACEFUL,
    Builder,
    Fatal,
    Source,
    Thing,
    Trouble,
    calling,
    lie,
    quiet,
    raising,
    stage,
    yielding,
)

from entrymap import BorrowError, Entry, HashMap, MovedError, OccupiedEntry, OccupiedError, RefMut

TIME_LIMIT = 10


def lent(s, handle):
    """Notes a handle, so that a deed can use it."""
    s.handle = handle
    return handle


def entry(s, key):
    return lent(s, s.m.entry(key))


def if_occupied(verb):
    def act(s, key):
        e = entry(s, key)
        return verb(e) if isinstance(e, OccupiedEntry) else "vacant"

    return act


def if_vacant(verb):
    def act(s, key):
        e = entry(s, key)
        return "occupied" if isinstance(e, OccupiedEntry) else verb(e)

    return act


def by_ref_mut(verb):
    def act(s, key):
        r = lent(s, s.m.get_mut(key))
        return verb(r) if r else "absent"

    return act


def new():
    return Thing("value")


def matched(s, key):
    match entry(s, key):
        case Entry.Occupied(e):
            return e.insert(new()), e.get_mut().replace(new()), e.remove_entry()
        case Entry.Vacant(e):
            return e.insert_entry(new()).into_mut().value


KEYED = {
    "get": lambda s, k: s.m.get(k),
    "[]": lambda s, k: s.m[k],
    "in": lambda s, k: k in s.m,
    "contains_key": lambda s, k: s.m.contains_key(k),
    "get_key_value": lambda s, k: s.m.get_key_value(k),
    "get_mut": lambda s, k: s.m.get_mut(k),
    "insert": lambda s, k: s.m.insert(k, new()),
    "[]=": lambda s, k: s.m.__setitem__(k, new()),
    "try_insert": lambda s, k: s.m.try_insert(k, new()),
    "remove": lambda s, k: s.m.remove(k),
    "remove_entry": lambda s, k: s.m.remove_entry(k),
    "del": lambda s, k: s.m.__delitem__(k),
    "pop": lambda s, k: s.m.pop(k),
    "pop default": lambda s, k: s.m.pop(k, None),
    "setdefault": lambda s, k: s.m.setdefault(k, new()),
    "get_or_insert_with": lambda s, k: s.m.get_or_insert_with(k, calling(lambda: new())),
    "upsert": lambda s, k: s.m.upsert(k, new(), calling(lambda old, value: value)),
    "upsert add": lambda s, k: s.m.upsert(k, new(), operator.add),
    "upsert min": lambda s, k: s.m.upsert(k, new(), min),
    "upsert max": lambda s, k: s.m.upsert(k, new(), max),
    "entry": entry,
    "match": matched,
    "Entry.or_insert": lambda s, k: entry(s, k).or_insert(new()),
    "Entry.or_insert_with": lambda s, k: entry(s, k).or_insert_with(calling(lambda: new())),
    "Entry.or_insert_with_key": lambda s, k: entry(s, k).or_insert_with_key(calling(lambda key: new())),
    "Entry.or_default": lambda s, k: entry(s, k).or_default(calling(lambda: new())),
    "Entry.and_modify": lambda s, k: entry(s, k).and_modify(calling(lambda r: r.set(new()))),
    "Entry.and_modify or_insert": lambda s, k: entry(s, k).and_modify(calling(None)).or_insert(new()),
    "Entry.and_update": lambda s, k: entry(s, k).and_update(calling(lambda value: new())),
    "Entry.key": lambda s, k: entry(s, k).key(),
    "Entry.insert_entry": lambda s, k: entry(s, k).insert_entry(new()),
    "Entry repr": lambda s, k: [repr(entry(s, k)), f"{s.handle:?}", f"{s.handle:#?}"],
    "OccupiedEntry.get": if_occupied(lambda e: e.get()),
    "OccupiedEntry.get_mut": if_occupied(lambda e: e.get_mut()),
    "OccupiedEntry.into_mut": if_occupied(lambda e: e.into_mut()),
    "OccupiedEntry.insert": if_occupied(lambda e: e.insert(new())),
    "OccupiedEntry.remove": if_occupied(lambda e: e.remove()),
    "OccupiedEntry.remove_entry": if_occupied(lambda e: e.remove_entry()),
    "VacantEntry.insert": if_vacant(lambda e: e.insert(new())),
    "VacantEntry.into_key": if_vacant(lambda e: e.into_key()),
    "RefMut.value": by_ref_mut(lambda r: r.value),
    "RefMut.value =": by_ref_mut(lambda r: setattr(r, "value", new())),
    "RefMut.set": by_ref_mut(lambda r: r.set(new())),
    "RefMut.replace": by_ref_mut(lambda r: r.replace(new())),
    "RefMut.apply": by_ref_mut(lambda r: r.apply(calling(lambda value: new()))),
    "RefMut.add_assign": by_ref_mut(lambda r: r.add_assign(new())),
    "RefMut +=": by_ref_mut(lambda r: operator.iadd(r, new())),
    "RefMut ==": by_ref_mut(lambda r: [r == new(), r != 1, r == r]),
    "RefMut <": by_ref_mut(lambda r: [r < new(), r > new()]),
    "RefMut repr": by_ref_mut(lambda r: [repr(r), str(r), f"{r}", f"{r:?}", f"{r:#?}"]),
    "in keys": lambda s, k: k in s.m.keys(),
    "in items": lambda s, k: (k, new()) in s.m.items(),
    "update one": lambda s, k: s.m.update([(k, new())]),
    "get_disjoint_mut": lambda s, k: s.m.get_disjoint_mut([k, Thing("other", 8), "plain"]),
    "get_disjoint_mut of an iterator": lambda s, k: s.m.get_disjoint_mut(yielding([k, "plain"])),
}

PAIRS = [("a", 7), ("new", 7), ("other", 8), ("b", 7)]


def pairs():
    return [(Thing(name, hash), Thing("value")) for name, hash in PAIRS]


def keys():
    return [Thing(name, hash) for name, hash in PAIRS]


def other():
    """A map that shares keys and values with the one on the stage, by equality alone."""
    return HashMap([(Thing("a"), Thing("1")), (Thing("b"), Thing("2")), (Thing("other", 8), 3), ("plain", 4)])


def stepped(s, it):
    lent(s, it)
    return [it.next(), repr(it), it.size_hint(), next(it, "the end"), f"{it:?}"]


def changed_in_a_loop(s, it):
    lent(s, it)
    for _, value in it:
        value.set(new())


WHOLE = {
    "update": lambda s: s.m.update(pairs()),
    "update of an iterator": lambda s: s.m.update(yielding(pairs())),
    "update of a mapping": lambda s: s.m.update(Source(pairs())),
    "update of a dict": lambda s: s.m.update(dict(pairs())),
    "update of a map": lambda s: s.m.update(other()),
    "update of itself": lambda s: s.m.update(yielding(s.m.items())),
    "extend": lambda s: s.m.extend(yielding(pairs())),
    "HashMap": lambda s: HashMap(yielding(pairs())),
    "from_iter": lambda s: HashMap.from_iter(pairs()),
    "fromkeys": lambda s: HashMap.fromkeys(yielding(keys()), new()),
    "__init__": lambda s: s.m.__init__(pairs(), z=1),
    "|": lambda s: s.m | other(),
    "| dict": lambda s: s.m | dict(pairs()),
    "dict |": lambda s: dict(pairs()) | s.m,
    "|=": lambda s: operator.ior(s.m, yielding(pairs())),
    "tally": lambda s: s.m.tally(["x", *map(str, range(5)), *(k for k in keys() if k.name == "other")]),
    "tally of an iterator": lambda s: s.m.tally(yielding([Thing("new"), Thing("new"), "x"])),
    "group": lambda s: s.m.group([(Thing("list"), new()), (Thing("new"), new()), (Thing("new"), 1)]),
    "group of an iterator": lambda s: s.m.group(yielding([(Thing("list"), 1), ("x", new()), ("x", 1)])),
    "merge": lambda s: s.m.merge(pairs(), calling(lambda old, value: value)),
    "merge add": lambda s: s.m.merge(yielding([(Thing("a"), new()), (Thing("b"), new())]), operator.add),
    "merge max": lambda s: s.m.merge([(Thing("a"), new()), (Thing("b"), new()), ("new", new())], max),
    "==": lambda s: [s.m == other(), s.m != other()],
    "== dict": lambda s: [s.m == dict(other()), dict(other()) == s.m],
    "eq": lambda s: [s.m.eq(other()), s.m.ne(s.m.clone())],
    "repr": lambda s: [sorted(repr(s.m)), sorted(f"{s.m:?}"), sorted(f"{s.m:#?}")],
    "clone_from": lambda s: s.m.clone_from(other()),
    "deepcopy": lambda s: copy.deepcopy(s.m),
    "pickle": lambda s: pickle.loads(pickle.dumps(s.m)),
    "clear": lambda s: s.m.clear(),
    "popitem": lambda s: [s.m.popitem() for _ in range(6)],
    "retain": lambda s: s.m.retain(calling(lambda key, r: isinstance(key, str))),
    "retain writing": lambda s: s.m.retain(calling(lambda key, r: r.set(new()) or True)),
    "extract_if": lambda s: list(lent(s, s.m.extract_if(calling(lambda key, r: isinstance(key, Thing))))),
    "drain": lambda s: list(lent(s, s.m.drain())),
    "drain half": lambda s: len([next(lent(s, s.m.drain()))]),
    "into_iter": lambda s: list(lent(s, s.m.into_iter())),
    "into_keys": lambda s: list(lent(s, s.m.into_keys())),
    "into_values": lambda s: len([next(lent(s, s.m.into_values()))]),
    "iter": lambda s: len(stepped(s, s.m.iter())),
    "keys": lambda s: len(stepped(s, iter(s.m.keys()))),
    "values": lambda s: len(stepped(s, iter(s.m.values()))),
    "iter_mut": lambda s: len(stepped(s, s.m.iter_mut())),
    "iter_mut writing": lambda s: changed_in_a_loop(s, s.m.iter_mut()),
    "values_mut": lambda s: [r.apply(calling(lambda value: 1)) for r in lent(s, s.m.values_mut())],
    "keys &": lambda s: [s.m.keys() & yielding(keys()), {Thing("a")} & s.m.keys()],
    "keys |": lambda s: [s.m.keys() | keys(), s.m.keys() ^ keys()],
    "keys -": lambda s: [s.m.keys() - yielding(keys()), set(keys()) - s.m.keys()],
    "keys <": lambda s: [s.m.keys() < set(keys()), s.m.keys() == set(keys()), s.m.keys() >= {Thing("a")}],
    "keys.isdisjoint": lambda s: s.m.keys().isdisjoint(yielding(keys())),
    "items &": lambda s: [s.m.items() & yielding([(Thing("a"), 5), ("plain", 4)]), s.m.items() == other().items()],
    "items.isdisjoint": lambda s: s.m.items().isdisjoint(yielding([(Thing("z"), 5), (Thing("a"), new())])),
    "in values": lambda s: Thing("2") in s.m.values(),
    "views repr": lambda s: [len(repr(view)) for view in (s.m.keys(), s.m.values(), s.m.items())],
    "hash_one": lambda s: s.m.hasher().hash_one(Thing("a")) and "a hash",
    "dies": lambda s: setattr(s, "m", None),
}

OPERATIONS = WHOLE | {
    f"{name} {which}": lambda s, act=act, which=which: act(s, Thing("b" if which == "present" else "new"))
    for name, act in KEYED.items()
    for which in ("present", "absent")
}

ALLOWED = (BorrowError, MovedError, OccupiedError, KeyError, RecursionError)


def seen(result, depth=0):
    """A result in a form that compares: no order, no identity, and what handles stand for."""
    see = partial(seen, depth=depth + 1)
    match result:
        case _ if depth > 5:
            return "..."  # a function may have put the map into itself
        case Thing():
            return result.name
        case RefMut():
            return "RefMut", see(result.value)
        case Entry():
            return type(result).__name__, see(result.key())
        case HashMap() | dict():
            return sorted(map(see, result.items()), key=repr)
        case list() | tuple() | set() | frozenset():
            return sorted(map(see, result), key=repr)
        case _:
            return result


def set_up(hasher):
    """The stage with a map of keys of one hash, some of which only Python can compare."""
    s = stage
    s.__init__()
    s.m = HashMap.with_hasher(Builder()) if hasher else HashMap()
    s.m.update((Thing(name), Thing(str(n))) for n, name in enumerate("cab"))
    s.m.update([("plain", Thing("4")), (7, 7), (Thing("list"), [])])
    return s


def outcome(act):
    """What came of it: the result or the exception, and what is in the map then."""
    try:
        result = seen(act(stage))
    except Exception as error:
        result = type(error).__name__
    return result, content()


def content():
    stage.trigger = None
    if stage.m is None:
        return "gone"
    try:
        return seen(stage.m)
    except MovedError:
        return "moved"


def check_the_map():
    """Whatever happened, no key is lost, none there twice, and the map works on."""
    m = stage.m
    if m is None or content() == "moved":
        return
    stored = list(m.items())
    assert len(m) == len(stored) == len(m.keys()) == len(list(m.values()))
    if not stage.lied:
        assert len({id(key) for key, _ in stored}) == len(stored), "one object is there twice"
        for key, value in stored:
            found, there = m.get_key_value(key)
            assert found is key and there is value, f"{key} is lost"
    m["after"] = 1
    assert m.remove("after") == 1 and len(m) == len(stored)
    m.clear()
    assert len(m) == 0 and list(m) == []


class Cell(NamedTuple):
    """A trigger and a deed; the outcome without the deed, and what is in the map before."""

    act: Callable
    trigger: str
    name: str
    deed: Callable
    peaceful: bool
    always: bool
    hasher: bool
    expected: tuple
    before: object


def judge(cell):
    """Runs one cell and says what is wrong with what came of it."""
    act, deed, peaceful, expected, before = cell.act, cell.name, cell.peaceful, cell.expected, cell.before
    error = result = None
    try:
        result = seen(act(stage))
    except (Trouble, Fatal) as raised:
        error = raised
        assert deed.startswith("raises") or stage.lied, f"raised {raised!r}"
    except Exception as raised:
        error = raised
        assert type(raised).__name__ == expected[0] or not peaceful and may_raise(raised), f"{raised!r} for no reason"
    outcome = result if error is None else type(error).__name__
    assert not peaceful or (outcome, content()) == expected
    if deed.startswith("raises") and stage.came_through:
        assert isinstance(error, (Trouble, Fatal)), f"the exception was swallowed: {result}, {error!r}"
        assert not stage.atomic or content() == before, "a call that raised has changed the map"
    result = outcome = error = None
    stage.trigger = stage.handle = None
    check_the_map()
    gone = weakref.ref(stage.m) if stage.m is not None else lambda: None
    stage.m = stage.again = None
    gc.collect()
    assert gone() is None, "something keeps the map alive"


def may_raise(error):
    """Whether a deed that changes the map, or a lie, is a reason for this exception."""
    if stage.lied:
        return isinstance(error, (TypeError, ValueError, OverflowError, pickle.PicklingError, *ALLOWED))
    no_map = stage.m is None and "NoneType" in str(error)
    return isinstance(error, ALLOWED) or no_map or str(error).startswith("group appends to lists")


# Exceptions raised in these are Python's to report, not ours to pass on.
UNRAISABLE = {"del", "weakref"}
# A message shows keys and values, and one without a repr does not spoil it.
SHOWN = {("try_insert present", "repr")}
# What keyed calls do before they act: if one of these raises, nothing has changed.
BEFORE = {"hash", "eq", "mix"}


def deeds(trigger):
    for name, deed in PEACEFUL.items():
        yield name, quiet(deed), True
    for name, deed in CHANGING.items():
        yield name, quiet(deed), False
    for error in (Trouble, Fatal):
        yield f"raises {error.__name__}", raising(error), False
    for told in LIES.get(trigger, []):
        yield f"says {told if not callable(told) else 'something else'!r}", lie(told), False


def cells(operation):
    """Every cell of a row: what Python calls during the operation, and each deed there, once and always."""
    act = OPERATIONS[operation]
    for hasher in (False, True):
        set_up(hasher)
        before = content()
        stage.fired.clear()
        expected = outcome(act)
        triggers = sorted({"mix"} & stage.fired.keys() if hasher else stage.fired)
        for trigger in triggers:
            for name, deed, peaceful in deeds(trigger):
                for always in (False, True):
                    label = f"{operation} / {trigger} {name}{' always' * always}"
                    yield label, Cell(act, trigger, name, deed, peaceful, always, hasher, expected, before)


def run(operation, cell):
    signal.alarm(TIME_LIMIT)
    random.seed(0)
    set_up(cell.hasher)
    stage.again = cell.act
    stage.lied = cell.name.startswith("says")
    stage.came_through = cell.trigger not in UNRAISABLE and (operation, cell.trigger) not in SHOWN
    keyed = operation.rpartition(" ")[0] in KEYED and not operation.startswith("get_disjoint")
    stage.atomic = cell.trigger in BEFORE and keyed
    stage.fired.clear()
    stage.trigger, stage.deed, stage.always = cell.trigger, cell.deed, cell.always
    judge(cell)


def row(operation, done, report):
    """Runs the cells of an operation that are not done, and reports each before it runs and what was wrong with it."""
    for number, (label, cell) in enumerate(cells(operation)):
        if number < done:
            continue
        report(f"{number} {label}")
        try:
            run(operation, cell)
        except BaseException:
            report(traceback.format_exc(limit=-4)[-1500:])


def forked_row(operation, done):
    """The same in a child: what it reported, and how it was killed, if it was."""
    inward, outward = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            row(operation, done, lambda text: os.write(outward, text.encode(errors="replace") + b"\0"))
        finally:
            os._exit(0)
    os.close(outward)
    with open(inward, "rb") as report:
        reports = report.read().decode().split("\0")[:-1]
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return reports, status and ("hung" if -status == signal.SIGALRM else f"killed by signal {-status}")


def supervise(operation):
    """Every failure of a row. What kills a child is noted, and the next child goes on after it."""
    done, failures, label = 0, [], operation
    while True:
        reports, killed = forked_row(operation, done)
        for text in reports:
            number, space, rest = text.partition(" ")
            if space and number.isdigit():
                done, label = int(number) + 1, rest
            else:
                failures.append(f"{label}: {text}")
        if not killed:
            return done, failures
        failures.append(f"{label}: {killed}")


if __name__ == "__main__":
    sys.unraisablehook = lambda _: None
    gc.freeze()
    total, failures = 0, []
    for operation in sys.argv[1:] or OPERATIONS:
        count, wrong = supervise(operation)
        assert count, f"{operation}: nothing hostile is called"
        total, failures = total + count, failures + wrong
    if failures:
        print(f"{len(failures)} of {total} cells failed", *failures[:10], sep="\n\n", file=sys.stderr)
    print(total, "cells")
    sys.exit(bool(failures))
