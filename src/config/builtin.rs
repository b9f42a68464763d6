//! The built-in vocabulary, embedded as data files.
