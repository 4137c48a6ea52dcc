"""Random programs, run on a `HashMap` and on its model side by side.

`python programs.py COUNT SEED` runs so many of them and prints both numbers. A failure prints its program.
"""

import operator
import random
import sys
from itertools import count

import model
from model_handles import hint

import entrymap
from entrymap import BorrowCheckError


class Key:
    """Equal by name; all have few hashes, and no two the same repr."""

    numbers = count()

    def __init__(self, name):
        self.name, self.number = name, next(self.numbers)

    def __hash__(self):
        return self.name % 2

    def __eq__(self, other):
        return isinstance(other, Key) and self.name == other.name

    def __repr__(self):
        return f"Key({self.name}, {self.number})"


KEYS = [0, 1, 1.0, True, "a", "a", "b", "c", (1,), (1.0,), None, 2**61 - 1, [], "written"]
VALUES = [0, 1, 2, 3, 2**63 - 1, "text", None, (1,)]


def trouble(*_):
    raise ZeroDivisionError


class Side:
    """A map, another one, and what they have lent: of the implementation, or of the model."""

    def __init__(self, make):
        self.make, self.m, self.other = make, make(), make()
        self.maps = [self.m, self.other]
        self.entries, self.refs, self.iterators = [], [], []
        self.asked = []

    def keep(self, result):
        """Keeps what was lent for later steps, the last few of each kind."""
        for kind, kept in (("Entry", self.entries), ("RefMut", self.refs), (("Iter", "Keys", "Into"), self.iterators)):
            for lent in result if isinstance(result, (list, tuple)) else [result]:
                name = type(lent).__name__
                if name.endswith(kind) if isinstance(kind, str) else name in ITERATORS:
                    kept.append(lent)
                    del kept[:-3]
        return result


ITERATORS = {
    "Iter", "Keys", "IterMut", "ValuesMut", "ExtractIf", "Drain", "IntoIter", "IntoKeys", "IntoValues",
}  # fmt: skip

# Functions of the caller, made for a side: what they do to its map, and what they return.
FACTORIES = {
    "one": lambda s: lambda *_: 1,
    "text": lambda s: lambda *_: "made",
    "nothing": lambda s: lambda *_: None,
    "raises": lambda s: trouble,
    "reads": lambda s: lambda *_: len(s.m),
    "writes": lambda s: lambda *_: s.m.insert("written", 5),
    "removes": lambda s: lambda *_: s.m.remove("a"),
    "clears": lambda s: lambda *_: s.m.clear(),
    "lends": lambda s: lambda *_: (s.keep(s.m.get_mut("a")), 7)[1],
    "moves": lambda s: lambda *_: (s.keep(s.m.into_iter()), 7)[1],
}
MODIFIERS = {
    "sets": lambda s: lambda r: r.set(4),
    "adds": lambda s: lambda r: r.add_assign(1),
    "returns": lambda s: lambda r: 5,
    "keeps": lambda s: lambda r: (s.keep(r), None)[1],
    "sets and raises": lambda s: lambda r: r.set(6) or trouble(),
    **{name: FACTORIES[name] for name in ("nothing", "raises", "reads", "writes", "removes", "moves")},
}
COMBINES = {
    "add": lambda s: operator.add,
    "min": lambda s: min,
    "max": lambda s: max,
    "pair": lambda s: lambda old, new: (old, new),
    "keep": lambda s: lambda old, new: old,
    **{name: FACTORIES[name] for name in ("raises", "writes", "removes", "clears", "moves")},
}


def noting(s, judge):
    """A predicate that notes what it is asked about."""

    def predicate(key, r):
        s.asked.append(key)
        return judge(key, r)

    return predicate


def every_other(s):
    """True, then false, and so on: whatever the order, both sides are told the same."""
    turns = count()
    return noting(s, lambda key, r: next(turns) % 2 == 0)


def at_the_second(s, act):
    turns = count()
    return noting(s, lambda key, r: act(key, r) if next(turns) == 1 else True)


PREDICATES = {
    "all": lambda s: noting(s, lambda key, r: True),
    "none": lambda s: noting(s, lambda key, r: False),
    "every other": every_other,
    "by value": lambda s: noting(s, lambda key, r: r.value == 1),
    "writes": lambda s: noting(s, lambda key, r: r.set(8) or True),
    "returns nothing": lambda s: noting(s, lambda key, r: None),
    "returns the handle": lambda s: noting(s, lambda key, r: s.keep(r)),
    "raises": lambda s: at_the_second(s, trouble),
    "inserts": lambda s: at_the_second(s, lambda key, r: s.m.insert("written", 9) or True),
    "takes itself out": lambda s: at_the_second(s, lambda key, r: (s.m.remove(key), True)[1]),
    "moves": lambda s: at_the_second(s, lambda key, r: (s.keep(s.m.into_iter()), True)[1]),
}


def of(kept, act):
    """A call on something that was lent, if there is any, counted from the last."""
    return lambda s, at, *rest: act(s, getattr(s, kept)[~at], *rest) if at < len(getattr(s, kept)) else "none"


def on_entry(act):
    return of("entries", act)


def of_kind(kind, act):
    return on_entry(lambda s, e, *rest: act(s, e, *rest) if type(e).__name__ == kind else kind)


def renew(s):
    s.m = s.make()
    s.maps.append(s.m)


def swap(s):
    s.m, s.other = s.other, s.m


def set_value(s, r, value):
    r.value = value


# Each step: what it does, and what it is given: a Key, a Value, a place, a function, pairs, keys, a number.
STEPS = {
    "get": (lambda s, k: s.m.get(k), "k"),
    "get default": (lambda s, k, v: s.m.get(k, v), "kv"),
    "[]": (lambda s, k: s.m[k], "k"),
    "in": (lambda s, k: (k in s.m, s.m.contains_key(k)), "k"),
    "get_key_value": (lambda s, k: s.m.get_key_value(k), "k"),
    "get_mut": (lambda s, k: s.m.get_mut(k), "k"),
    "insert": (lambda s, k, v: s.m.insert(k, v), "kv"),
    "[]=": (lambda s, k, v: operator.setitem(s.m, k, v), "kv"),
    "try_insert": (lambda s, k, v: s.m.try_insert(k, v), "kv"),
    "remove": (lambda s, k: s.m.remove(k), "k"),
    "remove_entry": (lambda s, k: s.m.remove_entry(k), "k"),
    "pop": (lambda s, k: s.m.pop(k), "k"),
    "pop default": (lambda s, k, v: s.m.pop(k, v), "kv"),
    "del": (lambda s, k: operator.delitem(s.m, k), "k"),
    "setdefault": (lambda s, k, v: s.m.setdefault(k, v), "kv"),
    "get_or_insert_with": (lambda s, k, f: s.m.get_or_insert_with(k, FACTORIES[f](s)), "kf"),
    "upsert": (lambda s, k, v, c: s.m.upsert(k, v, COMBINES[c](s)), "kvc"),
    "entry": (lambda s, k: s.m.entry(k), "k"),
    "len": (lambda s: (len(s.m), bool(s.m)), ""),
    "clear": (lambda s: s.m.clear(), ""),
    "popitem": (lambda s: s.m.popitem(), ""),
    "update": (lambda s, ps: s.m.update(ps), "P"),
    "update other": (lambda s: s.m.update(s.other), ""),
    "extend": (lambda s, ps: s.m.extend(ps), "P"),
    "merge": (lambda s, ps, c: s.m.merge(ps, COMBINES[c](s)), "Pc"),
    "group": (lambda s, ps: s.m.group(ps), "P"),
    "tally": (lambda s, ks: s.m.tally(ks), "K"),
    "retain": (lambda s, p: s.m.retain(PREDICATES[p](s)), "p"),
    "extract_if": (lambda s, p: s.m.extract_if(PREDICATES[p](s)), "p"),
    "reserve": (lambda s, n: s.m.reserve(n), "n"),
    "shrink_to_fit": (lambda s: s.m.shrink_to_fit(), ""),
    "clone": (lambda s: s.m.clone(), ""),
    "clone_from": (lambda s: s.m.clone_from(s.other), ""),
    "|": (lambda s: s.m | s.other, ""),
    "==": (lambda s: s.m == s.other, ""),
    "get_disjoint_mut": (lambda s, ks: s.m.get_disjoint_mut(ks), "K"),
    "iter": (lambda s: s.m.iter(), ""),
    "for": (lambda s: s.m.__iter__(), ""),
    "iter_mut": (lambda s: s.m.iter_mut(), ""),
    "values_mut": (lambda s: s.m.values_mut(), ""),
    "drain": (lambda s: s.m.drain(), ""),
    "into_iter": (lambda s: s.m.into_iter(), ""),
    "into_keys": (lambda s: s.m.into_keys(), ""),
    "into_values": (lambda s: s.m.into_values(), ""),
    "renew": (renew, ""),
    "swap": (swap, ""),
    "next": (of("iterators", lambda s, it: it.next()), "i"),
    "size": (of("iterators", lambda s, it: it.len() if isinstance(s.m, model.HashMap) else size(it)), "i"),
    "Iter.clone": (of("iterators", lambda s, it: it.clone() if type(it).__name__ in ("Iter", "Keys") else 0), "i"),
    "RefMut.value": (of("refs", lambda s, r: r.value), "i"),
    "RefMut.value=": (of("refs", set_value), "iv"),
    "RefMut.replace": (of("refs", lambda s, r, v: r.replace(v)), "iv"),
    "RefMut.apply": (of("refs", lambda s, r, f: r.apply(FACTORIES[f](s))), "if"),
    "RefMut.add_assign": (of("refs", lambda s, r, v: r.add_assign(v)), "iv"),
    "key": (on_entry(lambda s, e: e.key()), "i"),
    "or_insert": (on_entry(lambda s, e, v: e.or_insert(v)), "iv"),
    "or_insert_with": (on_entry(lambda s, e, f: e.or_insert_with(FACTORIES[f](s))), "if"),
    "or_insert_with_key": (on_entry(lambda s, e, f: e.or_insert_with_key(FACTORIES[f](s))), "if"),
    "or_default": (on_entry(lambda s, e, f: e.or_default(FACTORIES[f](s))), "if"),
    "and_modify": (on_entry(lambda s, e, f: e.and_modify(MODIFIERS[f](s))), "im"),
    "and_update": (on_entry(lambda s, e, f: e.and_update(FACTORIES[f](s))), "if"),
    "insert_entry": (on_entry(lambda s, e, v: e.insert_entry(v)), "iv"),
    "OccupiedEntry.get": (of_kind("OccupiedEntry", lambda s, e: e.get()), "i"),
    "OccupiedEntry.get_mut": (of_kind("OccupiedEntry", lambda s, e: e.get_mut()), "i"),
    "OccupiedEntry.into_mut": (of_kind("OccupiedEntry", lambda s, e: e.into_mut()), "i"),
    "OccupiedEntry.insert": (of_kind("OccupiedEntry", lambda s, e, v: e.insert(v)), "iv"),
    "OccupiedEntry.remove": (of_kind("OccupiedEntry", lambda s, e: e.remove()), "i"),
    "OccupiedEntry.remove_entry": (of_kind("OccupiedEntry", lambda s, e: e.remove_entry()), "i"),
    "VacantEntry.insert": (of_kind("VacantEntry", lambda s, e, v: e.insert(v)), "iv"),
    "VacantEntry.into_key": (of_kind("VacantEntry", lambda s, e: e.into_key()), "i"),
}


def size(it):
    return it.size_hint()[1]


def seen(result):
    """A result in a form that compares: an object is its repr, what was lent is its class."""
    name = type(result).__name__
    if name == "HashMap":
        return "HashMap", pairs_of(result)
    if isinstance(result, (list, tuple)) and any(type(part).__name__ == "RefMut" for part in result):
        return [seen(part) for part in result]
    if name in ITERATORS or name in ("RefMut", "OccupiedEntry", "VacantEntry"):
        return name
    return name, repr(result)


def pairs_of(m):
    return sorted((repr(key), repr(value)) for key, value in m.items())


class World:
    """The two sides, and what they must agree upon after each step."""

    def __init__(self):
        self.ours, self.model = Side(entrymap.HashMap), Side(model.HashMap)

    def step(self, name, arguments):
        act = STEPS[name][0]
        ours, theirs = self.ours, self.model
        hint.before, ours.asked = self.capacity(), []
        mine, raw = self.outcome(ours, act, arguments)
        hint.told, hint.asked, hint.key, hint.after = raw, ours.asked, None, self.capacity()
        if type(raw) is entrymap.RefMut and name == "next":
            hint.key = self.key_behind(raw)
        expected, _ = self.outcome(theirs, act, arguments)
        assert mine == expected, f"{name}{arguments}: {mine}, but the model says {expected}"
        assert self.content() == ("moved" if theirs.m.moved else pairs_of(theirs.m)), f"after {name}{arguments}"

    def capacity(self):
        return 0 if self.model.m.moved or self.content() == "moved" else self.ours.m.capacity()

    def content(self):
        try:
            pairs = pairs_of(self.ours.m)
            assert len(self.ours.m) == len(pairs)
            return pairs
        except entrymap.MovedError:
            return "moved"

    def key_behind(self, r):
        """Which key a RefMut stands for, told by writing: that ends nothing."""
        mark = object()
        old = r.replace(mark)
        key = next(key for m in self.ours.maps for key, value in items(m) if value is mark)
        r.replace(old)
        return key

    @staticmethod
    def outcome(side, act, arguments):
        try:
            result = side.keep(act(side, *arguments))
            return seen(result), result
        except BorrowCheckError as error:
            return (type(error).__name__, error.code), None
        except KeyError as error:
            return ("KeyError", len(error.args)), None
        except Exception as error:
            return type(error).__name__, None


def items(m):
    try:
        return list(m.items())
    except entrymap.MovedError:
        return []


def key(rng):
    return Key(rng.randrange(5)) if rng.random() < 0.4 else rng.choice(KEYS)


def value(rng):
    return rng.choice(VALUES)


ARGUMENTS = {
    "k": key,
    "v": value,
    "i": lambda rng: rng.choice([0, 0, 0, 0, 1, 2]),
    "n": lambda rng: rng.randrange(40),
    "f": lambda rng: rng.choice(list(FACTORIES)),
    "m": lambda rng: rng.choice(list(MODIFIERS)),
    "c": lambda rng: rng.choice(list(COMBINES)),
    "p": lambda rng: rng.choice(list(PREDICATES)),
    "P": lambda rng: [(key(rng), value(rng)) for _ in range(rng.randrange(6))],
    "K": lambda rng: [key(rng) for _ in range(rng.randrange(4))],
}
NAMES = list(STEPS)
# What a program does next with what it has just been lent.
ENTRY = ["key", "insert_entry", *(name for name in NAMES if name.startswith(("or_", "and_", "Occupied", "Vacant")))]
REF_MUT = [name for name in NAMES if name.startswith("RefMut")]
WALK = ["next", "next", "next", "size", "Iter.clone"]
AFTER = {
    **dict.fromkeys(["entry", "insert_entry", "and_modify", "and_update", "OccupiedEntry.insert", "key"], ENTRY),
    **dict.fromkeys(
        ["get_mut", "try_insert", "get_disjoint_mut", "OccupiedEntry.get_mut", "or_insert", *REF_MUT], REF_MUT
    ),
    **dict.fromkeys(["iter", "for", "extract_if", "drain", "into_iter", "into_keys", "into_values", "size"], WALK),
    **dict.fromkeys(["iter_mut", "values_mut", "next"], WALK + REF_MUT),
}
# Calls on the map itself; those that lend come often.
FRESH = [name for name in NAMES if "i" not in STEPS[name][1]] + ["entry"] * 5 + ["get_mut"] * 2
# A program that has lost its map soon has nothing to do.
RARE = {"into_iter", "into_keys", "into_values", "drain", "clear", "clone_from", "renew", "swap"}


def program(rng):
    """A list of steps with their arguments."""
    steps = [("update", [[(key(rng), value(rng)) for _ in range(rng.randrange(9))]])]
    length = rng.randrange(8, 30)
    while len(steps) < length:
        following = AFTER.get(steps[-1][0])
        name = rng.choice(following if following and rng.random() < 0.7 else FRESH if rng.random() < 0.8 else NAMES)
        if name not in RARE or rng.random() < 0.3:
            steps.append((name, [ARGUMENTS[kind](rng) for kind in STEPS[name][1]]))
    return steps


def run(steps):
    world = World()
    for at, (name, arguments) in enumerate(steps):
        try:
            world.step(name, arguments)
        except BaseException:
            print("the program:", *steps[: at + 1], sep="\n  ", file=sys.stderr)
            raise


def run_many(programs, seed):
    """Each has a seed of its own, so that a failure can be had again without those before it."""
    for number in range(programs):
        try:
            run(program(random.Random(f"{seed} {number}")))
        except BaseException:
            print(f"seed {seed}, program {number}", file=sys.stderr)
            raise
    print(f"{programs:,} programs, seed {seed}: no disagreement with the model")


if __name__ == "__main__":
    run_many(int(sys.argv[1]), sys.argv[2])
