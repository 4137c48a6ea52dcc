"""Each call while the first, the second, the third ... piece of memory that Python asks for on the way is refused.

It ends with its result, its own exception or a `MemoryError`, and the map is whole. Every attempt is a process of its
own, since what goes wrong here may be an abort.
"""

import _testcapi
import copy
import gc
import operator
import os
import pickle
import signal
import sys

from entrymap import FoldState, HashMap, MovedError

# The most pieces that any of these calls asks for.
PIECES = 30
TIME_LIMIT = 10


class Key:
    """A key that only Python can compare."""

    def __init__(self, name):
        self.name = name

    def __hash__(self):
        return 7

    def __eq__(self, other):
        return isinstance(other, Key) and self.name == other.name


PAIRS = [("new", 1), ("a", 2), (300, 3)]
KEY = Key(1)


def full():
    return HashMap([("a", 1), ("b", [2]), (Key(1), 3), (300, "x"), (2**70, 2**80)])


def ended(m):
    r = m.get_mut("a")
    m.insert("b", 1)
    return r.value


def moved(m):
    m.into_iter()
    return m.get("a")


def in_place(m):
    r = m.get_mut("b")
    r += [1]
    r.add_assign([2])


def every_text(m):
    return [
        f(x) for f in (repr, "{:?}".format) for x in (m, m.entry("a"), m.get_mut("a"), m.keys(), m.iter(), m.hasher())
    ]


CALLS = {
    "get": lambda m: [m.get(KEY), m["a"], 300 in m, m.contains_key("b"), len(m), m.is_empty()],
    "get_key_value": lambda m: m.get_key_value("a"),
    "get_mut": lambda m: m.get_mut("a").value,
    "insert": lambda m: [m.insert("new", 1), m.insert(KEY, 2)],
    "[]=": lambda m: m.__setitem__(Key(2), 1),
    "setdefault": lambda m: m.setdefault("new", 1),
    "remove": lambda m: [m.remove("a"), m.remove_entry("b")],
    "pop": lambda m: m.pop("absent", 1),
    "popitem": lambda m: m.popitem(),
    "absent": lambda m: m["absent"],
    "unhashable": lambda m: m.get([]),
    "entry": lambda m: m.entry("new").or_insert(1).value,
    "and_modify": lambda m: m.entry("a").and_modify(lambda r: r.set(2)).or_insert(0),
    "and_update": lambda m: m.entry(KEY).and_update(lambda n: n + 1).key(),
    "or_insert_with": lambda m: m.entry("new").or_insert_with(list),
    "insert_entry": lambda m: m.entry("new").insert_entry(1).get_mut(),
    "remove_entry": lambda m: m.entry("a").remove_entry(),
    "try_insert": lambda m: m.try_insert("a", 1),
    "get_or_insert_with": lambda m: m.get_or_insert_with("new", list),
    "upsert": lambda m: [m.upsert("a", 10**20, operator.add), m.upsert(KEY, 1, lambda old, new: [old, new])],
    "in_place": in_place,
    "iter": lambda m: list(m.iter()),
    "items": lambda m: list(m.items()),
    "keys": lambda m: [*m, *m.keys(), *m.values()],
    "iter_mut": lambda m: list(m.iter_mut()),
    "values_mut": lambda m: list(m.values_mut()),
    "drain": lambda m: list(m.drain()),
    "into_iter": lambda m: list(m.into_iter()),
    "into_keys": lambda m: list(m.into_keys()),
    "extract_if": lambda m: list(m.extract_if(lambda key, r: True)),
    "retain": lambda m: m.retain(lambda key, r: key == "a"),
    "update": lambda m: m.update(PAIRS),
    "update of a dict": lambda m: m.update(dict(PAIRS), x=1),
    "HashMap": lambda m: HashMap(PAIRS),
    "fromkeys": lambda m: HashMap.fromkeys("abc"),
    "tally": lambda m: m.tally(["a", "a", 300, Key(5)]) if m["a"] == 0 else m.tally(["new", "new", Key(5)]),
    "tally of bytes": lambda m: m.tally(bytes(range(200))),
    "group": lambda m: m.group([("b", 1), ("new", 2)]),
    "merge": lambda m: m.merge([("a", 1), ("new", 1)], operator.add),
    "clone": lambda m: [m.clone(), m.copy(), copy.copy(m)],
    "clone_from": lambda m: m.clone_from(full()),
    "|": lambda m: m | {"new": 1},
    "==": lambda m: [m == full(), m.eq(full()), m == dict(full())],
    "deepcopy": lambda m: copy.deepcopy(m),
    "pickle": lambda m: pickle.dumps(m, 2),
    "text": every_text,
    "get_disjoint_mut": lambda m: m.get_disjoint_mut(["a", "b"]),
    "get_disjoint_mut twice": lambda m: m.get_disjoint_mut(["a", "a"]),
    "capacity": lambda m: [m.capacity(), m.reserve(50), m.shrink_to(5), m.shrink_to_fit(), sys.getsizeof(m)],
    "try_reserve": lambda m: m.try_reserve(2**62),
    "negative": lambda m: m.reserve(-1),
    "ended": ended,
    "moved": moved,
    "views": lambda m: [m.keys() & {"a"}, m.keys() | ["new"], ("a", 1) in m.items(), m.items() - [1]],
    "hashers": lambda m: [m.hasher().hash_one(5), FoldState(2**63).seed, FoldState().build_hasher().finish()],
    "attribute": lambda m: getattr(m.get_mut("a"), "absent", None),
    "arithmetic": lambda m: m.get_mut("a") + 1,
    "clear": lambda m: m.clear(),
    "generic": lambda m: HashMap[int, str],
}


def attempt(act, refused):
    """What is wrong with the outcome when one piece is refused, or `None`; the exit code is not ours if it aborts."""
    signal.alarm(TIME_LIMIT)
    m = full()
    gc.collect()  # empties the stores of tuples and lists that Python keeps for the next ones
    gc.disable()
    failure = result = None
    _testcapi.set_nomemory(refused, refused + 1)
    try:
        result = act(m)
    except BaseException as raised:
        failure = raised
    _testcapi.remove_mem_hooks()
    del result
    kind = type(failure).__name__
    # "error return without exception set" is CPython's own: a dict's KeyError ends so too.
    if kind == "PanicException" or (kind == "SystemError" and "without exception set" not in str(failure)):
        return f"{kind}: {failure}"
    try:
        assert len(m) == len(list(m)) and all(m.get_key_value(key)[0] is key for key in m)
    except MovedError:
        pass
    return None


def attempted(act, refused):
    """The same in a child."""
    inward, outward = os.pipe()
    child = os.fork()
    if child == 0:
        wrong = "a broken map"
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        try:
            wrong = attempt(act, refused)
        finally:
            os.write(outward, (wrong or "").encode())
            os._exit(0)
    os.close(outward)
    with open(inward) as report:
        wrong = report.read()
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return wrong or (f"killed by {signal.Signals(-status).name}" if status else None)


if __name__ == "__main__":
    act = CALLS[sys.argv[1]]
    try:
        act(full())  # what is imported or made once
    except Exception:
        pass
    wrong = {refused: what for refused in range(PIECES) if (what := attempted(act, refused))}
    if wrong:
        sys.exit(f"refused piece: outcome {wrong}")
