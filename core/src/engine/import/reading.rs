//! Reads parts: their lists of files and the sidecars among them, slice by slice.

use super::record::{Here, listing_of, part_of};
use super::{Break, Job};
use crate::engine::Engine;
use crate::ports::{Batch, World};
use crate::protocol::{ImportStep, PartProgress};
use crate::store::keys;
use crate::takeout::archive::{
    ArchiveError, Batch as Listed, Bounds, Entry, EntryError, Form, Part, Place, Take, run, zip::Merging,
};
use crate::takeout::exif::HEAD_BYTES;
use crate::takeout::import::{FactsSlice, FileRef, MOST_CARDS, Slice, chunk_end, facts_of_head, key_of};
use crate::takeout::sidecar::MOST_JSON_BYTES;
use crate::trouble::Trouble;

/// How long a slice of a stream takes.
const SLICE_MS: i64 = 1000;

/// Files whose lists are kept for the pictures after they were read.
const MOST_KEPT: usize = 100_000;

impl<W: World + 'static> Engine<W> {
    /// Reads all parts that are at hand and were not read. What is wrong with a part ends in its progress, and the
    /// others are read.
    pub(super) async fn read_parts(&self, job: &mut Job) -> Result<(), Break> {
        loop {
            let found = {
                let import = &mut *self.import.borrow_mut();
                // Parts may have been added meanwhile.
                import.settle();
                import.record.of = import.here.keys().map(|number| import.record.parts[*number as usize].size).sum();
                let next = import.record.next_to_read(&import.here);
                next.map(|number| {
                    let here = import.here[&number].clone();
                    import.given.reads(number, &here);
                    let part = import.record.part(number);
                    let part_as_read = part_of(part, &here);
                    (number, here, part_as_read)
                })
            };
            let Some((number, here, part)) = found else { return Ok(()) };
            self.import.borrow_mut().record.step = ImportStep::Reading;
            // How much there is to read is known from now on.
            self.tell_import();
            let read = match here {
                Here::Folder(_) => self.read_listed(job, number, &part, &here).await,
                Here::Archive(_) => match run::form(self.world.files(), &part).await {
                    Ok(Form::Zip) => self.read_listed(job, number, &part, &here).await,
                    Ok(form) => self.read_stream(job, number, &part, form).await,
                    Err(error) => Ok(Err(error)),
                },
            };
            if let Err(error) = read? {
                self.import.borrow_mut().record.part(number).progress = PartProgress::Failed(error);
                self.commit_import(Batch::default()).await?;
            }
            self.tell_import();
        }
    }

    /// Reads a part that has a list of its files.
    async fn read_listed(
        &self,
        job: &mut Job,
        number: u16,
        part: &Part,
        here: &Here,
    ) -> Result<Result<(), ArchiveError>, Break> {
        let mut all = Listed::default();
        let listed = match here {
            Here::Folder(name) => {
                all = self.import.borrow().given.folder(name);
                Ok(())
            }
            Here::Archive(_) => {
                let add = |batch: Listed| {
                    all.entries.extend(batch.entries);
                    all.problems.extend(batch.problems);
                };
                run::list(self.world.files(), part, Bounds::default(), add).await
            }
        };
        if all.entries.is_empty() && all.problems.is_empty() && listed.is_err() {
            return Ok(listed);
        }
        self.check_listing(job, number, &all.entries).await?;
        let Listed { mut entries, problems } = all;
        let read = if entries.len() > MOST_KEPT {
            let read = self.read_entries(job, number, part, &entries, problems).await?;
            entries.retain(|entry| !is_card(entry));
            self.remember_listing(number, entries);
            read
        } else {
            let entries = self.remember_listing(number, entries);
            self.read_entries(job, number, part, &entries, problems).await?
        };
        let read = read.and(listed);
        if read.is_ok() {
            self.end_part(number, part.size).await?;
        }
        Ok(read)
    }

    /// Looks whether the part is still the one that was read before; if not, it is read from its beginning.
    async fn check_listing(&self, job: &mut Job, number: u16, entries: &[Entry]) -> Result<(), Break> {
        let is_other = {
            let import = &mut *self.import.borrow_mut();
            let part = import.record.part(number);
            if part.is_folder {
                false
            } else {
                let listing = listing_of(entries);
                let is_other = part.listing != 0 && part.listing != listing;
                if is_other {
                    part.begin_anew();
                    (part.slices, part.is_stale) = (0, false);
                }
                part.listing = listing;
                is_other
            }
        };
        if is_other {
            let gone = Batch { delete_prefixes: vec![keys::import_scans(number)], ..Batch::default() };
            self.commit_import(gone).await?;
            *job = Job::default();
            self.read_stored(job).await?;
        }
        Ok(())
    }

    async fn read_entries(
        &self,
        job: &mut Job,
        number: u16,
        part: &Part,
        entries: &[Entry],
        problems: Vec<EntryError>,
    ) -> Result<Result<(), ArchiveError>, Break> {
        let mut at = self.import.borrow_mut().record.part(number).next as usize;
        let mut problems = Some(problems).filter(|_| at == 0);
        while at < entries.len() || problems.is_some() {
            self.breathe().await?;
            let end = chunk_end(entries, at);
            let mut slice = Slice::new(&part.name);
            slice.note(problems.take().into_iter().flatten());
            let cards = slice.add(&entries[at..end]);
            let take = Take::Whole(MOST_JSON_BYTES as u32);
            let each = |index: usize, bytes: Result<&[u8], _>| slice.read(index, bytes);
            let read = run::read(self.world.files(), part, &cards, take, Merging::default(), each).await;
            if let Err(error) = read {
                return Ok(Err(error));
            }
            at = end;
            let done = entries.get(at).map_or(part.size, begins_at).min(part.size);
            self.keep_slice(job, number, slice, None, (end as u32, done)).await?;
        }
        Ok(Ok(()))
    }

    /// Reads a part from its beginning to its end.
    async fn read_stream(
        &self,
        job: &mut Job,
        number: u16,
        part: &Part,
        form: Form,
    ) -> Result<Result<(), ArchiveError>, Break> {
        let from = {
            let import = &mut *self.import.borrow_mut();
            let part = import.record.part(number);
            part.is_stream = true;
            part.next
        };
        let mut slice = Slice::new(&part.name);
        let mut facts = FactsSlice::default();
        let mut next = from;
        let mut taken = 0;
        let mut since_ms = self.now_ms();
        let mut broken = None;
        let each = async |passed: crate::takeout::archive::tar::Passed, so_far: u64| {
            taken = so_far;
            slice.note(passed.problems);
            for kept in passed.kept.into_iter().filter(|kept| kept.entry.ordinal >= from) {
                next = kept.entry.ordinal + 1;
                let bytes = kept.bytes.as_deref();
                let Some(file) = slice.pass(&kept.entry, bytes) else { continue };
                if let Some(bytes) = bytes.filter(|_| !is_card(&kept.entry)) {
                    facts.facts.push((key_of(slice.scan(), file), facts_of_head(kept.entry.size, bytes)));
                    let file = FileRef { part: number, entry: kept.entry.ordinal };
                    self.keep_passing(file, bytes, kept.entry.size).await;
                }
            }
            let now_ms = self.now_ms();
            if slice.len() < MOST_CARDS && now_ms.saturating_sub(since_ms) < SLICE_MS {
                return true;
            }
            since_ms = now_ms;
            let slice = std::mem::replace(&mut slice, Slice::new(&part.name));
            let facts = std::mem::take(&mut facts);
            let kept = async {
                self.keep_slice(job, number, slice, Some(facts), (next, taken)).await?;
                self.breathe().await
            };
            broken = kept.await.err();
            broken.is_none()
        };
        let streamed = run::stream(self.world.files(), part, form, Bounds::default(), from, wants, each).await;
        self.keep_passed().await;
        if let Some(broken) = broken {
            return Err(broken);
        }
        self.keep_slice(job, number, slice, Some(facts), (next, taken)).await?;
        if streamed.is_ok() {
            self.end_part(number, part.size).await?;
        }
        Ok(streamed)
    }

    /// Keeps a slice, and that the part is read so far.
    async fn keep_slice(
        &self,
        job: &mut Job,
        number: u16,
        slice: Slice,
        facts: Option<FactsSlice>,
        (next, done): (u32, u64),
    ) -> Result<(), Trouble> {
        let facts = facts.filter(|facts| !facts.facts.is_empty());
        let mut batch = Batch::default();
        {
            let import = &mut *self.import.borrow_mut();
            let before: u64 = import
                .here
                .keys()
                .filter(|other| **other != number && import.is_read(**other))
                .map(|other| import.record.parts[*other as usize].size)
                .sum();
            import.record.done = before + done;
            let part = import.record.part(number);
            if !slice.is_empty() {
                batch.puts.push((keys::import_scan(number, part.slices), slice.encode()));
                part.slices += 1;
            }
            if let Some(facts) = &facts {
                batch.puts.push((keys::import_facts(number, part.facts), facts.encode()));
                part.facts += 1;
            }
            part.files += slice.len() as u32;
            part.next = next;
            part.progress = PartProgress::Reading { done };
        }
        self.commit_import(batch).await?;
        job.take(number, slice.into_record());
        if let Some(facts) = facts {
            job.facts.add(&facts);
        }
        self.tell_progress(&mut job.untold).await;
        Ok(())
    }

    async fn end_part(&self, number: u16, size: u64) -> Result<(), Trouble> {
        {
            let import = &mut *self.import.borrow_mut();
            let part = import.record.part(number);
            part.progress = PartProgress::Read;
            debug_assert!(part.is_folder || part.size == size);
        }
        self.commit_import(Batch::default()).await
    }
}

fn begins_at(entry: &Entry) -> u64 {
    match &entry.place {
        Place::Zip(packed) => packed.header_at,
        _ => 0,
    }
}

/// Whether it is JSON by its name: a sidecar, or what tells of an album.
pub(super) fn is_card(entry: &Entry) -> bool {
    entry.name.len() >= 5 && entry.name.as_bytes()[entry.name.len() - 5..].eq_ignore_ascii_case(b".json")
}

/// What is kept of a file while it passes: it cannot be had again.
fn wants(entry: &Entry) -> Take {
    match is_card(entry) {
        true => Take::Whole(MOST_JSON_BYTES as u32),
        false => Take::Head(HEAD_BYTES as u32),
    }
}
