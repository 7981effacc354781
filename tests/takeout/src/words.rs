//! Names of folders and files in the languages of Google Photos, as importers list them.

/// The folder of the product. Some are written with a no-break space.
pub(crate) const PRODUCTS: &[&str] = &[
    "Google Photos",
    "Google\u{A0}Photos",
    "Google Fotos",
    "Google Foto",
    "Fotky Google",
    "Google Kuvat",
    "Google フォト",
    "Google Фото",
    "Google Снимки",
    "Google Fotoğraflar",
    "Google 相册",
    "Google 相簿",
];

/// The sidecar of an album, without its `.json`.
pub(crate) const ALBUM_SIDECARS: &[&str] = &[
    "metadata",
    "métadonnées",
    "metadati",
    "Metadaten",
    "metadatos",
    "metadades",
    "metadáta",
    "метаданные",
    "метаданни",
];

/// The folder of an album without a title.
pub(crate) const UNTITLED: &[&str] =
    &["Untitled", "Unbenannt", "Sans titre", "Sin título", "Nimetön", "無題", "Без названия", "Adsız", "未命名"];

/// The folder of a year, before its number.
pub(crate) const YEARS: &[&str] = &["Photos from", "Photos from", "Fotos del", "Fotos von"];

/// What an edited copy has behind its name.
pub(crate) const EDITED: &[&str] = &[
    "-edited",
    "-bearbeitet",
    "-modifié",
    "-modificato",
    "-editado",
    "-ha editado",
    "-bewerkt",
    "-edytowane",
    "-編集済み",
    "-编辑",
    "-已修改",
    "-已編輯",
    "-muokattu",
    "-измененный",
    "-düzenlendi",
    "-editat",
    "-redigeret",
    "-upravené",
];

/// What Google's own creations have behind their names, in English everywhere.
pub(crate) const CREATIONS: &[&str] = &["-effects", "-motion", "-animation", "-smile", "-collage", "-mix"];

/// Titles of albums: signs that no file name has, letters of many scripts, a year at the end, the same one twice.
pub(crate) const ALBUMS: &[&str] = &[
    "Sommer 2019",
    "Été à la mer",
    "AC/DC & friends?",
    "写真展",
    "Trip",
    "Trip",
    "Ski 🎿🏔",
    "Cumpleaños de Íñigo",
    "Новый год 2021",
    "A title that goes on for longer than any name of a folder should, and then some more of it for good measure",
    "Google\u{A0}Photos",
    "archive",
];

/// Folders for what is in no year.
pub(crate) struct Corners {
    pub(crate) archive: &'static str,
    pub(crate) trash: &'static str,
    pub(crate) locked: &'static str,
    pub(crate) failed: &'static str,
    /// The page that leads through the export, beside the product's folder.
    pub(crate) browser: &'static str,
}

pub(crate) const CORNERS: &[Corners] = &[
    Corners {
        archive: "Archive",
        trash: "Trash",
        locked: "Locked Folder",
        failed: "Failed Videos",
        browser: "archive_browser.html",
    },
    Corners {
        archive: "Archiv",
        trash: "Papierkorb",
        locked: "Gesperrter Ordner",
        failed: "Fehlgeschlagene Videos",
        browser: "Archiv_Browser.html",
    },
    Corners {
        archive: "Archives",
        trash: "Corbeille",
        locked: "Dossier verrouillé",
        failed: "Vidéos ayant échoué",
        browser: "archive_navigateur.html",
    },
];
