//! Base URLs and the bytes behind them.

use super::Sandbox;
use super::drawing::{self, View};
use super::exif;
use super::ids::{self, Purpose};
use super::items::{self, Item};
use super::light::{self, Scene};
use super::people::Landscape;
use super::picture;
use super::shelf::{ShelfItem, What};
use super::sniff;
use super::state::Created;
use super::wire::{Incoming, Outgoing};

/// Google: access media items, base URLs: "valid for 60 minutes".
const LIVES_MS: i64 = 3_600_000;
const PREFIX: &str = "/lr/AFBm1_";
/// Where videos are had (seen in public code: `=dv` is redirected there).
const VIDEOS: &str = "video-downloads.googleusercontent.com";
/// Nothing is drawn larger on either side.
const LARGEST_PX: u32 = 16_383;

/// A new base URL of an item, made out to whom it was given.
pub(super) fn base_url(seed: u64, rank: u64, grant: usize, now_ms: i64) -> String {
    let mut plain = rank.to_le_bytes().to_vec();
    plain.extend(now_ms.to_le_bytes());
    plain.extend((grant as u64).to_le_bytes());
    plain.extend([0; 40]);
    format!("https://lh3.googleusercontent.com{PREFIX}{}", ids::seal(seed, Purpose::BaseUrl, &plain))
}

/// What the letters behind `=` ask for (Google: access media items, base URL parameters).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asked {
    /// Inside a box, or exactly as large as it.
    Sized { width_px: Option<u32>, height_px: Option<u32>, fit: Fit, button: Button },
    /// `d`: the picture with its Exif, save where it was taken.
    Download,
    /// `dv`: the video.
    Video,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fit {
    Inside,
    /// `c`
    Cropped,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Button {
    Shown,
    /// `no`
    Hidden,
}

impl Asked {
    fn read(suffix: &str) -> Option<Self> {
        match suffix {
            "d" => return Some(Self::Download),
            "dv" => return Some(Self::Video),
            _ => {}
        }
        let (mut width, mut height, mut fit, mut button) = (None, None, Fit::Inside, Button::Shown);
        for part in suffix.split('-') {
            let length = |digits: &str| digits.parse().ok().filter(|px| (1..=LARGEST_PX).contains(px));
            match part {
                "c" if fit == Fit::Inside => fit = Fit::Cropped,
                "no" if button == Button::Shown => button = Button::Hidden,
                _ if width.is_none() && part.starts_with('w') => width = Some(length(&part[1..])?),
                _ if height.is_none() && part.starts_with('h') => height = Some(length(&part[1..])?),
                _ => return None,
            }
        }
        (width.is_some() || height.is_some()).then_some(Self::Sized { width_px: width, height_px: height, fit, button })
    }
}

/// Everything under lh3.googleusercontent.com and where videos are had.
pub(super) fn answer(sandbox: &mut Sandbox, incoming: &Incoming, now_ms: i64) -> Outgoing {
    if !matches!(incoming.method.as_str(), "GET" | "HEAD") {
        return Outgoing::empty(405);
    }
    let path = incoming.path();
    let (address, suffix) = path.split_once('=').unwrap_or((path, ""));
    let Some((item, project)) = behind(sandbox, address, now_ms) else {
        return broken(403, "Your client does not have permission to get this URL.");
    };
    // Google: access media items: a base URL cannot be used as it is; parameters must be appended.
    let Some(asked) = Asked::read(suffix) else {
        return broken(400, "The requested URL lacks its parameters, or they are malformed.");
    };
    if !sandbox.state.usage.picture(&project, now_ms) {
        return broken(429, "Too many requests.");
    }
    sandbox.changed = true;
    match (asked, incoming.host_name().as_str()) {
        (Asked::Video, VIDEOS) => video_bytes(sandbox, &item),
        (_, VIDEOS) => broken(404, "Not found."),
        (Asked::Video, _) if is_video(sandbox, &item) => Outgoing::redirect(&format!("https://{VIDEOS}{address}=dv")),
        (Asked::Video, _) => broken(404, "Not found."),
        (Asked::Download, _) => download(sandbox, &item),
        (Asked::Sized { width_px, height_px, fit, button }, _) => {
            sized(sandbox, &item, (width_px, height_px), fit, button)
        }
    }
}

/// The item of a base URL that is still alive, and the project it was made out to.
fn behind(sandbox: &Sandbox, address: &str, now_ms: i64) -> Option<(Item, String)> {
    let plain = ids::open(sandbox.seed(), Purpose::BaseUrl, address.strip_prefix(PREFIX)?)?;
    let (rank, rest) = plain.split_first_chunk::<8>()?;
    let (issued_ms, rest) = rest.split_first_chunk::<8>()?;
    let grant = usize::try_from(u64::from_le_bytes(*rest.first_chunk::<8>()?)).ok()?;
    let age_ms = now_ms.checked_sub(i64::from_le_bytes(*issued_ms))?;
    // Google: access media items: a base URL dies earlier when the person revokes the app's access.
    if age_ms >= LIVES_MS || !sandbox.state.alive(grant) {
        return None;
    }
    let project = sandbox.state.grants.get(grant)?.project.clone();
    Some((items::find(sandbox, &project, u64::from_le_bytes(*rank))?, project))
}

fn is_video(sandbox: &Sandbox, item: &Item) -> bool {
    match item {
        Item::Shelf(item) => item.what.is_video(),
        Item::Created(number) => sniff::is_video(&sandbox.state.created[*number].mime_type),
    }
}

/// The pixels of the picture itself; 4:3 where an uploaded file does not say.
fn own_size(sandbox: &Sandbox, item: &Item) -> (u32, u32) {
    let (width, height) = match item {
        Item::Shelf(item) => (item.width_px, item.height_px),
        Item::Created(number) => {
            let created = &sandbox.state.created[*number];
            (created.width_px, created.height_px)
        }
    };
    if width == 0 || height == 0 { (1600, 1200) } else { (width, height) }
}

fn scene_of(sandbox: &Sandbox, item: &Item) -> Scene {
    match item {
        Item::Shelf(item) => item.scene.clone(),
        Item::Created(number) => created_scene(&sandbox.state.created[*number]),
    }
}

/// What is drawn for an uploaded file: the bytes decide.
fn created_scene(created: &Created) -> Scene {
    const ALL: [Landscape; 6] = [
        Landscape::Fields,
        Landscape::Sea,
        Landscape::Mountains,
        Landscape::Forest,
        Landscape::City,
        Landscape::Desert,
    ];
    let seed = created.identity.0;
    let landscape = ALL[(seed % ALL.len() as u64) as usize];
    let taken_s = created.taken_s();
    light::scene(48.0, super::calendar::Day::of_utc_s(taken_s), taken_s, landscape, seed)
}

fn sized(
    sandbox: &Sandbox,
    item: &Item,
    (width, height): (Option<u32>, Option<u32>),
    fit: Fit,
    button: Button,
) -> Outgoing {
    let own = own_size(sandbox, item);
    let view = match fit {
        Fit::Inside => View::inside(own, width.unwrap_or(LARGEST_PX), height.unwrap_or(LARGEST_PX)),
        Fit::Cropped => {
            let side = width.or(height).unwrap_or(1);
            View::cropped(own, width.unwrap_or(side), height.unwrap_or(side))
        }
    };
    let mut drawn = drawing::draw(&scene_of(sandbox, item), view);
    drawing::stamp(&mut drawn, &label(sandbox, item));
    if button == Button::Shown && is_video(sandbox, item) {
        drawing::play_button(&mut drawn);
    }
    jpeg(picture::jpeg(&drawn, drawn.size(), None), item_name(sandbox, item))
}

fn download(sandbox: &Sandbox, item: &Item) -> Outgoing {
    let shelf_item = match item {
        Item::Created(number) => {
            let created = &sandbox.state.created[*number];
            let bytes = sandbox.state.files.get(created.file).cloned().unwrap_or_default();
            return cached(Outgoing::bytes(200, &created.mime_type, bytes), &created.file_name);
        }
        Item::Shelf(item) => item,
    };
    let own = (shelf_item.width_px, shelf_item.height_px);
    // Drawn small and stretched: a sensor's twenty-five megapixels would take a page seconds.
    let mut drawn = drawing::draw(&shelf_item.scene, View::inside(own, 1600, 1600));
    drawing::stamp(&mut drawn, &label(sandbox, item));
    if shelf_item.what == What::Screenshot {
        let png = picture::png(&drawn, own);
        return cached(Outgoing::bytes(200, "image/png", png), &shelf_item.file_name);
    }
    jpeg(picture::jpeg(&drawn, own, exif_of(shelf_item)), &shelf_item.file_name)
}

fn exif_of(item: &ShelfItem) -> Option<Vec<u8>> {
    match &item.what {
        What::Photo { make, model, exposure } => {
            Some(exif::write(&exif::Written { make, model, local_s: item.scene.local_s, exposure }))
        }
        What::Screenshot | What::Bare | What::Video { .. } => None,
    }
}

/// The day and the number, so that one picture can be told from another at a glance.
fn label(sandbox: &Sandbox, item: &Item) -> String {
    let (local_s, number) = match item {
        Item::Shelf(item) => (item.scene.local_s, item.index),
        Item::Created(number) => (sandbox.state.created[*number].taken_s(), *number as u32),
    };
    let (y, m, d) = super::calendar::Day::of_utc_s(local_s).ymd();
    format!("{y:04}-{m:02}-{d:02} {number}")
}

fn item_name<'a>(sandbox: &'a Sandbox, item: &'a Item) -> &'a str {
    match item {
        Item::Shelf(item) => &item.file_name,
        Item::Created(number) => &sandbox.state.created[*number].file_name,
    }
}

/// The bytes of a video: as uploaded, or for the seeded library a file without a single frame.
fn video_bytes(sandbox: &Sandbox, item: &Item) -> Outgoing {
    match item {
        Item::Created(number) => {
            let created = &sandbox.state.created[*number];
            let bytes = sandbox.state.files.get(created.file).cloned().unwrap_or_default();
            Outgoing::bytes(200, &created.mime_type, bytes)
        }
        Item::Shelf(_) => Outgoing::bytes(200, "video/mp4", b"\0\0\0\x14ftypisom\0\0\x02\0isom".to_vec()),
    }
}

fn jpeg(bytes: Vec<u8>, name: &str) -> Outgoing {
    cached(Outgoing::bytes(200, "image/jpeg", bytes), name)
}

fn cached(outgoing: Outgoing, name: &str) -> Outgoing {
    let ascii: String =
        name.chars().map(|c| if c.is_ascii_graphic() && !matches!(c, '"' | '\\') { c } else { '_' }).collect();
    outgoing
        .with("content-disposition", &format!("inline;filename=\"{ascii}\""))
        .with("cache-control", "private, max-age=86400, no-transform")
        .with("x-content-type-options", "nosniff")
}

fn broken(status: u16, text: &str) -> Outgoing {
    Outgoing::html(
        status,
        format!(
            "<html lang=\"en\" dir=ltr><meta charset=utf-8><title>Error {status}!!1</title><p><b>{status}.</b> \
             <ins>That’s an error.</ins><p>{text}"
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_read_as_google_documents_them() {
        let sized = |width_px, height_px, fit, button| Some(Asked::Sized { width_px, height_px, fit, button });
        assert_eq!(Asked::read("w2048-h1024"), sized(Some(2048), Some(1024), Fit::Inside, Button::Shown));
        assert_eq!(Asked::read("w256-h256-c"), sized(Some(256), Some(256), Fit::Cropped, Button::Shown));
        assert_eq!(Asked::read("h7-no"), sized(None, Some(7), Fit::Inside, Button::Hidden));
        assert_eq!(Asked::read("d"), Some(Asked::Download));
        assert_eq!(Asked::read("dv"), Some(Asked::Video));
        for wrong in ["", "w", "w0", "w99999", "x5", "c", "no", "w5-w6", "w5-c-c", "w-5", "wé"] {
            assert_eq!(Asked::read(wrong), None, "{wrong}");
        }
    }
}
