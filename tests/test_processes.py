"""Threads, forks and interpreters."""

import operator
import threading

import pytest
from support import Hooked, in_threads, run_in_child

from entrymap import BorrowError, HashMap, MovedError, OccupiedEntry, OccupiedError

THREADS = 8
EACH = 100


def test_a_fork_while_another_thread_works():
    run_in_child("process_cases.py", "forking")


def test_a_thread_that_ends_with_a_nest_to_drop():
    run_in_child("process_cases.py", "ending")


def test_another_interpreter_of_the_same_process():
    run_in_child("process_cases.py", "another_interpreter")


@pytest.fixture
def keys():
    """Some that compare without Python, and some of one hash that do not."""
    return [*"abcd", 1, 2.5, *(Hooked(n) for n in range(4))]


@pytest.mark.usefixtures("fast_switches")
def test_the_verbs_of_one_call_are_exact_in_a_crowd(keys):
    """Counting by every verb that is one call, beside threads that read, walk, reserve and clone."""
    m, done = HashMap(), threading.Event()

    def count(number):
        verbs = [
            lambda: m.tally(keys),
            lambda: m.merge([(key, 1) for key in keys], operator.add),
            lambda: m.merge(((key, 1) for key in keys), lambda old, new: old + new),
            lambda: [m.upsert(key, 1, lambda old, new: old + new) for key in keys],
            lambda: [m.upsert(key, 1, operator.add) for key in keys],
        ]
        for turn in range(EACH):
            verbs[(turn + number) % len(verbs)]()

    def disturb():
        while not done.is_set():
            list(m.clone().items()), m == m.clone(), m.get(keys[-1]), repr(m)
            m.reserve(50), m.shrink_to_fit(), m.get_or_insert_with("other", list), m.group([("other", 1)])
            m.insert(Hooked("brief"), 1), m.pop(Hooked("brief"), None)

    disturbers = [threading.Thread(target=disturb) for _ in range(2)]
    for thread in disturbers:
        thread.start()
    try:
        in_threads(*[lambda number=number: count(number) for number in range(THREADS - 2)])
    finally:
        done.set()
        for thread in disturbers:
            thread.join()
    assert {key: m[key] for key in keys} == dict.fromkeys(keys, (THREADS - 2) * EACH)
    m.remove("other")
    assert len(m) == len(keys)


def counted_by_match(m, key):
    e = m.entry(key)
    if isinstance(e, OccupiedEntry):
        e.insert(e.get() + 1)
    else:
        e.insert(1)


# Each reads, then writes, in more than one call.
CHAINS = {
    "match": counted_by_match,
    "and_update": lambda m, key: m.entry(key).and_update(lambda n: n + 1).or_insert(1),
    "and_modify": lambda m, key: m.entry(key).and_modify(lambda r: r.add_assign(1)).or_insert(1),
    "or_insert_with": lambda m, key: m.entry(key).or_insert_with(int).apply(lambda n: n + 1),
}


@pytest.mark.usefixtures("fast_switches")
@pytest.mark.parametrize("chain", CHAINS)
def test_a_chain_of_calls_is_exact_or_refused(keys, chain):
    """What was refused is done again, and then every count is there."""
    m = HashMap()

    def count():
        for _ in range(EACH // 4):
            for key in keys:
                while True:
                    try:
                        CHAINS[chain](m, key)
                    except (BorrowError, MovedError):
                        continue
                    break

    in_threads(*[count] * THREADS)
    short = {key: m[key] for key in keys if m[key] < THREADS * (EACH // 4)}
    assert not short, "an update was lost"
    assert len(m) == len(keys)


@pytest.mark.usefixtures("fast_switches")
def test_mixed_operations_of_many_threads_leave_a_whole_map(keys):
    m = HashMap()

    def work(number):
        calls = [
            lambda key: m.insert(key, number),
            lambda key: m.remove(key),
            lambda key: m.pop(key, None),
            lambda key: m.setdefault(key, number),
            lambda key: m.try_insert(key, number),
            lambda key: m.entry(key).insert_entry(number).remove(),
            lambda key: m.retain(lambda k, r: r.value != number),
            lambda key: list(m.extract_if(lambda k, r: r.value == number)),
            lambda key: [r.set(number) for r in m.values_mut()],
            lambda key: list(m.drain()),
            lambda key: m.update((k, number) for k in keys),
            lambda key: m.popitem(),
            lambda key: [k for k in m if k in m],
            lambda key: m.get_disjoint_mut(keys),
            lambda key: m.clone_from(m.clone()),
            lambda key: m.clear(),
        ]
        for turn in range(EACH):
            for at, key in enumerate(keys):
                try:
                    calls[(turn + at * number) % len(calls)](key)
                except (BorrowError, MovedError, OccupiedError, KeyError):
                    pass

    in_threads(*[lambda number=number: work(number) for number in range(THREADS)])
    pairs = list(m.items())
    assert len(m) == len(pairs) == len(set(map(id, (key for key, _ in pairs))))
    assert all(m.get_key_value(key) == (key, value) for key, value in pairs)
    assert len(m) <= len(keys)
