//! Every field of a row, and where its picture can be had.

use std::collections::HashMap;

use super::{Answered, Engine};
use crate::google::batch_get::{MAX_IDS, batch_get_request, parse_batch_get};
use crate::google::is_google_image_host;
use crate::google::refusals::classify;
use crate::photo::MediaItem;
use crate::ports::{Request, World};
use crate::protocol::{Answer, Details, News};
use crate::trouble::Trouble;

impl<W: World + 'static> Engine<W> {
    pub(super) async fn details(&self, row: u32) -> Result<Answer, Trouble> {
        let item = self.ledger().details(self.world.store(), row).await?;
        match item {
            Some(item) => Ok(Answer::Details(Box::new(Details { row, item }))),
            None => Err(Trouble::OutOfPlace(format!("row {row} is not in the catalog"))),
        }
    }

    /// Where the pictures of `rows` can be had now. Addresses that may have died are asked for anew, fifty at a time.
    pub(super) async fn pictures(&self, rows: Vec<u32>, fresh: bool) -> Result<Answer, Trouble> {
        let now_ms = self.now_ms();
        let living = |row: &u32| {
            let urls = self.base_urls.borrow();
            urls.living(*row, now_ms).map(str::to_owned)
        };
        let mut found: HashMap<u32, Option<String>> = HashMap::new();
        if !fresh {
            found.extend(rows.iter().filter_map(|row| living(row).map(|url| (*row, Some(url)))));
        }
        let wanted: Vec<u32> = rows.iter().copied().filter(|row| !found.contains_key(row)).collect();
        for chunk in wanted.chunks(MAX_IDS) {
            found.extend(self.fetch_base_urls(chunk).await?);
        }
        self.meter.borrow_mut().count_pictures(rows.len() as u32, now_ms);
        let quota = self.meter.borrow_mut().quota(now_ms);
        self.news(News::Quota(quota));
        Ok(Answer::Pictures(rows.into_iter().map(|row| (row, found.get(&row).cloned().flatten())).collect()))
    }

    async fn fetch_base_urls(&self, rows: &[u32]) -> Result<Vec<(u32, Option<String>)>, Trouble> {
        let ids = self.ledger().ids(self.world.store(), rows).await?;
        let known: Vec<(u32, &str)> =
            rows.iter().zip(&ids).filter_map(|(row, id)| Some((*row, id.as_deref()?))).collect();
        if known.is_empty() {
            return Ok(rows.iter().map(|row| (*row, None)).collect());
        }
        // Google refuses an id that is named twice.
        let mut asked: Vec<&str> = known.iter().map(|(_, id)| *id).collect();
        asked.sort_unstable();
        asked.dedup();
        let reply = self.google(|token| batch_get_request(token, &asked), &|_| {}).await?;
        let items: HashMap<String, Option<MediaItem>> = parse_batch_get(&reply, &asked)?.into_iter().collect();
        let mut found = Vec::new();
        for (row, id) in known {
            let item = items.get(id).and_then(Option::as_ref);
            let url = item.and_then(|item| item.base_url.clone());
            self.remember_base_url(row, url.as_deref());
            found.push((row, url));
        }
        Ok(found)
    }

    /// Remembers where the picture of a row can be had from now on.
    pub(super) fn remember_base_url(&self, row: u32, url: Option<&str>) {
        if let Some(url) = url {
            self.base_urls.borrow_mut().put(row, url, self.now_ms());
        }
    }

    /// The bytes behind a base URL with its size suffix, for worlds whose images the page cannot load by itself.
    pub(super) async fn picture_bytes(&self, url: &str) -> Answered {
        if !is_google_image_host(url) {
            return Err(Trouble::OutOfPlace("that is no address of a picture".into()));
        }
        let reply = self.send(Request::get(url), &|_| {}).await?;
        if reply.status != 200 {
            return Err(classify(&reply).into());
        }
        let mime_type = reply.header("content-type").unwrap_or("image/jpeg").to_owned();
        Ok((Answer::PictureBytes { mime_type }, vec![reply.body]))
    }
}
