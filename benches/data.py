"""What is counted, grouped and looked up: the same inputs for every contender, in every run."""

import random
from collections.abc import Sequence
from typing import Any

SEED = 20_260_101


def drawn(distinct: Sequence[Any], count: int) -> list[Any]:
    """`count` draws in no order, of each of `distinct` at least one if there are enough."""
    source = random.Random(SEED)
    keys = [*distinct[:count], *source.choices(distinct, k=max(0, count - len(distinct)))]
    source.shuffle(keys)
    return keys


def strings(count: int) -> list[str]:
    return [f"key{i:07d}" for i in range(count)]


def numbers(count: int) -> list[int]:
    """Ints of some size, in no order, so that neither side profits from small ones."""
    return random.Random(SEED).sample(range(10**9), count)


def tuples(count: int) -> list[tuple[int, str]]:
    return [(i, f"part{i % 7}") for i in range(count)]


def text(count: int, distinct: int) -> list[str]:
    """Words as `str.split` gives them: equal ones are separate objects."""
    return " ".join(drawn(strings(distinct), count)).split()
