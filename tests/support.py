"""Keys and values that count, raise or touch a map, and the child process for what might crash or hang."""

import subprocess
import sys
import threading
from collections import Counter
from pathlib import Path

TIME_LIMIT = 30


class Counted:
    """Equal by name. Its class-wide journal holds every call of `__hash__` and `__eq__`, with the objects."""

    journal: list[tuple] = []

    def __init__(self, name, hash=7):
        self.name = name
        self.hash = hash

    def __hash__(self):
        self.journal.append(("hash", self))
        return self.hash

    def __eq__(self, other):
        self.journal.append(("eq", self, other))
        return isinstance(other, Counted) and self.name == other.name

    def __repr__(self):
        return f"Counted({self.name!r})"

    @classmethod
    def calls(cls):
        """How often `__hash__` ran, and `__eq__` for each object on the left."""
        hashes = sum(entry[0] == "hash" for entry in cls.journal)
        return hashes, Counter(id(entry[1]) for entry in cls.journal if entry[0] == "eq")


class Hooked:
    """Equal by name. Class-wide hooks run once, at the next `__eq__` or `__hash__`, when they are set."""

    on_eq = None
    on_hash = None

    def __init__(self, name, hash=7):
        self.name = name
        self.hash = hash

    def __hash__(self):
        hook, Hooked.on_hash = Hooked.on_hash, None
        if hook:
            hook()
        return self.hash

    def __eq__(self, other):
        hook, Hooked.on_eq = Hooked.on_eq, None
        if hook:
            hook()
        return isinstance(other, Hooked) and self.name == other.name

    def __repr__(self):
        return f"Hooked({self.name!r})"


class Dying:
    """Calls a function when it dies."""

    def __init__(self, last_words):
        self.last_words = last_words

    def __del__(self):
        self.last_words()


class Unprintable:
    """Its `repr` raises."""

    def __repr__(self):
        raise ZeroDivisionError("no repr")


class Node:
    """A value that may be weakly referenced and holds one object."""

    def __init__(self, held=None):
        self.held = held


def in_threads(*functions):
    """Runs the functions side by side and raises what one of them raised."""
    failures = []

    def guarded(f):
        try:
            f()
        except BaseException as failure:
            failures.append(failure)

    threads = [threading.Thread(target=guarded, args=(f,)) for f in functions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]


def run_in_child(script, case, *arguments):
    """Runs one function of a file in a new process: it must end in time, in peace, and say nothing to stderr."""
    path = Path(__file__).with_name(script)
    command = [sys.executable, "-X", "faulthandler", "-W", "error", str(path), case, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=TIME_LIMIT, check=False)
    assert (done.returncode, done.stderr) == (0, ""), f"{case}: exit {done.returncode}\n{done.stderr[-3000:]}"


def main(cases):
    """Runs the case named on the command line, in a file of cases."""
    name, *arguments = sys.argv[1:]
    cases[name](*arguments)
