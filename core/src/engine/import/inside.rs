//! Looks into photos and videos: what the heads of their files say, and the rows that change by it.

use super::keeping::{AT_ONCE, BREATH, Beside, Pending, files_of};
use super::record::{Here, part_of};
use super::rows::RowRecord;
use super::{Break, Job};
use crate::engine::Engine;
use crate::ports::{Batch, ReadAt, World};
use crate::protocol::{ImportStep, PartProgress};
use crate::store::keys;
use crate::takeout::archive::{ArchiveError, Entry, EntryError, Flaw, Part, Take, run, zip::Merging};
use crate::takeout::exif::{HEAD_BYTES, MediaFacts, Reader, Step};
use crate::takeout::import::{FactsSlice, FileKey, Photos, key_of};
use crate::takeout::matching::Resolved;
use crate::takeout::report::Report;

/// Files that are looked into together: their heads are some megabytes.
const FILES: usize = 128;
/// What is unpacked of a file, where more than its head is asked for.
const MOST_UNPACKED: u64 = 4 << 20;

/// A photo that was not looked into.
struct Closed {
    at: usize,
    entry: u32,
    key: FileKey,
}

impl<W: World + 'static> Engine<W> {
    /// Looks into the main files of all photos that are at hand and were not looked into.
    pub(super) async fn look_inside(&self, job: &mut Job, resolved: &Resolved) -> Result<(), Break> {
        let closed = self.closed(job, resolved);
        let total: usize = closed.iter().map(|(_, _, files)| files.len()).sum();
        if total == 0 {
            return Ok(());
        }
        self.set_step(ImportStep::LookingInside, total as u64);
        let mut done = 0;
        for (number, here, files) in closed {
            let part = part_of(&self.import.borrow().record.parts[number as usize], &here);
            let looked = match self.listing(number, &part, &here).await {
                Ok(listing) => self.look_into_part(job, resolved, (number, &part), &listing, &files, &mut done).await?,
                Err(error) => Err(error),
            };
            if let Err(error) = looked {
                self.import.borrow_mut().record.part(number).progress = PartProgress::Failed(error);
                self.commit_import(Batch::default()).await?;
            }
        }
        self.count_again(job, resolved).await
    }

    /// What was not looked into, by part, in the order of its files.
    fn closed(&self, job: &Job, resolved: &Resolved) -> Vec<(u16, Here, Vec<Closed>)> {
        let numbers = self.part_numbers(&job.scan);
        let import = self.import.borrow();
        let is_listed = |number: &u16| !import.record.parts[*number as usize].is_stream;
        let here = import.here.iter().filter(|(number, _)| is_listed(number));
        let mut closed: Vec<(u16, Here, Vec<Closed>)> =
            here.map(|(number, here)| (*number, here.clone(), Vec::new())).collect();
        for (at, photo) in resolved.photos.iter().enumerate() {
            let file = job.scan.file(photo.main);
            let number = numbers[file.part.0 as usize];
            let Some((_, _, files)) = closed.iter_mut().find(|(here, _, _)| *here == number) else { continue };
            let key = key_of(&job.scan, photo.main);
            if !job.facts.has(key) {
                files.push(Closed { at, entry: file.entry, key });
            }
        }
        closed.iter_mut().for_each(|(_, _, files)| files.sort_by_key(|file| file.entry));
        closed
    }

    async fn look_into_part(
        &self,
        job: &mut Job,
        resolved: &Resolved,
        (number, part): (u16, &Part),
        listing: &[Entry],
        files: &[Closed],
        done: &mut u64,
    ) -> Result<Result<(), ArchiveError>, Break> {
        let Job { scan, facts, flaws, untold, rows } = job;
        let photos = Photos::new(scan, resolved);
        let numbers = self.part_numbers(scan);
        for some in files.chunks(FILES) {
            self.breathe().await?;
            let looked = match self.look_into_files(part, listing, some).await {
                Ok(looked) => looked,
                Err(error) => return Ok(Err(error)),
            };
            flaws.extend(looked.flaws.iter().map(|flaw| (number, flaw.clone())));
            facts.add(&looked);
            let slice = self.import.borrow().record.parts[number as usize].facts;
            let mut beside = Beside::default();
            beside.puts.push((keys::import_facts(number, slice), looked.encode()));
            let mut pending = Vec::new();
            for file in some {
                let (item, told) = photos.item(file.at, facts, self.world.zones());
                let id = photos.id(file.at);
                let Some(known) = rows.by_id(id).filter(|known| known.told != told) else { continue };
                let record = RowRecord { row: known.row, id, told, files: files_of(&photos, file.at, &numbers) };
                pending.push(Pending { item, record, before: Some(record.row) });
            }
            debug_assert!(pending.len() <= AT_ONCE);
            *done += some.len() as u64;
            self.import.borrow_mut().record.part(number).facts += 1;
            self.keep_pending(rows, untold, pending, beside, *done).await?;
        }
        Ok(Ok(()))
    }

    async fn look_into_files(
        &self,
        part: &Part,
        listing: &[Entry],
        files: &[Closed],
    ) -> Result<FactsSlice, ArchiveError> {
        let mut slice = FactsSlice::default();
        let mut wanted: Vec<Entry> = Vec::with_capacity(files.len());
        let mut wanted_keys = Vec::with_capacity(files.len());
        for file in files {
            match listing.binary_search_by_key(&file.entry, |entry| entry.ordinal) {
                Ok(at) => {
                    wanted.push(listing[at].clone());
                    wanted_keys.push(file.key);
                }
                // The list has changed under its name: it is looked into when the part is read anew.
                Err(_) => continue,
            }
        }
        let mut longer = Vec::new();
        let each = |index: usize, bytes: Result<&[u8], Flaw>| {
            let entry = &wanted[index];
            match bytes {
                Ok(bytes) => match first_look(entry.size, bytes) {
                    Looked::Done(facts) => slice.facts.push((wanted_keys[index], *facts)),
                    Looked::Wants(reader, range) => longer.push((index, reader, range)),
                },
                Err(flaw) => {
                    slice.facts.push((wanted_keys[index], MediaFacts::default()));
                    slice.flaws.push(EntryError { name: entry.name.clone(), flaw });
                }
            }
        };
        let take = Take::Head(HEAD_BYTES as u32);
        run::read(self.world.files(), part, &wanted, take, Merging::default(), each).await?;
        for (index, reader, range) in longer {
            let facts = self.look_further(part, &wanted[index], reader, range).await;
            slice.facts.push((wanted_keys[index], facts));
        }
        Ok(slice)
    }

    /// Reads on in one file. Bytes that cannot be had are passed over: what was found before stands.
    async fn look_further(
        &self,
        part: &Part,
        entry: &Entry,
        mut reader: Box<Reader>,
        mut range: std::ops::Range<u64>,
    ) -> MediaFacts {
        let files = self.world.files();
        let place = run::locate(files, part, entry).await.ok().flatten();
        let mut unpacked: Option<Vec<u8>> = None;
        loop {
            let length = (range.end - range.start) as u32;
            let bytes = match &place {
                Some((file, within)) => files.read_at(*file, within.start + range.start, length).await.ok(),
                None if range.end > MOST_UNPACKED => None,
                None => {
                    if unpacked.is_none() {
                        let take = Take::Head(MOST_UNPACKED as u32);
                        let wanted = std::slice::from_ref(entry);
                        let each = |_: usize, bytes: Result<&[u8], Flaw>| unpacked = bytes.ok().map(<[u8]>::to_vec);
                        // What is wrong with the part is found out by whoever reads on in it.
                        let _ = run::read(files, part, wanted, take, Merging::default(), each).await;
                    }
                    let all = unpacked.get_or_insert_default();
                    all.get(range.start as usize..range.end as usize).map(<[u8]>::to_vec)
                }
            };
            reader.add(range.start, bytes.unwrap_or_default());
            match reader.step() {
                Step::Done { facts, .. } => return *facts,
                Step::Need(next) => range = next,
            }
        }
    }

    /// The numbers of photos anew: by what their files say, more is known of their times and places.
    async fn count_again(&self, job: &Job, resolved: &Resolved) -> Result<(), Break> {
        let photos = Photos::new(&job.scan, resolved);
        let mut report = Report::new(&job.scan, resolved);
        for at in 0..photos.len() {
            if at % BREATH == 0 {
                self.breathe().await?;
            }
            report.count(&photos.item(at, &job.facts, self.world.zones()).0);
        }
        Ok(self.keep_report(job, resolved, report).await?)
    }
}

enum Looked {
    Done(Box<MediaFacts>),
    Wants(Box<Reader>, std::ops::Range<u64>),
}

#[inline(never)]
fn first_look(size: u64, head: &[u8]) -> Looked {
    let mut reader = Box::new(Reader::new(size));
    reader.add(0, head.to_vec());
    match reader.step() {
        Step::Done { facts, .. } => Looked::Done(facts),
        Step::Need(range) => Looked::Wants(reader, range),
    }
}
