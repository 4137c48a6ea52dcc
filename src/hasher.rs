//! How a map mixes Python's hashes: std's `RandomState` over `hash(key)`.

use std::hash::{BuildHasher, BuildHasherDefault, Hasher, RandomState};

/// The hasher of one map.
#[derive(Clone, Default)]
pub struct Builder(RandomState);

impl Builder {
    /// Mixes `hash(key)` once. The std map never sees Python's own hash, whose top bits are 0 for small ints.
    pub fn mix(&self, hash: isize) -> u64 {
        self.0.hash_one(hash)
    }
}

/// The hasher inside the std map: a key's mix is its hash.
#[derive(Default)]
pub struct PassThrough(u64);

impl Hasher for PassThrough {
    fn write_u64(&mut self, mix: u64) {
        self.0 = mix;
    }

    /// Only a key's mix is ever written; any other input is folded in, to keep the trait's promise.
    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(byte);
        }
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

pub type Premixed = BuildHasherDefault<PassThrough>;
