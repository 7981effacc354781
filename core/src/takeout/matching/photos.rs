//! Which entries of different folders are one photo, and what its files are to it.

use std::collections::{BTreeMap, HashMap};

use super::folder::{Entry, bases_of};
use super::found::FileId;
use super::outcome::{AlbumId, Fate, Photo, PhotoId, Reason, Resolved, Role};
use super::resolve::Shelf;
use super::rules::{MediaName, Sort, plain, sidecar_parts, sort_of};
use super::scan::{Head, Scan};
use crate::photo::{Kind, Marks};
use crate::takeout::names::FolderName;
use crate::takeout::sidecar::photo_mark;

/// Photos of one name, instant and size that are looked at for one more copy of them.
const MOST_TWINS: usize = 64;

/// An entry and the folder that it lies in.
#[derive(Clone, Debug)]
pub(super) struct Placed {
    pub(super) shelf: u32,
    pub(super) entry: Entry,
}

/// Makes photos of entries.
pub(super) fn gather(scan: &Scan, shelves: &[Shelf<'_>], mut entries: Vec<Placed>, resolved: &mut Resolved) {
    // The folder of the year first: its files stand for the photo.
    entries.sort_by_key(|placed| rank(&shelves[placed.shelf as usize]));
    let mut gathering = Gathering {
        scan,
        entries,
        groups: Vec::new(),
        mark: HashMap::new(),
        twins: HashMap::new(),
        cards: HashMap::new(),
    };
    gathering.place_whole();
    let cards = gathering.place_cards();
    let lone = gathering.place_lone();
    gathering.place_apart(cards, lone);
    gathering.finish(shelves, resolved);
}

fn rank(shelf: &Shelf<'_>) -> u8 {
    match shelf.kind {
        _ if shelf.album.is_some() => 2,
        FolderName::Year(_) => 0,
        _ => 1,
    }
}

/// A name as it would be if none other were called so.
fn without_number(name: &str) -> (&str, &str) {
    let MediaName { base, ending, .. } = MediaName::of(name);
    (base, ending)
}

fn remember(groups: &mut Vec<u32>, group: u32) {
    if groups.len() < MOST_TWINS && groups.last() != Some(&group) {
        groups.push(group);
    }
}

/// What is told apart by title and instant.
type Shot<'a> = (&'a str, Option<i64>);

struct Gathering<'a> {
    scan: &'a Scan,
    entries: Vec<Placed>,
    /// Entries that are one photo, the first of them the one to show.
    groups: Vec<Vec<u32>>,
    /// Groups by what Google calls the photo.
    mark: HashMap<(&'a str, Shot<'a>), u32>,
    /// Groups by what is the same in all copies of a photo.
    twins: HashMap<(Shot<'a>, u64), Vec<u32>>,
    cards: HashMap<Shot<'a>, Vec<u32>>,
}

impl<'a> Gathering<'a> {
    fn head(&self, entry: &Entry) -> Option<Head<'a>> {
        entry.card.and_then(|card| self.scan.head(&self.scan.files()[card.0 as usize]))
    }

    fn size(&self, file: FileId) -> u64 {
        self.scan.files()[file.0 as usize].size
    }

    fn name(&self, file: FileId) -> &'a str {
        self.scan.name(&self.scan.files()[file.0 as usize])
    }

    /// No photo is in one folder twice.
    fn is_elsewhere(&self, group: u32, shelf: u32) -> bool {
        let last = self.groups[group as usize].last();
        last.is_none_or(|entry| self.entries[*entry as usize].shelf != shelf)
    }

    /// Entries with both a sidecar and a photo.
    fn place_whole(&mut self) {
        for at in 0..self.entries.len() as u32 {
            let Placed { shelf, entry } = &self.entries[at as usize];
            let (Some(head), Some(main)) = (self.head(entry), entry.main) else { continue };
            let (shelf, shot, size) = (*shelf, (head.title, head.taken_s), self.size(main));
            let mark = photo_mark(head.url);
            let by_mark = mark.and_then(|mark| self.mark.get(&(mark, shot)).copied());
            let group = by_mark.filter(|group| self.is_elsewhere(*group, shelf)).or_else(|| {
                let twins = self.twins.get(&(shot, size))?;
                let mut twins = twins.iter().take(MOST_TWINS).copied();
                twins.find(|group| self.is_elsewhere(*group, shelf) && self.may_be(*group, mark))
            });
            let group = group.unwrap_or_else(|| {
                self.groups.push(Vec::new());
                self.groups.len() as u32 - 1
            });
            self.groups[group as usize].push(at);
            if let Some(mark) = mark {
                self.mark.entry((mark, shot)).or_insert(group);
            }
            for list in [self.twins.entry((shot, size)).or_default(), self.cards.entry(shot).or_default()] {
                if list.last() != Some(&group) {
                    list.push(group);
                }
            }
        }
    }

    /// Two marks that differ are of two photos.
    fn may_be(&self, group: u32, mark: Option<&str>) -> bool {
        let known = self.groups[group as usize]
            .iter()
            .take(MOST_TWINS)
            .find_map(|entry| self.head(&self.entries[*entry as usize].entry).and_then(|head| photo_mark(head.url)));
        known.zip(mark).is_none_or(|(known, mark)| known == mark)
    }

    /// Sidecars whose photo lies in another folder: albums may have nothing but those. What is left over is given back.
    fn place_cards(&mut self) -> Vec<u32> {
        let mut left = Vec::new();
        for at in 0..self.entries.len() as u32 {
            let Placed { shelf, entry } = &self.entries[at as usize];
            let (Some(head), None) = (self.head(entry), entry.main) else { continue };
            let (shelf, shot) = (*shelf, (head.title, head.taken_s));
            let mark = photo_mark(head.url);
            let by_mark = mark.and_then(|mark| self.mark.get(&(mark, shot)).copied());
            let alone = || {
                let groups = self.cards.get(&shot)?;
                let mut fitting = groups.iter().take(MOST_TWINS).filter(|group| self.may_be(**group, mark));
                fitting.next().copied().filter(|_| fitting.next().is_none())
            };
            match by_mark.or_else(alone).filter(|group| self.is_elsewhere(*group, shelf)) {
                Some(group) => self.groups[group as usize].push(at),
                None => left.push(at),
            }
        }
        left
    }

    /// Photos without a sidecar that are copies of one that has it. What is left over is given back.
    fn place_lone(&mut self) -> Vec<u32> {
        let (mut by_name, mut by_base) = (HashMap::new(), HashMap::new());
        for (group, entries) in self.groups.iter().enumerate() {
            for entry in entries {
                let entry = &self.entries[*entry as usize].entry;
                for file in entry.main.iter().chain(&entry.motion).chain(&entry.edited) {
                    let (name, size) = (self.name(*file), self.size(*file));
                    remember(by_name.entry((name, size)).or_default(), group as u32);
                    remember(by_base.entry((without_number(name), size)).or_default(), group as u32);
                }
            }
        }
        let mut left = Vec::new();
        for at in 0..self.entries.len() as u32 {
            let Placed { shelf, entry } = &self.entries[at as usize];
            let Some(main) = entry.main.filter(|_| self.head(entry).is_none()) else { continue };
            let shelf = *shelf;
            let (name, size) = (self.name(main), self.size(main));
            let alone = |groups: Option<&Vec<u32>>| match groups.map(Vec::as_slice) {
                Some([group]) if self.is_elsewhere(*group, shelf) => Some(*group),
                _ => None,
            };
            // Each folder numbers its names for itself.
            let group = alone(by_name.get(&(name, size))).or_else(|| alone(by_base.get(&(without_number(name), size))));
            match group {
                Some(group) => self.groups[group as usize].push(at),
                None => left.push(at),
            }
        }
        left
    }

    /// Photos and sidecars that are in different folders and the only ones of their name; then what has no sidecar at
    /// all, once for each name and size.
    fn place_apart(&mut self, cards: Vec<u32>, lone: Vec<u32>) {
        let mut by_base: HashMap<(String, u32), Vec<u32>> = HashMap::new();
        for at in cards {
            let entry = &self.entries[at as usize].entry;
            let Some((head, card)) = self.head(entry).zip(entry.card) else { continue };
            let (t, n) = sidecar_parts(self.name(card));
            for base in bases_of(t, head.title) {
                by_base.entry((base, n)).or_default().push(at);
            }
        }
        let mut same: BTreeMap<(&str, u64), Vec<Vec<u32>>> = BTreeMap::new();
        let mut names: HashMap<(String, u32), u32> = HashMap::new();
        for at in lone {
            let Placed { shelf, entry } = &self.entries[at as usize];
            let main = entry.main.expect("lone entries are photos");
            let (name, size) = (self.name(main), self.size(main));
            let groups = same.entry((name, size)).or_default();
            let is_elsewhere =
                |group: &&mut Vec<u32>| group.last().is_none_or(|last| self.entries[*last as usize].shelf != *shelf);
            if let Some(group) = groups.first_mut().filter(is_elsewhere) {
                group.push(at);
            } else {
                let MediaName { base, number, .. } = MediaName::of(name);
                *names.entry((plain(base), number)).or_default() += 1;
                groups.push(vec![at]);
            }
        }
        let taken = self.bases_in_groups();
        for mut group in same.into_values().flatten() {
            let main = self.entries[group[0] as usize].entry.main.expect("lone entries are photos");
            let MediaName { base, number, .. } = MediaName::of(self.name(main));
            let key = (plain(base), number);
            let is_alone = names.get(&key) == Some(&1) && !taken.contains_key(&key);
            if let Some([card]) = by_base.get(&key).filter(|_| is_alone).map(Vec::as_slice) {
                group.push(*card);
            }
            self.groups.push(group);
        }
    }

    fn bases_in_groups(&self) -> HashMap<(String, u32), ()> {
        let entries = self.groups.iter().filter_map(|group| group.first());
        let mains = entries.filter_map(|entry| self.entries[*entry as usize].entry.main);
        let name = |file: FileId| MediaName::of(self.name(file));
        mains.map(|file| ((plain(name(file).base), name(file).number), ())).collect()
    }

    fn finish(mut self, shelves: &[Shelf<'_>], resolved: &mut Resolved) {
        let place = |gathering: &Self, group: &[u32]| {
            let first = &gathering.entries[group[0] as usize];
            (first.shelf, first.entry.main.map(|main| gathering.name(main)), first.entry.main)
        };
        let mut groups = std::mem::take(&mut self.groups);
        groups.sort_by_cached_key(|group| {
            let (shelf, name, _) = place(&self, group);
            (shelves[shelf as usize].name, name)
        });
        for group in groups {
            let entries: Vec<&Placed> = group.iter().map(|at| &self.entries[*at as usize]).collect();
            self.make_photo(shelves, &entries, resolved);
        }
    }

    fn make_photo(&self, shelves: &[Shelf<'_>], entries: &[&Placed], resolved: &mut Resolved) {
        let photo = PhotoId(resolved.photos.len() as u32);
        let first = |pick: fn(&Entry) -> Option<FileId>| entries.iter().find_map(|placed| pick(&placed.entry));
        let Some(main) = first(|entry| entry.main) else { return };
        let motion = first(|entry| entry.motion);
        let sidecar = first(|entry| entry.card.filter(|_| !entry.is_card_broken));
        let edited = entries.iter().map(|placed| &placed.entry.edited).find(|edited| !edited.is_empty());
        let edited: &[FileId] = edited.map(Vec::as_slice).unwrap_or_default();
        let is_broken = entries.iter().any(|placed| placed.entry.is_card_broken);
        let reason = if is_broken { Reason::BrokenSidecar } else { Reason::NoSidecar };
        let fate = |role: Role| match sidecar {
            Some(_) => Fate::Photo(photo, role),
            None => Fate::Lone(photo, role, reason),
        };
        for placed in entries {
            let entry = &placed.entry;
            for file in entry.main.iter().chain(&entry.motion).chain(&entry.edited) {
                resolved.fates[file.0 as usize] = fate(Role::Copy);
            }
            if let Some(card) = entry.card.filter(|_| !entry.is_card_broken) {
                resolved.fates[card.0 as usize] = fate(Role::SidecarCopy);
            }
        }
        let mut set = |file: FileId, role: Role| resolved.fates[file.0 as usize] = fate(role);
        edited.iter().for_each(|file| set(*file, Role::Edited));
        motion.into_iter().for_each(|file| set(file, Role::Motion));
        sidecar.into_iter().for_each(|file| set(file, Role::Sidecar));
        set(main, Role::Main);
        let kinds = entries.iter().map(|placed| shelves[placed.shelf as usize].kind);
        let has = |kind: FolderName| kinds.clone().any(|found| found == kind);
        let mut albums: Vec<AlbumId> =
            entries.iter().filter_map(|placed| shelves[placed.shelf as usize].album).collect();
        albums.sort_unstable();
        albums.dedup();
        let edited_from = resolved.edited.len() as u32;
        let albums_from = resolved.memberships.len() as u32;
        resolved.photos.push(Photo {
            main,
            kind: self.kind(main, sidecar),
            motion,
            sidecar,
            folder_marks: Marks {
                favorited: false,
                archived: has(FolderName::Archive),
                trashed: has(FolderName::Trash),
                locked: has(FolderName::Locked),
            },
            is_failed: has(FolderName::FailedVideos),
            edited: edited_from..edited_from + edited.len() as u32,
            albums: albums_from..albums_from + albums.len() as u32,
        });
        resolved.edited.extend_from_slice(edited);
        resolved.memberships.extend(albums);
    }

    /// By the name of the file, or else by its title.
    fn kind(&self, main: FileId, sidecar: Option<FileId>) -> Kind {
        let title = sidecar.and_then(|card| self.scan.head(&self.scan.files()[card.0 as usize])).map(|head| head.title);
        let sorts = [Some(self.name(main)), title].into_iter().flatten().map(sort_of);
        let known = sorts.into_iter().find(|sort| matches!(sort, Sort::Picture | Sort::Video | Sort::Moving));
        if matches!(known, Some(Sort::Video | Sort::Moving)) { Kind::Video } else { Kind::Photo }
    }
}
