"""How hashes are mixed."""

from collections import Counter

import pytest

from entrymap import BuildHasherDefault, FoldState, RandomState

COUNT = 4096
PATTERNS = {
    "counted": range(COUNT),
    "negative": range(-COUNT - 1, -1),
    "stride 16": range(0, 16 * COUNT, 16),
    "stride 1024": range(0, 1024 * COUNT, 1024),
    "shifted by 32": [i << 32 for i in range(COUNT)],
    "shifted by 44": [i << 44 for i in range(COUNT)],
    "fractions": [i / 1024 for i in range(COUNT)],
}


@pytest.mark.parametrize("keys", PATTERNS.values(), ids=PATTERNS)
@pytest.mark.parametrize("builder", [RandomState(), BuildHasherDefault(), FoldState(0), FoldState(7), FoldState()])
def test_regular_keys_spread_over_buckets_and_tags(builder, keys):
    """The std map takes the bucket from the low bits and a tag from the top 7."""
    mixes = [builder.hash_one(key) for key in keys]
    assert len(set(mixes)) == COUNT
    assert len({mix % COUNT for mix in mixes}) > COUNT // 2
    assert max(Counter(mix % COUNT for mix in mixes).values()) < 12
    tags = Counter(mix >> 57 for mix in mixes)
    assert len(tags) == 128 and max(tags.values()) < 3 * COUNT // 128


def answering(result):
    """A class of hashers of which each finishes with `result`."""
    return type("Answering", (), {"write": lambda self, data: None, "finish": lambda self: result})


class Index:
    def __index__(self):
        return 7


@pytest.mark.parametrize(
    ("result", "mix"), [(5, 5), (-1, 2**64 - 1), (2**64, 0), (-(2**200) + 3, 3), (True, 1), (Index(), 7)]
)
def test_an_answer_of_python_is_taken_modulo_64_bits(result, mix):
    assert BuildHasherDefault(answering(result)).hash_one("key") == mix


@pytest.mark.parametrize("result", [1.5, "5", None])
def test_an_answer_of_python_must_be_an_int(result):
    with pytest.raises(TypeError, match=rf"finish\(\) .* must return an int, not {result!r}"):
        BuildHasherDefault(answering(result)).hash_one("key")


@pytest.mark.parametrize("failing", ["__init__", "write", "finish"])
def test_an_error_of_a_hasher_written_in_python_reaches_the_caller(failing):
    def fail(*_args):
        raise ZeroDivisionError(failing)

    hasher = type("Failing", (answering(5),), {failing: fail})
    with pytest.raises(ZeroDivisionError, match=failing):
        BuildHasherDefault(hasher).hash_one("key")


def test_a_hasher_written_in_python_is_given_the_bytes_of_the_hash():
    written = []
    hasher = type("Noting", (answering(5),), {"write": lambda self, data: written.append(data)})
    BuildHasherDefault(hasher).hash_one(-2)
    BuildHasherDefault(hasher).hash_one(1.0)
    assert written == [b"\xfe" + 7 * b"\xff", b"\x01" + 7 * b"\x00"]
