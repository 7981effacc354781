//! The signs of the page: one set, drawn for it on a field of 20 by 20 with strokes of 1.5.

use leptos::prelude::*;

/// A sign by what it means, not by what it shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    Photos,
    Insights,
    Places,
    Table,
    Upload,
    Import,
    Settings,
    Close,
    Trouble,
    Info,
    Done,
    Previous,
    Next,
    Copy,
    Elsewhere,
    Video,
    Add,
    Save,
    Grow,
    Shrink,
    Smaller,
    Larger,
    Keys,
    Area,
    More,
}

impl Sign {
    fn path(self) -> &'static str {
        match self {
            Self::Photos => {
                "M4.5 3.5h11a1 1 0 0 1 1 1v11a1 1 0 0 1-1 1h-11a1 1 0 0 1-1-1v-11a1 1 0 0 1 1-1z M3.5 13.5l4-4 3.5 3.5 2-2 3.5 3.5 M11.8 7.2a1.1 1.1 0 1 0 2.2 0a1.1 1.1 0 1 0-2.2 0"
            }
            Self::Insights => "M3 16.5h14 M5.5 13.5v-3 M10 13.5v-9 M14.5 13.5v-6",
            Self::Places => {
                "M10 17.2c3.4-3.6 5.1-6.5 5.1-8.8a5.1 5.1 0 0 0-10.2 0c0 2.3 1.7 5.2 5.1 8.8z M8.2 8.4a1.8 1.8 0 1 0 3.6 0a1.8 1.8 0 1 0-3.6 0"
            }
            Self::Table => "M3.5 4.5h13v11h-13z M3.5 8.2h13 M3.5 11.9h13 M8 4.5v11",
            Self::Upload => "M10 12.5V3.5 M6.2 7.2L10 3.4l3.8 3.8 M3.5 12.5v3a1 1 0 0 0 1 1h11a1 1 0 0 0 1-1v-3",
            Self::Import => "M10 3.5v9 M6.2 8.8l3.8 3.8 3.8-3.8 M3.5 12.5v3a1 1 0 0 0 1 1h11a1 1 0 0 0 1-1v-3",
            Self::Settings => {
                "M3 6h7.2 M14.8 6H17 M3 14h2.2 M9.8 14H17 M10.2 6a2.3 2.3 0 1 0 4.6 0a2.3 2.3 0 1 0-4.6 0 M5.2 14a2.3 2.3 0 1 0 4.6 0a2.3 2.3 0 1 0-4.6 0"
            }
            Self::Close => "M5 5l10 10 M15 5L5 15",
            Self::Trouble => "M10 3.2L2.8 15.8a.6.6 0 0 0 .5.9h13.4a.6.6 0 0 0 .5-.9z M10 8v4 M10 14.3v.1",
            Self::Info => "M3 10a7 7 0 1 0 14 0a7 7 0 1 0-14 0 M10 9.5v4 M10 6.6v.1",
            Self::Done => "M4 10.5l4 4 8-9",
            Self::Previous => "M12.5 4.5L7 10l5.5 5.5",
            Self::Next => "M7.5 4.5L13 10l-5.5 5.5",
            Self::Copy => {
                "M8 7h7.5a1 1 0 0 1 1 1v7.5a1 1 0 0 1-1 1H8a1 1 0 0 1-1-1V8a1 1 0 0 1 1-1z M4.5 13a1 1 0 0 1-1-1V4.5a1 1 0 0 1 1-1H12a1 1 0 0 1 1 1"
            }
            Self::Elsewhere => {
                "M8 4H4.5a.5.5 0 0 0-.5.5v11a.5.5 0 0 0 .5.5h11a.5.5 0 0 0 .5-.5V12 M11.5 4H16v4.5 M16 4l-7 7"
            }
            Self::Add => "M10 4.5v11 M4.5 10h11",
            Self::Save => "M10 3.5v9 M6.2 8.7L10 12.5l3.8-3.8 M3.5 13v2.5a1 1 0 0 0 1 1h11a1 1 0 0 0 1-1V13",
            Self::Grow => "M4 7.5V4h3.5 M12.5 4H16v3.5 M16 12.5V16h-3.5 M7.5 16H4v-3.5",
            Self::Shrink => "M7.5 4v3.5H4 M16 7.5h-3.5V4 M12.5 16v-3.5H16 M4 12.5h3.5V16",
            Self::Video => "M7 4.6v10.8L15.5 10z",
            Self::Area => "M4 6.5V4h2.5 M9 4h2 M13.5 4H16v2.5 M16 9v2 M16 13.5V16h-2.5 M11 16H9 M6.5 16H4v-2.5 M4 11V9",
            Self::Smaller => "M4.5 10h11",
            Self::Larger => "M4.5 10h11 M10 4.5v11",
            Self::More => {
                "M9.4 5a.6.6 0 1 0 1.2 0a.6.6 0 1 0-1.2 0 M9.4 10a.6.6 0 1 0 1.2 0a.6.6 0 1 0-1.2 0 M9.4 15a.6.6 0 1 0 1.2 0a.6.6 0 1 0-1.2 0"
            }
            Self::Keys => {
                "M3.5 5.5h13a1 1 0 0 1 1 1v7a1 1 0 0 1-1 1h-13a1 1 0 0 1-1-1v-7a1 1 0 0 1 1-1z M5.5 8.5h.1 M8.5 8.5h.1 M11.5 8.5h.1 M14.5 8.5h.1 M7 11.8h6"
            }
        }
    }
}

/// A sign in the color of the text around it. It says nothing by itself: words stand beside it or label its button.
#[component]
pub fn Icon(sign: Sign) -> impl IntoView {
    view! {
        <svg
            width="20"
            height="20"
            viewBox="0 0 20 20"
            fill="none"
            stroke="currentColor"
            stroke-width="1.5"
            stroke-linecap="round"
            stroke-linejoin="round"
            aria-hidden="true"
        >
            <path d=sign.path()></path>
        </svg>
    }
}
