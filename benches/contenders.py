"""The two sides of each row.

Each uses the best idiom of its side, with everything that does not change bound to a local name. The loop around a
single operation is part of both times.
"""

# Contenders take whatever is counted and run bare expressions.
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false, reportUnknownMemberType=false
# pyright: reportUnknownLambdaType=false, reportUnusedExpression=false

import operator
import pickle
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from functools import partial
from importlib import import_module
from typing import Any

from data import filled, shuffled
from floor import floor
from measure import Pair

from entrymap import HashMap

Pairs = list[tuple[Any, Any]]


def over(ours: Callable[[Any], Any], rival: Callable[[Any], Any], items: Any) -> Pair:
    """Two functions that get the same collection."""
    return Pair(partial(ours, items), partial(rival, items), len(items))


def empty() -> Any:
    """A map, of which a build may lack the method called next."""
    return HashMap()


def peer(name: str) -> Any:
    """A rival, imported when it is its turn."""
    return import_module(name)


# Counting.


def tally(keys: Any) -> Any:
    m = empty()
    m.tally(keys)
    return m


def lazily(count: Callable[[Iterable[Any]], Any]) -> Callable[[list[Any]], Any]:
    """Counts what a generator gives."""
    return lambda keys: count(key for key in keys)


def count_list(a: Any) -> Any:
    return Counter(a.tolist())


def unique(a: Any) -> Any:
    return peer("numpy").unique(a, return_counts=True)


def from_unique(result: Any) -> Any:
    """Numpy's two arrays as one dict."""
    if not isinstance(result, tuple):
        return result
    numbers, counts = result
    return dict(zip(numbers.tolist(), counts.tolist(), strict=True))


# Grouping and merging.


def group(pairs: Pairs) -> Any:
    m = empty()
    m.group(pairs)
    return m


def group_loop(pairs: Pairs) -> Any:
    d: defaultdict[Any, list[Any]] = defaultdict(list)
    for k, v in pairs:
        d[k].append(v)
    return d


def group_cytoolz(pairs: Pairs) -> Any:
    """Leaves the keys in the groups; to take them out would be a second pass."""
    return peer("cytoolz").groupby(0, pairs)


def without_keys(groups: Any) -> Any:
    """Both results as plain groups of values."""

    def value(item: Any) -> Any:
        return item[1] if isinstance(item, tuple) else item

    return {k: [value(item) for item in items] for k, items in groups.items()}


def merge(combine: Callable[[Any, Any], Any], pairs: Pairs) -> Any:
    m = empty()
    m.merge(pairs, combine)
    return m


def sum_loop(pairs: Pairs) -> Any:
    d: dict[Any, Any] = {}
    get = d.get
    for k, v in pairs:
        d[k] = get(k, 0) + v
    return d


def min_loop(pairs: Pairs) -> Any:
    d: dict[Any, Any] = {}
    for k, v in pairs:
        if k not in d or v < d[k]:
            d[k] = v
    return d


def max_loop(pairs: Pairs) -> Any:
    d: dict[Any, Any] = {}
    for k, v in pairs:
        if k not in d or v > d[k]:
            d[k] = v
    return d


def sum_cytoolz(pairs: Pairs) -> Any:
    def add(total: Any, pair: tuple[Any, Any]) -> Any:
        return total + pair[1]

    return peer("cytoolz").reduceby(0, add, pairs, 0)


# Whole maps.


def by_comprehension(d: dict[Any, Any]) -> Any:
    return {k: v for k, v in d.items()}  # noqa: C416 (the long way is the rival)


def on_map(ours: Callable[[Any], Any], rival: Callable[[Any], Any], keys: list[Any]) -> Pair:
    """Two functions, of which one gets a `HashMap` and one the equal `dict`."""
    d = dict(zip(keys, range(len(keys)), strict=True))
    return Pair(partial(ours, filled(d)), partial(rival, d), len(keys))


def equal(keys: list[Any]) -> Pair:
    d = dict(zip(keys, range(len(keys)), strict=True))
    m = filled(d)
    return Pair(partial(operator.eq, m, m.clone()), partial(operator.eq, d, d.copy()), len(keys))


def dumps(m: Any) -> bytes:
    return pickle.dumps(m, pickle.HIGHEST_PROTOCOL)


def dumped(keys: list[Any]) -> Pair:
    return on_map(dumps, dumps, keys)._replace(seen=pickle.loads)


def reloaded(keys: list[Any]) -> Pair:
    d = dict(zip(keys, range(len(keys)), strict=True))
    return Pair(partial(pickle.loads, dumps(filled(d))), partial(pickle.loads, dumps(d)), len(keys))


def can_pickle() -> bool:
    try:
        return bool(pickle.loads(pickle.dumps(HashMap(a=1))) == {"a": 1})
    except (TypeError, pickle.PicklingError):
        return False


# Walking.


def walk(keys: Iterable[Any]) -> None:
    for _ in keys:
        pass


def list_items(m: Any) -> Any:
    return list(m.items())


def sum_values(m: Any) -> Any:
    return sum(m.values())


class Shuffled:
    """The pairs of a map in two lists, in the order in which a table would lie: none."""

    def __init__(self, keys: list[Any]) -> None:
        pairs = shuffled(list(zip(keys, range(len(keys)), strict=True)))
        self._keys = [k for k, _ in pairs]
        self._values = [v for _, v in pairs]

    def __iter__(self) -> Any:
        return iter(self._keys)

    def items(self) -> Any:
        return zip(self._keys, self._values, strict=True)

    def values(self) -> list[Any]:
        return self._values


def walked_dict(how: Callable[[Any], Any], keys: list[Any]) -> Pair:
    return on_map(how, how, keys)._replace(seen=in_order)


def walked_list(how: Callable[[Any], Any], keys: list[Any]) -> Pair:
    """A map against a shuffled list of the same objects."""
    rest = Shuffled(keys)
    return Pair(partial(how, filled(dict(rest.items()))), partial(how, rest), len(keys), in_order)


def in_order(result: Any) -> Any:
    """A list of pairs as a dict, since a table has no order."""
    return dict(result) if isinstance(result, list) else result


# Looking up.


def looked_up(loop: Callable[[Any, list[Any]], Any], keys: list[Any]) -> Pair:
    """The same loop over a `HashMap` and over the equal `dict`."""
    d = dict(zip(keys, range(len(keys)), strict=True))
    asked = shuffled(keys)
    return Pair(partial(loop, filled(d), asked), partial(loop, d, asked), len(keys))


def getitem(m: Any, keys: list[Any]) -> None:
    for k in keys:
        m[k]


def contains(m: Any, keys: list[Any]) -> None:
    for k in keys:
        k in m  # noqa: B015 (only its time is wanted)


def get(m: Any, keys: list[Any]) -> None:
    for k in keys:
        m.get(k, 0)


def setitem(m: Any, keys: list[Any]) -> None:
    for k in keys:
        m[k] = 0


# Finding or making.


def chain(words: list[Any]) -> Any:
    m: HashMap[Any, int] = HashMap()
    for w in words:
        m.entry(w).or_insert(0).value += 1
    return m


def chain_floor(words: list[Any]) -> Any:
    m = floor().Map()
    for w in words:
        m.entry(w).or_insert(0).value += 1
    return m.dict


def add_one(ref: Any) -> None:
    """The fastest of patina's ways: `modify` with a function, or with `(1).__add__`, takes 4 and 8 % longer."""
    ref.set(ref.get() + 1)


def chain_patina(words: list[Any]) -> Any:
    m: Any = peer("patina").HashMap()
    add = add_one
    for w in words:
        m.entry(w).and_modify(add).or_insert(1)
    return dict(m)


def upsert(words: list[Any]) -> Any:
    m: HashMap[Any, int] = HashMap()
    add = operator.add
    for w in words:
        m.upsert(w, 1, add)
    return m


def count_dict(words: list[Any]) -> Any:
    d: dict[Any, int] = {}
    for w in words:
        d[w] = d.get(w, 0) + 1
    return d


def get_or_insert(words: list[Any]) -> Any:
    m: HashMap[Any, list[Any]] = HashMap()
    for w in words:
        m.get_or_insert_with(w, list)
    return m


def get_or_insert_dict(words: list[Any]) -> Any:
    d: dict[Any, list[Any]] = {}
    for w in words:
        if w not in d:
            d[w] = []
        d[w]
    return d


# Filling.


def fill(keys: Iterable[Any]) -> Any:
    m: HashMap[Any, None] = HashMap()
    for k in keys:
        m[k] = None
    return m


def fill_dict(keys: Iterable[Any]) -> Any:
    d: dict[Any, None] = {}
    for k in keys:
        d[k] = None
    return d


def fill_and_find(keys: list[int]) -> int:
    """Stores every other key, then asks for all."""
    m = fill(keys[::2])
    contains(m, keys)
    return len(m)


def strided(step: int, count: int) -> Pair:
    """The same map over keys with a stride and over a plain range."""
    plain = list(range(count))
    return Pair(partial(fill_and_find, [i * step for i in plain]), partial(fill_and_find, plain), count)


def kept(keys: list[Any]) -> Pair:
    """A map and a dict, each grown key by key."""
    values = list(range(len(keys)))

    def ours() -> Any:
        m: HashMap[Any, int] = HashMap()
        m.update(zip(keys, values, strict=True))
        return m

    return Pair(ours, lambda: dict(zip(keys, values, strict=True)), len(keys))


def alive(keys: list[str]) -> Pair:
    """A map, and no map; there is nothing to compare."""
    d = dict(zip(keys, range(len(keys)), strict=True))
    return Pair(partial(filled, d), lambda: None, len(keys), lambda _: None)
