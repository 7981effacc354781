//! Photos over several folders and parts: albums, copies, marks.

use super::*;

const TAKEOUT: &str = "Takeout/Google Photos";

fn at(folder: &str, name: &str) -> String {
    format!("{TAKEOUT}/{folder}/{name}")
}

fn in_part(part: &'static str, put: Put) -> Put {
    Put { part, ..put }
}

#[test]
fn a_copy_in_an_album_is_no_second_photo() {
    let puts = [
        media(&at("Photos from 2020", "a.jpg"), 7),
        card(&at("Photos from 2020", "a.jpg.json"), "a.jpg", 5),
        media(&at("Lake", "a.jpg"), 7),
        card(&at("Lake", "a.jpg.json"), "a.jpg", 5),
        json(&at("Lake", "métadonnées.json"), r#"{"title":"At the lake","access":"protected"}"#),
        // Another album has its sidecar alone.
        card(&at("Hills", "a.jpg.json"), "a.jpg", 5),
        json(&at("Hills", "metadata.json"), r#"{"title":"Hills"}"#),
        // And one the photo alone.
        media(&at("Sea 2020", "a.jpg"), 7),
        json(&at("Sea 2020", "metadata.json"), r#"{"title":"Sea 2020"}"#),
    ];
    check(
        &puts,
        &[
            "Hills/a.jpg.json: SidecarCopy of Photos from 2020/a.jpg",
            "Hills/metadata.json: album \"Hills\"",
            "Lake/a.jpg.json: SidecarCopy of Photos from 2020/a.jpg",
            "Lake/a.jpg: Copy of Photos from 2020/a.jpg",
            "Lake/métadonnées.json: album \"At the lake\"",
            "Photos from 2020/a.jpg.json: Sidecar of Photos from 2020/a.jpg",
            "Photos from 2020/a.jpg: Main of Photos from 2020/a.jpg",
            "Sea 2020/a.jpg: Copy of Photos from 2020/a.jpg",
            "Sea 2020/metadata.json: album \"Sea 2020\"",
        ],
    );
    let scan = scan_of(&puts);
    let resolved = resolve(&scan);
    let albums: Vec<_> = resolved.albums.iter().map(|album| (album.title.as_str(), album.photos)).collect();
    assert_eq!(albums, [("Hills", 1), ("At the lake", 1), ("Sea 2020", 1)]);
    assert_eq!(resolved.albums_of(&resolved.photos[0]), [AlbumId(0), AlbumId(1), AlbumId(2)]);
}

#[test]
fn parts_complete_one_another() {
    let puts = [
        in_part("takeout-1-001.zip", media(&at("Photos from 2020", "a.jpg"), 7)),
        in_part("takeout-1-002.zip", card(&at("Photos from 2020", "a.jpg.json"), "a.jpg", 5)),
        in_part("takeout-1-002.zip", media("Takeout/Google\u{a0}Photos/Photos from 2020/b.jpg", 7)),
        in_part("Photos from 2020", card("Photos from 2020/b.jpg.json", "b.jpg", 5)),
    ];
    check(
        &puts,
        &[
            "Photos from 2020/a.jpg.json: Sidecar of Photos from 2020/a.jpg",
            "Photos from 2020/a.jpg: Main of Photos from 2020/a.jpg",
            "Photos from 2020/b.jpg.json: Sidecar of Photos from 2020/b.jpg",
            "Photos from 2020/b.jpg: Main of Photos from 2020/b.jpg",
        ],
    );
}

#[test]
fn two_photos_of_one_name_and_instant_are_two() {
    let url = |mark: &str| {
        format!(
            r#"{{"title":"a.jpg","url":"https://photos.google.com/photo/{mark}","photoTakenTime":{{"timestamp":"5"}}}}"#
        )
    };
    let puts = [
        media(&at("Photos from 2020", "a.jpg"), 7),
        media(&at("Photos from 2020", "a(1).jpg"), 7),
        json(&at("Photos from 2020", "a.jpg.json"), &url("A")),
        json(&at("Photos from 2020", "a.jpg(1).json"), &url("B")),
        media(&at("Lake", "a.jpg"), 7),
        json(&at("Lake", "a.jpg.json"), &url("B")),
        json(&at("Hill", "a.jpg.json"), &url("B")),
        json(&at("Lake", "metadata.json"), r#"{"title":"Lake"}"#),
    ];
    check(
        &puts,
        &[
            "Hill/a.jpg.json: SidecarCopy of Photos from 2020/a(1).jpg",
            "Lake/a.jpg.json: SidecarCopy of Photos from 2020/a(1).jpg",
            "Lake/a.jpg: Copy of Photos from 2020/a(1).jpg",
            "Lake/metadata.json: album \"Lake\"",
            "Photos from 2020/a(1).jpg: Main of Photos from 2020/a(1).jpg",
            "Photos from 2020/a.jpg(1).json: Sidecar of Photos from 2020/a(1).jpg",
            "Photos from 2020/a.jpg.json: Sidecar of Photos from 2020/a.jpg",
            "Photos from 2020/a.jpg: Main of Photos from 2020/a.jpg",
        ],
    );
    // Equal in all that is known, in one folder: they are two all the same.
    let puts = [
        media(&at("Photos from 2020", "a.jpg"), 7),
        media(&at("Photos from 2020", "a(1).jpg"), 7),
        card(&at("Photos from 2020", "a.jpg.json"), "a.jpg", 5),
        card(&at("Photos from 2020", "a.jpg(1).json"), "a.jpg", 5),
    ];
    assert_eq!(resolve(&scan_of(&puts)).photos.len(), 2);
}

#[test]
fn a_copy_that_its_album_numbers_otherwise_is_a_copy() {
    let puts = [
        media(&at("Photos from 2020", "a.jpg"), 7),
        media(&at("Photos from 2020", "a(1).jpg"), 8),
        card(&at("Photos from 2020", "a.jpg.json"), "a.jpg", 5),
        card(&at("Photos from 2020", "a.jpg(1).json"), "a.jpg", 6),
        media(&at("Lake", "a.jpg"), 8),
        json(&at("Lake", "metadata.json"), r#"{"title":"Lake"}"#),
    ];
    let scan = scan_of(&puts);
    let resolved = resolve(&scan);
    assert_eq!(resolved.fates[4], Fate::Photo(PhotoId(0), Role::Copy));
    assert_eq!(scan.file(resolved.photos[0].main).name, "a(1).jpg");
}

#[test]
fn a_photo_and_its_sidecar_in_two_folders_meet_if_they_are_alone() {
    let puts = [
        card(&at("Photos from 2020", "a.jpg.json"), "a.jpg", 5),
        media(&at("Lake", "a.jpg"), 7),
        json(&at("Lake", "metadata.json"), r#"{"title":"Lake"}"#),
    ];
    check(
        &puts,
        &[
            "Lake/a.jpg: Main of Lake/a.jpg",
            "Lake/metadata.json: album \"Lake\"",
            "Photos from 2020/a.jpg.json: Sidecar of Lake/a.jpg",
        ],
    );
    let another = [puts.to_vec(), vec![card(&at("Photos from 2021", "a.jpg.json"), "a.jpg", 6)]].concat();
    let scan = scan_of(&another);
    assert_eq!(resolve(&scan).fates[1], Fate::Lone(PhotoId(0), Role::Main, Reason::NoSidecar));
}

#[test]
fn edited_and_moving_copies_in_albums_are_copies_too() {
    let puts = [
        media(&at("Photos from 2020", "a.HEIC"), 7),
        card(&at("Photos from 2020", "a.HEIC.json"), "a.HEIC", 5),
        media(&at("Photos from 2020", "a-edited.jpg"), 8),
        media(&at("Lake", "a.HEIC"), 7),
        card(&at("Lake", "a.HEIC.json"), "a.HEIC", 5),
        media(&at("Lake", "a-edited.jpg"), 8),
        media(&at("Lake", "a.MP4"), 9),
        json(&at("Lake", "metadata.json"), r#"{"title":"Lake"}"#),
    ];
    check(
        &puts,
        &[
            "Lake/a-edited.jpg: Copy of Photos from 2020/a.HEIC",
            "Lake/a.HEIC.json: SidecarCopy of Photos from 2020/a.HEIC",
            "Lake/a.HEIC: Copy of Photos from 2020/a.HEIC",
            // The year's folder lacks it: it lies in a part that is missing.
            "Lake/a.MP4: Motion of Photos from 2020/a.HEIC",
            "Lake/metadata.json: album \"Lake\"",
            "Photos from 2020/a-edited.jpg: Edited of Photos from 2020/a.HEIC",
            "Photos from 2020/a.HEIC.json: Sidecar of Photos from 2020/a.HEIC",
            "Photos from 2020/a.HEIC: Main of Photos from 2020/a.HEIC",
        ],
    );
}

#[test]
fn folders_mark_what_lies_in_them() {
    let puts = [
        media(&at("Papierkorb", "a.jpg"), 7),
        card(&at("Papierkorb", "a.jpg.json"), "a.jpg", 5),
        media(&at("Archive", "b.jpg"), 7),
        card(&at("Archive", "b.jpg.json"), "b.jpg", 5),
        media(&at("Photos from 2020", "b.jpg"), 7),
        card(&at("Photos from 2020", "b.jpg.json"), "b.jpg", 5),
        media(&at("Locked Folder", "c.jpg"), 7),
        card(&at("Locked Folder", "c.jpg.json"), "c.jpg", 5),
        media(&at("Failed Videos", "d.mp4"), 7),
        // An album that is called so is an album.
        media(&at("Trash", "e.jpg"), 7),
        card(&at("Trash", "e.jpg.json"), "e.jpg", 5),
        json(&at("Trash", "metadata.json"), r#"{"title":"Trash"}"#),
        media(&at("Untitled(2)", "f.jpg"), 7),
        json(&at("Untitled(2)", "metadata.json"), r#"{"title":"","access":"protected"}"#),
        media(&at("Holiday", "g.jpg"), 7),
    ];
    let scan = scan_of(&puts);
    let resolved = resolve(&scan);
    let mark = |name: &str| {
        let photo = resolved.photos.iter().find(|photo| scan.file(photo.main).name == name).unwrap();
        let marks = photo.folder_marks;
        let albums: Vec<&str> =
            resolved.albums_of(photo).iter().map(|album| resolved.albums[album.0 as usize].title.as_str()).collect();
        (marks.archived, marks.trashed, marks.locked, photo.is_failed, albums.join(","))
    };
    let none = String::new;
    assert_eq!(mark("a.jpg"), (false, true, false, false, none()));
    assert_eq!(mark("b.jpg"), (true, false, false, false, none()));
    assert_eq!(mark("c.jpg"), (false, false, true, false, none()));
    assert_eq!(mark("d.mp4"), (false, false, false, true, none()));
    assert_eq!(mark("e.jpg"), (false, false, false, false, "Trash".into()));
    assert_eq!(mark("f.jpg"), (false, false, false, false, none()));
    assert_eq!(mark("g.jpg"), (false, false, false, false, "Holiday".into()));
    let album = |folder: &str| resolved.albums.iter().find(|album| album.folder == folder).unwrap();
    assert_eq!((album("Untitled(2)").title.as_str(), album("Untitled(2)").photos), ("", 1));
    assert_eq!((album("Holiday").facts, album("Trash").facts.is_some()), (None, true));
}

#[test]
fn what_is_known_is_set_aside() {
    let puts = [
        media("Takeout/archive_browser.html", 7),
        json(&format!("{TAKEOUT}/print-subscriptions.json"), "{}"),
        json(&format!("{TAKEOUT}/user-generated-memory-titles(1).json"), "{}"),
        media("__MACOSX/Takeout/Google Photos/Photos from 2020/._a.jpg", 7),
        media(&at("Photos from 2020", ".DS_Store"), 7),
        media("Takeout/Drive/b.jpg", 7),
        json("Takeout/Keep/note.json", r#"{"title":"x"}"#),
        // A language that nobody has sent yet.
        media("Takeout/Google Grianghraif/Photos from 2020/a.jpg", 7),
        card("Takeout/Google Grianghraif/Photos from 2020/a.jpg.json", "a.jpg", 5),
    ];
    check(
        &puts,
        &[
            "/archive_browser.html: ignored: Page",
            "/print-subscriptions.json: ignored: KnownJson",
            "/user-generated-memory-titles(1).json: ignored: KnownJson",
            "Drive/b.jpg: ignored: OtherProduct",
            "Google Grianghraif/Photos from 2020/a.jpg.json: Sidecar of Google Grianghraif/Photos from 2020/a.jpg",
            "Google Grianghraif/Photos from 2020/a.jpg: Main of Google Grianghraif/Photos from 2020/a.jpg",
            "Keep/note.json: ignored: OtherProduct",
            "Photos from 2020/.DS_Store: ignored: Litter",
            "Photos from 2020/._a.jpg: ignored: Litter",
        ],
    );
}

#[test]
fn the_same_path_twice_is_one_file_or_listed() {
    let puts = [
        in_part("takeout-1-001.zip", media(&at("Photos from 2020", "a.jpg"), 7)),
        in_part("takeout-1-002.zip", media(&at("Photos from 2020", "a.jpg"), 7)),
        in_part("takeout-1-003.zip", media(&at("Photos from 2020", "a.jpg"), 7)),
        in_part("takeout-1-001.zip", media(&at("Photos from 2020", "a.jpg"), 8)),
        in_part("takeout-1-001.zip", card(&at("Photos from 2020", "a.jpg.json"), "a.jpg", 5)),
        in_part("takeout-1-002.zip", card(&at("Photos from 2020", "a.jpg.json"), "a.jpg", 5)),
        in_part("takeout-1-003.zip", json(&at("Photos from 2020", "a.jpg.json"), "{")),
    ];
    let resolved = resolve(&scan_of(&puts));
    let photo = |role| Fate::Photo(PhotoId(0), role);
    assert_eq!(
        resolved.fates,
        [
            photo(Role::Copy),
            photo(Role::Copy),
            photo(Role::Main),
            Fate::Unmatched(Reason::SamePath),
            photo(Role::SidecarCopy),
            photo(Role::Sidecar),
            Fate::Unmatched(Reason::BadJson(crate::takeout::sidecar::JsonError::NotJson)),
        ]
    );
}

#[test]
fn of_two_files_of_one_path_in_one_part_the_second_is_listed() {
    let sidecar = at("Photos from 2020", "a.jpg.json");
    let puts = [
        media(&at("Photos from 2020", "a.jpg"), 7),
        media(&at("Photos from 2020", "a.jpg"), 7),
        card(&sidecar, "a.jpg", 5),
        card(&sidecar, "a.jpg", 6),
        in_part("takeout-1-002.zip", card(&sidecar, "a.jpg", 5)),
    ];
    let resolved = resolve(&scan_of(&puts));
    let photo = |role| Fate::Photo(PhotoId(0), role);
    let again = Fate::Unmatched(Reason::SamePath);
    assert_eq!(resolved.fates, [photo(Role::Main), again, photo(Role::SidecarCopy), again, photo(Role::Sidecar)]);
}
