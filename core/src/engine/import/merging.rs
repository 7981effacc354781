//! One photo, two sources: rows that only the account tells of are brought together with those that only exports tell
//! of (the rule is in `takeout::merge`). What both tell is then in the account's row; what it alone told is kept beside.

use std::cell::Cell;
use std::collections::{BTreeMap, HashMap};
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;

use super::account::{Word, Words};
use super::rows::{RowRecord, Rows};
use super::{Break, Job};
use crate::catalog::AlbumRows;
use crate::catalog::codec::encode_album;
use crate::engine::Engine;
use crate::engine::control::{Control, Halt};
use crate::engine::keep::{Change, Kept, Untold};
use crate::photo::{AlbumSource, Camera, Kind};
use crate::ports::{Batch, Clock, Locks, World};
use crate::protocol::News;
use crate::store::keys;
use crate::takeout::merge::{Traits, is_same, merged, name_hash, pair_namesakes};
use crate::trouble::Trouble;

/// Rows that are looked at between two breaths.
const ROWS: u32 = 1024;
/// Pairs that are merged in one transaction.
const PAIRS: usize = 500;

/// A row that may be the same photo as one of the other source.
struct Candidate {
    name: u64,
    row: u32,
    kind: Kind,
    taken_s: i64,
    width_px: u32,
    height_px: u32,
    /// Among [`Candidates::cameras`].
    camera: usize,
    is_local: bool,
}

/// All of them; names as hashes, cameras each once.
#[derive(Default)]
struct Candidates {
    account: Vec<Candidate>,
    export: Vec<Candidate>,
    cameras: Vec<Camera>,
}

impl<W: World + 'static> Engine<W> {
    /// Merges within an import.
    pub(super) async fn merge_imported(&self, job: &mut Job) -> Result<(), Break> {
        let Job { rows, untold, .. } = job;
        self.merge(rows, untold, &self.import_control).await
    }

    /// Merges at the end of a fetch. An import that runs does so itself at its end, here or in another tab.
    pub(in crate::engine) async fn merge_fetched(&self) {
        if self.import_control.is_running() {
            return;
        }
        let has_begun = Cell::new(false);
        let merging = async {
            has_begun.set(true);
            let mut rows = Rows::read(self.world.store()).await?;
            let mut untold = Untold::default();
            let outcome = self.merge(&mut rows, &mut untold, &self.sync_control).await;
            self.tell_kept(&mut untold);
            outcome
        };
        let mut merged = pin!(self.world.locks().exclusive("import", merging));
        let mut halted = pin!(self.sync_control.halted());
        // Another tab may import for long. What is begun hears by itself that it is to stop; what was not merged is at the
        // end of the next fetch or import.
        poll_fn(|context| {
            let is_over = merged.as_mut().poll(context).is_ready()
                || !has_begun.get() && halted.as_mut().poll(context).is_ready();
            if is_over { Poll::Ready(()) } else { Poll::Pending }
        })
        .await;
    }

    async fn merge(&self, rows: &mut Rows, untold: &mut Untold, reins: &Control) -> Result<(), Break> {
        if !rows.is_empty() {
            // Another tab may have imported since.
            self.world.locks().exclusive("catalog", self.catch_up()).await?;
        }
        // Where exports tell of every row, there is nothing of the account's alone.
        if rows.is_empty() || rows.len() >= self.ledger().len() {
            return Ok(());
        }
        let plan = self.candidates(reins).await?.pairs();
        for pairs in plan.chunks(PAIRS) {
            self.breathe_under(reins).await?;
            let later = self.merge_pairs(pairs, rows).await?;
            untold.add(later);
            self.tell_kept(untold);
        }
        Ok(())
    }

    async fn candidates(&self, reins: &Control) -> Result<Candidates, Break> {
        let (ledger, store) = (self.ledger(), self.world.store());
        let mut found = Candidates::default();
        let mut numbers: HashMap<Camera, usize> = HashMap::new();
        for row in 0..ledger.len() as u32 {
            if row % ROWS == 0 {
                self.breathe_under(reins).await?;
            }
            let Some(item) = ledger.details(store, row).await? else { continue };
            if item.export.as_ref().is_some_and(|export| export.is_in_account) {
                continue;
            }
            let traits = Traits::of(&item);
            let Some((name, taken_s)) = name_hash(item.kind, &item.file_name).zip(traits.taken_s) else { continue };
            let camera = *numbers.entry(item.camera.clone()).or_insert_with(|| {
                found.cameras.push(item.camera.clone());
                found.cameras.len() - 1
            });
            let Traits { kind, width_px, height_px, is_local, .. } = traits;
            let candidate = Candidate { name, row, kind, taken_s, width_px, height_px, camera, is_local };
            if item.export.is_some() { &mut found.export } else { &mut found.account }.push(candidate);
        }
        Ok(found)
    }

    /// Merges pairs of the account's rows and exports', all or none. Pairs that are none any more are passed over.
    async fn merge_pairs(&self, pairs: &[(u32, u32)], rows: &mut Rows) -> Result<Untold, Trouble> {
        let work = async {
            // Another tab, or a fetch, may have changed the rows since they were compared.
            self.catch_up().await?;
            let (ledger, store) = (self.ledger(), self.world.store());
            let mut words = Words::read(store, pairs.iter().map(|(account, _)| *account)).await?;
            let mut change = Change::default();
            let mut records: BTreeMap<u32, RowRecord> = BTreeMap::new();
            for (account, export) in pairs {
                let told = ledger.details(store, *account).await?;
                let Some((a, e)) = told.zip(ledger.details(store, *export).await?) else { continue };
                let is_pair = a.export.is_none() && e.export.as_ref().is_some_and(|export| !export.is_in_account);
                // Without its record the row would come again with the next import.
                let record = rows.get(*export).filter(|_| is_pair && is_same(&Traits::of(&a), &Traits::of(&e)));
                let Some(record) = record else { continue };
                records.insert(*export, RowRecord { row: *account, ..*record });
                change.items.push(merged(&a, &e));
                change.rows.push(*export);
                words.put(Word { row: *account, item: a, described: e.description });
            }
            if records.is_empty() {
                return Ok((Untold::default(), Vec::new()));
            }
            let albums = self.moved_albums(&records).await?;
            let beside = |_: &Kept| {
                for (export, record) in &records {
                    rows.remove(*export);
                    rows.put(*record);
                }
                let albums = albums.iter().map(|(name, record)| (name.clone(), record.clone()));
                let puts = rows.puts().into_iter().chain(words.puts()).chain(albums).collect();
                Batch { puts, ..Batch::default() }
            };
            let (_, untold) = self.keep_alone(|| (change, beside)).await?;
            Ok::<_, Trouble>((untold, albums))
        };
        let (untold, albums) = self.world.locks().exclusive("catalog", work).await?;
        if !albums.is_empty() {
            let records = albums.into_iter().map(|(_, record)| record).collect();
            (self.tell)(News::Albums { removed: Vec::new(), listed: self.are_albums_listed() }, records);
        }
        Ok(untold)
    }

    /// The albums of exports in which rows have become others, as they are stored then.
    async fn moved_albums(&self, records: &BTreeMap<u32, RowRecord>) -> Result<Vec<(String, Vec<u8>)>, Trouble> {
        let stored = self.stored_albums().await?.albums.into_iter().map(|(album, _)| album);
        let moved = stored.filter(|album| album.album.source == AlbumSource::Takeout).filter_map(|album| {
            let rows = || album.rows.runs().iter().cloned().flatten();
            if !rows().any(|row| records.contains_key(&row)) {
                return None;
            }
            let mut rows: Vec<u32> = rows().map(|row| records.get(&row).map_or(row, |record| record.row)).collect();
            rows.sort_unstable();
            rows.dedup();
            let album = AlbumRows { rows: rows.into_iter().collect(), ..album };
            Some((keys::album(album.album.key().0), encode_album(&album)))
        });
        Ok(moved.collect())
    }

    /// Lets the worker hear what is wished, and breaks off if that is to stop what holds these reins.
    async fn breathe_under(&self, reins: &Control) -> Result<(), Break> {
        self.world.clock().sleep(0).await;
        match reins.asked() {
            Some(halt @ (Halt::Pause | Halt::Cancel)) => Err(Break::Halted(halt)),
            None => Ok(()),
        }
    }
}

impl Candidates {
    /// Rows of the account's with those of exports that are the same photo, in the order of the latter.
    #[inline(never)]
    fn pairs(mut self) -> Vec<(u32, u32)> {
        self.account.sort_by_key(|candidate| (candidate.name, candidate.row));
        self.export.sort_by_key(|candidate| (candidate.name, candidate.row));
        let mut pairs = Vec::new();
        for new in self.export.chunk_by(|a, b| a.name == b.name) {
            let name = new[0].name;
            let from = self.account.partition_point(|candidate| candidate.name < name);
            let known = &self.account[from..];
            let known = &known[..known.partition_point(|candidate| candidate.name == name)];
            let traits = |some: &[Candidate]| some.iter().map(|one| one.traits(&self.cameras)).collect::<Vec<_>>();
            let found = pair_namesakes(&traits(known), &traits(new));
            pairs.extend(new.iter().zip(found).filter_map(|(new, at)| Some((known[at?].row, new.row))));
        }
        pairs.sort_unstable_by_key(|(_, export)| *export);
        pairs
    }
}

impl Candidate {
    fn traits<'a>(&self, cameras: &'a [Camera]) -> Traits<'a> {
        Traits {
            kind: self.kind,
            file_name: "",
            taken_s: Some(self.taken_s),
            is_local: self.is_local,
            width_px: self.width_px,
            height_px: self.height_px,
            camera: &cameras[self.camera],
        }
    }
}
