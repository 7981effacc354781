//! Albums, and who is in them.

use super::{Home, Photo, Sidecar};
use crate::chance::Chance;
use crate::words::{ALBUM_SIDECARS, ALBUMS, UNTITLED};

/// An album.
#[derive(Clone, Debug)]
pub(crate) struct Album {
    pub(crate) title: String,
    /// What its folder is called before it is made a file name.
    pub(crate) folder: String,
    /// Without `.json`.
    pub(crate) sidecar: &'static str,
    /// Older exports have an object around it.
    pub(crate) wrapped: bool,
    pub(crate) members: Vec<Member>,
}

/// A photo in an album.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Member {
    /// Place in the library.
    pub(crate) photo: u32,
    /// Whether the folder holds the files, or the sidecar alone.
    pub(crate) files: bool,
}

/// The albums of a library.
pub(crate) fn albums(seed: u64, photos: &[Photo]) -> Vec<Album> {
    let mut chance = Chance::new(seed, u64::MAX);
    let mut titles: Vec<(String, String)> =
        ALBUMS.iter().map(|title| ((*title).to_owned(), (*title).to_owned())).collect();
    let untitled = *chance.one(UNTITLED);
    titles.push((untitled.to_owned(), untitled.to_owned()));
    titles.push((String::new(), untitled.to_owned()));
    titles.extend((0..photos.len() / 400).map(|nth| (format!("Album {nth}"), format!("Album {nth}"))));
    let mut albums: Vec<Album> = (0..)
        .zip(titles)
        .map(|(nth, (title, folder)): (usize, _)| Album {
            title,
            folder,
            sidecar: ALBUM_SIDECARS[nth % ALBUM_SIDECARS.len()],
            wrapped: nth % 5 == 4,
            members: Vec::new(),
        })
        .collect();
    for (nth, photo) in (0..).zip(photos) {
        let in_albums = match photo.home {
            Home::AlbumOnly => 1,
            Home::Year | Home::Archive => [0, 0, 0, 1, 1, 2][chance.below(6) as usize],
            Home::Trash | Home::Locked | Home::Failed => 0,
        };
        let first = chance.below(albums.len() as u64) as usize;
        for offset in 0..in_albums {
            // Where neither a file nor a sidecar says so, nobody can know that it is in the album.
            let is_silent = matches!(photo.says.sidecar, Sidecar::Missing | Sidecar::Broken);
            let files = chance.percent(75) || photo.home == Home::AlbumOnly || is_silent;
            let at = (first + offset * 3) % albums.len();
            albums[at].members.push(Member { photo: nth, files });
        }
    }
    albums.retain(|album| !album.members.is_empty());
    albums
}
