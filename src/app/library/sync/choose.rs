//! What to fetch: which days, which media.

use albumen_core::photo::{Day, DayRange};
use albumen_core::protocol::{Media, Wish};
use leptos::prelude::*;

use crate::app::actions::{Actions, use_actions};
use crate::app::widgets::{Button, ButtonLook};

/// The days to fetch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Preset {
    All,
    LastThirtyDays,
    ThisYear,
    LastYear,
    Custom,
}

impl Preset {
    const ALL: [Self; 5] = [Self::All, Self::LastThirtyDays, Self::ThisYear, Self::LastYear, Self::Custom];

    fn name(self) -> &'static str {
        match self {
            Self::All => "All",
            Self::LastThirtyDays => "Last 30 days",
            Self::ThisYear => "This year",
            Self::LastYear => "Last year",
            Self::Custom => "Custom…",
        }
    }

    /// The days it stands for, seen from `today`; `None` for all of them, and for those that the person gives.
    fn days(self, today: Day) -> Option<DayRange> {
        let year = today.ymd().0;
        let whole = |year| Some(DayRange { first: Day::from_ymd(year, 1, 1)?, last: Day::from_ymd(year, 12, 31)? });
        match self {
            Self::All | Self::Custom => None,
            Self::LastThirtyDays => Some(DayRange { first: Day(today.0 - 29), last: today }),
            Self::ThisYear => whole(year),
            Self::LastYear => whole(year - 1),
        }
    }
}

/// What was chosen last, for as long as the screen is shown. Copied freely.
#[derive(Clone, Copy)]
pub(in crate::app::library) struct Choice {
    preset: RwSignal<Preset>,
    media: RwSignal<Media>,
    from: RwSignal<String>,
    to: RwSignal<String>,
    today: Day,
}

impl Choice {
    /// Everything there is.
    pub(in crate::app::library) fn new(actions: Actions) -> Self {
        let today = today(actions);
        Self {
            preset: RwSignal::new(Preset::All),
            media: RwSignal::new(Media::All),
            from: RwSignal::new(Day(today.0 - 29).to_string()),
            to: RwSignal::new(today.to_string()),
            today,
        }
    }

    /// The days; `None` inside is all of them, `None` outside are days that make no range.
    fn days(self) -> Option<Option<DayRange>> {
        match self.preset.get() {
            Preset::Custom => {
                let (first, last) = (Day::parse_iso(&self.from.get())?, Day::parse_iso(&self.to.get())?);
                (first <= last).then_some(Some(DayRange { first, last }))
            }
            preset => Some(preset.days(self.today)),
        }
    }

    /// Fetches what was chosen.
    pub(super) fn sync(self, actions: Actions) {
        if let Some(days) = untrack(|| self.days()) {
            actions.wish(Wish::Sync { days, media: self.media.get_untracked() });
        }
    }

    /// Whether there is something to fetch.
    pub(super) fn is_whole(self) -> bool {
        self.days().is_some()
    }
}

/// The form; `on_sync` hears of the press, after the fetch was begun.
#[component]
pub(in crate::app::library) fn Choose(
    choice: Choice,
    #[prop(optional, into)] on_sync: Option<Callback<()>>,
) -> impl IntoView {
    let actions = use_actions();
    let Choice { preset, media, from, to, .. } = choice;
    let sync = move || {
        choice.sync(actions);
        if let Some(on_sync) = on_sync {
            on_sync.run(());
        }
    };
    view! {
        <div class="choose">
            <label class="field">
                <span class="field-label">"Days"</span>
                <select
                    class="select"
                    on:change=move |event| {
                        let name = event_target_value(&event);
                        preset.set(Preset::ALL.into_iter().find(|preset| preset.name() == name).unwrap_or(Preset::All));
                    }
                >
                    {Preset::ALL.map(|option| view! {
                        <option value=option.name() selected=option == preset.get_untracked()>{option.name()}</option>
                    })}
                </select>
            </label>
            <Show when=move || preset.get() == Preset::Custom>
                <DayInput label="From" value=from/>
                <DayInput label="To" value=to/>
            </Show>
            <label class="field">
                <span class="field-label">"Media"</span>
                <select
                    class="select"
                    on:change=move |event| {
                        let name = event_target_value(&event);
                        media.set(MEDIA.iter().find(|(_, other)| *other == name).map_or(Media::All, |(media, _)| *media));
                    }
                >
                    {MEDIA.map(|(option, name)| view! {
                        <option value=name selected=option == media.get_untracked()>{name}</option>
                    })}
                </select>
            </label>
            <Button
                look=ButtonLook::Primary
                disabled=Signal::derive(move || !choice.is_whole())
                on_press=sync
            >
                "Sync"
            </Button>
        </div>
    }
}

const MEDIA: [(Media, &str); 3] =
    [(Media::All, "Photos and videos"), (Media::Photos, "Photos"), (Media::Videos, "Videos")];

#[component]
fn DayInput(label: &'static str, value: RwSignal<String>) -> impl IntoView {
    view! {
        <label class="field">
            <span class="field-label">{label}</span>
            <input class="input" type="date" prop:value=value on:input=move |event| value.set(event_target_value(&event))/>
        </label>
    }
}

/// The day that the person's calendar shows.
fn today(actions: Actions) -> Day {
    let now_s = actions.services.now_ms().div_euclid(1000);
    Day::of_utc_s(now_s + i64::from(actions.services.local_zone().offset_min(now_s)) * 60)
}
