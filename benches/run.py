"""Times entrymap against what people use today. See benches/README.md.

Each case runs in a process of its own, so that no heap is shaped by the case before.
"""

import argparse
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from cases import CASES, Case
from entrymap import HashMap
from measure import Effort, interleaved

QUICK, FULL = Effort(0.5, 3), Effort(3, 7)
PROCESSES = 3
MISSING = "not there yet"

Row = dict[str, Any]


def child(case: Case, quick: bool) -> tuple[float, float]:
    """Measures a case in this process."""
    return interleaved(case.make(case.size), QUICK if quick else FULL)


def measured(case: Case, quick: bool) -> Row:
    """Measures a case in processes of its own, each with its own seeds and addresses; the minimum counts."""
    command = [sys.executable, __file__, "--child", case.name, *(["--quick"] if quick else [])]
    figures = []
    for _ in range(1 if quick else PROCESSES):
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
        figures.append(json.loads(done.stdout))
    ours, rival = (min(side) for side in zip(*figures, strict=True))
    return row(case, ours, rival)


def row(case: Case, ours: float, rival: float) -> Row:
    ratio = case.goal.ratio(ours, rival)
    holds = {line: case.goal.met(ratio, getattr(case.goal, line)) for line in ("must", "aim")}
    return {"name": case.name, "ours": ours, "rival": rival, "ratio": ratio, "holds": holds}


def shown(case: Case, figure: Row | None) -> str:
    goal = case.goal
    lines = f"{'≥' if goal.faster else '≤'} {goal.must:<5g}{goal.aim:<5g}"
    if figure is None:
        return f"{case.name:<22}{MISSING:>26}   {lines}   {case.work} | {case.rival}"
    mark = "aim" if figure["holds"]["aim"] else "must" if figure["holds"]["must"] else "MISS"
    numbers = f"{figure['ours']:>9.1f}{figure['rival']:>9.1f}{figure['ratio']:>8.2f}"
    return f"{case.name:<22}{numbers}   {lines}{mark:<5} {case.work} | {case.rival}"


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="less exact, in under a minute")
    parser.add_argument("--only", default="", metavar="PATTERN", help="only cases with this in their name")
    parser.add_argument("--check", action="store_true", help="exit with 1 if a must does not hold")
    parser.add_argument("--json", type=Path, metavar="FILE", help="save the figures")
    parser.add_argument("--child", help=argparse.SUPPRESS)
    return parser.parse_args()


def main() -> int:
    options = arguments()
    if options.child:
        case = next(case for case in CASES if case.name == options.child)
        print(json.dumps(child(case, options.quick)))
        return 0
    print(f"{'':<22}{'ours':>9}{'rival':>9}{'ratio':>8}   {'must aim':<17}  (ns an item)")
    rows = []
    for case in CASES:
        if options.only in case.name:
            figure = measured(case, options.quick) if hasattr(HashMap, case.needs) else None
            print(shown(case, figure), flush=True)
            rows += [figure] if figure else []
    if options.json:
        options.json.write_text(json.dumps(rows, indent=1))
    return 1 if options.check and not all(figure["holds"]["must"] for figure in rows) else 0


if __name__ == "__main__":
    sys.exit(main())
