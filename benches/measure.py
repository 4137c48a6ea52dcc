"""How a figure is taken: both contenders by turns in one process, the minimum of each."""

import gc
from collections.abc import Callable
from time import perf_counter
from typing import Any, NamedTuple

Contender = Callable[[], Any]

# A call that takes longer starts from a collected heap, so that no contender pays for what the other left behind.
LONG = 0.005


class Pair(NamedTuple):
    """Two ways to do the same work on `items` items. They return what they made."""

    ours: Contender
    rival: Contender
    items: int


class Effort(NamedTuple):
    """How long a pair is repeated, and how often at least."""

    seconds: float
    repeats: int


def once(contender: Contender, collect: bool) -> float:
    """The seconds of one call; what it returns is freed after the clock has stopped."""
    if collect:
        gc.collect()
    begin = perf_counter()
    result = contender()
    end = perf_counter()
    del result
    return end - begin


def interleaved(pair: Pair, effort: Effort) -> tuple[float, float]:
    """Nanoseconds an item, ours and the rival's: A B, B A, A B, ... and the minimum of each."""
    turn = [pair.ours, pair.rival]
    best = {pair.ours: float("inf"), pair.rival: float("inf")}
    collect = max(once(pair.ours, False), once(pair.rival, False)) > LONG
    deadline = perf_counter() + effort.seconds
    repeats = 0
    while repeats < effort.repeats or perf_counter() < deadline:
        for contender in turn:
            best[contender] = min(best[contender], once(contender, collect))
        turn.reverse()
        repeats += 1
    return best[pair.ours] / pair.items * 1e9, best[pair.rival] / pair.items * 1e9
