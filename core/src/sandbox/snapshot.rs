//! The sandbox's memory as bytes, so that a reload of the page loses nothing.
//!
//! Eight bytes of name and version, eight of checksum over the rest, then the length of the JSON, the JSON, and the
//! bytes of every file one after another.

use serde::{Deserialize, Serialize};

use super::calendar::Day;
use super::chance::fingerprint;
use super::settings::Settings;
use super::state::State;

const NAME: &[u8; 8] = b"ALBSBX01";

/// What stands in the JSON.
#[derive(Serialize, Deserialize)]
struct Written {
    seed: u64,
    items: u32,
    /// Days since the epoch: the library does not move on with the calendar once somebody has seen it.
    last_day: i32,
    state: State,
    file_lengths: Vec<u64>,
}

/// The whole memory.
pub(super) fn write(settings: &Settings, state: &State) -> Vec<u8> {
    let written = Written {
        seed: settings.seed,
        items: settings.items,
        last_day: settings.last_day.0,
        state: state.clone_without_files(),
        file_lengths: state.files.iter().map(|file| file.len() as u64).collect(),
    };
    let json = serde_json::to_vec(&written).expect("numbers, texts and lists can always be written as JSON");
    let mut rest = (json.len() as u64).to_le_bytes().to_vec();
    rest.extend(json);
    for file in &state.files {
        rest.extend(file);
    }
    let mut snapshot = NAME.to_vec();
    snapshot.extend(fingerprint(0, &rest).to_le_bytes());
    snapshot.extend(rest);
    snapshot
}

/// Reads what [`write()`] wrote. Seed, size and newest day are the snapshot's, everything else is as `settings` say.
/// `None` for bytes that are no snapshot, or a damaged one.
pub(super) fn read(settings: Settings, snapshot: &[u8]) -> Option<(Settings, State)> {
    let rest = snapshot.strip_prefix(NAME)?;
    let (check, rest) = rest.split_first_chunk::<8>()?;
    if u64::from_le_bytes(*check) != fingerprint(0, rest) {
        return None;
    }
    let (length, rest) = rest.split_first_chunk::<8>()?;
    let (json, mut bytes) = rest.split_at_checked(usize::try_from(u64::from_le_bytes(*length)).ok()?)?;
    let written: Written = serde_json::from_slice(json).ok()?;
    let mut state = written.state;
    for length in written.file_lengths {
        let (file, rest) = bytes.split_at_checked(usize::try_from(length).ok()?)?;
        state.files.push(file.to_vec());
        bytes = rest;
    }
    let whole = bytes.is_empty() && state.is_consistent();
    let settings = Settings { seed: written.seed, items: written.items, last_day: Day(written.last_day), ..settings };
    whole.then_some((settings, state))
}
