"""What is timed against each other does the same work, and what the benchmark says of a figure is true."""

import json
import sys
from pathlib import Path

import pytest

BENCHES = Path(__file__).parents[1] / "benches"
sys.path.insert(0, str(BENCHES))
from profile import EACH, WHOLE, read

from cases import CASES, Case, adds, at_most, faster
from measure import Figure
from run import row

sys.path.remove(str(BENCHES))
del sys.modules["profile"]  # For whoever wants the standard library's.
for peer in ("patina", "cytoolz", "numpy"):
    pytest.importorskip(peer, reason="the benchmark's peers are in the dependency group `bench`")


@pytest.mark.parametrize("case", [case for case in CASES if case.there()], ids=lambda case: case.name)
def test_contenders_do_the_same_work(case):
    pair = case.make(200)
    assert pair.seen(pair.ours()) == pair.seen(pair.rival())


def test_names_tell_cases_apart():
    assert len({case.name for case in CASES}) == len(CASES)


@pytest.mark.parametrize(
    ("goal", "ours", "ratio", "verdict"),
    [
        (faster(2, 3), 10, 3, "aim"),
        (faster(2, 3), 15, 2, "must"),
        (faster(2, 3), 16, 1.875, "MISSED"),
        (at_most(1.5, 1.1), 33, 1.1, "aim"),
        (at_most(1.5, 1.1), 45, 1.5, "must"),
        (at_most(1.5, 1.1), 48, 1.6, "MISSED"),
        (adds(1, 0), 30.03, pytest.approx(0.03), "aim"),
        (adds(1, 0), 31, 1, "must"),
        (adds(1, 0), 31.1, pytest.approx(1.1), "MISSED"),
    ],
)
def test_verdicts(goal, ours, ratio, verdict):
    case = Case("name", "work", "rival", goal, 1, CASES[0].make)
    found = row(case, Figure(ours, 30))
    assert (found["ratio"], found["verdict"]) == (ratio, verdict)


def test_a_dump_is_added_up_by_function(tmp_path):
    dump = tmp_path / "dump"
    dump.write_text("fn=(1) caller\n1 5000\ncfn=(2) callee\ncalls=3 7\n+1 99999\nfn=(2)\n* 10000\n")
    assert read(dump) == (3, {"caller": 1, "callee": 2})


def test_saved_counts_name_operations_that_there_are():
    assert json.loads((BENCHES / "profile.json").read_text()).keys() <= EACH.keys() | WHOLE.keys()
