"""The rows of the table: what is timed, against what, and what must come out.

Both contenders of a row use the best idiom of their side, with everything that does not change bound to a local name.
The loop around a single operation is part of both times.
"""

import operator
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import patina
from data import drawn, strings, text
from entrymap import HashMap
from measure import Pair


@dataclass(frozen=True)
class Goal:
    """A line for the ratio of the two times: so many times faster, or at most so many times as long."""

    faster: bool
    must: float
    aim: float

    def ratio(self, ours: float, rival: float) -> float:
        return rival / ours if self.faster else ours / rival

    def met(self, ratio: float, line: float) -> bool:
        return ratio >= line if self.faster else ratio <= line


faster = partial(Goal, True)
at_most = partial(Goal, False)


@dataclass(frozen=True)
class Case:
    name: str
    work: str
    rival: str
    goal: Goal
    size: int
    make: Callable[[int], Pair]
    needs: str = "entry"


def chain_ours(words: list[str]) -> HashMap[str, int]:
    m: HashMap[str, int] = HashMap()
    for w in words:
        m.entry(w).or_insert(0).value += 1
    return m


def add_one(ref: Any) -> None:
    # Of patina's ways to add one (`modify` with a function or with `(1).__add__`) the fastest.
    ref.set(ref.get() + 1)


def chain_patina(words: list[str]) -> dict[str, int]:
    m: patina.HashMap[str, int] = patina.HashMap()
    add = add_one
    for w in words:
        m.entry(w).and_modify(add).or_insert(1)
    return dict(m)


def upsert_ours(words: list[Any]) -> HashMap[Any, int]:
    m: HashMap[Any, int] = HashMap()
    add = operator.add
    for w in words:
        m.upsert(w, 1, add)
    return m


def count_dict(words: list[Any]) -> dict[Any, int]:
    d: dict[Any, int] = {}
    for w in words:
        d[w] = d.get(w, 0) + 1
    return d


def over(keys: list[Any], ours: Callable[..., Any], rival: Callable[..., Any]) -> Pair:
    """A pair of functions that each get the same list."""
    return Pair(partial(ours, keys), partial(rival, keys), len(keys))


def words(count: int) -> list[str]:
    return drawn(strings(min(count, 5_000)), count)


CHAIN = "m.entry(w).or_insert(0).value += 1"
UPSERT = "m.upsert(w, 1, add)"
GET = "d[w] = d.get(w, 0) + 1"

CASES = [
    Case("chain/patina", CHAIN, "patina's m.entry(w).and_modify(f).or_insert(1)", faster(5, 7), 100_000,
         lambda n: over(words(n), chain_ours, chain_patina)),
    Case("upsert/dict", UPSERT, GET, at_most(1.5, 1.1), 100_000,
         lambda n: over(words(n), upsert_ours, count_dict), "upsert"),
    Case("upsert/dict/text", f"{UPSERT}, words of a text", GET, at_most(1.5, 1.1), 100_000,
         lambda n: over(text(n, 5_000), upsert_ours, count_dict), "upsert"),
]  # fmt: skip
