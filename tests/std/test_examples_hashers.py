"""The examples of std's documentation that name a hasher, in Python."""

from entrymap import BuildHasherDefault, DefaultHasher, HashMap, RandomState

# Maps that live as long as the module: Rust's const, static and LazyLock.
NOTHING = HashMap.with_hasher(BuildHasherDefault(DefaultHasher))
SHARED = HashMap.with_hasher(RandomState())


def test_D05_maps_of_a_module():
    assert NOTHING.is_empty()
    assert isinstance(NOTHING.hasher(), BuildHasherDefault)
    SHARED.insert(1, 2)
    assert SHARED[1] == 2


def test_D10_with_hasher():
    s = RandomState()
    m = HashMap.with_hasher(s)
    m.insert(1, 2)
    assert m == {1: 2}


def test_D11_with_capacity_and_hasher():
    s = RandomState()
    m = HashMap.with_capacity_and_hasher(10, s)
    m.insert(1, 2)
    assert m == {1: 2}
    assert m.capacity() >= 10


def test_D26_hasher():
    hasher = RandomState()
    m = HashMap.with_hasher(hasher)
    assert isinstance(m.hasher(), RandomState)
    assert m.hasher().hash_one("a") == hasher.hash_one("a")


def test_D73_random_state():
    s = RandomState.new()
    m = HashMap.with_hasher(s)
    m.insert(1, 2)
    assert m == {1: 2}


def test_D74_random_state_new():
    s = RandomState.new()
    assert isinstance(s, RandomState)
    assert s.hash_one(1) == s.hash_one(1)
    assert any(RandomState.new().hash_one(i) != s.hash_one(i) for i in range(4)), "each has keys of its own"
