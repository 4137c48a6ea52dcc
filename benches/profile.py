"""Counts the instructions of single operations under callgrind, so that a regression shows without a clock.

    benches/profile.py                   all operations, against the counts in profile.json
    benches/profile.py chain upsert      only these
    benches/profile.py --annotate chain  the functions that the instructions of one go to
    benches/profile.py --save            makes the counts the ones to compare with

One interpreter runs each loop once to settle and once to be counted. callgrind writes a dump whenever the interpreter
asks for its parent's id, which is how a loop is set off from the rest. The loop around the operation is taken off.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from entrymap import HashMap

SAVED = Path(__file__).with_name("profile.json")
DISTINCT = 1_000
ROUNDS = 5
LOOP = "loop"

# What is run for each key `k` of `keys`.
EACH = {
    LOOP: "pass",
    "chain": "m.entry(k).or_insert(0).value += 1",
    "upsert": "m.upsert(k, 1, add)",
    "get_or_insert_with": "m.get_or_insert_with(k, list)",
    "getitem": "m[k]",
    "setitem": "m[k] = 1",
    "contains": "k in m",
    "get": "m.get(k)",
}
# What goes over the `keys` itself.
WHOLE = {
    "iterate": "for _ in m: pass",
    "tally": "m.tally(keys)",
    "group": "groups.group(pairs)",
    "from_dict": "HashMap(d)",
    "clone": "m.clone()",
}
# The methods that an operation cannot do without.
NEEDS = {"tally": "tally", "group": "group"}

FUNCTION = """
def {name}(m, d, groups, keys, pairs):
    for k in {over}:
        {statement}
"""
PROGRAM = """
import os
from operator import add
from entrymap import HashMap
{functions}
for f in [{names}]:
    keys = [f"key{{i:07d}}" for i in range({distinct})]
    d = dict.fromkeys(keys, 1)
    arguments = HashMap(d), d, HashMap(), keys, [(k, 1) for k in keys]
    f(*arguments)
    os.getppid()
    f(*arguments)
    os.getppid()
"""


class Counts(NamedTuple):
    """Instructions an item: in all, and by function."""

    total: float
    functions: Counter[str]


def program(names: list[str]) -> str:
    def function(name: str) -> str:
        over = f"keys * {ROUNDS}" if name in EACH else f"range({ROUNDS})"
        return FUNCTION.format(name=name, over=over, statement=EACH.get(name) or WHOLE[name])

    return PROGRAM.format(functions="".join(map(function, names)), names=", ".join(names), distinct=DISTINCT)


def run(names: list[str]) -> dict[str, Counts]:
    """Counts the operations in one process under callgrind."""
    if not shutil.which("valgrind"):
        raise SystemExit("make profile needs valgrind, which is not installed")
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, "dump")
        callgrind = ["valgrind", "-q", "--tool=callgrind", f"--callgrind-out-file={out}", "--dump-before=getppid"]
        environment = {**os.environ, "PYTHONHASHSEED": "0"}
        subprocess.run([*callgrind, sys.executable, "-c", program(names)], check=True, env=environment)
        # Dump 1 is what came before the first count, dump 2 the first count, dump 3 what lies between, and so on.
        return {name: read(out.with_name(f"dump.{2 * i}")) for i, name in enumerate(names, 1)}


def read(dump: Path) -> Counts:
    """Adds up a dump by function. The line after `calls=` is the cost of the function called, not of the caller."""
    known: dict[str, str] = {}
    functions: Counter[str] = Counter()
    name, called = "", False
    for line in dump.read_text().splitlines():
        if found := re.match(r"c?fn=(\(\d+\))(?: (.*))?", line):
            known.setdefault(found[1], found[2])
            name = known[found[1]] if line.startswith("fn=") else name
        elif line.startswith("calls="):
            called = True
        elif re.match(r"[+*\-\d]", line):
            functions[name] += 0 if called else int(line.split()[1])
            called = False
    per_item = Counter({name: count / (ROUNDS * DISTINCT) for name, count in functions.items()})
    return Counts(sum(per_item.values()), per_item)


def without_loop(counts: dict[str, Counts]) -> dict[str, Counts]:
    loop = counts.pop(LOOP)
    for name in EACH.keys() & counts.keys():
        functions = counts[name].functions
        functions.subtract(loop.functions)
        counts[name] = Counts(counts[name].total - loop.total, functions)
    return counts


def compared(counts: dict[str, Counts], saved: dict[str, float]) -> None:
    print(f"{'instructions an item':<22}{'now':>9}{'saved':>9}{'change':>9}")
    for name, (total, _) in counts.items():
        before = saved.get(name)
        change = f"{before:>9.1f}{total / before - 1:>+9.1%}" if before else ""
        print(f"{name:<22}{total:>9.1f}{change}")


def annotated(name: str, counts: Counts) -> None:
    print(f"{name}: {counts.total:.1f} instructions an item")
    for function, count in counts.functions.most_common():
        if count >= counts.total / 500:
            print(f"{count:>9.1f} {count / counts.total:>6.1%}  {function}")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    present = [name for name in [*EACH, *WHOLE] if name != LOOP and hasattr(HashMap, NEEDS.get(name, "new"))]
    parser.add_argument("operation", nargs="*", help=", ".join(present))
    parser.add_argument("--annotate", action="store_true", help="show the functions")
    parser.add_argument("--save", action="store_true", help=f"rewrite {SAVED.name}")
    options = parser.parse_args()
    if unknown := set(options.operation) - set(present):
        parser.error(f"not there: {', '.join(unknown)}; there are {', '.join(present)}")
    options.operation = options.operation or present
    return options


def main() -> None:
    options = arguments()
    saved: dict[str, float] = json.loads(SAVED.read_text()) if SAVED.exists() else {}
    counts = without_loop(run([LOOP, *options.operation]))
    compared(counts, saved)
    if options.annotate:
        for name in counts:
            annotated(name, counts[name])
    if options.save:
        saved.update({name: round(total, 1) for name, (total, _) in counts.items()})
        SAVED.write_text(json.dumps(saved, indent=1) + "\n")


if __name__ == "__main__":
    main()
