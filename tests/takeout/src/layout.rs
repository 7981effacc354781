//! Which folder of the export holds which file, under which name, and in which part.

use std::collections::{BTreeMap, HashSet};

use unicode_normalization::UnicodeNormalization;

use crate::chance::Chance;
use crate::export::Style;
use crate::library::{Album, Home, Pair, Photo, Sidecar};
use crate::naming;
use crate::truth::Role;
use crate::truth::case::Case;
use crate::words::{CORNERS, Corners, PRODUCTS, YEARS};

/// What is in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum What {
    Photo {
        photo: u32,
        role: Role,
    },
    AlbumSidecar(u32),
    /// The sidecar of a photo that is not in the export.
    Orphan(u32),
    /// A file that is about no photo.
    Other(usize),
}

/// A file of the export.
#[derive(Clone, Debug)]
pub(crate) struct Planned {
    pub(crate) path: String,
    /// From 0.
    pub(crate) part: u32,
    /// A second part that has the same file again.
    pub(crate) again: Option<u32>,
    pub(crate) album: Option<u32>,
    pub(crate) what: What,
}

/// The export's folders and files.
pub(crate) struct Layout {
    pub(crate) product: &'static str,
    pub(crate) album_folders: Vec<String>,
    pub(crate) files: Vec<Planned>,
}

/// Files about no photo: path below `Takeout/` (`%` is the product's folder), and content.
pub(crate) const OTHERS: &[(&str, &str)] = &[
    ("%/print-subscriptions.json", "{}"),
    ("%/shared_album_comments.json", "{\"sharedAlbumComments\":[{\"text\":\"Schön!\",\"albumMediaItemUrl\":\"\"}]}"),
    ("%/user-generated-memory-titles.json", "{\"userGeneratedMemoryTitles\":[\"Italien\"]}"),
    ("Drive/notes.txt", "Another product of the same person.\n"),
    ("%/Photos from 2015/desktop.ini", "[.ShellClassInfo]\r\n"),
];

struct Layer<'a> {
    photos: &'a [Photo],
    style: Style,
    parts: u32,
    chance: Chance,
    files: Vec<Planned>,
    base: String,
}

/// Lays out everything.
pub(crate) fn lay(seed: u64, photos: &[Photo], albums: &[Album], style: Style, parts: u32) -> Layout {
    let mut chance = Chance::new(seed, u64::MAX - 1);
    let product = *chance.one(PRODUCTS);
    let corners = chance.one(CORNERS);
    let years = *chance.one(YEARS);
    let base = format!("Takeout/{product}");
    let mut layer = Layer { photos, style, parts: parts.max(1), chance, files: Vec::new(), base };
    let mut folders: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for (nth, photo) in (0..).zip(photos) {
        let folder = match photo.home {
            Home::Year => format!("{years} {}", photo.year()),
            Home::Archive => corners.archive.to_owned(),
            Home::Trash => corners.trash.to_owned(),
            Home::Locked => corners.locked.to_owned(),
            Home::Failed => corners.failed.to_owned(),
            Home::AlbumOnly => continue,
        };
        folders.entry(folder).or_default().push(nth);
    }
    let mut taken: HashSet<String> = folders.keys().cloned().collect();
    for (folder, photos) in &folders {
        let members: Vec<(u32, bool)> = photos.iter().map(|photo| (*photo, true)).collect();
        layer.folder(folder, &members, None);
    }
    let mut album_folders = Vec::new();
    for (nth, album) in (0..).zip(albums) {
        let folder = (0..).map(|n| naming::folder(&album.folder, n)).find(|folder| taken.insert(folder.clone()));
        let folder = folder.expect("there are numbers enough");
        let members: Vec<(u32, bool)> = album.members.iter().map(|member| (member.photo, member.files)).collect();
        layer.folder(&folder, &members, Some(nth));
        let path = format!("{}/{folder}/{}.json", layer.base, album.sidecar);
        layer.add(path, None, What::AlbumSidecar(nth));
        album_folders.push(folder);
    }
    layer.others(corners);
    let mut files = layer.files;
    spread(&mut files, parts.max(1));
    Layout { product, album_folders, files }
}

/// Gives each media file its part in the order of the export, as an export is cut; the others have theirs relative to
/// it. Within a part, folder by folder.
fn spread(files: &mut [Planned], parts: u32) {
    let count = files.len() as u64;
    for (nth, file) in (0u64..).zip(files.iter_mut()) {
        let own = (nth * u64::from(parts) / count.max(1)) as u32;
        file.part = (own + file.part) % parts;
        file.again = file.again.map(|again| (own + again) % parts).filter(|again| *again != file.part);
    }
}

impl Layer<'_> {
    /// `part` is so many parts behind where the file would be.
    fn add(&mut self, path: String, album: Option<u32>, what: What) {
        let away = self.parts > 1 && !matches!(what, What::Photo { role: Role::Media, .. }) && self.chance.percent(34);
        let part = if away { 1 + self.chance.below(u64::from(self.parts) - 1) as u32 } else { 0 };
        let again = (self.parts > 1 && self.chance.percent(1)).then(|| self.chance.below(self.parts.into()) as u32);
        self.files.push(Planned { path, part, again, album, what });
    }

    /// Lays photos into a folder; `true` where the files are there and not the sidecar alone.
    fn folder(&mut self, folder: &str, members: &[(u32, bool)], album: Option<u32>) {
        let photos = self.photos;
        let mut members = members.to_vec();
        // Numbers are given in the order of names.
        members.sort_by(|a, b| {
            let (a, b) = (&photos[a.0 as usize], &photos[b.0 as usize]);
            (&a.title, a.id).cmp(&(&b.title, b.id))
        });
        let mut used: HashSet<String> = HashSet::new();
        for (nth, files) in members {
            let photo = &photos[nth as usize];
            let names = (0..).map(|n| Names::of(photo, self.style, n)).find(|names| {
                names.media().iter().all(|name| !used.contains(*name)) && !used.contains(&names.sidecar)
                    // Where only the sidecars collide, it alone gets a number.
                    || photo.case == Case::LongTwin && names.media().iter().all(|name| !used.contains(*name))
            });
            let mut names = names.expect("there are numbers enough");
            for n in 1.. {
                if !used.contains(&names.sidecar) {
                    break;
                }
                names.sidecar = naming::sidecar(&photo.title, sidecar_style(photo, self.style), n);
            }
            used.extend(names.media().into_iter().map(ToOwned::to_owned));
            used.insert(names.sidecar.clone());
            let path = |name: &str| format!("{}/{folder}/{name}", self.base);
            let mut found = Vec::new();
            if files {
                found.push((path(&names.still), Role::Media));
                found.extend(names.pair.as_ref().map(|name| (path(name), Role::Pair)));
                found.extend(names.edited.as_ref().map(|name| (path(name), Role::Edited)));
            }
            if photo.says.sidecar != Sidecar::Missing {
                found.push((path(&names.sidecar), Role::Sidecar));
            }
            for (path, role) in found {
                self.add(path, album, What::Photo { photo: nth, role });
            }
        }
    }

    fn others(&mut self, corners: &Corners) {
        self.add(format!("Takeout/{}", corners.browser), None, What::Other(OTHERS.len()));
        for (nth, (path, _)) in OTHERS.iter().enumerate() {
            let path = match path.strip_prefix('%') {
                Some(rest) => format!("{}{rest}", self.base),
                None => format!("Takeout/{path}"),
            };
            self.add(path, None, What::Other(nth));
        }
        let orphans = (self.photos.len() as u32 / 200).clamp(1, 500);
        for orphan in 0..orphans {
            let title = format!("GONE_{orphan:04}.jpg");
            let name = naming::sidecar(&title, self.style.sidecar(), 0);
            self.add(format!("{}/Photos from 2016/{name}", self.base), None, What::Orphan(orphan));
        }
    }
}

fn sidecar_style(photo: &Photo, style: Style) -> naming::Sidecar {
    match photo.case {
        Case::BareSidecar => naming::Sidecar::Bare,
        Case::NumberInside => naming::Sidecar::NewNumberedInside,
        _ => style.sidecar(),
    }
}

/// The names of a photo's files in one folder.
struct Names {
    still: String,
    pair: Option<String>,
    edited: Option<String>,
    sidecar: String,
}

impl Names {
    fn of(photo: &Photo, style: Style, n: u32) -> Self {
        let extension = photo.kind.extension();
        let mut still = naming::media(&photo.title, extension, n);
        let pair = photo.pair.map(|pair| match pair {
            Pair::Mp4 => format!("{}.MP4", naming::split(&still).0),
            Pair::Mov => format!("{}.MOV", naming::split(&still).0),
            Pair::Mp => naming::split(&still).0.to_owned(),
            Pair::Mp2 => format!("{}~2", naming::split(&still).0),
        });
        let edited = photo.edited.map(|suffix| naming::edited(&photo.title, extension, suffix, n));
        let mut sidecar = naming::sidecar(&photo.title, sidecar_style(photo, style), n);
        if matches!(photo.case, Case::Decomposed | Case::BothDecomposed) {
            still = still.nfd().collect();
        }
        if photo.case == Case::BothDecomposed {
            sidecar = sidecar.nfd().collect();
        }
        Self { still, pair, edited, sidecar }
    }

    fn media(&self) -> Vec<&str> {
        [Some(&self.still), self.pair.as_ref(), self.edited.as_ref()]
            .into_iter()
            .flatten()
            .map(String::as_str)
            .collect()
    }
}
