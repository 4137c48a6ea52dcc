"""Verbs over iterables without an end, or with one that is far, all of them written in C. Ctrl-C ends them.

Each case runs in a process of its own, which would never end otherwise.
"""

import itertools
import operator
import signal
import sys

from entrymap import HashMap

FAR = 20_000_000


def pairs():
    return itertools.repeat(("k", 1))


def new_pairs():
    return zip(itertools.count(), itertools.repeat(1))


# Each with what may be in the map when it is ended: an endless call ends half way, a finite one before its end.
CASES = {
    "tally": lambda m: m.tally(itertools.repeat("k")),
    "tally of new keys": lambda m: m.tally(itertools.count()),
    "group": lambda m: m.group(pairs()),
    "group of new keys": lambda m: m.group(new_pairs()),
    "merge by add": lambda m: m.merge(pairs(), operator.add),
    "merge by max": lambda m: m.merge(pairs(), max),
    "update": lambda m: m.update(pairs()),
    "extend": lambda m: m.extend(pairs()),
    "HashMap": lambda m: HashMap(pairs()),
    "fromkeys": lambda m: HashMap.fromkeys(itertools.repeat("k")),
    "tally of a list": lambda m: m.tally(FINITE),
    "tally of a tuple": lambda m: m.tally(FINITE),
    "tally of bytes": lambda m: m.tally(FINITE),
    "group of a list": lambda m: m.group(FINITE),
    "merge of a dict": lambda m: m.merge(FINITE, operator.add),
    "merge of a HashMap": lambda m: m.merge(FINITE, operator.add),
}

SOURCES = {
    "tally of a list": lambda: ["k"] * FAR,
    "tally of a tuple": lambda: ("k",) * FAR,
    "tally of bytes": lambda: bytes(10 * FAR),
    "group of a list": lambda: [("k", 1)] * FAR,
    "merge of a dict": lambda: dict.fromkeys(range(FAR // 10), 1),
    "merge of a HashMap": lambda: HashMap.fromkeys(range(FAR // 10), 1),
}


def total(m):
    """How much a map has counted, grouped or merged."""
    return sum(len(value) if isinstance(value, list) else value for value in m.values())


if __name__ == "__main__":
    case = sys.argv[1]
    FINITE = SOURCES.get(case, list)()
    m = HashMap()
    signal.signal(signal.SIGALRM, signal.default_int_handler)
    signal.setitimer(signal.ITIMER_REAL, 0.02)
    try:
        CASES[case](m)
    except KeyboardInterrupt:
        # What C code does not notice is raised when it is through, and then all would be there.
        assert not FINITE or total(m) < len(FINITE), "the call was ended after it had ended"
    else:
        raise AssertionError("not interrupted")
    assert not case.startswith("tally") or m.is_empty(), m
