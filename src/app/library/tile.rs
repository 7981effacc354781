//! One element of the grid: it shows a photo where the layout puts it, and takes another when that one leaves.
//!
//! An element is made once and then written to by [`Tiles`], all of them in one go and only what differs: a subscription
//! for each of its dozen attributes would be a thousand to run through with every line that comes into view.

use albumen_core::photo::Kind;
use leptos::{ev, html, prelude::*};

use super::asked_picture::{Asked, AskedPicture};
use super::in_view::Place;
use super::missing_words;
use super::names::photo_words;
use super::pictures::{Missing, Size};
use super::tiles::Tiles;
use crate::app::actions::use_actions;
use crate::app::services::pixel_ratio;
use crate::app::widgets::{Icon, Sign};
use crate::app::words::px;

/// Pictures are asked for in steps of this many pixels, so that a window a little wider shows the same ones.
const SIZE_STEP_PX: f64 = 64.0;

/// The element's name in the document.
pub(super) fn element_id(id: u32) -> String {
    format!("tile-{id}")
}

/// Clicks and keys are heard by the grid: a tile only shows. It is an option of a list box, since screen readers hand
/// the arrow keys of a list box over to the page and say "5 of 1,284" from `aria-posinset`; a list's items get no keys,
/// and a grid's rows and columns change their meaning with every width.
#[component]
pub(super) fn Tile(id: u32, tiles: Tiles) -> impl IntoView {
    let asked = AskedPicture::new(tiles.pictures);
    let (button, image) = (NodeRef::<html::Button>::new(), NodeRef::<html::Img>::new());
    Effect::new(move |_| {
        if let (Some(button), Some(image)) = (button.get(), image.get()) {
            tiles.take(id, Element::new(button, image, asked));
        }
    });
    on_cleanup(move || tiles.lose(id));
    show_picture(image, asked);
    let actions = use_actions();
    let missing = Memo::new(move |_| match asked.latest() {
        Asked::Missing(why) => Some(why),
        _ => None,
    });
    view! {
        <button type="button" class="tile" id=element_id(id) role="option" node_ref=button hidden>
            <img
                alt=""
                referrerpolicy="no-referrer"
                decoding="async"
                draggable="false"
                node_ref=image
                on:load=move |_: ev::Event| {
                    if let Some(image) = image.get_untracked() {
                        set(&image, "data-here", "");
                    }
                }
                on:error=move |_| asked.refused()
            />
            {move || missing.get().map(|why| {
                let title = missing_words(actions, &why);
                match why {
                    Missing::Gone => view! {
                        <span class="tile-missing" title=title><Icon sign=Sign::Trouble/>"No picture"</span>
                    }
                    .into_any(),
                    Missing::Trouble(_) => view! {
                        <span class="tile-missing" title=title><Icon sign=Sign::Trouble/>"Not loaded"</span>
                    }
                    .into_any(),
                    Missing::Exported { file_name, .. } => {
                        let row = asked.row();
                        let is_video = row.is_some_and(|row| {
                            actions.state.with_hot_untracked(|hot| hot.kind(row)) == Kind::Video
                        });
                        let sign = if is_video { Sign::Video } else { Sign::Photos };
                        view! {
                            <span class="tile-missing" data-told="" title=title.clone()>
                                <Icon sign=sign/>
                                <b>{file_name}</b>
                                <span>{row.map(|row| untrack(|| photo_words(actions, row)))}</span>
                                <span>{title.clone()}</span>
                            </span>
                        }
                        .into_any()
                    }
                }
            })}
        </button>
    }
}

/// Puts the picture into its place once it is known where it is. It is seen only once it is there, so that an element
/// that takes another photo never shows the one before in its place.
fn show_picture(image: NodeRef<html::Img>, asked: AskedPicture) {
    Effect::new(move |before: Option<Asked>| {
        let before = before.unwrap_or(Asked::Waiting);
        let now = asked.latest();
        let Some(image) = image.get() else { return before };
        if before == now {
            return now;
        }
        if let Asked::Here { address, at_once } = &now {
            unset(&image, "data-here");
            toggle(&image, "data-quick", *at_once);
            set(&image, "src", address);
        }
        if matches!(before, Asked::Here { .. }) && !matches!(now, Asked::Here { .. }) {
            unset(&image, "data-here");
            unset(&image, "src");
        }
        now
    });
}

/// What an element is to show.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Content {
    pub(super) row: u32,
    /// Its place in the order.
    pub(super) index: u32,
    pub(super) place: Place,
    pub(super) kind: Kind,
}

/// An element, and what was written into it.
pub(super) struct Element {
    button: web_sys::HtmlButtonElement,
    image: web_sys::HtmlImageElement,
    asked: AskedPicture,
    content: Option<Content>,
    /// In which layout its name was said.
    named: Option<u32>,
    is_selected: Option<bool>,
    is_tab_stop: Option<bool>,
    of: usize,
    wanted: Option<(u32, Size)>,
}

impl Element {
    fn new(button: web_sys::HtmlButtonElement, image: web_sys::HtmlImageElement, asked: AskedPicture) -> Self {
        Self {
            button,
            image,
            asked,
            content: None,
            named: None,
            is_selected: None,
            is_tab_stop: None,
            of: 0,
            wanted: None,
        }
    }

    /// Shows a photo, or nothing.
    pub(super) fn show(&mut self, content: Option<Content>) {
        if self.content == content {
            return;
        }
        let button = &self.button;
        let before = self.content.take();
        if before.as_ref().map(|content| content.row) != content.as_ref().map(|content| content.row) {
            // Whoever asks for its name meanwhile must not hear that of another photo.
            if self.named.take().is_some() {
                unset(button, "aria-label");
            }
            match &content {
                Some(content) => set(button, "data-row", &content.row.to_string()),
                None => unset(button, "data-row"),
            }
        }
        if before.is_some() != content.is_some() {
            toggle(button, "hidden", content.is_none());
        }
        if let Some(content) = &content {
            let before = before.as_ref();
            if before.is_none_or(|before| before.index != content.index) {
                set(button, "aria-posinset", &(content.index + 1).to_string());
            }
            if before.is_none_or(|before| before.place != content.place) {
                let Place { left, top, width, height } = content.place;
                let (left, top, width, height) = (px(left), px(top), px(width), px(height));
                let style = format!("transform:translate({left},{top});width:{width};height:{height}");
                web_sys::HtmlElement::style(button).set_css_text(&style);
            }
            let is_video = content.kind == Kind::Video;
            if before.is_some_and(|before| before.kind == Kind::Video) != is_video {
                part(button, "tile-video", is_video.then_some(""));
            }
        }
        self.content = content;
    }

    /// Says its name, for those who do not see it, unless it was said in this layout: the next may be of another clock.
    pub(super) fn name(&mut self, number: u32, words: impl FnOnce(u32) -> String) {
        if let Some(content) = self.content.as_ref().filter(|_| self.named != Some(number)) {
            set(&self.button, "aria-label", &words(content.row));
            self.named = Some(number);
        }
    }

    /// The row that it shows.
    pub(super) fn row(&self) -> Option<u32> {
        self.content.as_ref().map(|content| content.row)
    }

    pub(super) fn select(&mut self, is_selected: bool) {
        if self.is_selected.replace(is_selected) != Some(is_selected) {
            set(&self.button, "aria-selected", if is_selected { "true" } else { "false" });
        }
    }

    pub(super) fn stop_tabs(&mut self, is_tab_stop: bool) {
        if self.is_tab_stop.replace(is_tab_stop) != Some(is_tab_stop) {
            set(&self.button, "tabindex", if is_tab_stop { "0" } else { "-1" });
        }
    }

    /// It is one of so many.
    pub(super) fn count(&mut self, of: usize) {
        if std::mem::replace(&mut self.of, of) != of {
            set(&self.button, "aria-setsize", &of.to_string());
        }
    }

    /// Has the picture of its photo, or wants it. While nobody looks, only one that it has is kept.
    pub(super) fn picture(&mut self, is_looked_at: bool) {
        let had = self.wanted;
        let content =
            self.content.as_ref().map(|content| (content.row, size_for(content.place.width, content.place.height)));
        // A smaller tile is served by the picture that it has.
        let kept = had.filter(|(row, had)| content.is_some_and(|(now, size)| now == *row && covers(had, &size)));
        let wanted = kept.or(content.filter(|_| is_looked_at));
        if wanted == had {
            return;
        }
        self.wanted = wanted;
        match wanted {
            Some((row, size)) => {
                if had.is_none_or(|(before, _)| before != row) {
                    self.asked.forget();
                    unset(&self.image, "data-here");
                }
                self.asked.ask(row, size);
            }
            None => {
                unset(&self.image, "data-here");
                self.asked.forget();
            }
        }
    }
}

/// A part that few elements have: made when it is first wanted, and taken out again.
fn part(button: &web_sys::Element, class: &'static str, words: Option<&str>) {
    let here = button.query_selector(&format!(".{class}")).ok().flatten();
    match (here, words) {
        (Some(part), Some(words)) => part.set_text_content(Some(words)),
        (Some(part), None) => part.remove(),
        (None, Some(words)) => {
            if let Ok(part) = document().create_element("span") {
                set(&part, "class", class);
                part.set_text_content(Some(words));
                let _ = button.append_child(&part);
            }
        }
        (None, None) => {}
    }
}

// None of these can fail: the names are names.
fn set(element: &web_sys::Element, name: &str, value: &str) {
    let _ = element.set_attribute(name, value);
}

fn unset(element: &web_sys::Element, name: &str) {
    let _ = element.remove_attribute(name);
}

fn toggle(element: &web_sys::Element, name: &str, is_there: bool) {
    let _ = element.toggle_attribute_with_force(name, is_there);
}

/// The size of the picture for a place that is so large, in CSS pixels.
pub(super) fn size_for(width_px: f64, height_px: f64) -> Size {
    let pixels = |length: f64| ((length * pixel_ratio() / SIZE_STEP_PX).ceil() * SIZE_STEP_PX) as u32;
    Size { width_px: pixels(width_px), height_px: pixels(height_px) }
}

fn covers(size: &Size, other: &Size) -> bool {
    size.width_px >= other.width_px && size.height_px >= other.height_px
}
