//! What the person has written about a photo, and changing it at Google.

use albumen_core::google::edit::LONGEST_DESCRIPTION;
use albumen_core::photo::MediaItem;
use albumen_core::protocol::{Access, Answer, Wish};
use albumen_core::trouble::Trouble;
use leptos::task::spawn_local;
use leptos::{ev, html, prelude::*};

use super::looking::Looking;
use crate::app::services::focus;
use crate::app::state::SignIn;
use crate::app::widgets::{Button, ButtonLook, Failure};
use crate::app::words::Next;

/// How far saving has come.
#[derive(Clone, Debug, PartialEq)]
enum Saving {
    Not,
    /// The permission to change descriptions is asked for first.
    Asking,
    Running,
    Failed(Trouble),
}

/// The description, or the field in which it is written. Words that are not saved yet are kept while the viewer goes to
/// other photos and back.
#[component]
pub(super) fn Description(
    row: u32,
    description: String,
    looking: Looking,
    #[prop(into)] on_saved: Callback<MediaItem>,
) -> impl IntoView {
    let text = RwSignal::new(looking.drafts.with_value(|drafts| drafts.get(&row).cloned()));
    let is_writing = Memo::new(move |_| text.with(Option::is_some));
    let kept = StoredValue::new(description);
    let write = move |words: Option<String>| {
        looking.drafts.update_value(|drafts| match &words {
            Some(words) => drop(drafts.insert(row, words.clone())),
            None => drop(drafts.remove(&row)),
        });
        text.try_set(words);
    };
    view! {
        <section class="details-description" aria-label="Description">
            <Show
                when=move || is_writing.get()
                fallback=move || view! {
                    <p class:soft=move || kept.with_value(String::is_empty)>
                        {kept.with_value(|kept| if kept.is_empty() { "No description".to_owned() } else { kept.clone() })}
                    </p>
                    <Button small=true label="Edit description" on_press=move || write(Some(kept.get_value()))>
                        "Edit"
                    </Button>
                }
            >
                <Editor row text looking write=Callback::new(write) on_saved/>
            </Show>
        </section>
    }
}

/// The field, its count, and the ways out.
#[component]
fn Editor(
    row: u32,
    text: RwSignal<Option<String>>,
    looking: Looking,
    write: Callback<Option<String>>,
    on_saved: Callback<MediaItem>,
) -> impl IntoView {
    let actions = looking.actions;
    let saving = RwSignal::new(Saving::Not);
    let trouble = Memo::new(move |_| match (saving.get(), actions.state.sign_in.get()) {
        (Saving::Failed(trouble), _) | (Saving::Asking, SignIn::Failed(trouble)) => Some(trouble),
        _ => None,
    });
    let is_busy = Memo::new(move |_| match saving.get() {
        Saving::Running => true,
        Saving::Asking => !matches!(actions.state.sign_in.get(), SignIn::Idle | SignIn::Failed(_)),
        Saving::Not | Saving::Failed(_) => false,
    });
    let count = Memo::new(move |_| text.with(|text| text.as_ref().map_or(0, |text| text.chars().count())));
    let is_over = Memo::new(move |_| count.get() > LONGEST_DESCRIPTION);
    let run = move || {
        let draft = looking.drafts.try_with_value(|drafts| drafts.get(&row).cloned());
        let Some(description) = draft.flatten() else { return };
        saving.try_set(Saving::Running);
        spawn_local(async move {
            match actions.ask(Wish::EditDescription { row, description }).await {
                // Whoever asked may look at another photo by now.
                Ok(Answer::Details(details)) => {
                    looking.drafts.try_update_value(|drafts| drafts.remove(&row));
                    write.try_run(None);
                    on_saved.try_run(details.item);
                }
                Ok(_) => drop(saving.try_set(Saving::Not)),
                // The field may be gone; the words are kept, and why they were not saved is said all the same.
                Err(trouble) => {
                    if let Some(Saving::Failed(trouble)) = saving.try_set(Saving::Failed(trouble)) {
                        actions.toaster.say(actions.explain(&trouble).sentence);
                    }
                }
            }
        });
    };
    // Within the press itself, which opens Google's window.
    let ask = move || {
        saving.set(Saving::Asking);
        actions.sign_in_and(Access::Edit, run);
    };
    let save = move || {
        if is_busy.get_untracked() || is_over.get_untracked() {
            return;
        }
        match actions.state.account.with_untracked(|account| account.as_ref().is_some_and(|a| a.may_edit)) {
            true => run(),
            false => ask(),
        }
    };
    let cancel = move || {
        if saving.get_untracked() == Saving::Asking {
            actions.give_up_sign_in();
        }
        write.run(None);
    };
    let on_key = move |event: ev::KeyboardEvent| {
        // Such a key belongs to the list of words that is open over the field.
        if event.is_composing() {
            return;
        }
        match event.key().as_str() {
            "Escape" => cancel(),
            "Enter" if event.ctrl_key() || event.meta_key() => save(),
            _ => return,
        }
        // Escape would close the whole viewer.
        event.prevent_default();
        event.stop_propagation();
    };
    let node = NodeRef::<html::Textarea>::new();
    Effect::new(move |_| {
        if let Some(field) = node.get() {
            focus(&field);
        }
    });
    view! {
        <textarea
            class="input details-field"
            node_ref=node
            rows="5"
            aria-label="Description"
            aria-invalid=move || is_over.get().then_some("true")
            prop:value=text.get_untracked().unwrap_or_default()
            disabled=move || is_busy.get()
            on:input=move |event| write.run(Some(event_target_value(&event)))
            on:keydown=on_key
        ></textarea>
        <p class="details-count small numbers" class:details-over=move || is_over.get()>
            {move || {
                let (count, most) = (actions.services.count(count.get() as u64), LONGEST_DESCRIPTION as u64);
                format!("{count} of {}", actions.services.count(most))
            }}
        </p>
        {move || trouble.get().map(|trouble| view! {
            <Failure
                explained=actions.explain(&trouble)
                on_next=move |next| match next {
                    Next::SignIn | Next::AllowEdits => ask(),
                    Next::TryAgain => save(),
                    other => actions.next(other, save),
                }
                on_copy=move |text| actions.copy(text)
            />
        })}
        <div class="buttons">
            <Button
                small=true
                look=ButtonLook::Primary
                disabled=Signal::derive(move || is_busy.get() || is_over.get())
                on_press=save
            >
                {move || if is_busy.get() { "Saving…" } else { "Save description" }}
            </Button>
            <Button small=true on_press=cancel>"Cancel"</Button>
        </div>
    }
}
