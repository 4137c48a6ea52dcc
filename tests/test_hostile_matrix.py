"""Every operation crossed with every hostile deed: some 55,000 cells, each row in a child process."""

import os

import pytest
from hostile_matrix import OPERATIONS
from support import run_in_child

ROWS = list(OPERATIONS)
# How many rows share the start of one Python.
SHARE = 12


@pytest.mark.skipif(not hasattr(os, "fork"), reason="each row is a fork")
@pytest.mark.parametrize("first", range(0, len(ROWS), SHARE), ids=lambda first: f"from {ROWS[first]}")
def test_no_deed_breaks_an_operation(first):
    run_in_child("hostile_matrix.py", *ROWS[first : first + SHARE])
