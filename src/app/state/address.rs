//! The address bar as state: which screen, which filter, which photo. A view can be bookmarked and gone back from.

use albumen_core::catalog::Filter;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};

use crate::app::services::go_back;

/// The screens, in the order of the navigation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Screen {
    Photos,
    Insights,
    Upload,
    Settings,
}

impl Screen {
    pub const ALL: [Self; 4] = [Self::Photos, Self::Insights, Self::Upload, Self::Settings];

    pub fn name(self) -> &'static str {
        match self {
            Self::Photos => "Photos",
            Self::Insights => "Insights",
            Self::Upload => "Upload",
            Self::Settings => "Settings",
        }
    }

    /// Relative to the page's base address.
    pub fn path(self) -> &'static str {
        match self {
            Self::Photos => "photos",
            Self::Insights => "insights",
            Self::Upload => "upload",
            Self::Settings => "settings",
        }
    }

    /// Whether the shared filter narrows it.
    fn is_filtered(self) -> bool {
        matches!(self, Self::Photos | Self::Insights)
    }
}

type Navigate = Box<dyn Fn(&str, NavigateOptions)>;

/// Reads and changes the address.
#[derive(Clone, Copy)]
pub struct Address {
    /// What narrows Photos and Insights.
    pub filter: Memo<Filter>,
    /// The row that the viewer shows.
    pub photo: Memo<Option<u32>>,
    /// `None`: there is nothing at this address.
    pub screen: Memo<Option<Screen>>,
    go: StoredValue<Navigate, LocalStorage>,
    /// Whether the viewer was opened from the grid, so that going back closes it.
    is_above_grid: StoredValue<bool>,
}

/// The parameter that names the photo in the viewer.
const PHOTO: &str = "photo";

impl Address {
    /// The link to a screen, relative to the page's base address; the filter goes along where it counts.
    pub fn link(self, screen: Screen) -> String {
        if screen.is_filtered() { link_with(screen, &self.filter.get(), None) } else { screen.path().to_owned() }
    }

    /// Goes to a screen, with the filter as it is.
    pub fn go(self, screen: Screen) {
        let filter = self.filter.get_untracked();
        self.follow(&link_with(screen, &filter, None), false);
    }

    /// Goes to a screen with another filter.
    pub fn go_filtered(self, screen: Screen, filter: &Filter) {
        self.follow(&link_with(screen, filter, None), false);
    }

    /// Stays on the screen, with another filter.
    pub fn narrow(self, filter: &Filter) {
        self.follow(&link_with(self.screen_here(), filter, None), false);
    }

    /// Stays on the screen, with a filter that is still being typed: going back does not go letter by letter.
    pub fn retype(self, filter: &Filter) {
        self.follow(&link_with(self.screen_here(), filter, None), true);
    }

    fn screen_here(self) -> Screen {
        self.screen.get_untracked().unwrap_or(Screen::Photos)
    }

    /// Opens the viewer, or shows another photo in it: going back closes it, however many were looked at.
    pub fn show_photo(self, row: u32) {
        let filter = self.filter.get_untracked();
        let is_open = self.photo.get_untracked().is_some();
        if !is_open {
            // The router believes to be at the photo that was turned to last, even after the way back to the grid, and
            // would not go to that one again.
            self.follow(&link_with(Screen::Photos, &filter, None), true);
            self.is_above_grid.set_value(true);
        }
        self.follow(&link_with(Screen::Photos, &filter, Some(row)), is_open);
    }

    /// Closes the viewer.
    pub fn hide_photo(self) {
        if self.is_above_grid.get_value() {
            self.is_above_grid.set_value(false);
            return go_back();
        }
        let filter = self.filter.get_untracked();
        self.follow(&link_with(Screen::Photos, &filter, None), true);
    }

    fn follow(self, link: &str, replace: bool) {
        let options = NavigateOptions { replace, scroll: false, ..NavigateOptions::default() };
        self.go.with_value(|go| go(&format!("/{link}"), options));
    }
}

/// Makes the address readable for all screens. Inside of the router, once.
///
/// `base_path` is the path of the page's base address, with a slash at its end.
pub fn provide_address(base_path: &str) -> Address {
    let base_path = base_path.to_owned();
    let location = use_location();
    let navigate = use_navigate();
    Address {
        filter: Memo::new(move |_| Filter::from_query(&location.search.get())),
        photo: Memo::new(move |_| location.query.with(|query| query.get(PHOTO)).and_then(|row| row.parse().ok())),
        screen: Memo::new(move |_| {
            let path = location.pathname.get();
            let path = path.strip_prefix(base_path.as_str()).unwrap_or_default().trim_matches('/');
            if path.is_empty() {
                return Some(Screen::Photos);
            }
            Screen::ALL.into_iter().find(|screen| screen.path() == path)
        }),
        go: StoredValue::new_local(Box::new(move |path: &str, options: NavigateOptions| navigate(path, options))),
        is_above_grid: StoredValue::new(false),
    }
}

fn link_with(screen: Screen, filter: &Filter, photo: Option<u32>) -> String {
    let mut query = if screen.is_filtered() { filter.to_query() } else { String::new() };
    if let Some(row) = photo {
        if !query.is_empty() {
            query.push('&');
        }
        query.push_str(&format!("{PHOTO}={row}"));
    }
    if query.is_empty() { screen.path().to_owned() } else { format!("{}?{query}", screen.path()) }
}
