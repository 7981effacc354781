//! The whole of a photo or video: saved as a file, or played; and a sentence where Google does not give it to a page.

use std::rc::Rc;

use albumen_core::google::is_google_image_host;
use albumen_core::photo::Kind;
use albumen_core::protocol::{Answer, Original, Which, Wish, World};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::looking::Looking;
use super::notice::Notice;
use super::unpacking::unpack;
use crate::app::services::ObjectUrl;
use crate::app::widgets::{Icon, Sign};
use crate::app::words::{Purpose, not_in_export, not_readable, part_away};

/// Saves the photo that is looked at as a file, unless that is being done already: its bytes may be many.
pub(super) fn save(looking: Looking) {
    let Some(row) = looking.row.get_untracked() else { return };
    if looking.saving.try_update_value(|saving| saving.insert(row)) != Some(true) {
        return;
    }
    let actions = looking.actions;
    looking.say(row, None);
    spawn_local(async move {
        match fetch(looking, row, Which::Shown, Purpose::Save).await {
            Ok(Fetched { file_name, mime_type, content }) => {
                let is_taken = match content {
                    Content::Bytes(bytes) => actions.services.save_file(&file_name, &mime_type, &bytes),
                    Content::At(address) => actions.services.save_address(&file_name, address),
                };
                if is_taken {
                    actions.toaster.say(format!("Saved {file_name}"));
                } else {
                    looking.say(row, Some(Notice::new("The browser did not take the file. Try again.")));
                }
            }
            Err(notice) => looking.say(row, Some(notice)),
        }
        // The viewer may be gone by now.
        looking.saving.try_update_value(|saving| saving.remove(&row));
    });
}

/// The whole of a photo or video.
pub(super) struct Fetched {
    file_name: String,
    mime_type: String,
    content: Content,
}

enum Content {
    Bytes(Vec<u8>),
    /// In a part of an export, where it is read as far as it is wanted.
    At(ObjectUrl),
}

/// An address of what was fetched.
pub(super) fn address_of(fetched: Fetched) -> Result<ObjectUrl, Notice> {
    match fetched.content {
        Content::Bytes(bytes) => ObjectUrl::of_bytes(&bytes, &fetched.mime_type)
            .map_err(|_| Notice::new("The browser has no room for this file.")),
        Content::At(address) => Ok(address),
    }
}

/// One of a row's files, or what to say instead.
pub(super) async fn fetch(looking: Looking, row: u32, which: Which, purpose: Purpose) -> Result<Fetched, Notice> {
    let actions = looking.actions;
    let answered = actions.services.ask_with(Wish::Original { row, which }, Vec::new()).await;
    match answered {
        Ok((Answer::Original(Original::Here { file_name, mime_type }), mut buffers)) => match buffers.pop() {
            Some(bytes) => Ok(Fetched { file_name, mime_type, content: Content::Bytes(bytes) }),
            None => Err(Notice::new("Google sent nothing. Try again.")),
        },
        Ok((Answer::Original(Original::InPart { part, start, length, file_name, mime_type }), _)) => {
            match actions.services.slice_of_part(&part, start, length, &mime_type) {
                Some(address) => Ok(Fetched { file_name, mime_type, content: Content::At(address) }),
                None => Err(Notice::new(part_away(&part.path))),
            }
        }
        Ok((Answer::Original(Original::InPieces { file_name, mime_type }), _)) => {
            let address = unpack(looking, row, which, purpose, &mime_type).await?;
            Ok(Fetched { file_name, mime_type, content: Content::At(address) })
        }
        Ok((
            Answer::Original(
                original @ (Original::PartAway { .. }
                | Original::Packed { .. }
                | Original::TooLarge { .. }
                | Original::Broken { .. }),
            ),
            _,
        )) => Err(Notice::new(not_in_export(&original, actions.services.numbers()))),
        Ok((Answer::Original(Original::Elsewhere { url, limit }), _)) => {
            let is_video = looking.kind(row) == Kind::Video;
            let is_pretend = actions.state.world.get_untracked() == World::Sandbox;
            let sentence = not_readable(purpose, is_video, limit, is_pretend, actions.services.numbers());
            // The pretend Google lives in this page alone: no tab leads to it.
            let link = (!is_pretend && is_google_image_host(&url)).then_some((url, "Open in a new tab"));
            Err(Notice { sentence, link })
        }
        Ok((Answer::Original(Original::Processing), _)) => {
            Err(Notice::new("Google is still making this video ready to play. Try again in a while."))
        }
        Ok((Answer::Original(Original::Unplayable), _)) => {
            Err(Notice::new("Google could not make this video ready to play, so it gives none of it."))
        }
        Ok(_) => Err(Notice::new("There is nothing to save.")),
        Err(trouble) => Err(Notice::new(actions.explain(&trouble).sentence)),
    }
}

/// How far playing has come.
#[derive(Clone)]
enum Playing {
    Not,
    Loading,
    Here(Rc<ObjectUrl>),
}

/// A video's button to play it, and the video itself once it is here. It is loaded only when it is asked for: as a rule
/// Google lets no page have it.
#[component]
pub(super) fn Film(row: u32, looking: Looking) -> impl IntoView {
    let playing = RwSignal::new_local(Playing::Not);
    let play = move |_| {
        playing.set(Playing::Loading);
        looking.say(row, None);
        spawn_local(async move {
            let address = fetch(looking, row, Which::Shown, Purpose::Play).await.and_then(address_of);
            let next = match address {
                Ok(address) => Playing::Here(Rc::new(address)),
                Err(notice) => {
                    looking.say(row, Some(notice));
                    Playing::Not
                }
            };
            playing.try_set(next);
        });
    };
    let cannot = move |_| {
        playing.set(Playing::Not);
        looking.say(
            row,
            Some(Notice::new("This browser cannot play this video. Save it, and play it with another program.")),
        );
    };
    move || match playing.get() {
        Playing::Not => view! {
            <button type="button" class="viewer-play" aria-label="Play" on:click=play>
                <Icon sign=Sign::Video/>
            </button>
        }
        .into_any(),
        // What is unpacked says so itself.
        Playing::Loading if looking.unpacking.with(|unpacking| unpacking.contains_key(&row)) => ().into_any(),
        Playing::Loading => view! { <p class="viewer-loading" role="status">"Loading the video…"</p> }.into_any(),
        Playing::Here(address) => {
            let source = address.as_str().to_owned();
            view! { <video class="viewer-video" src=source controls autoplay playsinline on:error=cannot></video> }
                .into_any()
        }
    }
}
