"""How a figure is taken: both contenders by turns in one process, the least of each."""

import ctypes
import gc
from collections.abc import Callable
from time import perf_counter
from typing import Any, NamedTuple

Contender = Callable[[], Any]

# A call that takes longer starts from a collected heap, so that no contender pays for what the other left behind.
LONG = 0.005
# What growth is counted from.
SMALL = 1_000
# How many sizes stand for all between one and its double.
STEPS = 16


class Pair(NamedTuple):
    """Two ways to do the same work on `items` items. They return what they made; `seen` brings it into one form."""

    ours: Contender
    rival: Contender
    items: int
    seen: Callable[[Any], Any] = lambda result: result


Make = Callable[[int], Pair]


class Effort(NamedTuple):
    """How long a pair is repeated, and how often at least."""

    seconds: float
    repeats: int


class Figure(NamedTuple):
    ours: float
    rival: float


def once(contender: Contender, collect: bool) -> float:
    """The seconds of one call; what it returns is freed after the clock has stopped."""
    if collect:
        gc.collect()
    begin = perf_counter()
    result = contender()
    end = perf_counter()
    del result
    return end - begin


def interleaved(pair: Pair, effort: Effort) -> Figure:
    """Nanoseconds an item: A B, B A, A B, ... and the minimum of each. The first turn only warms up."""
    turn = [pair.ours, pair.rival]
    collect = max([once(contender, False) for contender in turn]) > LONG
    best = {contender: float("inf") for contender in turn}
    deadline = perf_counter() + effort.seconds
    repeats = 0
    while repeats < effort.repeats or perf_counter() < deadline:
        for contender in turn:
            best[contender] = min(best[contender], once(contender, collect))
        turn.reverse()
        repeats += 1
    return Figure(*(best[contender] / pair.items * 1e9 for contender in (pair.ours, pair.rival)))


def time(make: Make, size: int, effort: Effort) -> Figure:
    return interleaved(make(size), effort)


def growth(make: Make, size: int, effort: Effort) -> Figure:
    """How many times as long an item takes among `size` as among a thousand."""
    small, large = interleaved(make(SMALL), effort), interleaved(make(size), effort)
    return Figure(large.ours / small.ours, large.rival / small.rival)


FIELDS = (
    "arena", "ordblks", "smblks", "hblks", "hblkhd", "usmblks", "fsmblks", "uordblks", "fordblks", "keepcost",
)  # fmt: skip


class Mallinfo(ctypes.Structure):
    """glibc's `struct mallinfo2`."""

    _fields_ = [(name, ctypes.c_size_t) for name in FIELDS]


def allocated() -> int:
    """The bytes that malloc has given out. Python's small objects are in arenas that it maps itself."""
    try:
        mallinfo2 = ctypes.CDLL(None).mallinfo2
    except AttributeError:
        raise SystemExit("memory is read from glibc's mallinfo2, which is not here") from None
    mallinfo2.restype = Mallinfo
    info = mallinfo2()
    return int(info.uordblks + info.hblkhd)


def kept(contender: Contender) -> int:
    """The bytes of what a call returns, its keys and values apart, which were there before."""
    gc.collect()
    before = allocated()
    result = contender()
    gc.collect()
    after = allocated()
    del result
    return after - before


def memory(make: Make, size: int, _: Effort) -> Figure:
    """Bytes an item, the mean over sizes from `size` to its double."""
    ours = rival = 0.0
    for step in range(STEPS):
        pair = make(size + size * (2 * step + 1) // (2 * STEPS))
        ours += kept(pair.ours) / pair.items / STEPS
        rival += kept(pair.rival) / pair.items / STEPS
    return Figure(ours, rival)


def pause(make: Make, size: int, effort: Effort) -> Figure:
    """Milliseconds of a full collection while each of two objects is alive."""

    def collection(contender: Contender) -> float:
        result = contender()
        gc.collect()
        taken = min(once(gc.collect, False) for _ in range(effort.repeats))
        del result
        return taken * 1e3

    pair = make(size)
    turns = [(collection(pair.ours), collection(pair.rival)) for _ in range(effort.repeats)]
    return Figure(*map(min, zip(*turns, strict=True)))
