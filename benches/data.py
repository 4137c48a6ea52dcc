"""What is counted, grouped and looked up: the same inputs for every contender, in every run."""

import random
from collections.abc import Sequence
from typing import Any, TypeVar

T = TypeVar("T")
SEED = 20_260_101


def drawn(distinct: Sequence[T], count: int) -> list[T]:
    return random.Random(SEED).choices(distinct, k=count)


def shuffled(items: Sequence[T]) -> list[T]:
    return random.Random(SEED).sample(items, len(items))


def strings(count: int) -> list[str]:
    return [f"key{i:07d}" for i in range(count)]


def numbers(count: int) -> list[int]:
    """Ints of some size, in no order, so that neither side profits from small ones."""
    return random.Random(SEED).sample(range(10**9), count)


def tuples(count: int) -> list[tuple[int, str]]:
    return [(i, f"part{i % 7}") for i in range(count)]


class Point:
    """A key whose `__hash__` is written in Python."""

    __slots__ = ("x", "y")

    def __init__(self, x: int, y: int) -> None:
        self.x = x
        self.y = y

    def __hash__(self) -> int:
        return hash((self.x, self.y))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Point) and (self.x, self.y) == (other.x, other.y)


def points(count: int) -> list[Point]:
    return [Point(i, i % 7) for i in range(count)]


def text(count: int, distinct: int) -> list[str]:
    """Words as `str.split` gives them: equal ones are separate objects."""
    return " ".join(drawn(strings(distinct), count)).split()


def pairs(distinct: int | None, count: int) -> list[tuple[str, int]]:
    """Pairs under `distinct` keys, or under half as many as there are pairs."""
    keys = strings(min(count, distinct) if distinct else count // 2)
    return list(zip(drawn(keys, count), numbers(count), strict=True))


def filled(source: dict[Any, Any]) -> Any:
    """A `HashMap` of the pairs, as `update` grows it."""
    from entrymap import HashMap

    m: HashMap[Any, Any] = HashMap()
    m.update(source)
    return m
