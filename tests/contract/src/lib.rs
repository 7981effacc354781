//! Tests live in `tests/`; see there.
