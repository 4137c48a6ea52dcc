"""What a map lends and gives away, in plain Python: the other half of `model.py`."""

from entrymap import BorrowError, MovedError


class Hint:
    """What the map under test did at the call that the model is to follow."""

    told = None  # what it returned
    asked = ()  # the keys that a predicate was asked about
    before = after = 0  # its capacity
    key = None  # the key of the RefMut that it returned


hint = Hint()


def moved_error():
    error = MovedError()
    error.code = "E0382"
    return error


def borrow_error(code):
    error = BorrowError()
    error.code = code
    return error


def ask(m, key, f):
    """Asks a predicate: its verdict, what it raised, and whether the map is as it was. Its loan ends with it."""
    epoch, verdict, failure = m.epoch, None, None
    try:
        verdict = f(key, RefMut(m, key, epoch))
        if verdict is None or isinstance(verdict, RefMut):
            raise TypeError
    except Exception as raised:
        failure = raised
    undisturbed = not m.moved and m.epoch == epoch
    m.epoch += undisturbed
    return verdict, failure or (None if undisturbed else borrow_error("E0499")), undisturbed


class Handle:
    def __init__(self, m, key, epoch):
        self.m, self.place, self.epoch = m, key, epoch

    def check(self):
        if self.m.moved:
            raise borrow_error("E0505")
        if self.m.epoch != self.epoch:
            raise borrow_error("E0499")


class RefMut(Handle):
    @property
    def value(self):
        self.check()
        return self.m.values_of[self.place]

    @value.setter
    def value(self, value):
        self.check()
        self.m.values_of[self.place] = value

    def set(self, value):
        self.value = value

    def replace(self, value):
        old, self.value = self.value, value
        return old

    def apply(self, f):
        self.value = f(self.value)

    def add_assign(self, x):
        value = self.value
        value += x
        self.value = value


class Entry(Handle):
    consumed = False

    def live(self):
        if self.consumed:
            raise moved_error()
        self.check()

    def consume(self):
        self.live()
        self.consumed = True

    def renew(self):
        """The entry's own `&mut self` call, in which it lives on."""
        self.live()
        self.m.epoch += 1
        self.epoch = self.m.epoch

    def lend(self):
        self.m.epoch += 1
        return RefMut(self.m, self.place, self.m.epoch)

    def key(self):
        self.live()
        return self.place

    def or_insert(self, value):
        self.consume()
        if isinstance(self, VacantEntry):
            self.m.store(self.place, value)
        return self.lend()

    def or_insert_with(self, f):
        return self.or_insert_made(f)

    def or_insert_with_key(self, f):
        return self.or_insert_made(lambda: f(self.place))

    or_default = or_insert_with

    def or_insert_made(self, f):
        self.consume()
        if isinstance(self, VacantEntry):
            value = f()
            self.check()
            self.m.store(self.place, value)
        return self.lend()

    def and_modify(self, f):
        return self.modify(lambda lent: f(lent), "and_modify")

    def and_update(self, f):
        return self.modify(lambda lent: f(lent.value), "and_update")

    def modify(self, f, verb):
        self.renew()
        if isinstance(self, VacantEntry):
            return self
        result = failure = None
        try:
            result = f(RefMut(self.m, self.place, self.epoch))
            if verb == "and_modify" and result is not None:
                raise TypeError
        except Exception as raised:
            failure = raised
        ended = self.m.moved or self.m.epoch != self.epoch
        if not ended:
            if verb == "and_update" and not failure:
                self.m.values_of[self.place] = result
            self.renew()
        if failure:
            raise failure
        if ended:
            self.check()
        return self

    def insert_entry(self, value):
        self.consume()
        self.m.epoch += 1
        self.m.store(self.place, value)
        return OccupiedEntry(self.m, self.place, self.m.epoch)


class OccupiedEntry(Entry):
    def get(self):
        self.live()
        return self.m.values_of[self.place]

    def get_mut(self):
        self.renew()
        return RefMut(self.m, self.place, self.epoch)

    def into_mut(self):
        self.consume()
        return self.lend()

    def insert(self, value):
        self.renew()
        return self.m.store(self.place, value)

    def remove_entry(self):
        self.consume()
        self.m.epoch += 1
        return self.m.take(self.place)

    def remove(self):
        return self.remove_entry()[1]


class VacantEntry(Entry):
    def into_key(self):
        self.consume()
        self.m.epoch += 1
        return self.place

    def insert(self, value):
        return self.or_insert(value)


class Reading:
    """`Iter` and `Keys`: they end when a key came or went or the table moved."""

    def __init__(self, m, pick):
        self.m, self.pick = m, pick
        self.shape, self.epoch = m.shape, m.epoch
        self.left = list(m.stored.values())
        self.over = False

    def check(self):
        if self.m.shape != self.shape:
            raise borrow_error("E0505" if self.m.moved else "E0502")

    def next(self):
        if self.over:
            return None
        self.check()
        if not self.left:
            self.over = True
            return None
        key = self.key_of(hint.told)
        self.left.remove(key)
        return self.pick(key, self.part(key))

    def key_of(self, told):
        """The key that the map under test has yielded."""
        told = told[0] if type(self) in (Iter, IterMut) else told
        return next(key for key in self.left if key is told)

    def part(self, key):
        return self.m.values_of[key]

    def len(self):
        if not self.over:
            self.check()
        return len(self.left)

    def clone(self):
        twin = type(self)(self.m, self.pick)
        twin.shape, twin.left, twin.over = self.shape, list(self.left), self.over
        return twin


class Iter(Reading):
    pass


class Keys(Reading):
    pass


class IterMut(Reading):
    """Ends with its epoch, and what it lends with it."""

    check = Handle.check

    def part(self, key):
        return RefMut(self.m, key, self.epoch)


class ValuesMut(IterMut):
    def key_of(self, _):
        return hint.key


class ExtractIf:
    def __init__(self, m, f):
        self.m, self.f, self.epoch = m, f, m.epoch
        self.left = list(m.stored.values())

    def next(self):
        for key in hint.asked or [None]:
            if not self.left:
                return None
            Handle.check(self)
            self.left.remove(key)
            verdict, failure, undisturbed = ask(self.m, key, self.f)
            self.epoch += undisturbed
            if failure:
                raise failure
            if verdict:
                self.epoch += 1
                self.m.epoch += 1
                return self.m.take(key)
        assert not self.left, "it goes on until the function picks a pair"
        return None

    def len(self):
        return len(self.left)


class Owning:
    """Those that took the pairs along and never end."""

    def __init__(self, m, taken, pick):
        self.m, self.left, self.pick = m, taken, pick

    def next(self):
        if not self.left:
            return None
        at = next(at for at, pair in enumerate(self.left) if self.is_told(*pair))
        return self.pick(self.left.pop(at))

    def is_told(self, key, value):
        """Whether it is this pair that the map under test has yielded."""
        return key is hint.told[0]

    def len(self):
        return len(self.left)


class Drain(Owning):
    pass


class IntoIter(Owning):
    pass


class IntoKeys(Owning):
    def is_told(self, key, value):
        return key is hint.told


class IntoValues(Owning):
    """Nothing tells equal values apart, and any will do."""

    def is_told(self, key, value):
        return (type(value), repr(value)) == (type(hint.told), repr(hint.told))
