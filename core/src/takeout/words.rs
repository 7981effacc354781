//! The words that Google writes into an export, in the languages that they were seen in.
//!
//! They are from importers' lists of what people sent them. All are in lower case and NFC; a word that is missing here
//! costs a name or a mark, never a photo: what matters is told by content.

/// Folders of the product, below "Takeout".
pub(super) const PRODUCTS: &[&str] = &[
    "google photos",
    "google fotos",
    "google foto",
    "google foto's",
    "fotky google",
    "google kuvat",
    "google フォト",
    "google фото",
    "google снимки",
    "google fotoğraflar",
    "google 相册",
    "google 相簿",
    "google zdjęcia",
    "zdjęcia google",
    "google foton",
    "google bilder",
    "google billeder",
    "google 포토",
];

/// Folders whose items were archived.
pub(super) const ARCHIVE: &[&str] = &[
    "archive",
    "archives",
    "archiv",
    "archivieren",
    "archivo",
    "archivio",
    "archiver",
    "archief",
    "archiveren",
    "arquivo",
    "archiwum",
    "arxiu",
    "архив",
    "arşiv",
    "アーカイブ",
    "归档",
    "档案",
    "封存",
];

/// Folders whose items are in the trash.
pub(super) const TRASH: &[&str] = &[
    "trash",
    "bin",
    "papierkorb",
    "corbeille",
    "papelera",
    "cestino",
    "prullenbak",
    "lixeira",
    "kosz",
    "paperera",
    "корзина",
    "roskakori",
    "papirkurv",
    "kôš",
    "çöp kutusu",
    "ゴミ箱",
    "回收站",
    "垃圾桶",
];

/// Folders whose items were locked away. No sidecar was seen that says so.
pub(super) const LOCKED: &[&str] =
    &["locked folder", "gesperrter ordner", "dossier verrouillé", "carpeta privada", "cartella bloccata"];

/// Folders of videos that Google could not play.
pub(super) const FAILED: &[&str] =
    &["failed videos", "fehlgeschlagene videos", "vidéos ayant échoué", "vídeos con errores", "video non riusciti"];

/// Folders of albums without a title. Several such albums may be merged into one.
pub(super) const UNTITLED: &[&str] = &[
    "untitled",
    "unbenannt",
    "ohne titel",
    "sans titre",
    "sin título",
    "senza titolo",
    "sem título",
    "zonder titel",
    "nimetön",
    "無題",
    "без названия",
    "adsız",
    "未命名",
];

/// What stands between a photo's name and its ending when Google wrote an edited copy. The longer come first where one
/// begins another.
pub(super) const EDITED: &[&str] = &[
    "-edited",
    "-bearbeitet",
    "-modifié",
    "-modificato",
    "-ha editado",
    "-editado",
    "-editat",
    "-bewerkt",
    "-edytowane",
    "-編集済み",
    "-编辑",
    "-已修改",
    "-已編輯",
    "-muokattu",
    "-измененный",
    "-düzenlendi",
    "-redigeret",
    "-upravené",
];

/// What Google made of a photo, by the end of its name. Never localised.
pub(super) const CREATIONS: &[&str] = &["-effects", "-motion", "-animation", "-smile", "-collage", "-mix"];

/// JSON files that tell of no photo and no album, by their names without ".json".
pub(super) const KNOWN_JSON: &[&str] =
    &["print-subscriptions", "shared_album_comments", "user-generated-memory-titles"];

/// What Google appends to a photo's name for its sidecar since the end of 2024.
pub(super) const SUPPLEMENT: &str = ".supplemental-metadata";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::takeout::names::{folded, nfc};

    #[test]
    fn all_words_are_written_as_names_are_compared() {
        let lists = [PRODUCTS, ARCHIVE, TRASH, LOCKED, FAILED, UNTITLED, EDITED, CREATIONS, KNOWN_JSON];
        for word in lists.into_iter().flatten() {
            assert_eq!(*word, folded(&nfc(word)));
        }
    }

    #[test]
    fn no_folder_has_two_meanings() {
        let mut words: Vec<&str> = [ARCHIVE, TRASH, LOCKED, FAILED, UNTITLED].concat();
        words.sort_unstable();
        let before = words.len();
        words.dedup();
        assert_eq!(words.len(), before);
    }
}
