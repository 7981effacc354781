//! What the library really holds, for tests that want to count for themselves.

use super::Sandbox;
use super::albums;
use super::calendar::Day;
use super::ids;
use super::items::{self, Item};
use super::shelf::What;
use super::sniff;
use super::state::Created;

/// A media item as it is, whoever asks.
#[derive(Clone, Debug, PartialEq)]
pub struct Truth {
    pub id: String,
    pub file_name: String,
    pub mime_type: String,
    /// Seconds since the epoch.
    pub taken_s: i64,
    pub width_px: u32,
    pub height_px: u32,
    pub is_video: bool,
    /// Empty where the file does not say.
    pub camera_make: String,
    pub camera_model: String,
    pub description: String,
    /// The project that made it; others do not see it.
    pub project: String,
}

/// An album as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AlbumTruth {
    pub id: String,
    pub title: String,
    /// Ids of its media items, the seeded ones first.
    pub items: Vec<String>,
}

/// Every album that was not deleted.
pub(super) fn albums(sandbox: &Sandbox) -> Vec<AlbumTruth> {
    let of = |number: usize| {
        let seeded = sandbox.albums[number].indexes.iter().cloned().flatten().map(u64::from);
        let created = sandbox.state.created.iter().zip(ids::FIRST_CREATED..);
        let created = created.filter(|(created, _)| created.album == Some(number)).map(|(_, rank)| rank);
        AlbumTruth {
            id: ids::album_id(sandbox.seed(), number),
            title: sandbox.albums[number].title.clone(),
            items: seeded.chain(created).map(|rank| ids::item_id(sandbox.seed(), rank)).collect(),
        }
    };
    albums::all(sandbox).map(of).collect()
}

/// Every item: the seeded ones from the oldest to the newest, then the uploaded ones in the order of their making.
pub(super) fn all(sandbox: &Sandbox) -> impl Iterator<Item = Truth> {
    let life = &sandbox.shelf.life;
    let seeded = (life.first.0..=life.last.0)
        .flat_map(|day| sandbox.shelf.items_of_day(Day(day)))
        .map(|item| of_item(sandbox, &Item::Shelf(item)));
    let uploaded = (0..sandbox.state.created.len()).map(|number| of_item(sandbox, &Item::Created(number)));
    seeded.chain(uploaded)
}

fn of_item(sandbox: &Sandbox, item: &Item) -> Truth {
    let id = ids::item_id(sandbox.seed(), item.rank());
    let description = items::description(sandbox, item).to_owned();
    match item {
        Item::Shelf(item) => {
            let (make, model) = match &item.what {
                What::Photo { make, model, .. } | What::Video { make, model, .. } => (*make, *model),
                What::Screenshot | What::Bare => ("", ""),
            };
            Truth {
                id,
                file_name: item.file_name.clone(),
                mime_type: item.mime_type.to_owned(),
                taken_s: item.taken_s,
                width_px: item.width_px,
                height_px: item.height_px,
                is_video: item.what.is_video(),
                camera_make: make.to_owned(),
                camera_model: model.to_owned(),
                description,
                project: sandbox.settings.library_project().to_owned(),
            }
        }
        Item::Created(number) => of_created(id, description, &sandbox.state.created[*number]),
    }
}

fn of_created(id: String, description: String, created: &Created) -> Truth {
    Truth {
        id,
        file_name: created.file_name.clone(),
        mime_type: created.mime_type.clone(),
        taken_s: created.taken_s(),
        width_px: created.width_px,
        height_px: created.height_px,
        is_video: sniff::is_video(&created.mime_type),
        camera_make: String::new(),
        camera_model: String::new(),
        description,
        project: created.project.clone(),
    }
}
