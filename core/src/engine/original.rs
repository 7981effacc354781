//! The whole of a photo or video: its bytes, or where a person can open it when a page may not read them.

use super::{Answered, Engine};
use crate::google::batch_get::{batch_get_request, parse_batch_get};
use crate::google::refusals::classify;
use crate::google::video::{VideoStatus, video_status};
use crate::google::{Refusal, is_google_image_host, original_url, video_url};
use crate::photo::{Kind, MediaItem, safe_file_name};
use crate::ports::{HttpError, Request, World};
use crate::protocol::{Answer, News, Original, Which};
use crate::trouble::Trouble;

impl<W: World + 'static> Engine<W> {
    pub(super) async fn original(&self, row: u32, which: Which) -> Answered {
        let files = self.files_of(row).await?;
        if files.is_none() && which == Which::InExport {
            return Err(Trouble::OutOfPlace(format!("row {row} did not come by an export")));
        }
        let mut instead = None;
        if let Some(files) = files {
            let answered = self.original_of_export(files, which).await?;
            let is_away = matches!(
                answered.0,
                Answer::Original(Original::PartAway { .. } | Original::Packed { .. } | Original::TooLarge { .. })
            );
            if !is_away || which != Which::Shown {
                return Ok(answered);
            }
            instead = Some(answered);
        }
        let item = self.ledger().details(self.world.store(), row).await?;
        // Where the cold half of a segment is lost, Google cannot be asked either.
        let item = item
            .filter(|item| !item.id.is_empty())
            .ok_or_else(|| Trouble::OutOfPlace(format!("row {row} is not in the catalog")))?;
        if let Some(instead) = instead {
            // The account may have what is not at hand.
            let is_in_account = item.export.as_ref().is_none_or(|export| export.is_in_account);
            if !is_in_account || self.session.borrow().tokens.is_none() {
                return Ok(instead);
            }
        }
        let (url, status) = self.original_address(row, &item).await?;
        match status {
            VideoStatus::Ready => {}
            VideoStatus::Processing => return Ok((Answer::Original(Original::Processing), Vec::new())),
            VideoStatus::Failed => return Ok((Answer::Original(Original::Unplayable), Vec::new())),
        }
        let now_ms = self.now_ms();
        self.meter.borrow_mut().count_pictures(1, now_ms);
        let quota = self.meter.borrow_mut().quota(now_ms);
        self.news(News::Quota(quota));
        let elsewhere = |limit| (Answer::Original(Original::Elsewhere { url: url.clone(), limit }), Vec::new());
        let reply = match self.send(Request::get(url.clone()), &|_| {}).await {
            Ok(reply) => reply,
            // The address was given a moment ago by a Google that answered: what is missing is the right to read.
            Err(Trouble::Http(HttpError::Unreachable { .. })) => return Ok(elsewhere(None)),
            Err(Trouble::Http(HttpError::TooLarge { limit, .. })) => return Ok(elsewhere(Some(limit))),
            Err(other) => return Err(other),
        };
        if reply.status != 200 {
            return Err(classify(&reply).into());
        }
        let mime_type = reply.header("content-type").unwrap_or(&item.mime_type).to_owned();
        let file_name = saved_name(&item, &mime_type);
        Ok((Answer::Original(Original::Here { file_name, mime_type }), vec![reply.body]))
    }

    /// An address that Google gives now: of an older one nobody could tell whether it died or may not be read.
    async fn original_address(&self, row: u32, item: &MediaItem) -> Result<(String, VideoStatus), Trouble> {
        let asked = [item.id.as_str()];
        let reply = self.google(|token| batch_get_request(token, &asked), &|_| {}).await?;
        let found = parse_batch_get(&reply, &asked)?.pop().and_then(|(_, found)| found).ok_or(Refusal::NotFound)?;
        self.remember_base_url(row, found.base_url.as_deref());
        let base_url = found.base_url.filter(|url| is_google_image_host(url)).ok_or(Refusal::NotFound)?;
        match item.kind {
            Kind::Photo => Ok((original_url(&base_url), VideoStatus::Ready)),
            Kind::Video => Ok((video_url(&base_url), video_status(&reply))),
        }
    }
}

/// Google plays every video as MP4, whatever was uploaded.
fn saved_name(item: &MediaItem, mime_type: &str) -> String {
    match item.kind {
        Kind::Photo => safe_file_name(&item.file_name, None, "photo"),
        Kind::Video if mime_type.starts_with("video/mp4") => safe_file_name(&item.file_name, Some("mp4"), "video"),
        Kind::Video => safe_file_name(&item.file_name, None, "video"),
    }
}
