"""What a whole process does: it forks, ends threads, starts interpreters. Each case runs in a process of its own."""

import os
import threading

from deep_cases import build
from support import Hooked, main

from entrymap import HashMap


def forking():
    """The child finds every map whole, and may use it."""
    m, stop = HashMap((Hooked(n, hash=n % 5), n) for n in range(50)), threading.Event()

    def work():
        n = 0
        while not stop.is_set():
            n += 1
            m.tally([Hooked("counted")])
            m.update((key, n) for key in range(100, 200))
            for key in range(100, 200):
                m.pop(key, None)

    workers = [threading.Thread(target=work, daemon=True) for _ in range(3)]
    for worker in workers:
        worker.start()
    try:
        for _ in range(30):
            child = os.fork()
            if child == 0:
                whole = len(m) == len(list(m.items())) and all(m[Hooked(n, hash=n % 5)] == n for n in range(50))
                m.upsert(Hooked("counted"), 1, lambda old, new: old + new)
                m.clear()
                m["child"] = HashMap(m)
                os._exit(0 if whole and len(m) == 1 else 1)
            assert os.waitpid(child, 0)[1] == 0
    finally:
        stop.set()
        for worker in workers:
            worker.join()
    assert len(m) == 51


def ending():
    """What a thread has in its own store is dropped when it ends, deep as it is."""
    store = threading.local()

    def work():
        store.nest = build("in_map", depth=50_000)
        store.entries = [HashMap().entry((n, n)) for n in range(100)]

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def another_interpreter():
    """Python cannot share these types between interpreters: the import says so and breaks nothing."""
    import _xxsubinterpreters as interpreters

    other = interpreters.create()
    try:
        interpreters.run_string(
            other,
            "try:\n"
            "    import entrymap\n"
            "except ImportError as error:\n"
            "    assert 'interpreter' in str(error), error\n"
            "else:\n"
            "    raise AssertionError('imported')\n",
        )
    finally:
        interpreters.destroy(other)
    assert HashMap(a=1)["a"] == 1


if __name__ == "__main__":
    main(globals())
