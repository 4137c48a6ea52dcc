"""The compiled part of `entrymap`."""

import collections.abc
from collections.abc import Callable, Iterable, Iterator, MutableMapping
from types import GenericAlias, MappingProxyType
from typing import Any, ClassVar, Generic, Literal, Self, SupportsIndex, TypeVar, final, overload

from _typeshed import SupportsGetItem, SupportsKeysAndGetItem

_K = TypeVar("_K")
_V = TypeVar("_V")
_T = TypeVar("_T")
_K_co = TypeVar("_K_co", covariant=True)
_V_co = TypeVar("_V_co", covariant=True)

class BorrowCheckError(RuntimeError):
    """A handle was used in a way Rust's borrow checker refuses."""

    code: str

class BorrowError(BorrowCheckError):
    """A handle was used after a later call on its map had ended it."""

class MovedError(BorrowCheckError):
    """A handle or a map was used after a call had consumed it."""

class OccupiedError(ValueError):
    """`try_insert` found the key present."""

    entry: OccupiedEntry[Any, Any]
    value: Any

class TryReserveError(MemoryError):
    """`try_reserve` could not make room."""

    kind: Literal["CapacityOverflow", "AllocError"]

@final
class RefMut(Generic[_V]):
    """A mutable reference to one value in a map, Rust's `&mut V`."""

    @property
    def value(self) -> _V:
        """The value referred to; Rust's `*r`."""
    @value.setter
    def value(self, value: _V, /) -> None: ...
    def set(self, value: _V, /) -> None:
        """Stores `value`; Rust's `*r = value`."""
    def replace(self, value: _V, /) -> _V:
        """Stores `value` and returns the one that was there; Rust's `mem::replace`."""
    def apply(self, f: Callable[[_V], _V], /) -> None:
        """Stores `f(value)`."""
    def add_assign(self, x: object, /) -> None:
        """Stores `value + x`; Rust's `*r += x`."""
    def sub_assign(self, x: object, /) -> None:
        """Stores `value - x`; Rust's `*r -= x`."""
    def mul_assign(self, x: object, /) -> None:
        """Stores `value * x`; Rust's `*r *= x`."""
    def div_assign(self, x: object, /) -> None:
        """Stores `value / x`; Rust's `*r /= x`."""
    def floordiv_assign(self, x: object, /) -> None:
        """Stores `value // x`; Rust's `*r //= x`."""
    def rem_assign(self, x: object, /) -> None:
        """Stores `value % x`; Rust's `*r %= x`."""
    def pow_assign(self, x: object, /) -> None:
        """Stores `value ** x`; Rust's `*r **= x`."""
    def matmul_assign(self, x: object, /) -> None:
        """Stores `value @ x`; Rust's `*r @= x`."""
    def bitand_assign(self, x: object, /) -> None:
        """Stores `value & x`; Rust's `*r &= x`."""
    def bitor_assign(self, x: object, /) -> None:
        """Stores `value | x`; Rust's `*r |= x`."""
    def bitxor_assign(self, x: object, /) -> None:
        """Stores `value ^ x`; Rust's `*r ^= x`."""
    def shl_assign(self, x: object, /) -> None:
        """Stores `value << x`; Rust's `*r <<= x`."""
    def shr_assign(self, x: object, /) -> None:
        """Stores `value >> x`; Rust's `*r >>= x`."""
    def __iadd__(self, x: object, /) -> Self: ...
    def __isub__(self, x: object, /) -> Self: ...
    def __imul__(self, x: object, /) -> Self: ...
    def __itruediv__(self, x: object, /) -> Self: ...
    def __ifloordiv__(self, x: object, /) -> Self: ...
    def __imod__(self, x: object, /) -> Self: ...
    def __ipow__(self, x: object, /) -> Self: ...
    def __imatmul__(self, x: object, /) -> Self: ...
    def __iand__(self, x: object, /) -> Self: ...
    def __ior__(self, x: object, /) -> Self: ...
    def __ixor__(self, x: object, /) -> Self: ...
    def __ilshift__(self, x: object, /) -> Self: ...
    def __irshift__(self, x: object, /) -> Self: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __lt__(self, other: object, /) -> bool: ...
    def __le__(self, other: object, /) -> bool: ...
    def __gt__(self, other: object, /) -> bool: ...
    def __ge__(self, other: object, /) -> bool: ...
    __hash__: ClassVar[None]  # type: ignore[assignment]
    def __class_getitem__(cls, key: Any) -> GenericAlias: ...

@final
class Iter(Iterator[tuple[_K_co, _V_co]], Generic[_K_co, _V_co]):
    """An iterator over the pairs of a map, in no order."""

    def __iter__(self) -> Self: ...
    def __next__(self) -> tuple[_K_co, _V_co]: ...
    def next(self) -> tuple[_K_co, _V_co] | None:
        """The next item, or `None` after the last; Rust's `Iterator::next`."""
    def __len__(self) -> int: ...
    def size_hint(self) -> tuple[int, int]:
        """How many items are left, as `(at least, at most)`."""
    def clone(self) -> Self:
        """A second iterator, at the same place."""
    def __class_getitem__(cls, key: Any) -> GenericAlias: ...

@final
class Keys(Iterator[_K_co], Generic[_K_co]):
    """An iterator over the keys of a map, in no order."""

    def __iter__(self) -> Self: ...
    def __next__(self) -> _K_co: ...
    def next(self) -> _K_co | None:
        """The next item, or `None` after the last; Rust's `Iterator::next`."""
    def __len__(self) -> int: ...
    def size_hint(self) -> tuple[int, int]:
        """How many items are left, as `(at least, at most)`."""
    def clone(self) -> Self:
        """A second iterator, at the same place."""
    def __class_getitem__(cls, key: Any) -> GenericAlias: ...

@final
class Values(Iterator[_V_co], Generic[_V_co]):
    """An iterator over the values of a map, in no order."""

    def __iter__(self) -> Self: ...
    def __next__(self) -> _V_co: ...
    def next(self) -> _V_co | None:
        """The next item, or `None` after the last; Rust's `Iterator::next`."""
    def __len__(self) -> int: ...
    def size_hint(self) -> tuple[int, int]:
        """How many items are left, as `(at least, at most)`."""
    def clone(self) -> Self:
        """A second iterator, at the same place."""
    def __class_getitem__(cls, key: Any) -> GenericAlias: ...

class Entry(Generic[_K, _V]):
    """The place of one key in a map: an `OccupiedEntry` or a `VacantEntry`."""

    Occupied = OccupiedEntry
    Vacant = VacantEntry
    __match_args__ = ("entry",)
    @property
    def entry(self) -> Entry[_K, _V]:
        """The entry itself, so that `case Entry.Occupied(e)` binds it."""
    def or_insert(self, value: _V, /) -> RefMut[_V]:
        """Inserts `value` if the entry is vacant, and returns a `RefMut` to the value that is there now."""
    def or_insert_with(self, f: Callable[[], _V], /) -> RefMut[_V]:
        """Inserts `f()` if the entry is vacant, and returns a `RefMut` to the value that is there now."""
    def or_insert_with_key(self, f: Callable[[_K], _V], /) -> RefMut[_V]:
        """Inserts `f(key)` if the entry is vacant, and returns a `RefMut` to the value that is there now."""
    def or_default(self, factory: Callable[[], _V], /) -> RefMut[_V]:
        """Inserts `factory()` if the entry is vacant, and returns a `RefMut` to the value that is there now."""
    def and_modify(self, f: Callable[[RefMut[_V]], None], /) -> Self:
        """Calls `f` with a `RefMut` to the value if the entry is occupied, and returns the same entry, still live."""
    def and_update(self, f: Callable[[_V], _V], /) -> Self:
        """Stores `f(value)` if the entry is occupied, and returns the same entry, still live."""
    def key(self) -> _K:
        """The stored key of an occupied entry, the given key of a vacant one."""
    def insert_entry(self, value: _V, /) -> OccupiedEntry[_K, _V]:
        """Stores `value`, whether or not the entry is vacant, and returns an `OccupiedEntry`."""
    def __class_getitem__(cls, key: Any) -> GenericAlias: ...

@final
class OccupiedEntry(Entry[_K, _V]):
    """The place of a key that is there."""

    # Named here again because mypy loses the parameters of a `Self` in a class pattern.
    @property
    def entry(self) -> OccupiedEntry[_K, _V]:
        """The entry itself, so that `case Entry.Occupied(e)` binds it."""
    def get(self) -> _V:
        """The value."""
    def get_mut(self) -> RefMut[_V]:
        """A `RefMut` to the value, which ends at the entry's next writing call."""
    def into_mut(self) -> RefMut[_V]:
        """Turns the entry into a `RefMut` to the value."""
    def insert(self, value: _V, /) -> _V:
        """Stores `value` and returns the one that was there."""
    def remove(self) -> _V:
        """Takes the entry out of the map and returns its value."""
    def remove_entry(self) -> tuple[_K, _V]:
        """Takes the entry out of the map and returns its key and value."""
    def __class_getitem__(cls, key: Any) -> GenericAlias: ...

@final
class VacantEntry(Entry[_K, _V]):
    """The place of a key that is not there."""

    # Named here again because mypy loses the parameters of a `Self` in a class pattern.
    @property
    def entry(self) -> VacantEntry[_K, _V]:
        """The entry itself, so that `case Entry.Occupied(e)` binds it."""
    def into_key(self) -> _K:
        """Gives the key back; nothing is inserted."""
    def insert(self, value: _V, /) -> RefMut[_V]:
        """Inserts `value` and returns a `RefMut` to it."""
    def __class_getitem__(cls, key: Any) -> GenericAlias: ...

@final
class KeysView(collections.abc.KeysView[_K_co], Generic[_K_co, _V_co]):
    """A live view of the keys of a map, like the one of `dict`."""

    def __iter__(self) -> Keys[_K_co]: ...
    def __len__(self) -> int: ...
    @property
    def mapping(self) -> MappingProxyType[_K_co, _V_co]:
        """The map, read-only."""
    def isdisjoint(self, other: Iterable[object], /) -> bool:
        """Whether the view and an iterable have nothing in common."""
    def __contains__(self, key: object, /) -> bool: ...
    def __class_getitem__(cls, key: Any) -> GenericAlias: ...

@final
class ValuesView(collections.abc.ValuesView[_V_co], Generic[_K_co, _V_co]):
    """A live view of the values of a map, like the one of `dict`."""

    def __iter__(self) -> Values[_V_co]: ...
    def __len__(self) -> int: ...
    @property
    def mapping(self) -> MappingProxyType[_K_co, _V_co]:
        """The map, read-only."""
    def __class_getitem__(cls, key: Any) -> GenericAlias: ...

@final
class ItemsView(collections.abc.ItemsView[_K_co, _V_co], Generic[_K_co, _V_co]):
    """A live view of the pairs of a map, like the one of `dict`."""

    def __iter__(self) -> Iter[_K_co, _V_co]: ...
    def __len__(self) -> int: ...
    @property
    def mapping(self) -> MappingProxyType[_K_co, _V_co]:
        """The map, read-only."""
    def isdisjoint(self, other: Iterable[object], /) -> bool:
        """Whether the view and an iterable have nothing in common."""
    def __contains__(self, item: object, /) -> bool: ...
    def __class_getitem__(cls, key: Any) -> GenericAlias: ...

class HashMap(MutableMapping[_K, _V]):
    """Rust's `std::collections::HashMap` for Python."""

    def __new__(cls, *_args: Any, **_kwargs: Any) -> Self: ...
    @overload
    def __init__(self, /) -> None: ...
    @overload
    def __init__(self: HashMap[str, _V], /, **kwargs: _V) -> None: ...  # pyright: ignore[reportInvalidTypeVarUse]
    @overload
    def __init__(self, source: SupportsKeysAndGetItem[_K, _V] | Iterable[tuple[_K, _V]], /) -> None: ...
    @overload
    def __init__(
        self: HashMap[str, _V],  # pyright: ignore[reportInvalidTypeVarUse]
        source: SupportsKeysAndGetItem[str, _V] | Iterable[tuple[str, _V]],
        /,
        **kwargs: _V,
    ) -> None: ...
    @classmethod
    def new(cls) -> Self:
        """An empty map, which has allocated nothing."""
    @classmethod
    def default(cls) -> Self:
        """An empty map, as `new` makes it."""
    @classmethod
    def with_capacity(cls, capacity: SupportsIndex, /) -> Self:
        """An empty map with room for at least `capacity` pairs."""
    @classmethod
    def from_iter(cls, iterable: SupportsKeysAndGetItem[_K, _V] | Iterable[tuple[_K, _V]], /) -> Self:
        """A map of the pairs of an iterable or a mapping: of equal keys the first stays, with the last value."""
    def clone(self) -> HashMap[_K, _V]:
        """A new map with the same keys and values, which are not copied themselves."""
    def eq(self, other: HashMap[Any, Any], /) -> bool:
        """Whether two maps have equal keys with equal values, by `==` alone; Rust's `PartialEq`."""
    def ne(self, other: HashMap[Any, Any], /) -> bool:
        """Whether two maps differ; the opposite of `eq`."""
    def __eq__(self, other: object, /) -> bool: ...
    def __iter__(self) -> Keys[_K]: ...
    def capacity(self) -> int:
        """How many pairs the map holds at least before it has to grow."""
    def len(self) -> int:
        """The number of pairs; `len(m)` is the same."""
    def __len__(self) -> int: ...
    def is_empty(self) -> bool:
        """Whether there is no pair; `not m` is the same."""
    @overload
    def get(self, key: _K, default: None = None, /) -> _V | None:
        """The value under `key`, or `default`."""
    @overload
    def get(self, key: _K, default: _V, /) -> _V: ...
    @overload
    def get(self, key: _K, default: _T, /) -> _V | _T: ...
    def get_key_value(self, key: _K, /) -> tuple[_K, _V] | None:
        """The stored key that equals `key` and its value, or `None`."""
    def contains_key(self, key: object, /) -> bool:
        """Whether `key` is there; `key in m` is the same."""
    def get_mut(self, key: _K, /) -> RefMut[_V] | None:
        """A `RefMut` to the value under `key`, or `None`."""
    def insert(self, key: _K, value: _V, /) -> _V | None:
        """Stores `value` under `key` and returns the value it replaces, or `None`."""
    def try_insert(self, key: _K, value: _V, /) -> RefMut[_V]:
        """Stores `value` under an absent `key` and returns a `RefMut` to it."""
    def remove(self, key: _K, /) -> _V | None:
        """Takes `key` out and returns its value, or `None`."""
    def remove_entry(self, key: _K, /) -> tuple[_K, _V] | None:
        """Takes `key` out and returns the stored key and its value, or `None`."""
    def entry(self, key: _K, /) -> OccupiedEntry[_K, _V] | VacantEntry[_K, _V]:
        """Looks `key` up, once, and returns its place: an `OccupiedEntry` or a `VacantEntry`."""
    def clear(self) -> None:
        """Takes every pair out; the memory is kept for the next ones."""
    def iter(self) -> Iter[_K, _V]:
        """An iterator over the pairs; `for key in m` goes over the keys."""
    def keys(self) -> KeysView[_K, _V]:
        """A live view of the keys."""
    def values(self) -> ValuesView[_K, _V]:
        """A live view of the values."""
    def items(self) -> ItemsView[_K, _V]:
        """A live view of the pairs, as dict has it."""
    def __getitem__(self, key: _K, /) -> _V: ...
    def __setitem__(self, key: _K, value: _V, /) -> None: ...
    def __delitem__(self, key: _K, /) -> None: ...
    def __contains__(self, key: object, /) -> bool: ...
    @overload
    def setdefault(self: HashMap[_K, _T | None], key: _K, default: None = None, /) -> _T | None:
        """The value under `key`; if there is none, `default`, which is stored."""
    @overload
    def setdefault(self, key: _K, default: _V, /) -> _V: ...
    @overload
    def pop(self, key: _K, /) -> _V:
        """Takes `key` out and returns its value; if it is not there, `default`, or else `KeyError`."""
    @overload
    def pop(self, key: _K, default: _V, /) -> _V: ...
    @overload
    def pop(self, key: _K, default: _T, /) -> _V | _T: ...
    @overload
    def update(self, other: SupportsKeysAndGetItem[_K, _V], /) -> None:
        """Stores the pairs of a mapping or an iterable of pairs, then the keyword arguments."""
    @overload
    def update(self: SupportsGetItem[str, _V], other: SupportsKeysAndGetItem[str, _V], /, **kwargs: _V) -> None: ...
    @overload
    def update(self, other: Iterable[tuple[_K, _V]], /) -> None: ...
    @overload
    def update(self: SupportsGetItem[str, _V], other: Iterable[tuple[str, _V]], /, **kwargs: _V) -> None: ...
    @overload
    # The overloads are those of MutableMapping to the letter.
    def update(self: SupportsGetItem[str, _V], /, **kwargs: _V) -> None: ...  # pyright: ignore[reportIncompatibleMethodOverride]
    def get_or_insert_with(self, key: _K, f: Callable[[], _V], /) -> _V:
        """The value under `key`; if there is none, `f()`, which is stored."""
    def upsert(self, key: _K, value: _V, combine: Callable[[_V, _V], _V], /) -> _V:
        """Stores `value` under `key`, or `combine(old, value)` if it is there; returns what is stored."""
    __hash__: ClassVar[None]  # type: ignore[assignment]
    def __class_getitem__(cls, key: Any) -> GenericAlias: ...
