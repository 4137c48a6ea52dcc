"""What several files of this suite use."""

import contextlib

import pytest


class Counted:
    """Counts its own deaths by number; it equals that number, so that a lookup makes no further object."""

    def __init__(self, number, deaths):
        self.number = number
        self.deaths = deaths

    def __hash__(self):
        return hash(self.number)

    def __eq__(self, other):
        return self.number == other

    def __del__(self):
        self.deaths[self.number] += 1


@pytest.fixture
def counted():
    return Counted


@pytest.fixture
def refused():
    """`with refused(BorrowError, "E0499")`: the block raises that exception with that compiler code."""

    @contextlib.contextmanager
    def block(error, code):
        with pytest.raises(error) as caught:
            yield
        assert caught.value.code == code

    return block
