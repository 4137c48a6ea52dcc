"""Each promise of SECURITY.md names its tests, and these exist."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PROMISED, _, REST = (ROOT / "SECURITY.md").read_text().partition("## Promised")[2].partition("## Not promised")
PROMISES = dict(re.findall(r"^\*\*(.+?)\*\*(.*?)(?=^\*\*|\Z)", PROMISED, re.MULTILINE | re.DOTALL))
TEST = re.compile(r"`(tests/\S+?\.py)(?:::(\w+))?`")


@pytest.mark.parametrize("promise", PROMISES)
def test_a_promise_names_a_test(promise):
    named = TEST.findall(PROMISES[promise])
    assert named
    for file, test in named:
        assert re.search(rf"def {test}\(", (ROOT / file).read_text()), f"{file}::{test}"


def test_what_is_not_promised_names_files_that_exist():
    assert all((ROOT / file).exists() for file, _ in TEST.findall(REST))
    assert len(PROMISES) > 9
