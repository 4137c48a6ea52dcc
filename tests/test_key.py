import math
import subprocess
import sys
from decimal import Decimal
from fractions import Fraction

import pytest
from support import Counted

from entrymap import HashMap


class Text(str):
    """Compares and hashes as the str it is, by way of Python's protocol."""


class Name(str):
    """A str subclass that equals nothing but itself."""

    __hash__ = str.__hash__

    def __eq__(self, other):
        return self is other


BIG = 2**100

EQUAL = [
    (1, 1.0),
    (1, True),
    (0, False),
    (0.0, -0.0),
    (1, 1 + 0j),
    (1.5, 1.5 + 0j),
    (2**60, float(2**60)),
    (BIG, float(BIG)),
    (BIG, int(str(BIG))),
    ("text", "".join(["te", "xt"])),
    (b"bytes", bytes(bytearray(b"bytes"))),
    (Text("text"), "text"),
    ((1, "a"), (1.0, "".join("a"))),
    (frozenset([1]), frozenset([True])),
    (1, Fraction(1)),
    (0.5, Decimal("0.5")),
    (range(0), range(3, 3)),
]

UNEQUAL = [
    ("a", b"a"),
    ("1", 1),
    (1, 1.5),
    (2**60, float(2**60) + 256),
    (BIG, BIG + 1),
    (None, 0),
    ("", b""),
    ((), frozenset()),
    (-1, -2),
    (Name("a"), "a"),
    (float("nan"), float("nan")),
]


@pytest.mark.parametrize(("stored", "asked"), EQUAL + [(b, a) for a, b in EQUAL])
def test_equal_keys_are_one_key_and_the_first_stays(stored, asked):
    m = HashMap([(stored, "old"), (asked, "new")])
    assert len(m) == 1
    key, value = m.get_key_value(asked)
    assert key is stored
    assert value == "new"


@pytest.mark.parametrize(("one", "two"), UNEQUAL + [(b, a) for a, b in UNEQUAL])
def test_unequal_keys_are_two_keys(one, two):
    m = HashMap([(one, 1), (two, 2)])
    assert [len(m), m[one], m[two]] == [2, 1, 2]


def test_a_nan_is_found_by_identity():
    nan = math.nan
    m = HashMap({nan: 1, (nan, 2): 2})
    assert m[nan] == 1
    assert m[(nan, 2)] == 2
    assert float("nan") not in m


@pytest.mark.parametrize("last", ["~", "é", "\xff", "\u0100", "\uffff", "\U0001f600", "\ud800", "\0"])
@pytest.mark.parametrize("length", [0, 1, 7, 8, 9, 1000])
def test_text_of_every_width(last, length):
    text = "a" * length + last
    m = HashMap({text: 1})
    same = "".join(list(text))
    assert same is text or m[same] == 1
    assert text[:-1] not in m
    assert text + "a" not in m
    assert "b" + text[1:] not in m or text[:1] == "b"
    m["b" * length + last] = 2
    assert len(m) == (1 if length == 0 else 2)


def test_the_stored_key_is_on_the_left_and_identity_comes_first():
    stored, asked = Counted("a"), Counted("a")
    m = HashMap({stored: 1})
    Counted.journal.clear()
    assert m[stored] == 1
    assert Counted.calls()[1] == {}
    assert m[asked] == 1
    assert [entry for entry in Counted.journal if entry[0] == "eq"] == [("eq", stored, asked)]


def test_only_keys_with_the_same_hash_are_compared():
    m = HashMap((Counted(n, hash=n), n) for n in range(100))
    Counted.journal.clear()
    assert m[Counted(40, hash=40)] == 40
    assert len(Counted.journal) == 2
    assert Counted("absent", hash=40) not in m


def test_a_comparison_nobody_supports_is_identity():
    class Shy:
        def __hash__(self):
            return 7

        def __eq__(self, other):
            return NotImplemented

    one, two = Shy(), Shy()
    m = HashMap({one: 1, two: 2})
    assert [len(m), m[one], m[two]] == [2, 1, 2]


def test_an_answer_that_is_no_bool_is_taken_by_its_truth():
    class Odd(Counted):
        __hash__ = Counted.__hash__

        def __eq__(self, other):
            return [self.name] if self.name == other.name else []

    m = HashMap({Odd("a"): 1})
    assert Odd("a") in m
    assert Odd("b") not in m


def test_a_truth_value_that_raises_reaches_the_caller():
    class Refusing:
        def __bool__(self):
            raise ZeroDivisionError

    class Vague:
        def __hash__(self):
            return 7

        def __eq__(self, other):
            return Refusing()

    m = HashMap({Vague(): 1})
    with pytest.raises(ZeroDivisionError):
        m[Vague()]
    assert len(m) == 1


@pytest.mark.parametrize("key", [[], {}, set(), ([],), HashMap(), bytearray()], ids=repr)
@pytest.mark.parametrize("m", [HashMap(), HashMap(a=1)], ids=["empty", "filled"])
def test_an_unhashable_key_is_a_type_error_even_on_an_empty_map(m, key):
    for call in (m.get, m.entry, m.remove, m.get_mut, m.contains_key, m.__getitem__, m.pop, m.setdefault):
        with pytest.raises(TypeError, match="unhashable"):
            call(key)
    with pytest.raises(TypeError, match="unhashable"):
        m.insert(key, 1)


def test_bytes_beside_text_give_no_warning():
    script = (
        "from entrymap import HashMap; m = HashMap({'a': 1}); assert b'a' not in m; m[b'a'] = 2; assert len(m) == 2"
    )
    subprocess.run([sys.executable, "-bb", "-c", script], check=True, timeout=60)


def test_a_number_is_found_just_under_the_recursion_limit():
    """Comparing numbers checks the depth of the recursion and may raise there; that must not pass for "unequal"."""
    m = HashMap({int(str(BIG)): "first"})
    other = int(str(BIG))

    def dive():
        try:
            dive()
        except RecursionError:
            pass
        try:
            m[other] = "second"
        except RecursionError:
            pass

    dive()
    assert len(m) == 1
    assert list(m) == [BIG]


def test_a_hash_that_changes_loses_the_key_but_nothing_else():
    key = Counted("a")
    m = HashMap({key: 1, "b": 2})
    key.hash = 8
    assert key not in m
    assert len(m) == 2
    key.hash = 7
    assert m.remove(key) == 1
