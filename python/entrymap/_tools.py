"""What other people's tools ask of a map: IPython, rich, pprint and Pydantic. Imported when the first of them asks."""
# What they hand over is theirs, and has no types here.
# pyright: reportUnknownArgumentType=false, reportUnknownMemberType=false, reportUnknownVariableType=false

import pprint
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, get_args, get_origin

from entrymap import HashMap, MovedError


def pairs_of(m: HashMap[Any, Any]) -> list[tuple[Any, Any]] | None:
    """Copy the pairs, whatever a subclass makes of `items`. A moved map has none."""
    try:
        return list(HashMap.iter(m))
    except MovedError:
        return None


def ipython_keys(m: HashMap[Any, Any]) -> list[Any]:
    """List what may stand between the brackets of `m[...]`."""
    return [key for key, _ in pairs_of(m) or ()]


def ipython_pretty(m: HashMap[Any, Any], p: Any, cycle: bool) -> None:  # noqa: FBT001 - IPython passes it by position
    """Print as IPython prints a dict, within the name and parentheses of `repr`."""
    pairs = None if cycle else pairs_of(m)
    if pairs is None:
        p.text("{...}" if cycle else repr(m))
        return
    start = f"{type(m).__name__}({{"
    with p.group(len(start), start, "})"):
        for index, (key, value) in enumerate(pairs):
            if index:
                p.text(",")
                p.breakable()
            if index == p.max_seq_length != 0:
                p.text("...")
                break
            p.pretty(key)
            p.text(": ")
            p.pretty(value)


def rich_repr(m: HashMap[Any, Any]) -> list[dict[Any, Any]] | None:
    """Give rich a dict, which it knows how to expand and to colour."""
    pairs = pairs_of(m)
    return None if pairs is None else [dict(pairs)]


class Pairs(Mapping[Any, Any]):
    """Pairs as a mapping, for those who only ask it for its items: no key is hashed."""

    def __init__(self, pairs: list[tuple[Any, Any]]) -> None:
        self.pairs = pairs

    def items(self) -> Any:
        """List the pairs."""
        return self.pairs

    def __getitem__(self, key: Any) -> Any:
        return next(value for mine, value in self.pairs if mine == key)

    def __iter__(self) -> Iterator[Any]:
        return (key for key, _ in self.pairs)

    def __len__(self) -> int:
        return len(self.pairs)


def print_map(printer: Any, m: HashMap[Any, Any], stream: Any, indent: int, allowance: int, *rest: Any) -> None:
    """Print as pprint prints a dict, within the name and parentheses of `repr`."""
    pairs = pairs_of(m)
    if pairs is None:
        stream.write(repr(m))
        return
    start = f"{type(m).__name__}("
    stream.write(start)
    printer._pprint_dict(Pairs(pairs), stream, indent + len(start), allowance + 1, *rest)  # noqa: SLF001 - as its own do
    stream.write(")")


def teach_pprint() -> None:
    """Enter the map into pprint's table of printers; if that is not what it was, leave it as it is."""
    printers: Any = getattr(pprint.PrettyPrinter, "_dispatch", None)
    if not isinstance(printers, dict):
        return
    printers[HashMap.__repr__] = print_map
    try:
        pprint.pformat(HashMap(a=1), width=1)
    except (AttributeError, TypeError):
        del printers[HashMap.__repr__]


def as_dict(value: Any) -> Any:
    """Make a dict of a map: Pydantic knows it even when it is strict."""
    return dict(HashMap.iter(value)) if isinstance(value, HashMap) else value


def as_mapping(value: Any) -> Any:
    """Make a mapping of pairs. What is neither is left to Pydantic to refuse."""
    if isinstance(value, (Mapping, str, bytes, bytearray)) or not isinstance(value, Iterable):
        return value
    pairs: list[tuple[Any, Any]] = []
    for pair in value:
        match pair:
            case [key, of_key]:
                pairs.append((key, of_key))
            case _:
                return value
    return Pairs(pairs)


def type_arguments(source: Any) -> tuple[Any, Any]:
    """Find the types of the keys and values of `HashMap[K, V]`, or of a subclass of it."""
    origin = get_origin(source) or source
    if origin is HashMap:
        return get_args(source) or (Any, Any)
    bases = vars(origin).get("__orig_bases__", origin.__bases__)
    base = next(base for base in bases if issubclass(get_origin(base) or base, HashMap))
    free = getattr(base, "__parameters__", ())
    if free:
        given = dict(zip(getattr(origin, "__parameters__", free), get_args(source), strict=False))
        base = base[tuple(given.get(parameter, Any) for parameter in free)]
    return type_arguments(base)


def pydantic_schema(source: Any, handler: Any) -> Any:
    """Validate as a dict, or as pairs; serialise as a dict. A map that is given keeps its hasher."""
    from pydantic_core import core_schema  # noqa: PLC0415 - only Pydantic asks, so it is there

    cls = get_origin(source) or source
    table = core_schema.dict_schema(*map(handler.generate_schema, type_arguments(source)))

    def validate(value: Any, validate_dict: Any) -> Any:
        pairs = validate_dict(as_mapping(as_dict(value)))
        m = cls.with_hasher(value.hasher()) if isinstance(value, HashMap) else cls()
        m.update(pairs)
        return m

    return core_schema.json_or_python_schema(
        json_schema=core_schema.no_info_after_validator_function(cls, table),
        python_schema=core_schema.no_info_wrap_validator_function(validate, table),
        serialization=core_schema.wrap_serializer_function_ser_schema(
            lambda value, serialise: serialise(as_dict(value)), schema=table
        ),
    )
