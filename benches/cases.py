"""The rows of the table: what is timed, against what, and what must come out."""

import array
import operator
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import contenders as c
import data
import measure
from contenders import over
from measure import Effort, Figure, Make, Pair

from entrymap import HashMap

MANY = 1_000_000
FEW = 1_000
WORDS = 100_000


@dataclass(frozen=True)
class Goal:
    """A line for the ratio: so many times faster than the rival, at most so many times as much, or so much more."""

    sense: str
    must: float
    aim: float

    def ratio(self, figure: Figure) -> float:
        ours, rival = figure
        return {"faster": rival / ours, "at most": ours / rival, "adds": ours - rival}[self.sense]

    def met(self, ratio: float, line: float) -> bool:
        return ratio >= line if self.sense == "faster" else ratio <= line


faster, at_most, adds = (partial(Goal, sense) for sense in ("faster", "at most", "adds"))


def has(verb: str) -> bool:
    return hasattr(HashMap, verb)


@dataclass(frozen=True)
class Case:
    name: str
    work: str
    rival: str
    goal: Goal
    size: int
    make: Make
    there: Callable[[], bool] = lambda: True
    how: Callable[[Make, int, Effort], Figure] = measure.time
    unit: str = "ns"

    def quick_size(self) -> int:
        """The size that will do when there is little time."""
        return min(self.size // 5, MANY // 2) if self.size >= MANY else self.size


Keys = Callable[[int], list[Any]]
Way = Callable[[Any], Any]
KINDS: dict[str, Keys] = {"str": data.strings, "int": data.numbers, "tuple": data.tuples}


def drawn(keys: Keys, distinct: int | None) -> Keys:
    """Draws from `distinct` keys, or from half as many as are drawn."""
    return lambda n: data.drawn(keys(min(n, distinct) if distinct else n // 2), n)


def both(ours: Way, rival: Way, items: Callable[[int], Any], seen: Way = lambda result: result) -> Make:
    """Two functions that each get the same items."""
    return lambda n: over(ours, rival, items(n))._replace(seen=seen)


def each(pair: Callable[..., Pair], *how: Any, keys: Keys = data.strings) -> Make:
    """A pair that is made of keys."""
    return lambda n: pair(*how, keys(n))


def tallying() -> Iterator[Case]:
    few, many, there = "10^3 distinct", "5 * 10^5 distinct", partial(has, "tally")
    rows = [("str", few, faster(2.2, 3)), ("int", few, faster(2.2, 3)), ("tuple", few, faster(1.3, 1.8))]
    for kind, distinct, goal in [*rows, ("str", many, faster(1.5, 2.5)), ("int", many, faster(1.5, 2.5))]:
        make = both(c.tally, Counter, drawn(KINDS[kind], FEW if distinct == few else None))
        name = f"tally/{kind}/{'few' if distinct == few else 'many'}"
        yield Case(name, f"tally(list of {kind}), {distinct}", "Counter", goal, MANY, make, there)
    for kind, keys in KINDS.items():
        make, goal = both(c.lazily(c.tally), c.lazily(Counter), drawn(keys, FEW)), faster(1.1, 1.5)
        work = f"tally(generator of {kind}), {few}"
        yield Case(f"tally/{kind}/generator", work, "Counter", goal, MANY, make, there)
    for kind in BUFFERS:
        make, goal = both(c.tally, c.count_list, partial(buffer, kind)), faster(10, 18)
        work = f"tally({kind} of int64), {few}"
        yield Case(f"tally/{kind}", work, "Counter(a.tolist())", goal, MANY, make, there)
    make, goal = both(c.tally, c.unique, partial(buffer, "numpy"), c.from_unique), faster(5, 12)
    rival = "numpy.unique(a, return_counts=True)"
    yield Case("tally/numpy/unique", f"tally(numpy of int64), {few}", rival, goal, MANY, make, there)


BUFFERS = ("array", "memoryview", "numpy")


def buffer(kind: str, count: int) -> Any:
    numbers = array.array("q", drawn(data.numbers, FEW)(count))
    if kind == "numpy":
        return c.peer("numpy").array(numbers)
    return memoryview(numbers) if kind == "memoryview" else numbers


def grouping() -> Iterator[Case]:
    rivals = {
        "defaultdict": ("defaultdict(list) loop", c.group_loop),
        "cytoolz": ("cytoolz.groupby(0, pairs)", c.group_cytoolz),
    }
    for label, distinct, goal in (("few", FEW, faster(1.3, 1.8)), ("many", None, faster(1, 1.3))):
        for name, (rival, way) in rivals.items():
            make = both(c.group, way, partial(data.pairs, distinct), c.without_keys)
            work = f"group(pairs), {'10^3' if distinct else '5 * 10^5'} groups"
            yield Case(f"group/{label}/{name}", work, rival, goal, MANY, make, partial(has, "group"))


def merging() -> Iterator[Case]:
    rivals: list[tuple[str, str, Callable[[Any, Any], Any], Way]] = [
        ("add", "dict loop", operator.add, c.sum_loop),
        ("min", "dict loop", min, c.min_loop),
        ("max", "dict loop", max, c.max_loop),
        ("add", "cytoolz.reduceby", operator.add, c.sum_cytoolz),
    ]
    for label, rival, combine, way in rivals:
        make = both(partial(c.merge, combine), way, partial(data.pairs, FEW))
        name, work = f"merge/{label}/{rival[:7].split()[0]}", f"merge(pairs, {label}), 10^3 distinct"
        yield Case(name, work, rival, faster(1.8, 3), MANY, make, partial(has, "merge"))


def source(count: int) -> dict[Any, Any]:
    return dict(zip(data.strings(count), range(count), strict=True))


def source_pairs(count: int) -> list[tuple[Any, Any]]:
    return list(source(count).items())


def copying() -> Iterator[Case]:
    clone = each(c.on_map, operator.methodcaller("clone"), operator.methodcaller("copy"))
    for size, power in ((FEW, "10^3"), (MANY, "10^6")):
        made, cloned = (at_most(1.5, 0.8), at_most(3, 1.5)) if size == FEW else (at_most(3, 1.5), at_most(6, 3))
        rival, make = "{k: v for k, v in d.items()}", both(HashMap, c.by_comprehension, source)
        yield Case(f"from_dict/{power}", f"HashMap(dict), {power} keys", rival, made, size, make)
        make = both(HashMap, dict, source_pairs)
        yield Case(f"from_pairs/{power}", f"HashMap(pairs), {power} keys", "dict(pairs)", made, size, make)
        yield Case(f"clone/{power}", f"m.clone(), {power} keys", "d.copy()", cloned, size, clone)
    yield Case("eq", "m == m.clone(), 10^3 keys", "d == d.copy()", at_most(5, 2), FEW, each(c.equal))
    goal = at_most(1.3, 1)
    yield Case("pickle/dumps", "pickle.dumps(m), 10^6 keys", "of a dict", goal, MANY, each(c.dumped), c.can_pickle)
    yield Case("pickle/loads", "pickle.loads, 10^6 keys", "of a dict", goal, MANY, each(c.reloaded), c.can_pickle)


def walking() -> Iterator[Case]:
    ways = {
        "keys": ("for k in m", c.walk),
        "items": ("list(m.items())", c.list_items),
        "values": ("sum(m.values())", c.sum_values),
    }
    for name, (work, way) in ways.items():
        make = each(c.walked_dict, way)
        yield Case(f"walk/{name}/10^3", f"{work}, 10^3 keys", "dict", at_most(2.5, 1.5), FEW, make)
    for name, (work, way) in ways.items():
        rival, make = "a shuffled list of the same objects", each(c.walked_list, way)
        yield Case(f"walk/{name}/10^6", f"{work}, 10^6 keys", rival, at_most(2, 1.2), MANY, make)


def looking_up() -> Iterator[Case]:
    ways = {
        "getitem": ("m[k]", c.getitem),
        "contains": ("k in m", c.contains),
        "get": ("m.get(k, 0)", c.get),
        "setitem": ("m[k] = 0", c.setitem),
    }
    for kind in ("str", "int"):
        for name, (work, way) in ways.items():
            make = each(c.looked_up, way, keys=KINDS[kind])
            yield Case(f"{name}/{kind}", f"{work}, 10^3 keys, {kind}", "dict", at_most(1.8, 1.4), FEW, make)


def words(count: int) -> list[str]:
    return data.drawn(data.strings(min(count, 5_000)), count)


def finding_or_making() -> Iterator[Case]:
    work, rival = "m.entry(w).or_insert(0).value += 1", "m.entry(w).and_modify(f).or_insert(1)"
    make = both(c.chain, c.chain_patina, words)
    yield Case("chain/patina", work, f"patina: {rival}", faster(5, 7), WORDS, make)
    make = both(c.chain, c.chain_floor, words)
    yield Case("chain/floor", work, "the same in a bare C extension", at_most(2.5, 1.8), WORDS, make)
    inputs: list[tuple[str, str, Goal, Keys]] = [
        ("str", "", at_most(1.5, 1.1), words),
        ("text", ", equal words apart in memory", at_most(1.5, 1.1), lambda n: data.text(n, min(n, 5_000))),
        ("slow", ", __hash__ in Python", faster(1.4, 1.8), drawn(data.points, FEW)),
    ]
    for kind, which, goal, keys in inputs:
        work, make = f"m.upsert(w, 1, add){which}", both(c.upsert, c.count_dict, keys)
        yield Case(f"upsert/{kind}", work, "d[w] = d.get(w, 0) + 1", goal, WORDS, make)
        work, make = f"m.get_or_insert_with(w, list){which}", both(c.get_or_insert, c.get_or_insert_dict, keys)
        yield Case(f"get_or_insert_with/{kind}", work, "if w not in d: d[w] = []; d[w]", goal, WORDS, make)


def ints(count: int) -> list[int]:
    return list(range(count))


def scaling() -> Iterator[Case]:
    kinds: list[tuple[str, Keys, Goal, Goal]] = [
        ("str", data.strings, at_most(1.4, 1.2), at_most(1.3, 1)),
        ("int", ints, at_most(1.1, 0.95), at_most(2, 1.3)),
    ]
    for kind, keys, memory, growth in kinds:
        make, size = each(c.kept, keys=keys), WORDS
        yield Case(
            f"memory/{kind}", f"memory a key, {kind} -> int", "dict", memory, size, make, how=measure.memory, unit="B"
        )
        work = f"m[k] = v: growth of its time from 10^3 to 10^7 keys, {kind}"
        make, size = both(c.fill, c.fill_dict, keys), 10 * MANY
        yield Case(f"growth/{kind}", work, "dict's growth", growth, size, make, how=measure.growth, unit="x")
    for name, step in (("i << 32", 1 << 32), ("i << 44", 1 << 44), ("1024 * i", 1024)):
        work, rival = f"m[k] = v and k in m, keys {name}", "keys i on the same map"
        yield Case(f"stride/{name.replace(' ', '')}", work, rival, at_most(1.2, 1), MANY, partial(c.strided, step))
    work, make = "a full collection, 10^6 str -> int in the map", each(c.alive)
    yield Case("collect", work, "no map", adds(1, 0), MANY, make, how=measure.pause, unit="ms")


CASES = [
    *tallying(),
    *grouping(),
    *merging(),
    *copying(),
    *walking(),
    *looking_up(),
    *finding_or_making(),
    *scaling(),
]
