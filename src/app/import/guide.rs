//! How an export is had from Google, for whoever has none yet.

use leptos::prelude::*;

use crate::app::widgets::{Icon, Sign};

const TAKEOUT: &str = "https://takeout.google.com/";

#[component]
pub(super) fn Guide() -> impl IntoView {
    view! {
        <section class="part import-guide">
            <h2>"How to get an export"</h2>
            <ol class="steps">
                <li>
                    "Open "
                    <a href=TAKEOUT target="_blank" rel="noreferrer">
                        "takeout.google.com"
                        <Icon sign=Sign::Elsewhere/>
                    </a>
                    ", press “Deselect all”, and tick Google Photos alone, with all albums."
                </li>
                <li>
                    "Choose “Export once”, .zip, and the largest size of parts that your disk takes: 50 GB makes the fewest. Google sends you a mail when they are ready, in hours or days."
                </li>
                <li>"Download all parts, and drop them here together. You need not unpack them."</li>
            </ol>
            <h2>"What is seen"</h2>
            <p>
                "Everything in the export: all photos and videos of your library, whatever they came by, with the places, times, descriptions, albums, people and favorites that Google keeps of them. No account and no sign-in is needed, and no part of it leaves this device."
            </p>
        </section>
    }
}
