"""No test is timed by the clock, Hypothesis's included."""

import sys

import pytest
from hypothesis import settings

settings.register_profile("untimed", deadline=None)
settings.register_profile("nightly", deadline=None, max_examples=6_000)
settings.load_profile("untimed")


@pytest.fixture
def fast_switches():
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    yield
    sys.setswitchinterval(interval)
