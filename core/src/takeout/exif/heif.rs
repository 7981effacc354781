//! HEIF and AVIF (ISO/IEC 23008-12): how large the picture is, how it is turned, and where its Exif lies.

use super::boxes::{Item, Walk, each, find};
use super::facts::{Draft, read_tiff};
use super::pieces::{Pieces, Stop};
use super::{ExifProblem, Format};

/// No file has more items or properties: a picture of 100 megapixels has four hundred tiles.
const MOST_ITEMS: u32 = 20_000;

pub(super) fn read(pieces: &Pieces, draft: &mut Draft) -> Result<(), Stop> {
    let meta = find(pieces, 0, pieces.len(), b"meta")?.ok_or(ExifProblem::Malformed)?.after(4);
    let (mut primary, mut exif, mut places, mut properties, mut data) = (None, None, None, None, None);
    each(pieces, meta.at, meta.end, |item| {
        match &item.kind {
            b"pitm" => primary = Some(read_primary(pieces, item)?),
            b"iinf" => exif = find_exif(pieces, item)?,
            b"iloc" => places = Some(item),
            b"iprp" => properties = Some(item),
            b"idat" => data = Some(item),
            _ => {}
        }
        Ok(Walk::On)
    })?;
    if let Some(properties) = properties {
        let result = read_properties(pieces, properties, primary, draft);
        draft.part(result)?;
    }
    if let Some((exif, places)) = exif.zip(places) {
        let result = read_exif(pieces, exif, places, data, draft);
        draft.part(result)?;
    }
    Ok(())
}

fn read_primary(pieces: &Pieces, item: Item) -> Result<u32, Stop> {
    let version = pieces.array::<1>(item.at)?[0];
    if version == 0 { pieces.u16(item.at + 4).map(u32::from) } else { pieces.u32(item.at + 4) }
}

/// The number of the item that is Exif.
fn find_exif(pieces: &Pieces, item: Item) -> Result<Option<u32>, Stop> {
    let version = pieces.array::<1>(item.at)?[0];
    let mut found = None;
    each(pieces, item.at + if version == 0 { 6 } else { 8 }, item.end, |entry| {
        if entry.kind != *b"infe" {
            return Ok(Walk::On);
        }
        let version = pieces.array::<1>(entry.at)?[0];
        let (id, kind_at) = match version {
            2 => (u32::from(pieces.u16(entry.at + 4)?), entry.at + 8),
            3 => (pieces.u32(entry.at + 4)?, entry.at + 10),
            _ => return Ok(Walk::On),
        };
        if pieces.array::<4>(kind_at)? != *b"Exif" {
            return Ok(Walk::On);
        }
        found = Some(id);
        Ok(Walk::Done)
    })?;
    Ok(found)
}

/// Size and turn of the primary item; of tiles and thumbnails nothing is asked.
fn read_properties(pieces: &Pieces, item: Item, primary: Option<u32>, draft: &mut Draft) -> Result<(), Stop> {
    let list = find(pieces, item.at, item.end, b"ipco")?.ok_or(ExifProblem::Malformed)?;
    let (mut sizes, mut turns) = (Vec::new(), Vec::new());
    let mut number = 0u32;
    each(pieces, list.at, list.end, |property| {
        number += 1;
        match &property.kind {
            b"ispe" => sizes.push((number, pieces.u32(property.at + 4)?, pieces.u32(property.at + 8)?)),
            b"irot" => turns.push((number, pieces.array::<1>(property.at)?[0] & 3)),
            _ => {}
        }
        Ok(Walk::On)
    })?;
    let own = match (primary, find(pieces, item.at, item.end, b"ipma")?) {
        (Some(primary), Some(links)) => properties_of(pieces, links, primary)?,
        _ => Vec::new(),
    };
    let own_size = sizes.iter().find(|(number, ..)| own.contains(number));
    let largest = || sizes.iter().max_by_key(|(_, width_px, height_px)| u64::from(*width_px) * u64::from(*height_px));
    if let Some((_, width_px, height_px)) = own_size.or_else(largest) {
        draft.set_size(*width_px, *height_px);
    }
    // The file's own turn is what is shown; Exif only says it once more.
    draft.is_turned = Some(turns.iter().any(|(number, quarters)| own.contains(number) && quarters % 2 == 1));
    Ok(())
}

/// The numbers of an item's properties.
fn properties_of(pieces: &Pieces, links: Item, wanted: u32) -> Result<Vec<u32>, Stop> {
    let [version, _, _, flags] = pieces.array(links.at)?;
    let count = pieces.u32(links.at + 4)?.min(MOST_ITEMS);
    let mut at = links.at + 8;
    for _ in 0..count {
        let (id, after) = if version == 0 { (u32::from(pieces.u16(at)?), at + 2) } else { (pieces.u32(at)?, at + 4) };
        let own = u64::from(pieces.array::<1>(after)?[0]);
        let size = if flags & 1 == 1 { 2 } else { 1 };
        if after + 1 + own * size > links.end {
            return Err(ExifProblem::Outside.into());
        }
        if id == wanted {
            let bytes = pieces.bytes(after + 1, own * size)?;
            let numbers = bytes.chunks_exact(size as usize).map(|number| match *number {
                [number] => u32::from(number & 0x7f),
                [high, low] => u32::from(u16::from_be_bytes([high, low]) & 0x7fff),
                _ => 0,
            });
            return Ok(numbers.collect());
        }
        at = after + 1 + own * size;
    }
    Ok(Vec::new())
}

fn read_exif(pieces: &Pieces, id: u32, places: Item, data: Option<Item>, draft: &mut Draft) -> Result<(), Stop> {
    let Some((method, at, len)) = place_of(pieces, places, id)? else { return Ok(()) };
    let at = match method {
        0 => at,
        1 => data.ok_or(ExifProblem::Malformed)?.at.checked_add(at).ok_or(ExifProblem::Outside)?,
        _ => return Err(ExifProblem::Malformed.into()),
    };
    // The first four bytes say how many more to leave out: usually those of JPEG's mark.
    let skip = 4 + u64::from(pieces.u32(at)?);
    let len = len.checked_sub(skip).ok_or(ExifProblem::Outside)?;
    let base = at.checked_add(skip).ok_or(ExifProblem::Outside)?;
    read_tiff(pieces, draft, base, len, Format::Heif)
}

/// Where an item lies: the method of its offset, the offset, the length. Only its first extent is told.
fn place_of(pieces: &Pieces, places: Item, wanted: u32) -> Result<Option<(u16, u64, u64)>, Stop> {
    let version = pieces.array::<1>(places.at)?[0];
    let [sizes, more] = pieces.array(places.at + 4)?;
    let (offset_size, length_size, base_size) = (sizes >> 4, sizes & 15, more >> 4);
    let index_size = if version == 0 { 0 } else { more & 15 };
    let mut at = places.at + 6;
    let wide = version >= 2;
    let count = number(pieces, &mut at, if wide { 4 } else { 2 })?.min(u64::from(MOST_ITEMS));
    for _ in 0..count {
        if at >= places.end {
            return Err(ExifProblem::Outside.into());
        }
        let id = number(pieces, &mut at, if wide { 4 } else { 2 })?;
        let method = if version == 0 { 0 } else { number(pieces, &mut at, 2)? as u16 & 15 };
        at += 2;
        let base = number(pieces, &mut at, base_size)?;
        let extents = number(pieces, &mut at, 2)?;
        if id == u64::from(wanted) && extents > 0 {
            at += u64::from(index_size);
            let offset = number(pieces, &mut at, offset_size)?;
            let length = number(pieces, &mut at, length_size)?;
            let place = base.checked_add(offset).ok_or(ExifProblem::Outside)?;
            return Ok(Some((method, place, if length == 0 { pieces.len() } else { length })));
        }
        at += extents * u64::from(index_size + offset_size + length_size);
    }
    Ok(None)
}

/// A number of so many bytes; none of no bytes is 0.
fn number(pieces: &Pieces, at: &mut u64, size: u8) -> Result<u64, Stop> {
    let from = *at;
    *at += u64::from(size);
    match size {
        0 => Ok(0),
        2 => pieces.u16(from).map(u64::from),
        4 => pieces.u32(from).map(u64::from),
        8 => pieces.u64(from),
        _ => Err(ExifProblem::Malformed.into()),
    }
}
