//! The scrubber at the grid's edge: years, months and how many photos each has; it leads to the month that is pointed at.

use std::sync::Arc;

use albumen_core::library::scrubber::{Scrubber, Segment};
use albumen_core::photo::Day;
use leptos::{ev, html, prelude::*};

use super::headings::month_words;
use super::reach::Reach;
use crate::app::actions::{Actions, use_actions};
use crate::app::services::SizeWatch;
use crate::app::words::{decimal, px};

/// Years nearer to one another than this, in CSS pixels, would be written over each other.
const YEARS_APART_PX: f64 = 22.0;
/// How far out the ridge reaches, in CSS pixels.
const RIDGE_PX: f64 = 28.0;
/// The label stays this far inside of the track's ends, in CSS pixels.
const LABEL_INSIDE_PX: f64 = 14.0;

/// What the hand does on the track. Copied freely.
#[derive(Clone, Copy)]
struct Hand {
    reach: Reach,
    scrubber: Memo<Arc<Scrubber>>,
    track: NodeRef<html::Div>,
    /// Where the pointer is on the track, in CSS pixels.
    pointed_px: RwSignal<Option<f64>>,
    is_dragging: RwSignal<bool>,
    /// The month to go to with the next frame.
    asked: StoredValue<Option<usize>>,
    /// The month at the grid's upper edge.
    month: Memo<Option<usize>>,
}

#[component]
pub(super) fn ScrubberTrack(reach: Reach) -> impl IntoView {
    let model = reach.model;
    let track = NodeRef::<html::Div>::new();
    let track_px = RwSignal::new(0.0);
    let size_watch = StoredValue::new_local(None::<SizeWatch>);
    Effect::new(move |_| {
        let Some(element) = track.get() else { return };
        size_watch.set_value(SizeWatch::new(&element.into(), move |_, height_px| {
            track_px.try_set(height_px);
        }));
    });
    let scrubber = Memo::new_with_compare(
        move |_| Arc::new(model.laid.with(|laid| Scrubber::new(&laid.layout, track_px.get()))),
        |_, _| true,
    );
    // A position is kept in whole pixels by the browser: the month's own upper edge may be a part of one below.
    let month = Memo::new(move |_| scrubber.with(|scrubber| scrubber.at_layout(model.position.get().top_px + 1.0)));
    let hand = Hand {
        reach,
        scrubber,
        track,
        pointed_px: RwSignal::new(None),
        is_dragging: RwSignal::new(false),
        asked: StoredValue::new(None),
        month,
    };
    view! { <Track hand/> }
}

#[component]
fn Track(hand: Hand) -> impl IntoView {
    let actions = use_actions();
    let Hand { reach, scrubber, month, is_dragging, pointed_px, .. } = hand;
    let last = move || scrubber.with(|scrubber| scrubber.segments().len().saturating_sub(1));
    let months_words = move |at: usize| scrubber.with(|scrubber| words(actions, scrubber.segments().get(at)));
    let month_here = Memo::new(move |_| month.get().map(months_words));
    let pointed =
        Memo::new(move |_| pointed_px.get().and_then(|at_px| scrubber.with(|scrubber| scrubber.at_track(at_px))));
    let thumb_px = Memo::new(move |_| {
        let top_px = reach.model.position.get().top_px;
        scrubber.with(|scrubber| scrubber.to_track(top_px))
    });
    let label_px = move || {
        let at_px = pointed_px.get().unwrap_or_else(|| thumb_px.get());
        let end_px = scrubber.with(|scrubber| scrubber.segments().last().map_or(0.0, |last| last.to_px));
        px(at_px.clamp(LABEL_INSIDE_PX, (end_px - LABEL_INSIDE_PX).max(LABEL_INSIDE_PX)))
    };
    let label = move || match pointed.get() {
        Some(at) if Some(at) != month.get() => Some(months_words(at)),
        _ => month_here.get(),
    };
    view! {
        <div
            class="scrubber"
            node_ref=hand.track
            role="slider"
            tabindex="0"
            aria-label="Month"
            aria-orientation="vertical"
            aria-valuemin="0"
            aria-valuemax=last
            // The newest month is the highest value: up goes up.
            aria-valuenow=move || last() - month.get().unwrap_or_default().min(last())
            aria-valuetext=move || month_here.get()
            data-dragging=move || is_dragging.get().then_some("")
            data-pointed=move || pointed_px.get().is_some().then_some("")
            data-moving=move || reach.is_moving.get().then_some("")
            on:keydown=move |event: ev::KeyboardEvent| hand.key(&event)
            on:pointerdown=move |event: ev::PointerEvent| hand.down(&event)
            on:pointermove=move |event: ev::PointerEvent| hand.moved(&event)
            on:pointerup=move |_| is_dragging.set(false)
            on:pointercancel=move |_| is_dragging.set(false)
            on:pointerleave=move |_| pointed_px.set(None)
        >
            <svg class="scrubber-ridge" aria-hidden="true">
                <path d=move || scrubber.with(|scrubber| ridge(scrubber))></path>
            </svg>
            {move || scrubber.with(|scrubber| scrubber.years(YEARS_APART_PX)).into_iter().map(|(year, at_px)| view! {
                <span class="scrubber-year" aria-hidden="true" style:--at=px(at_px)>{year}</span>
            }).collect_view()}
            <span class="scrubber-thumb" aria-hidden="true" style:--at=move || px(thumb_px.get())></span>
            <span class="scrubber-label" aria-hidden="true" style:--at=label_px>{label}</span>
        </div>
    }
}

impl Hand {
    fn down(self, event: &ev::PointerEvent) {
        if event.button() != 0 {
            return;
        }
        if let Some(track) = self.track.get_untracked() {
            // Refused only for a pointer that has left already.
            let _ = track.set_pointer_capture(event.pointer_id());
        }
        self.is_dragging.set(true);
        self.moved(event);
    }

    fn moved(self, event: &ev::PointerEvent) {
        let Some(track) = self.track.get_untracked() else { return };
        let at_px = f64::from(event.client_y()) - track.get_bounding_client_rect().top();
        self.pointed_px.set(Some(at_px));
        if self.is_dragging.get_untracked()
            && let Some(month) = self.scrubber.with_untracked(|scrubber| scrubber.at_track(at_px))
        {
            self.go_with_the_frame(month);
        }
    }

    /// Moves of the hand come several to a frame, and a browser that is asked for positions between what is written must
    /// lay out each time.
    fn go_with_the_frame(self, month: usize) {
        if self.asked.try_update_value(|asked| asked.replace(month)).flatten().is_some() {
            return;
        }
        request_animation_frame(move || {
            let asked = self.asked.try_update_value(Option::take).flatten();
            if let Some(month) = asked.filter(|asked| self.month.try_get_untracked() != Some(Some(*asked))) {
                self.go_to(month);
            }
        });
    }

    fn key(self, event: &ev::KeyboardEvent) {
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        let Some(at) = self.month.get_untracked() else { return };
        let to = self.scrubber.with_untracked(|scrubber| {
            let last = scrubber.segments().len().saturating_sub(1);
            match event.key().as_str() {
                "ArrowUp" | "ArrowRight" => Some(at.saturating_sub(1)),
                "ArrowDown" | "ArrowLeft" => Some((at + 1).min(last)),
                "PageUp" => Some(scrubber.a_year_from(at, -1)),
                "PageDown" => Some(scrubber.a_year_from(at, 1)),
                "Home" => Some(0),
                "End" => Some(last),
                _ => None,
            }
        });
        if let Some(to) = to {
            event.prevent_default();
            self.go_to(to);
        }
    }

    /// Brings the month's heading to the upper edge; the keys go on from its first photo.
    fn go_to(self, month: usize) {
        let segment = self.scrubber.with_untracked(|scrubber| scrubber.segments().get(month).copied());
        let Some(Segment { first, top_px, .. }) = segment else { return };
        let model = self.reach.model;
        self.reach.scroll_to(top_px);
        model.current.set(model.rows().get(first as usize).copied());
    }
}

fn words(actions: Actions, segment: Option<&Segment>) -> String {
    let day = segment.and_then(|segment| segment.month).and_then(|(year, month)| Day::from_ymd(year, month, 1));
    month_words(actions, day)
}

/// The ridge as the outline of a shape that stands on the track's outer edge.
fn ridge(scrubber: &Scrubber) -> String {
    let corners = scrubber.ridge();
    let (Some(first), Some(last)) = (corners.first(), corners.last()) else { return String::new() };
    let number = |value: f64| decimal(value, 1);
    let outer = number(RIDGE_PX);
    let mut path = format!("M{outer} {}", number(first.0));
    for (along_px, out) in &corners {
        path += &format!("L{} {}", number(RIDGE_PX * (1.0 - out)), number(*along_px));
    }
    path += &format!("L{outer} {}Z", number(last.0));
    path
}
