//! The address bar as state: which screen, which filter, which photo. A view can be bookmarked and gone back from.

use std::sync::Arc;

use albumen_core::catalog::Filter;
use leptos::prelude::*;

use crate::app::services::{HistoryWatch, Place, Services, go, go_back, here};

/// The screens, in the order of the navigation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Screen {
    Photos,
    Insights,
    Places,
    Table,
    Upload,
    Import,
    Settings,
}

impl Screen {
    pub const ALL: [Self; 7] =
        [Self::Photos, Self::Insights, Self::Places, Self::Table, Self::Upload, Self::Import, Self::Settings];

    pub fn name(self) -> &'static str {
        match self {
            Self::Photos => "Photos",
            Self::Insights => "Insights",
            Self::Places => "Places",
            Self::Table => "Table",
            Self::Upload => "Upload",
            Self::Import => "Import",
            Self::Settings => "Settings",
        }
    }

    /// Relative to the page's base address.
    pub fn path(self) -> &'static str {
        match self {
            Self::Photos => "photos",
            Self::Insights => "insights",
            Self::Places => "places",
            Self::Table => "table",
            Self::Upload => "upload",
            Self::Import => "import",
            Self::Settings => "settings",
        }
    }

    /// Whether the shared filter narrows it.
    fn is_filtered(self) -> bool {
        matches!(self, Self::Photos | Self::Insights | Self::Places | Self::Table)
    }
}

/// Reads and changes the address.
#[derive(Clone, Copy)]
pub struct Address {
    /// What narrows the screens that show photos.
    pub filter: Memo<Filter>,
    /// By what the rows of the table are in order, in its words; `None` where the address does not say.
    pub sort: Memo<Option<String>>,
    /// The row that the viewer shows.
    pub photo: Memo<Option<u32>>,
    /// `None`: there is nothing at this address.
    pub screen: Memo<Option<Screen>>,
    services: Services,
    moved: WriteSignal<Place>,
    _watch: StoredValue<HistoryWatch, LocalStorage>,
    /// Whether the viewer was opened from the grid or the table, so that going back closes it.
    is_above_grid: StoredValue<bool>,
    /// The rows that the viewer goes through, in their order, where it is not the grid's. A page that is loaded anew knows
    /// the grid's alone.
    pub order: RwSignal<Option<Arc<Vec<u32>>>>,
}

/// The parameter that names the photo in the viewer.
const PHOTO: &str = "photo";
/// The one that says by what the rows of the table are in order.
const SORT: &str = "sort";

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

    /// The link to a screen with another filter, relative to the page's base address.
    pub fn link_to(self, screen: Screen, filter: &Filter) -> String {
        link_with(screen, filter, None)
    }

    /// Goes to a screen with another filter.
    pub fn go_filtered(self, screen: Screen, filter: &Filter) {
        self.follow(&link_with(screen, filter, None), false);
    }

    /// Stays on the screen, with another filter.
    pub fn narrow(self, filter: &Filter) {
        self.follow(&self.link_here(filter), false);
    }

    /// Stays on the screen, with a filter that is still being typed: going back does not go letter by letter.
    pub fn retype(self, filter: &Filter) {
        self.follow(&self.link_here(filter), true);
    }

    /// Stays on the screen, with rows in another order.
    pub fn sort_by(self, words: &str) {
        let link = link_with(self.screen_here(), &self.filter.get_untracked(), None);
        self.follow(&with_sort(link, words), false);
    }

    fn link_here(self, filter: &Filter) -> String {
        let link = link_with(self.screen_here(), filter, None);
        match self.sort.get_untracked() {
            Some(words) => with_sort(link, &words),
            None => link,
        }
    }

    fn screen_here(self) -> Screen {
        self.screen.get_untracked().unwrap_or(Screen::Photos)
    }

    /// Opens the viewer, or shows another photo in it: going back closes it, however many were looked at.
    pub fn show_photo(self, row: u32) {
        if self.photo.get_untracked().is_none() {
            self.order.set(None);
        }
        self.go_to_photo(row);
    }

    /// Opens the viewer at one of these rows: what comes before and after it is as they stand.
    pub fn show_photo_among(self, row: u32, order: Arc<Vec<u32>>) {
        self.order.set(Some(order));
        self.go_to_photo(row);
    }

    fn go_to_photo(self, row: u32) {
        let filter = self.filter.get_untracked();
        let is_open = self.photo.get_untracked().is_some();
        if !is_open {
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
        go(&format!("{}{link}", self.services.base_url()), replace);
        // Browsers refuse more than some moves a second, which a key that is held down makes: the address bar may lag, the
        // page goes on.
        let (path, query) = link.split_once('?').unwrap_or((link, ""));
        self.moved.set(Place { path: format!("{}{path}", self.services.base_path()), query: query.to_owned() });
    }
}

/// Makes the address readable for all screens, once.
pub fn provide_address(services: Services) -> Address {
    let base_path = services.base_path();
    let (place, moved) = signal(here());
    let is_above_grid = StoredValue::new(false);
    let order = RwSignal::new(None);
    let watch = HistoryWatch::new(&services.base_url(), move || {
        let place = here();
        // Whoever went back from the photo by the browser's own button has closed it.
        if photo_of(&place.query).is_none() {
            is_above_grid.set_value(false);
            order.set(None);
        }
        moved.set(place);
    });
    Address {
        filter: Memo::new(move |_| place.with(|place| Filter::from_query(&place.query))),
        photo: Memo::new(move |_| place.with(|place| photo_of(&place.query))),
        sort: Memo::new(move |_| place.with(|place| parameter(&place.query, SORT))),
        screen: Memo::new(move |_| {
            place.with(|place| {
                let path = place.path.strip_prefix(base_path.as_str()).unwrap_or_default().trim_matches('/');
                if path.is_empty() {
                    return Some(Screen::Photos);
                }
                Screen::ALL.into_iter().find(|screen| screen.path() == path)
            })
        }),
        services,
        moved,
        _watch: StoredValue::new_local(watch),
        is_above_grid,
        order,
    }
}

fn photo_of(query: &str) -> Option<u32> {
    parameter(query, PHOTO)?.parse().ok()
}

fn parameter(query: &str, wanted: &str) -> Option<String> {
    let mut all = form_urlencoded::parse(query.as_bytes());
    all.find(|(name, _)| name == wanted).map(|(_, value)| value.into_owned())
}

/// Its words need no escaping: letters, digits, hyphens and commas.
fn with_sort(link: String, words: &str) -> String {
    let sign = if link.contains('?') { '&' } else { '?' };
    let words: String = words.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | ',')).collect();
    format!("{link}{sign}{SORT}={words}")
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
