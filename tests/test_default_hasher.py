"""`Hasher`, `DefaultHasher` and `FoldHasher`. The numbers are Rust's own."""

import array
import copy
import pickle

import pytest

from entrymap import DefaultHasher, FoldHasher, FoldState, Hasher, RandomState

WIDTHS = {"8": 8, "16": 16, "32": 32, "64": 64, "128": 128, "size": 64}


def hashed(*parts: bytes) -> int:
    hasher = DefaultHasher()
    for part in parts:
        hasher.write(part)
    return hasher.finish()


@pytest.mark.parametrize("make", [DefaultHasher, DefaultHasher.new, DefaultHasher.default])
def test_a_new_hasher_is_empty(make):
    assert make().finish() == 15130871412783076140


def test_bytes_then_an_integer():
    hasher = DefaultHasher()
    hasher.write(b"abc")
    assert hasher.finish() == 13851880170939887858
    hasher.write_u32(7)
    assert hasher.finish() == 6680245838164251033


def test_every_width():
    hasher = DefaultHasher()
    hasher.write_i8(-1)
    hasher.write_u8(200)
    hasher.write_u16(60000)
    hasher.write_u64(1 << 63)
    hasher.write_u128(1 << 127)
    hasher.write_i16(-2)
    hasher.write_i32(-3)
    hasher.write_i64(-4)
    hasher.write_i128(-5)
    hasher.write_isize(-6)
    hasher.write_usize(7)
    assert hasher.finish() == 11924895383938966714


@pytest.mark.parametrize("make", [DefaultHasher, FoldState(3).build_hasher])
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("sign", "iu")
def test_the_limits_of_each_width(make, width, sign):
    write = getattr(make(), f"write_{sign}{width}")
    bits = WIDTHS[width]
    least, most = (0, 2**bits - 1) if sign == "u" else (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1)
    write(least)
    write(most)
    for beyond in (least - 1, most + 1, -(10**100), 10**100):
        with pytest.raises(OverflowError, match=f"write_{sign}{width} takes an int from {least} to {most}, not"):
            write(beyond)
    for wrong in (1.0, "1", None):
        with pytest.raises(TypeError):
            write(wrong)


def test_a_refused_write_takes_nothing_in():
    hasher = DefaultHasher()
    with pytest.raises(OverflowError):
        hasher.write_u8(256)
    with pytest.raises(TypeError):
        hasher.write("text")
    assert hasher.finish() == DefaultHasher().finish()


def test_any_buffer_is_written_as_its_bytes():
    assert hashed(bytearray(b"abc")) == hashed(memoryview(b"a-b-c")[::2]) == hashed(b"a", b"bc") == hashed(b"abc")
    assert hashed(array.array("H", [1, 2])) == hashed(array.array("H", [1, 2]).tobytes())


@pytest.mark.parametrize("wrong", [3, [1, 2], None, object()])
def test_what_has_no_bytes_is_refused(wrong):
    with pytest.raises(TypeError, match="bytes-like"):
        hashed(wrong)


def test_text_must_be_encoded():
    with pytest.raises(TypeError, match="encode it first"):
        hashed("abc")


@pytest.mark.parametrize("make", [DefaultHasher, RandomState().build_hasher, FoldState().build_hasher])
@pytest.mark.parametrize("duplicate", [lambda hasher: hasher.clone(), copy.copy, copy.deepcopy])
def test_a_clone_goes_its_own_way(make, duplicate):
    hasher = make()
    hasher.write(b"abc")
    clone = duplicate(hasher)
    assert type(clone) is type(hasher) and clone.finish() == hasher.finish()
    clone.write(b"d")
    assert clone.finish() != hasher.finish()


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
@pytest.mark.parametrize("make", [DefaultHasher, FoldState().build_hasher])
def test_no_hasher_can_be_pickled(make, protocol):
    with pytest.raises(TypeError, match="cannot pickle"):
        pickle.dumps(make(), protocol)


def test_debug_is_rusts():
    hasher = DefaultHasher()
    assert f"{hasher:?}".startswith("DefaultHasher(SipHasher13 { hasher: Hasher { k0: 0, k1: 0, length: 0, state: ")
    assert f"{hasher:#?}".startswith("DefaultHasher(\n    SipHasher13 {\n        hasher: Hasher {\n            k0: 0,")
    assert repr(hasher) == str(hasher) == f"{hasher}" == f"{hasher:?}"
    assert repr(FoldState().build_hasher()) == "FoldHasher { .. }"


def test_one_base_for_every_hasher():
    assert isinstance(RandomState().build_hasher(), DefaultHasher)
    assert isinstance(FoldState().build_hasher(), FoldHasher)
    assert issubclass(DefaultHasher, Hasher) and issubclass(FoldHasher, Hasher)
    for abstract in (Hasher, FoldHasher):
        with pytest.raises(TypeError, match="cannot create"):
            abstract()
