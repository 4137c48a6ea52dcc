"""The compiled part of `entrymap`."""

import collections.abc
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from types import GenericAlias, MappingProxyType
from typing import (
    Any,
    ClassVar,
    Generic,
    Literal,
    Protocol,
    Self,
    SupportsIndex,
    TypeAlias,
    TypeVar,
    final,
    overload,
    type_check_only,
)

from _typeshed import ReadableBuffer, SupportsGetItem, SupportsKeysAndGetItem

_K = TypeVar("_K")
_V = TypeVar("_V")
_T = TypeVar("_T")
_S = TypeVar("_S")
_H = TypeVar("_H", bound=_AnyHasher)
_T_co = TypeVar("_T_co", covariant=True)
_K_co = TypeVar("_K_co", covariant=True)
_V_co = TypeVar("_V_co", covariant=True)

@type_check_only
class _AnyHasher(Protocol):
    def write(self, bytes: bytes, /) -> object: ...
    def finish(self) -> int: ...

@type_check_only
class _HashesOne(Protocol):
    def hash_one(self, hash: int, /) -> int: ...

@type_check_only
class _BuildsHasher(Protocol):
    def build_hasher(self) -> _AnyHasher: ...

_Pairs: TypeAlias = SupportsKeysAndGetItem[_K, _V] | Iterable[tuple[_K, _V]]
_AnyBuilder: TypeAlias = BuildHasher | _HashesOne | _BuildsHasher

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

class Hasher:
    """Takes bytes and integers and gives their hash: the base of `DefaultHasher` and `FoldHasher`."""

    def write(self, bytes: ReadableBuffer, /) -> None:
        """Takes in the bytes of a `bytes` or another buffer."""
    def finish(self) -> int:
        """Gives the hash of what was taken in so far, an int of 64 bits; more may follow."""
    def clone(self) -> Self:
        """Makes a second hasher that has taken in the same."""
    def __copy__(self) -> Self: ...
    def __deepcopy__(self, _memo: Any, /) -> Self: ...
    def write_u8(self, value: SupportsIndex, /) -> None:
        """Takes in an int as the bytes of Rust's `u8`."""
    def write_u16(self, value: SupportsIndex, /) -> None:
        """Takes in an int as the bytes of Rust's `u16`."""
    def write_u32(self, value: SupportsIndex, /) -> None:
        """Takes in an int as the bytes of Rust's `u32`."""
    def write_u64(self, value: SupportsIndex, /) -> None:
        """Takes in an int as the bytes of Rust's `u64`."""
    def write_u128(self, value: SupportsIndex, /) -> None:
        """Takes in an int as the bytes of Rust's `u128`."""
    def write_usize(self, value: SupportsIndex, /) -> None:
        """Takes in an int as the bytes of Rust's `usize`."""
    def write_i8(self, value: SupportsIndex, /) -> None:
        """Takes in an int as the bytes of Rust's `i8`."""
    def write_i16(self, value: SupportsIndex, /) -> None:
        """Takes in an int as the bytes of Rust's `i16`."""
    def write_i32(self, value: SupportsIndex, /) -> None:
        """Takes in an int as the bytes of Rust's `i32`."""
    def write_i64(self, value: SupportsIndex, /) -> None:
        """Takes in an int as the bytes of Rust's `i64`."""
    def write_i128(self, value: SupportsIndex, /) -> None:
        """Takes in an int as the bytes of Rust's `i128`."""
    def write_isize(self, value: SupportsIndex, /) -> None:
        """Takes in an int as the bytes of Rust's `isize`."""

@final
class DefaultHasher(Hasher):
    """Hashes with `SipHash` 1-3: std's hasher."""

    def __new__(cls) -> Self: ...
    @staticmethod
    def new() -> DefaultHasher:
        """Makes a hasher that has taken in nothing."""
    @staticmethod
    def default() -> DefaultHasher:
        """Makes a hasher that has taken in nothing, as `new` does."""

@final
class FoldHasher(Hasher):
    """Hashes with `foldhash`, as a `FoldState` makes it."""

class BuildHasher:
    """Mixes hashes for a map: the base of `RandomState`, `BuildHasherDefault` and `FoldState`."""

    @classmethod
    def new(cls) -> Self:
        """Makes a builder as the class without arguments does."""
    @classmethod
    def default(cls) -> Self:
        """Makes a builder as the class without arguments does."""
    def build_hasher(self) -> _AnyHasher:
        """Makes a hasher, which takes bytes and integers and gives their hash."""
    def hash_one(self, key: object, /) -> int:
        """Gives the hash under which a map with this builder stores a key, an int of 64 bits."""
    def clone(self) -> Self:
        """Gives the builder itself, since it never changes."""
    def __copy__(self) -> Self: ...
    def __deepcopy__(self, _memo: Any, /) -> Self: ...

@final
class RandomState(BuildHasher):
    """Mixes hashes with `SipHash` 1-3 under a random seed: the default of a map."""

    def __new__(cls) -> Self: ...
    def build_hasher(self) -> DefaultHasher: ...

@final
class BuildHasherDefault(BuildHasher, Generic[_H]):
    """Mixes each hash with a new hasher of the class given, and so the same in every process."""

    @overload
    def __new__(cls) -> BuildHasherDefault[DefaultHasher]: ...
    @overload
    def __new__(cls, hasher: type[_H] = ..., /) -> BuildHasherDefault[_H]: ...
    def build_hasher(self) -> _H: ...
    def __class_getitem__(cls, key: Any) -> GenericAlias: ...

@final
class FoldState(BuildHasher):
    """Mixes hashes with `foldhash`, which is faster than `SipHash`."""

    def __new__(cls, seed: SupportsIndex | None = None, /) -> Self: ...
    @property
    def seed(self) -> int:
        """The seed, an int of 64 bits."""
    def build_hasher(self) -> FoldHasher: ...

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
    __hash__: ClassVar[None]  # type: ignore[assignment]  # unhashable, as the checkers spell it
    def __class_getitem__(cls, key: Any) -> GenericAlias: ...

@type_check_only
class _Iterator(Iterator[_T_co]):
    def __iter__(self) -> Self: ...
    def __next__(self) -> _T_co: ...
    def __class_getitem__(cls, key: Any) -> GenericAlias: ...

@type_check_only
class _ExactIterator(_Iterator[_T_co]):
    def next(self) -> _T_co | None:
        """The next item, or `None` after the last; Rust's `Iterator::next`."""
    def __len__(self) -> int: ...
    def size_hint(self) -> tuple[int, int]:
        """How many items are left, as `(at least, at most)`."""

@final
class Iter(_ExactIterator[tuple[_K_co, _V_co]], Generic[_K_co, _V_co]):
    """An iterator over the pairs of a map, in no order."""

    def clone(self) -> Self:
        """A second iterator, at the same place."""

@final
class Keys(_ExactIterator[_K_co], Generic[_K_co]):
    """An iterator over the keys of a map, in no order."""

    def clone(self) -> Self:
        """A second iterator, at the same place."""

@final
class Values(_ExactIterator[_V_co], Generic[_V_co]):
    """An iterator over the values of a map, in no order."""

    def clone(self) -> Self:
        """A second iterator, at the same place."""

@final
class Drain(_ExactIterator[tuple[_K_co, _V_co]], Generic[_K_co, _V_co]):
    """An iterator over the pairs that `drain` took out of a map."""

@final
class IntoIter(_ExactIterator[tuple[_K_co, _V_co]], Generic[_K_co, _V_co]):
    """An iterator over the pairs of a map that `into_iter` consumed."""

@final
class IntoKeys(_ExactIterator[_K_co], Generic[_K_co]):
    """An iterator over the keys of a map that `into_keys` consumed."""

@final
class IntoValues(_ExactIterator[_V_co], Generic[_V_co]):
    """An iterator over the values of a map that `into_values` consumed."""

@final
class IterMut(_ExactIterator[tuple[_K, RefMut[_V]]], Generic[_K, _V]):
    """An iterator over the pairs of a map, which lends a `RefMut` to each value."""

@final
class ValuesMut(_ExactIterator[RefMut[_V]], Generic[_V]):
    """An iterator which lends a `RefMut` to each value of a map."""

@final
class ExtractIf(_Iterator[tuple[_K, _V]], Generic[_K, _V]):
    """An iterator over the pairs that a function picks: they leave the map as they are yielded."""

    def next(self) -> tuple[_K, _V] | None:
        """The next pair that the function picks, or `None` after the last; Rust's `Iterator::next`."""
    def size_hint(self) -> tuple[int, int]:
        """How many pairs may come, as `(at least, at most)`."""

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
    def __init__(self, source: _Pairs[_K, _V], /) -> None: ...
    @overload
    def __init__(
        self: HashMap[str, _V],  # pyright: ignore[reportInvalidTypeVarUse]
        source: _Pairs[str, _V],
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
    def with_hasher(cls, hash_builder: _AnyBuilder, /) -> Self:
        """An empty map that hashes with `hash_builder`."""
    @classmethod
    def with_capacity_and_hasher(cls, capacity: SupportsIndex, hash_builder: _AnyBuilder, /) -> Self:
        """An empty map with room for at least `capacity` pairs that hashes with `hash_builder`."""
    def hasher(self) -> BuildHasher | Any:
        """The hash builder, which hashes as the map does."""
    @classmethod
    def from_iter(cls, iterable: _Pairs[_K, _V], /) -> Self:
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
    def reserve(self, additional: SupportsIndex, /) -> None:
        """Makes room for `additional` more pairs, so that adding them moves nothing."""
    def try_reserve(self, additional: SupportsIndex, /) -> None:
        """Makes room for `additional` more pairs, or says why there is none."""
    def shrink_to_fit(self) -> None:
        """Gives back the memory that is not needed for the pairs that are there."""
    def shrink_to(self, min_capacity: SupportsIndex, /) -> None:
        """Gives back memory, but keeps room for `min_capacity` pairs, and for those that are there."""
    def __copy__(self) -> Self: ...
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
    def popitem(self) -> tuple[_K, _V]:
        """Takes some pair out and returns it."""
    @overload
    def update(self, source: SupportsKeysAndGetItem[_K, _V], /) -> None:
        """Stores the pairs of a mapping or an iterable of pairs, then the keyword arguments."""
    @overload
    def update(self: SupportsGetItem[str, _V], source: SupportsKeysAndGetItem[str, _V], /, **kwargs: _V) -> None: ...
    @overload
    def update(self, source: Iterable[tuple[_K, _V]], /) -> None: ...
    @overload
    def update(self: SupportsGetItem[str, _V], source: Iterable[tuple[str, _V]], /, **kwargs: _V) -> None: ...
    @overload
    # The overloads are those of MutableMapping to the letter.
    def update(self: SupportsGetItem[str, _V], /, **kwargs: _V) -> None: ...  # pyright: ignore[reportIncompatibleMethodOverride]
    def copy(self) -> HashMap[_K, _V]:
        """A new map with the same keys and values, which are not copied themselves; `clone` is the same."""
    @overload
    @classmethod
    def fromkeys(cls, iterable: Iterable[_T], value: None = None, /) -> HashMap[_T, Any | None]:
        """A map of the keys of an iterable, each with the same value."""
    @overload
    @classmethod
    def fromkeys(cls, iterable: Iterable[_T], value: _S, /) -> HashMap[_T, _S]: ...
    @overload
    def __or__(self, other: Mapping[_K, _V], /) -> HashMap[_K, _V]: ...
    @overload
    def __or__(self, other: Mapping[_T, _S], /) -> HashMap[_K | _T, _V | _S]: ...
    @overload
    def __ror__(self, other: Mapping[_K, _V], /) -> HashMap[_K, _V]: ...
    @overload
    def __ror__(self, other: Mapping[_T, _S], /) -> HashMap[_K | _T, _V | _S]: ...
    def __ior__(self, other: _Pairs[_K, _V], /) -> Self: ...  # type: ignore[misc]  # takes pairs too, as dict does; `|` does not
    def iter(self) -> Iter[_K, _V]:
        """An iterator over the pairs; `for key in m` goes over the keys."""
    def iter_mut(self) -> IterMut[_K, _V]:
        """An iterator over the pairs, with a `RefMut` to each value."""
    def keys(self) -> KeysView[_K, _V]:
        """A live view of the keys."""
    def values(self) -> ValuesView[_K, _V]:
        """A live view of the values."""
    def items(self) -> ItemsView[_K, _V]:
        """A live view of the pairs, as dict has it."""
    def values_mut(self) -> ValuesMut[_V]:
        """An iterator over a `RefMut` to each value."""
    def into_iter(self) -> IntoIter[_K, _V]:
        """Turns the map into an iterator over its pairs."""
    def into_keys(self) -> IntoKeys[_K]:
        """Turns the map into an iterator over its keys."""
    def into_values(self) -> IntoValues[_V]:
        """Turns the map into an iterator over its values."""
    def drain(self) -> Drain[_K, _V]:
        """Takes every pair out and returns an iterator over them; the memory is kept."""
    def clear(self) -> None:
        """Takes every pair out; the memory is kept for the next ones."""
    def retain(self, f: Callable[[_K, RefMut[_V]], object], /) -> None:
        """Keeps the pairs for which `f(key, value)` is true; `value` is a `RefMut`."""
    def extract_if(self, f: Callable[[_K, RefMut[_V]], object], /) -> ExtractIf[_K, _V]:
        """An iterator over the pairs for which `f(key, value)` is true; `value` is a `RefMut`."""
    def get_disjoint_mut(self, keys: Iterable[_K], /) -> list[RefMut[_V] | None]:
        """A list with a `RefMut` for each key of an iterable, or `None` where the key is absent."""
    def get_disjoint_unchecked_mut(self, keys: Iterable[_K], /) -> list[RefMut[_V] | None]:
        """What `get_disjoint_mut` does, checks included."""
    def extend(self, pairs: _Pairs[_K, _V], /) -> None:
        """Stores every pair of an iterable or a mapping."""
    def clone_from(self, other: HashMap[_K, _V], /) -> None:
        """Becomes a copy of `other`, its hasher included."""
    def get_or_insert_with(self, key: _K, f: Callable[[], _V], /) -> _V:
        """The value under `key`; if there is none, `f()`, which is stored."""
    def upsert(self, key: _K, value: _V, combine: Callable[[_V, _V], _V], /) -> _V:
        """Stores `value` under `key`, or `combine(old, value)` if it is there; returns what is stored."""
    def merge(self, pairs: _Pairs[_K, _V], combine: Callable[[_V, _V], _V], /) -> None:
        """Does for each pair of a mapping or an iterable what `upsert` does for one."""
    def tally(self: HashMap[_K, int], keys: Iterable[_K], /) -> None:
        """Counts the items of an iterable: adds to each one's value how often it comes."""
    def group(self: HashMap[_K, list[_T]], pairs: _Pairs[_K, _T], /) -> None:
        """Appends the value of each pair of an iterable or a mapping to the list under its key."""
    def _ipython_key_completions_(self) -> list[_K]: ...
    def _repr_pretty_(self, p: Any, cycle: bool, /) -> None: ...
    def __rich_repr__(self) -> list[dict[_K, _V]] | None: ...
    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any, /) -> Any: ...
    __hash__: ClassVar[None]  # type: ignore[assignment]  # unhashable, as the checkers spell it
    def __class_getitem__(cls, key: Any) -> GenericAlias: ...
