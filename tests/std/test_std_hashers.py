"""std's own test of maps with a hasher of one's own."""

from entrymap import BuildHasherDefault, DefaultHasher, HashMap


class MyBuildHasher:
    def __init__(self):
        self.built = 0

    def build_hasher(self):
        self.built += 1
        return DefaultHasher()


def test_S52_const_with_hasher():
    m = HashMap.with_hasher(BuildHasherDefault(DefaultHasher))
    assert m.is_empty()
    m.insert(1, "a")
    assert m == {1: "a"}

    mine = MyBuildHasher()
    m = HashMap.with_hasher(mine)
    assert m.is_empty()
    m.insert(1, "a")
    assert m.get(1.0) == "a"
    assert mine.built == 2, "one hasher for the key stored, one for the key looked up"
