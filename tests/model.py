"""What a `HashMap` is, in plain Python over a `dict`: contents, results, exceptions, and which call ends which handle.

There is no order in it, and no capacity. Where these show, `hint` tells what the map under test did at the same call.
"""

from model_handles import (
    Drain,
    ExtractIf,
    IntoIter,
    IntoKeys,
    IntoValues,
    Iter,
    IterMut,
    Keys,
    OccupiedEntry,
    RefMut,
    VacantEntry,
    ValuesMut,
    ask,
    borrow_error,
    hint,
    moved_error,
)

from entrymap import OccupiedError


class HashMap:
    def __init__(self, pairs=()):
        self.values_of = {}
        self.stored = {}  # the first of equal keys, under itself
        self.epoch = self.shape = 0
        self.moved = False
        for key, value in pairs:
            self.store(key, value)

    # What every call is made of.

    def use(self):
        if self.moved:
            raise moved_error()

    def borrow(self):
        """A `&mut self` call."""
        self.use()
        self.epoch += 1

    def make_room(self, key):
        if key not in self.values_of and len(self.values_of) == hint.before:
            self.shape += 1

    def store(self, key, value):
        """Returns the value that was there."""
        self.make_room(key)
        if key not in self.values_of:
            self.stored[key] = key
            self.shape += 1
        old, self.values_of[key] = self.values_of.get(key), value
        return old

    def take(self, key):
        """A pair or `None`."""
        if key not in self.values_of:
            return None
        self.shape += 1
        return self.stored.pop(key), self.values_of.pop(key)

    def items(self):
        return [(self.stored[key], value) for key, value in self.values_of.items()]

    # One key.

    def get(self, key, default=None):
        hash(key), self.use()
        return self.values_of.get(key, default)

    def __getitem__(self, key):
        hash(key), self.use()
        return self.values_of[key]

    def __contains__(self, key):
        hash(key), self.use()
        return key in self.values_of

    contains_key = __contains__

    def get_key_value(self, key):
        hash(key), self.use()
        return (self.stored[key], self.values_of[key]) if key in self.values_of else None

    def get_mut(self, key):
        hash(key), self.borrow()
        return RefMut(self, self.stored[key], self.epoch) if key in self.values_of else None

    def insert(self, key, value):
        hash(key), self.borrow()
        return self.store(key, value)

    def __setitem__(self, key, value):
        self.insert(key, value)

    def try_insert(self, key, value):
        hash(key), self.borrow()
        if key in self.values_of:
            raise OccupiedError
        self.store(key, value)
        return RefMut(self, key, self.epoch)

    def remove_entry(self, key):
        hash(key), self.borrow()
        return self.take(key)

    def remove(self, key):
        pair = self.remove_entry(key)
        return pair and pair[1]

    def pop(self, key, *default):
        pair = self.remove_entry(key)
        if pair is None and not default:
            raise KeyError(key)
        return pair[1] if pair else default[0]

    def __delitem__(self, key):
        self.pop(key)

    def setdefault(self, key, default=None):
        hash(key), self.borrow()
        if key not in self.values_of:
            self.store(key, default)
        return self.values_of[key]

    def entry(self, key):
        hash(key), self.borrow()
        self.make_room(key)
        if key in self.values_of:
            return OccupiedEntry(self, self.stored[key], self.epoch)
        return VacantEntry(self, key, self.epoch)

    def get_or_insert_with(self, key, f):
        hash(key), self.use()
        if key in self.values_of:
            self.borrow()
            return self.values_of[key]
        value = f()
        return self.setdefault(key, value)

    def upsert(self, key, value, combine):
        hash(key), self.use()
        if key in self.values_of:
            old = self.values_of[key]
            new = combine(old, value)
            self.use()
            if self.values_of.get(key, self) is not old:
                raise borrow_error("E0499")
        else:
            new = value
        self.insert(key, new)
        return new

    # All keys.

    def __len__(self):
        self.use()
        return len(self.values_of)

    def clear(self):
        self.borrow()
        self.shape += bool(self.values_of)
        self.values_of, self.stored = {}, {}

    def popitem(self):
        self.use()
        if not self.values_of:
            raise KeyError("empty")
        self.borrow()
        return self.take(hint.told[0])

    def begin(self, expected):
        """A call that brings pairs makes room for them in an empty map."""
        self.borrow()
        self.shape += not self.values_of and expected > hint.before

    def update(self, pairs):
        if isinstance(pairs, HashMap):
            pairs.use()
        self.begin(len(pairs))
        for key, value in pairs.items() if isinstance(pairs, HashMap) else pairs:
            self.insert(key, value)

    extend = update

    def merge(self, pairs, combine):
        self.begin(len(pairs))
        for key, value in pairs:
            self.upsert(key, value, combine)

    def group(self, pairs):
        self.begin(0)
        for key, value in pairs:
            values = self.setdefault(key, [])
            if not isinstance(values, list):
                raise TypeError
            values.append(value)

    def tally(self, keys):
        self.use()
        counts = {}
        for key in keys:
            counts[key] = counts.get(key, 0) + 1
        if any(type(self.values_of.get(key, 0)) not in (int, bool) for key in counts):
            raise TypeError
        self.borrow()
        for key, count in counts.items():
            self.store(key, self.values_of.get(key, 0) + count)

    def retain(self, f):
        self.borrow()
        rejected, failure = [], None
        for key in hint.asked:
            verdict, failure, _ = ask(self, key, f)
            if failure:
                break
            if not verdict:
                rejected.append(key)
        for key in rejected:
            if not self.moved and self.stored.get(key, self) is key:
                self.take(key)
        if failure:
            raise failure
        assert not set(map(id, self.stored.values())) - set(map(id, hint.asked)), "it asks about every key"

    def reserve(self, _):
        self.borrow()
        self.shape += hint.before != hint.after

    def shrink_to_fit(self):
        self.borrow()
        self.shape += hint.before != hint.after

    def clone(self):
        self.use()
        return HashMap(self.items())

    def clone_from(self, other):
        other.use(), self.borrow()
        if other is not self:
            self.values_of, self.stored = dict(other.values_of), dict(other.stored)
            self.shape += 1

    def __or__(self, other):
        self.use(), other.use()
        return HashMap([*self.items(), *other.items()])

    def __eq__(self, other):
        self.use(), other.use()
        return self.values_of == other.values_of

    def get_disjoint_mut(self, keys):
        for key in keys:
            hash(key)
        self.use()
        present = [self.stored[key] for key in keys if key in self.values_of]
        if len(present) != len(set(map(id, present))):
            raise ValueError
        self.borrow()
        return [RefMut(self, self.stored[key], self.epoch) if key in self.values_of else None for key in keys]

    def iter(self):
        self.use()
        return Iter(self, lambda key, value: (key, value))

    def __iter__(self):
        self.use()
        return Keys(self, lambda key, value: key)

    def iter_mut(self):
        self.borrow()
        return IterMut(self, lambda key, lent: (key, lent))

    def values_mut(self):
        self.borrow()
        return ValuesMut(self, lambda key, lent: lent)

    def extract_if(self, f):
        self.borrow()
        return ExtractIf(self, f)

    def drain(self):
        self.borrow()
        taken = self.items()
        self.shape += bool(taken)
        self.values_of, self.stored = {}, {}
        return Drain(self, taken, lambda pair: pair)

    def consume(self, cls, pick):
        self.borrow()
        taken = self.items()
        self.shape += 1
        self.values_of, self.stored, self.moved = {}, {}, True
        return cls(self, taken, pick)

    def into_iter(self):
        return self.consume(IntoIter, lambda pair: pair)

    def into_keys(self):
        return self.consume(IntoKeys, lambda pair: pair[0])

    def into_values(self):
        return self.consume(IntoValues, lambda pair: pair[1])
