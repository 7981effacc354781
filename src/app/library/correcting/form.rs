//! What is asked: fields, and the correction that they say.

use albumen_core::photo::Correction;
use leptos::prelude::*;

use crate::app::actions::{Actions, use_actions};
use crate::app::words::correcting::{read_shift, zone_name};

/// What was wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    /// The camera's clock.
    Shift,
    /// The zone; the instant is right.
    Zone,
    /// The zone; the clock is right.
    Clock,
    /// The correction.
    TakeBack,
}

/// What is typed so far; copied freely.
#[derive(Clone, Copy)]
pub(super) struct Form {
    pub(super) what: RwSignal<What>,
    is_earlier: RwSignal<bool>,
    days: RwSignal<String>,
    hours: RwSignal<String>,
    minutes: RwSignal<String>,
    zone: RwSignal<String>,
}

/// What is asked for: a correction, or that it is taken back; `Ok(None)` where nothing is said yet.
pub(super) type Asked = Result<Option<Option<Correction>>, String>;

impl Form {
    pub(super) fn new() -> Self {
        let text = || RwSignal::new(String::new());
        Self {
            what: RwSignal::new(What::Shift),
            is_earlier: RwSignal::new(false),
            days: text(),
            hours: text(),
            minutes: text(),
            zone: text(),
        }
    }

    pub(super) fn asked(self, actions: Actions) -> Asked {
        let zone = || Some(zone_name(&self.zone.get())).filter(|zone| !zone.is_empty());
        let here = || actions.services.zone_name().unwrap_or_else(|| "UTC".into());
        Ok(match self.what.get() {
            What::Shift => {
                let typed = [self.days, self.hours, self.minutes].map(|field| field.get());
                read_shift(&typed[0], &typed[1], &typed[2], self.is_earlier.get())?.map(Some)
            }
            What::Zone => zone().map(|zone| Some(Correction::Zone { zone })),
            What::Clock => zone().map(|zone| Some(Correction::Clock { zone, here: here() })),
            What::TakeBack => Some(None),
        })
    }
}

/// `wrong` below says what is wrong with them, under this id.
pub(super) const WRONG: &str = "correcting-wrong";

#[component]
pub(super) fn Fields(form: Form) -> impl IntoView {
    let what = move |what: What, name: &'static str| {
        view! {
            <label class="choice">
                <input
                    type="radio"
                    name="correcting"
                    prop:checked=move || form.what.get() == what
                    on:change=move |_| form.what.set(what)
                />
                <span>{name}</span>
            </label>
        }
    };
    view! {
        <div role="radiogroup" aria-label="What is wrong">
            {what(What::Shift, "The camera's clock was wrong: move the times")}
            {what(What::Zone, "The moment is right, the time zone is not: show the clock of another zone")}
            {what(What::Clock, "The clock is right, the time zone is not: it was that time in another zone")}
            {what(What::TakeBack, "The correction was wrong: take it back")}
        </div>
        {move || match form.what.get() {
            What::Shift => view! { <Shift form/> }.into_any(),
            What::Zone | What::Clock => view! { <Zone form/> }.into_any(),
            What::TakeBack => ().into_any(),
        }}
    }
}

#[component]
fn Shift(form: Form) -> impl IntoView {
    let number = move |label: &'static str, value: RwSignal<String>| {
        view! {
            <label class="field">
                <span class="field-label">{label}</span>
                <input
                    class="input"
                    type="text"
                    inputmode="numeric"
                    autocomplete="off"
                    maxlength="10"
                    aria-describedby=WRONG
                    prop:value=value
                    on:input=move |event| value.set(event_target_value(&event))
                />
            </label>
        }
    };
    view! {
        <div class="correcting-shift" role="group" aria-label="Move by">
            {number("Days", form.days)}
            {number("Hours", form.hours)}
            {number("Minutes", form.minutes)}
            <label class="field">
                <span class="field-label">"Direction"</span>
                <select
                    class="select"
                    on:change=move |event| form.is_earlier.set(event_target_value(&event) == "earlier")
                >
                    <option value="later" prop:selected=move || !form.is_earlier.get()>"Later"</option>
                    <option value="earlier" prop:selected=move || form.is_earlier.get()>"Earlier"</option>
                </select>
            </label>
        </div>
    }
}

#[component]
fn Zone(form: Form) -> impl IntoView {
    let names = use_actions().services.zone_names();
    view! {
        <label class="field">
            <span class="field-label">"Time zone"</span>
            <input
                class="input"
                type="text"
                list="correcting-zones"
                autocomplete="off"
                spellcheck="false"
                maxlength=Correction::MOST_ZONE_BYTES.to_string()
                placeholder="Europe/Berlin"
                aria-describedby=WRONG
                prop:value=form.zone
                on:input=move |event| form.zone.set(event_target_value(&event))
            />
        </label>
        <datalist id="correcting-zones">
            {names.into_iter().map(|name| view! { <option value=name></option> }).collect_view()}
        </datalist>
    }
}
