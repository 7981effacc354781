//! What outlives the page beside the records: the world that was open, the theme, the height of the
//! grid's rows, the columns and the order of the table.

use albumen_core::protocol::World;

use super::{Services, Theme};
use crate::browser::{page, remembered};

/// Names of the small settings that outlive the page.
const WORLD: &str = "world";
const THEME: &str = "theme";
const ROW_HEIGHT: &str = "row-height";
const TABLE_COLUMNS: &str = "table-columns";
const TABLE_SORT: &str = "table-sort";

/// The theme that was chosen for the page at `base`.
pub(super) fn kept_theme(base: &str) -> Theme {
    match remembered::recall(base, THEME).as_deref() {
        Some("light") => Theme::Light,
        Some("dark") => Theme::Dark,
        _ => Theme::System,
    }
}

impl Services {
    /// The world that was open last; `None` on the first visit.
    pub fn last_world(self) -> Option<World> {
        match remembered::recall(&self.inner().base, WORLD)?.as_str() {
            "sandbox" => Some(World::Sandbox),
            _ => Some(World::Google),
        }
    }

    pub fn remember_world(self, world: World) {
        let word = match world {
            World::Google => "google",
            World::Sandbox => "sandbox",
        };
        remembered::remember(&self.inner().base, WORLD, word);
    }

    pub fn theme(self) -> Theme {
        self.inner().theme.get()
    }

    /// Shows a theme and remembers it.
    pub fn set_theme(self, theme: Theme) {
        let inner = self.inner();
        inner.theme.set(theme);
        page::set_theme(theme);
        match theme {
            Theme::System => remembered::forget(&inner.base, THEME),
            Theme::Light => remembered::remember(&inner.base, THEME, "light"),
            Theme::Dark => remembered::remember(&inner.base, THEME, "dark"),
        }
    }

    /// The height of the grid's rows that the person chose, in CSS pixels.
    pub fn row_height_px(self) -> Option<f64> {
        // Whole pixels: reading fractions would weigh ten kilobytes.
        remembered::recall(&self.inner().base, ROW_HEIGHT)?.parse::<u16>().ok().map(f64::from)
    }

    pub fn remember_row_height(self, height_px: f64) {
        remembered::remember(&self.inner().base, ROW_HEIGHT, &(height_px as u16).to_string());
    }

    /// The columns of the table, in words of its own.
    pub fn table_columns(self) -> Option<String> {
        remembered::recall(&self.inner().base, TABLE_COLUMNS)
    }

    pub fn remember_table_columns(self, words: &str) {
        remembered::remember(&self.inner().base, TABLE_COLUMNS, words);
    }

    /// By what the rows of the table are in order, in the words of the address.
    pub fn table_sort(self) -> Option<String> {
        remembered::recall(&self.inner().base, TABLE_SORT)
    }

    pub fn remember_table_sort(self, words: &str) {
        remembered::remember(&self.inner().base, TABLE_SORT, words);
    }

    /// Forgets every small setting.
    pub fn forget_settings(self) {
        let inner = self.inner();
        for name in [WORLD, THEME, ROW_HEIGHT, TABLE_COLUMNS, TABLE_SORT] {
            remembered::forget(&inner.base, name);
        }
        inner.theme.set(Theme::System);
        page::set_theme(Theme::System);
    }
}
