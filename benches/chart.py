"""Draws the figures of `run.py --json` as two pictures: one for light and one for dark backgrounds.

benches/chart.py results.json        writes benches/chart-light.svg and benches/chart-dark.svg
"""

# Matplotlib's own types leave keyword arguments open.
# pyright: reportUnknownMemberType=false

import argparse
import json
from pathlib import Path
from typing import Any, NamedTuple

import matplotlib as mpl
from matplotlib import pyplot as plt
from matplotlib.axes import Axes

FOLDER = Path(__file__).parent
# A picture holds a part of the table: what people come for, and what they pay.
SHOWN = [
    "tally/array",
    "tally/numpy/unique",
    "tally/str/few",
    "tally/int/few",
    "tally/str/many",
    "tally/str/generator",
    "merge/add/dict",
    "merge/add/cytoolz",
    "group/few/defaultdict",
    "group/many/cytoolz",
    "chain/patina",
    "get_or_insert_with/slow",
    "upsert/slow",
    "get_or_insert_with/str",
    "upsert/str",
    "contains/str",
    "getitem/str",
    "get/str",
    "setitem/str",
    "from_pairs/10^3",
    "walk/keys/10^3",
    "eq",
    "clone/10^3",
]


class Look(NamedTuple):
    text: str
    faint: str
    faster: str
    slower: str


LOOKS = {
    "light": Look(text="#1f2328", faint="#d1d9e0", faster="#1a7f37", slower="#bc4c00"),
    "dark": Look(text="#e6edf3", faint="#3d444d", faster="#3fb950", slower="#f0883e"),
}


def speed(row: dict[str, Any]) -> float:
    """How many times as fast as the rival."""
    return float(row["theirs"] / row["ours"])


def label(value: float) -> str:
    return f"{value:.1f} × faster" if value >= 1 else f"{1 / value:.1f} × slower"


def bars(axes: Axes, rows: list[dict[str, Any]], look: Look) -> None:
    """One bar a row, to the right of 1 where we are faster, to the left where we are slower."""
    for y, row in enumerate(rows):
        value = speed(row)
        color = look.faster if value >= 1 else look.slower
        axes.barh(y, value - 1, left=1, height=0.62, color=color)
        side, gap = ("left", 4) if value >= 1 else ("right", -4)
        axes.annotate(label(value), (value, y), (gap, 0), textcoords="offset points", ha=side, va="center",
                      color=look.text, fontsize=8)  # fmt: skip
    axes.set_yticks(range(len(rows)), [f"{row['work']}   vs   {row['rival']}" for row in rows], fontsize=8)
    axes.set_ylim(len(rows) - 0.4, -0.6)


def draw(results: dict[str, Any], look: Look, path: Path) -> None:
    by_name = {row["name"]: row for row in results["rows"]}
    rows = [by_name[name] for name in SHOWN if by_name.get(name, {}).get("ratio") is not None]
    figure, axes = plt.subplots(figsize=(10, 0.9 + 0.27 * len(rows)), layout="constrained")
    axes.set_xscale("log")
    bars(axes, rows, look)
    # Room for the labels at the ends of the bars.
    low, high = min(map(speed, rows)) / 2.8, max(map(speed, rows)) * 2.2
    axes.set_xlim(low, high)
    ticks = [tick for tick in (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50) if low < tick < high]
    axes.set_xticks(ticks, [f"{tick:g}" for tick in ticks], fontsize=8)
    axes.minorticks_off()
    axes.grid(axis="x", color=look.faint, linewidth=0.6)
    axes.set_axisbelow(True)
    axes.axvline(1, color=look.text, linewidth=0.8)
    axes.tick_params(colors=look.text, length=0)
    axes.spines[:].set_visible(False)
    conditions = results["conditions"]
    axes.set_xlabel(f"times as fast · {conditions['versions'].partition(',')[0]}, {conditions['machine']}",
                    color=look.text, fontsize=8)  # fmt: skip
    figure.savefig(path, transparent=True, metadata={"Date": None} if path.suffix == ".svg" else None)
    plt.close(figure)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("results", type=Path, help="what run.py --json wrote")
    parser.add_argument("--to", type=Path, default=FOLDER, metavar="FOLDER", help="where the pictures go")
    parser.add_argument("--format", default="svg", choices=["svg", "png"])
    options = parser.parse_args()
    mpl.use("agg")
    mpl.rcParams["svg.hashsalt"] = "entrymap"
    results = json.loads(options.results.read_text())
    for name, look in LOOKS.items():
        draw(results, look, options.to / f"chart-{name}.{options.format}")


if __name__ == "__main__":
    main()
