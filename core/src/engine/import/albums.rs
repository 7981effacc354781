//! Albums of exports, kept as those that were fetched are.

use super::Break;
use super::rows::Rows;
use crate::catalog::AlbumRows;
use crate::catalog::codec::encode_album;
use crate::engine::Engine;
use crate::photo::{Album, AlbumKey, AlbumSource};
use crate::ports::{Batch, World};
use crate::protocol::News;
use crate::store::keys;
use crate::takeout::import::Photos;

/// Albums that are kept together.
const AT_ONCE: usize = 128;

impl<W: World + 'static> Engine<W> {
    /// Keeps the albums as they are now; those that are in no part any more go.
    pub(super) async fn keep_albums_of(&self, photos: &Photos<'_>, rows: &Rows) -> Result<(), Break> {
        let stored = self.stored_albums().await?.albums;
        let mut known: std::collections::BTreeMap<AlbumKey, Vec<u8>> = stored
            .into_iter()
            .filter(|(album, _)| album.album.source == AlbumSource::Takeout)
            .map(|(album, record)| (album.album.key(), record))
            .collect();
        let mut albums: Vec<AlbumRows> = photos.resolved.albums.iter().map(album_of).collect();
        for (album, rows) in albums.iter_mut().zip(members(photos, rows)) {
            album.rows = rows.into_iter().collect();
            album.missing = album.album.count - album.rows.len() as u32;
        }
        let mut new: Vec<(AlbumKey, Vec<u8>)> = Vec::new();
        for album in &albums {
            let (key, record) = (album.album.key(), encode_album(album));
            if known.remove(&key).as_ref() != Some(&record) {
                new.push((key, record));
            }
        }
        let mut removed: Vec<AlbumKey> = known.into_keys().collect();
        let mut new = new.into_iter().peekable();
        while new.peek().is_some() || !removed.is_empty() {
            self.breathe().await?;
            let removed = std::mem::take(&mut removed);
            let some: Vec<(AlbumKey, Vec<u8>)> = new.by_ref().take(AT_ONCE).collect();
            let batch = Batch {
                puts: some.iter().map(|(key, record)| (keys::album(key.0), record.clone())).collect(),
                deletes: removed.iter().map(|key| keys::album(key.0)).collect(),
                ..Batch::default()
            };
            self.commit_import(batch).await?;
            let records = some.into_iter().map(|(_, record)| record).collect();
            (self.tell)(News::Albums { removed, listed: self.are_albums_listed() }, records);
        }
        Ok(())
    }
}

fn album_of(album: &crate::takeout::matching::Album) -> AlbumRows {
    // No folder of an album has this name, and an album must be called something.
    let id = if album.folder.is_empty() { "/".to_owned() } else { album.folder.clone() };
    let album =
        Album { source: AlbumSource::Takeout, id, title: album.title.clone(), count: album.photos, ..Album::default() };
    AlbumRows { album, ..AlbumRows::default() }
}

/// By album, the rows that are in it.
#[inline(never)]
fn members(photos: &Photos<'_>, rows: &Rows) -> Vec<Vec<u32>> {
    let mut members = vec![Vec::new(); photos.resolved.albums.len()];
    for (at, photo) in photos.resolved.photos.iter().enumerate() {
        let Some(known) = rows.by_id(photos.id(at)) else { continue };
        for album in photos.resolved.albums_of(photo) {
            members[album.0 as usize].push(known.row);
        }
    }
    members
}
