"""std's and hashbrown's own tests of `extract_if`."""

from collections import Counter

import pytest

from entrymap import HashMap


def three():
    return HashMap((i, i) for i in range(3))


def test_S43_extract_if_empty():
    m = HashMap()
    calls = []
    assert list(m.extract_if(lambda key, value: calls.append(key))) == []
    assert calls == []
    assert m.is_empty()


def test_S44_extract_if_consuming_nothing():
    m = three()
    assert list(m.extract_if(lambda key, value: False)) == []
    assert m == {0: 0, 1: 1, 2: 2}


def test_S45_extract_if_consuming_all():
    m = three()
    assert sorted(m.extract_if(lambda key, value: True)) == [(0, 0), (1, 1), (2, 2)]
    assert m.is_empty()


def test_S46_extract_if_mutating_and_keeping():
    m = three()

    def add_six(_, value):
        value.value += 6
        return False

    assert list(m.extract_if(add_six)) == []
    assert m == {0: 6, 1: 7, 2: 8}


def test_S47_extract_if_mutating_and_removing():
    m = three()

    def add_six(_, value):
        value.value += 6
        return True

    assert sorted(m.extract_if(add_six)) == [(0, 6), (1, 7), (2, 8)]
    assert m.is_empty()


def once(counted):
    """A map of three counted values, a predicate that takes the first pair and then fails, its calls, the deaths."""
    deaths = Counter()
    calls = []

    def predicate(key, value):
        calls.append(key)
        if len(calls) > 1:
            raise ArithmeticError(key)
        return True

    return HashMap((i, counted(i, deaths)) for i in range(3)), predicate, calls, deaths


def consume(iterator):
    for pair in iterator:
        del pair


def test_S49_extract_if_pred_panic_leak(counted):
    m, predicate, calls, deaths = once(counted)
    with pytest.raises(ArithmeticError):
        consume(m.extract_if(predicate))
    assert len(calls) == 2
    assert deaths == Counter(calls[:1])
    assert m.len() == 2


def test_S50_extract_if_pred_panic_reuse(counted):
    m, predicate, calls, deaths = once(counted)
    it = m.extract_if(predicate)
    with pytest.raises(ArithmeticError):
        consume(it)
    with pytest.raises(ArithmeticError):
        next(it)
    assert sorted(calls) == [0, 1, 2], "each pair is asked about once"
    assert deaths == Counter(calls[:1])
    assert set(m) == set(calls[1:])
    assert list(it) == []


def test_H15_extract_if():
    def even(key, _):
        return key % 2 == 0

    m = HashMap((x, x * 10) for x in range(8))
    assert sorted(m.extract_if(even)) == [(0, 0), (2, 20), (4, 40), (6, 60)]
    assert m == {1: 10, 3: 30, 5: 50, 7: 70}

    m = HashMap((x, x * 10) for x in range(8))
    consume(m.extract_if(even))
    assert m == {1: 10, 3: 30, 5: 50, 7: 70}
