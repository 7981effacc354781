//! All parts together: folders told apart, matched one by one, and what became of every file.

use std::cmp::Reverse;
use std::collections::HashSet;

use super::folder::{Card, Media, match_folder};
use super::found::FileId;
use super::outcome::{Album, AlbumId, Fate, Ignored, Reason, Resolved, Role};
use super::photos::{Placed, gather};
use super::rules::{Sort, sort_of};
use super::scan::{Content, Scan};
use crate::takeout::names::{Area, FolderName, read_folder};

/// A folder of the export, over all parts.
#[derive(Debug)]
pub(super) struct Shelf<'a> {
    pub(super) name: &'a str,
    pub(super) kind: FolderName,
    pub(super) album: Option<AlbumId>,
}

/// What all files that were found so far come to. It takes about as long as sorting them.
pub fn resolve(scan: &Scan) -> Resolved {
    let mut resolved =
        Resolved { fates: vec![Fate::Unmatched(Reason::UnknownKind); scan.len()], ..Resolved::default() };
    let folders = folders_by_name(scan);
    set_aside(scan, &folders, &mut resolved);
    let (firsts, repeats) = one_of_each(scan, &folders);
    let mut shelves: Vec<Shelf<'_>> = Vec::new();
    let mut entries: Vec<Placed> = Vec::new();
    for files in firsts.chunk_by(|a, b| folder_of(scan, &folders, *a) == folder_of(scan, &folders, *b)) {
        let Some(name) = folder_of(scan, &folders, files[0]) else { continue };
        let shelf = shelve(scan, name, files, &mut resolved);
        let (media, cards) = sorted(scan, files, &mut resolved);
        let found = match_folder(&media, &cards);
        let at = shelves.len() as u32;
        entries.extend(found.into_iter().map(|entry| Placed { shelf: at, entry }));
        shelves.push(shelf);
    }
    gather(scan, &shelves, entries, &mut resolved);
    count_members(&mut resolved);
    for repeat in repeats {
        resolved.fates[repeat.file.0 as usize] = fate_of_repeat(scan, &repeat, &resolved);
    }
    resolved
}

/// By the scan's folder: the one it is over all parts; `None` if it is another product's.
fn folders_by_name(scan: &Scan) -> Vec<Option<&str>> {
    // A product that is not known by its name is Google Photos if it has sidecars of photos.
    let mut products: HashSet<&str> = HashSet::new();
    for file in scan.files().iter().filter(|file| matches!(file.content, Content::Photo { .. })) {
        if let (folder, Area::Product) = &scan.folders()[file.folder as usize] {
            products.insert(split_first(folder).0);
        }
    }
    let folders = scan.folders().iter().map(|(folder, area)| match area {
        Area::Photos | Area::Litter => Some(folder.as_str()),
        Area::Product => {
            let (product, rest) = split_first(folder);
            products.contains(product).then_some(rest)
        }
    });
    folders.collect()
}

fn split_first(folder: &str) -> (&str, &str) {
    folder.split_once('/').unwrap_or((folder, ""))
}

fn folder_of<'a>(scan: &Scan, folders: &[Option<&'a str>], file: FileId) -> Option<&'a str> {
    folders[scan.files()[file.0 as usize].folder as usize]
}

/// What is known and says nothing of a photo.
fn set_aside(scan: &Scan, folders: &[Option<&str>], resolved: &mut Resolved) {
    for (file, fate) in scan.files().iter().zip(&mut resolved.fates) {
        let ignored = match scan.folders()[file.folder as usize].1 {
            Area::Litter => Some(Ignored::Litter),
            _ if folders[file.folder as usize].is_none() => Some(Ignored::OtherProduct),
            _ if file.content == Content::KnownJson => Some(Ignored::KnownJson),
            _ if sort_of(scan.name(file)) == Sort::Html => Some(Ignored::Page),
            _ => None,
        };
        if let Some(ignored) = ignored {
            *fate = Fate::Ignored(ignored);
        }
    }
}

/// A file whose path another one has too.
struct Repeat {
    file: FileId,
    /// The one that stands for the path.
    first: FileId,
    /// Another one of the path is in the same part.
    is_in_one_part: bool,
}

/// Files in the order of their folders and names, each path once; and the others. Of several the one in the part of the latest name is taken, which is the newest export's, but one that could be read
/// before any other.
fn one_of_each(scan: &Scan, folders: &[Option<&str>]) -> (Vec<FileId>, Vec<Repeat>) {
    let mut order: Vec<FileId> =
        scan.ids().filter(|id| scan.folders()[scan.files()[id.0 as usize].folder as usize].1 != Area::Litter).collect();
    order.retain(|id| folder_of(scan, folders, *id).is_some());
    order.sort_by_cached_key(|id| {
        let file = &scan.files()[id.0 as usize];
        let is_bad = matches!(file.content, Content::Bad(_) | Content::Unreadable | Content::Waiting);
        let part = scan.parts()[file.part.0 as usize].as_str();
        (folder_of(scan, folders, *id), scan.name(file), is_bad, Reverse(part), file.entry)
    });
    let path = |id: FileId| (folder_of(scan, folders, id), scan.name(&scan.files()[id.0 as usize]));
    let part = |id: FileId| scan.files()[id.0 as usize].part;
    let (mut firsts, mut repeats) = (Vec::with_capacity(order.len()), Vec::new());
    for same in order.chunk_by(|a, b| path(*a) == path(*b)) {
        firsts.push(same[0]);
        repeats.extend(same.windows(2).map(|pair| Repeat {
            file: pair[1],
            first: same[0],
            is_in_one_part: part(pair[0]) == part(pair[1]),
        }));
    }
    (firsts, repeats)
}

/// What a folder is: an album if a file in it says so, else what it is called.
fn shelve<'a>(scan: &Scan, name: &'a str, files: &[FileId], resolved: &mut Resolved) -> Shelf<'a> {
    let last = name.rsplit('/').next().unwrap_or(name);
    let kind = read_folder(last);
    let facts = files.iter().find(|file| matches!(scan.files()[file.0 as usize].content, Content::Album { .. }));
    let is_album = match kind {
        _ if facts.is_some() => true,
        FolderName::Other | FolderName::Untitled => {
            !name.is_empty() && files.iter().any(|file| is_of_photo(scan, *file))
        }
        _ => false,
    };
    if !is_album {
        return Shelf { name, kind, album: None };
    }
    let told = facts.and_then(|file| scan.album(*file)).map(|album| album.title).filter(|title| !title.is_empty());
    let called = if kind == FolderName::Untitled { "" } else { last };
    let album = AlbumId(resolved.albums.len() as u32);
    resolved.albums.push(Album {
        folder: name.to_owned(),
        title: told.unwrap_or_else(|| {
            if facts.is_some() && kind == FolderName::Untitled { String::new() } else { called.to_owned() }
        }),
        facts: facts.copied(),
        photos: 0,
    });
    for file in files {
        if let Content::Album { .. } = scan.files()[file.0 as usize].content {
            resolved.fates[file.0 as usize] = Fate::Album(album);
        }
    }
    Shelf { name, kind: FolderName::Other, album: Some(album) }
}

fn is_of_photo(scan: &Scan, file: FileId) -> bool {
    let file = &scan.files()[file.0 as usize];
    let is_media = matches!(sort_of(scan.name(file)), Sort::Picture | Sort::Video | Sort::Moving);
    is_media || matches!(file.content, Content::Photo { .. })
}

/// The files of a folder by what they may be. What a JSON file that is no sidecar comes to is certain already.
fn sorted<'a>(scan: &'a Scan, files: &[FileId], resolved: &mut Resolved) -> (Vec<Media<'a>>, Vec<Card<'a>>) {
    let (mut media, mut cards) = (Vec::new(), Vec::new());
    for &id in files {
        let file = &scan.files()[id.0 as usize];
        let name = scan.name(file);
        let fate = &mut resolved.fates[id.0 as usize];
        match file.content {
            Content::KnownJson | Content::Album { .. } => continue,
            Content::Closed => {
                let sort = sort_of(name);
                if !matches!(sort, Sort::Html | Sort::Json) {
                    media.push(Media { id, name, sort });
                }
                continue;
            }
            Content::Photo { .. } => *fate = Fate::Unmatched(Reason::NoPhoto),
            Content::Waiting => *fate = Fate::Unmatched(Reason::NotRead),
            Content::OtherJson => *fate = Fate::Unmatched(Reason::UnknownJson),
            Content::Bad(error) => *fate = Fate::Unmatched(Reason::BadJson(error)),
            Content::Unreadable => *fate = Fate::Unmatched(Reason::Unreadable),
        }
        cards.push(Card { id, name, head: scan.head(file) });
    }
    (media, cards)
}

fn count_members(resolved: &mut Resolved) {
    for album in &resolved.memberships {
        resolved.albums[album.0 as usize].photos += 1;
    }
}

/// What becomes of a file whose path another one has too. No export has two of one path in one part: what is in the second
/// of them must not be passed over.
fn fate_of_repeat(scan: &Scan, repeat: &Repeat, resolved: &Resolved) -> Fate {
    let (own, other) = (&scan.files()[repeat.file.0 as usize], &scan.files()[repeat.first.0 as usize]);
    match own.content {
        Content::Bad(error) => return Fate::Unmatched(Reason::BadJson(error)),
        Content::Unreadable => return Fate::Unmatched(Reason::Unreadable),
        Content::Waiting => return Fate::Unmatched(Reason::NotRead),
        Content::Closed if own.size != other.size => return Fate::Unmatched(Reason::SamePath),
        _ if repeat.is_in_one_part => return Fate::Unmatched(Reason::SamePath),
        _ => {}
    }
    match resolved.fates[repeat.first.0 as usize] {
        Fate::Photo(photo, role) => Fate::Photo(photo, again(role)),
        Fate::Lone(photo, role, reason) => Fate::Lone(photo, again(role), reason),
        fate => fate,
    }
}

fn again(role: Role) -> Role {
    match role {
        Role::Sidecar | Role::SidecarCopy => Role::SidecarCopy,
        Role::Main | Role::Motion | Role::Edited | Role::Copy => Role::Copy,
    }
}
