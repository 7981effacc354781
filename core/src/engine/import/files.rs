//! The files behind a row: which they are, and where their bytes lie.

use std::rc::Rc;

use futures_util::lock::Mutex;
use thiserror::Error;
use xxhash_rust::xxh3::xxh3_64;

use super::reading::is_card;
use super::record::{Here, part_of};
use super::rows::{RowFiles, files_of_rows};
use crate::engine::Engine;
use crate::ports::World;
use crate::protocol::NewPart;
use crate::takeout::archive::{ArchiveError, Batch, Bounds, Entry, Form, Part, run};
use crate::takeout::import::FileRef;
use crate::trouble::Trouble;

/// Files whose places are kept in memory, some two hundred bytes each.
const MOST_LISTED: usize = 400_000;

/// Lists of files.
#[derive(Default)]
pub(super) struct Listings {
    /// By the numbers of their parts, the last one made at the end.
    known: Vec<(u16, Rc<Vec<Entry>>)>,
    /// Whoever lists a part holds it: many want the same list at once, which can be tens of megabytes.
    turn: Rc<Mutex<()>>,
}

impl Listings {
    fn of(&self, number: u16) -> Option<Rc<Vec<Entry>>> {
        self.known.iter().find(|(known, _)| *known == number).map(|(_, list)| Rc::clone(list))
    }
}

/// Why a file of an export cannot be read now.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum EntryAway {
    /// The part is not at hand.
    #[error("{part} is not at hand")]
    PartAway { part: String },
    /// It could only be had while its part was read from the beginning on.
    #[error("{part} can only be read from its beginning on")]
    Passed { part: String },
    /// No part holds it any more.
    #[error("it is in no part that is known")]
    Unknown,
    #[error(transparent)]
    Broken(#[from] ArchiveError),
}

impl<W: World + 'static> Engine<W> {
    /// The files of a row that came by an export; `None` for any other row.
    ///
    /// # Errors
    /// Whatever the store refuses to read.
    pub async fn files_of(&self, row: u32) -> Result<Option<RowFiles>, Trouble> {
        Ok(files_of_rows(self.world.store(), &[row]).await?.pop().flatten())
    }

    /// As [`Engine::files_of`], of many rows, in their order.
    pub(in crate::engine) async fn files_of_all(&self, rows: &[u32]) -> Result<Vec<Option<RowFiles>>, Trouble> {
        Ok(files_of_rows(self.world.store(), rows).await?)
    }

    /// A file of an export, for who reads its bytes. The part's list of files is read when it is first asked for.
    ///
    /// # Errors
    /// Where its bytes cannot be had now.
    pub async fn entry(&self, file: FileRef) -> Result<(Part, Entry), EntryAway> {
        let (record, here) = {
            let import = self.import.borrow();
            let record = import.record.parts.get(file.part as usize).ok_or(EntryAway::Unknown)?;
            if record.is_stream {
                return Err(EntryAway::Passed { part: record.name.clone() });
            }
            let away = || EntryAway::PartAway { part: record.name.clone() };
            (record.clone(), import.here.get(&file.part).ok_or_else(away)?.clone())
        };
        let part = part_of(&record, &here);
        let entries = self.listing(file.part, &part, &here).await?;
        let at = entries.binary_search_by_key(&file.entry, |entry| entry.ordinal).map_err(|_| EntryAway::Unknown)?;
        Ok((part, entries[at].clone()))
    }

    /// What a file is known by, whatever number its part has: the same for the same file of the same part, and another
    /// one where the part has become another.
    pub(crate) fn file_key(&self, file: FileRef) -> Option<u64> {
        let import = self.import.borrow();
        let part = import.record.parts.get(file.part as usize)?;
        // The list of a stream is known only when all of it has passed.
        let listing = if part.is_stream { 0 } else { part.listing };
        let known_by = (&part.file_name, part.size, listing, file.entry);
        Some(xxh3_64(&postcard::to_allocvec(&known_by).expect("plain values are always written")))
    }

    /// What the page knows a part by: for whoever hands its bytes to the page. Of a folder, the file of the entry.
    pub fn part_at_hand(&self, number: u16, entry: &Entry) -> Option<NewPart> {
        let import = self.import.borrow();
        let here = import.here.get(&number)?;
        import.given.new_part(here, Some(entry)).map(|(part, _)| part)
    }

    /// The files of a part that is at hand, by ordinal.
    pub(super) async fn listing(&self, number: u16, part: &Part, here: &Here) -> Result<Rc<Vec<Entry>>, ArchiveError> {
        if let Some(known) = self.import.borrow().listings.of(number) {
            return Ok(known);
        }
        let turn = Rc::clone(&self.import.borrow().listings.turn);
        let _turn = turn.lock().await;
        if let Some(known) = self.import.borrow().listings.of(number) {
            return Ok(known);
        }
        let mut entries = Vec::new();
        match here {
            Here::Folder(name) => entries = self.import.borrow().given.folder(name).entries,
            Here::Archive(_) => {
                let files = self.world.files();
                if run::form(files, part).await? == Form::Zip {
                    // Nobody reads a sidecar again, and they are half of all files.
                    let add = |batch: Batch| entries.extend(batch.entries.into_iter().filter(|entry| !is_card(entry)));
                    let listed = run::list(files, part, Bounds::default(), add).await;
                    if entries.is_empty() {
                        listed?;
                    }
                }
            }
        }
        Ok(self.remember_listing(number, entries))
    }

    pub(super) fn remember_listing(&self, number: u16, mut entries: Vec<Entry>) -> Rc<Vec<Entry>> {
        entries.sort_by_key(|entry| entry.ordinal);
        entries.shrink_to_fit();
        let entries = Rc::new(entries);
        let listings = &mut self.import.borrow_mut().listings.known;
        listings.retain(|(known, _)| *known != number);
        listings.push((number, Rc::clone(&entries)));
        while listings.len() > 1 && listings.iter().map(|(_, list)| list.len()).sum::<usize>() > MOST_LISTED {
            listings.remove(0);
        }
        entries
    }
}
