"""Times entrymap against what people use today. See benches/README.md.

Each case runs in a process of its own, so that no heap is shaped by the case before.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from cases import CASES, Case
from measure import Effort, Figure

README = Path(__file__).with_name("README.md")
BEGIN, END = "<!-- results -->", "<!-- end of results -->"
QUICK, FULL = Effort(0.2, 3), Effort(2, 5)
PROCESSES = 3
SIGNS = {"faster": "≥", "at most": "≤", "adds": "+≤"}

Row = dict[str, Any]


def child(case: Case, quick: bool) -> Figure:
    """Measures a case in this process."""
    return case.how(case.make, case.quick_size() if quick else case.size, QUICK if quick else FULL)


def measured(case: Case, quick: bool) -> Row:
    """Measures a case in processes of its own, each with its own seeds and addresses; the least counts."""
    command = [sys.executable, __file__, "--child", case.name, *(["--quick"] if quick else [])]
    figures: list[list[float]] = []
    for _ in range(1 if quick else PROCESSES):
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
        figures.append(json.loads(done.stdout))
    return row(case, Figure(*map(min, zip(*figures, strict=True))))


def row(case: Case, figure: Figure | None) -> Row:
    """What is saved of a case; without figures if its verb is not there."""
    goal = case.goal
    texts = {"name": case.name, "work": case.work, "rival": case.rival, "unit": case.unit}
    lines = {"sense": goal.sense, "must": goal.must, "aim": goal.aim}
    if figure is None:
        return {**texts, **lines, "ratio": None, "verdict": "not there yet"}
    ratio = goal.ratio(figure)
    verdict = "aim" if goal.met(ratio, goal.aim) else "must" if goal.met(ratio, goal.must) else "MISSED"
    return {**texts, **lines, "ours": figure.ours, "theirs": figure.rival, "ratio": ratio, "verdict": verdict}


def cells(row: Row) -> list[str]:
    lines = [f"{SIGNS[row['sense']]} {row['must']:g}", f"{row['aim']:g}", row["verdict"]]
    if row["ratio"] is None:
        return [row["work"], row["rival"], "", "", "", *lines]
    numbers = [f"{row['ours']:.3g} {row['unit']}", f"{row['theirs']:.3g} {row['unit']}", f"{row['ratio']:.2f}"]
    return [row["work"], row["rival"], *numbers, *lines]


HEAD = ["work", "against", "ours", "theirs", "ratio", "must", "aim", "holds"]


def shown(name: str, columns: list[str]) -> str:
    work, rival, ours, theirs, ratio, must, aim, verdict = columns
    return f"{name:<24}{ours:>9} {theirs:>9}{ratio:>7}  {must:<7}{aim:<5}{verdict:<14}{work} | {rival}"


def package(name: str) -> str:
    try:
        return f"{name} {version(name)}"
    except PackageNotFoundError:
        return f"no {name}"


def processor() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    return next((line.partition(": ")[2] for line in lines if line.startswith("model name")), platform.processor())


def conditions(quick: bool) -> dict[str, str]:
    """What the figures hold for."""
    packages = ["entrymap", "patina", "cytoolz", "numpy"]
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "machine": f"{processor()}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}",
        "versions": ", ".join([f"Python {platform.python_version()}", *map(package, packages)]),
        "mode": "quick" if quick else "full",
    }


def markdown(results: dict[str, Any]) -> str:
    head = "\n".join(f"{name.capitalize()}: {text}.  " for name, text in results["conditions"].items())
    rows = [HEAD, ["---"] * len(HEAD), *map(cells, results["rows"])]
    return "\n\n".join(
        [head, "\n".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |" for row in rows)]
    )


def publish(results: dict[str, Any]) -> None:
    """Puts the table between its marks in the README."""
    text = README.read_text()
    before, after = text[: text.index(BEGIN) + len(BEGIN)], text[text.index(END) :]
    README.write_text(f"{before}\n{markdown(results)}\n{after}")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="smaller and less exact, in under a minute")
    parser.add_argument("--only", default="", metavar="PATTERN", help="only cases with this in their name")
    parser.add_argument("--check", action="store_true", help="exit with 1 if a must does not hold")
    parser.add_argument("--json", type=Path, metavar="FILE", help="save the figures")
    parser.add_argument("--markdown", action="store_true", help="write the table into benches/README.md")
    parser.add_argument("--child", help=argparse.SUPPRESS)
    return parser.parse_args()


def main() -> int:
    options = arguments()
    if options.child:
        case = next(case for case in CASES if case.name == options.child)
        print(json.dumps(child(case, options.quick)))
        return 0
    print(shown("", HEAD))
    rows: list[Row] = []
    for case in (case for case in CASES if options.only in case.name):
        rows.append(measured(case, options.quick) if case.there() else row(case, None))
        print(shown(case.name, cells(rows[-1])), flush=True)
    results = {"conditions": conditions(options.quick), "rows": rows}
    if options.json:
        options.json.write_text(json.dumps(results, indent=1) + "\n")
    if options.markdown:
        publish(results)
    return 1 if options.check and any(row["verdict"] == "MISSED" for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main())
