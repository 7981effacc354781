//! Pairs of one folder.

use super::*;

/// Files of one folder; a sidecar is written `name.json|title`, or `name.json` where its title is not known. What they
/// come to is written in the same way as [`told`] does, without the folder.
fn in_folder(files: &[&str], expected: &[&str]) {
    let puts: Vec<Put> = files
        .iter()
        .enumerate()
        .map(|(at, file)| match file.split_once('|') {
            Some((name, title)) => card(&format!("F 2020/{name}"), title, 1_000 + at as i64),
            None if file.ends_with(".json") => card(&format!("F 2020/{file}"), "", 1_000 + at as i64),
            None => media(&format!("F 2020/{file}"), 10 + at as u64),
        })
        .collect();
    let scan = scan_of(&puts);
    let told: Vec<String> = told(&scan, &resolve(&scan)).iter().map(|line| line.replace("F 2020/", "")).collect();
    assert_eq!(told, expected);
}

#[test]
fn every_published_pair_is_one_photo() {
    for (name, sidecar, title) in [
        ("PXL_20231006_063000139.jpg", "PXL_20231006_063000139.jpg.json", "PXL_20231006_063000139.jpg"),
        (
            "MVIMG_20191230_232926.jpg",
            "MVIMG_20191230_232926.jpg.supplemental-metadat.json",
            "MVIMG_20191230_232926.jpg",
        ),
        ("Screenshot_20231027_123303_Facebook.jpg", "Screenshot_20231027_123303_Facebook.jpg.supple.json", ""),
        ("05yqt21kruxwwlhhgrwrdyb6chhwszi9bqmzu16w0 2.jpg", "05yqt21kruxwwlhhgrwrdyb6chhwszi9bqmzu16w0 2.jp.json", ""),
        (
            "Screenshot_2024-08-31-00-53-48-647_com.snapchat.jpg",
            "Screenshot_2024-08-31-00-53-48-647_com.snapcha.json",
            "Screenshot_2024-08-31-00-53-48-647_com.snapchat.android.jpg",
        ),
        (
            "PXL_20230809_203449253.LONG_EXPOSURE-02.ORIGINA.jpg",
            "PXL_20230809_203449253.LONG_EXPOSURE-02.ORIGIN.json",
            "PXL_20230809_203449253.LONG_EXPOSURE-02.ORIGINAL.jpg",
        ),
        ("IMG_3479(1).JPG", "IMG_3479.JPG(1).json", "IMG_3479.JPG"),
        ("Scan35(1).jpg", "Scan35.jpg.supplemental-metadata(1).json", "Scan35.jpg"),
        ("name(1).jpg", "name(1).jpg.supplemental-metadata.json", "name(1).jpg"),
        ("20030616.jpg", "20030616.json", "20030616"),
        ("name_n-.jpg", "name_n.json", ""),
        ("name_n.jpg", "name_.json", ""),
        ("name_.jpg", "name.json", ""),
        ("noending", "noending.supplemental-metadata.json", "noending"),
        ("clip.MP4", "clip.MOV.supplemental-metadata.json", "clip.MOV"),
        ("a_b.jpg", "a_b.jpg.json", "a/b.jpg"),
        ("caf\u{e9}.jpg", "cafe\u{301}.jpg.json", "caf\u{e9}.jpg"),
        ("shot 3\u{202f}PM.png", "shot 3 PM.png.json", "shot 3\u{202f}PM.png"),
        ("img_1.jpg", "IMG_1.JPG.json", "IMG_1.JPG"),
    ] {
        let puts = [media(&format!("F 2020/{name}"), 1), card(&format!("F 2020/{sidecar}"), title, 1)];
        let scan = scan_of(&puts);
        let resolved = resolve(&scan);
        let expected = [Fate::Photo(PhotoId(0), Role::Main), Fate::Photo(PhotoId(0), Role::Sidecar)];
        assert_eq!(resolved.fates, expected, "{name} {sidecar}");
    }
}

#[test]
fn numbers_go_with_numbers() {
    in_folder(
        &["IMG_1.JPG", "IMG_1(1).JPG", "IMG_1(2).JPG", "IMG_1.JPG.json|IMG_1.JPG", "IMG_1.JPG(2).json|IMG_1.JPG"],
        &[
            "IMG_1(1).JPG: Main of IMG_1(1).JPG, NoSidecar",
            "IMG_1(2).JPG: Main of IMG_1(2).JPG",
            "IMG_1.JPG(2).json: Sidecar of IMG_1(2).JPG",
            "IMG_1.JPG.json: Sidecar of IMG_1.JPG",
            "IMG_1.JPG: Main of IMG_1.JPG",
        ],
    );
}

#[test]
fn names_that_were_cut_to_the_same_are_told_apart_by_title() {
    let long = "x".repeat(46);
    let (a, b) = (format!("{long}A.jpg"), format!("{long}B.jpg"));
    let files = [
        a.clone(),
        b.clone(),
        format!("{long}.json|{long}B and more.jpg"),
        format!("{long}(1).json|{long}A and more.jpg"),
    ];
    let expected = [
        format!("{long}(1).json: Sidecar of {a}"),
        format!("{long}.json: Sidecar of {b}"),
        format!("{a}: Main of {a}"),
        format!("{b}: Main of {b}"),
    ];
    in_folder(&files.each_ref().map(String::as_str), &expected.each_ref().map(String::as_str));
    // With one of the two sidecars the other photo has none.
    let files = [a.clone(), b.clone(), format!("{long}.json|{long}B and more.jpg")];
    let expected =
        [format!("{long}.json: Sidecar of {b}"), format!("{a}: Main of {a}, NoSidecar"), format!("{b}: Main of {b}")];
    in_folder(&files.each_ref().map(String::as_str), &expected.each_ref().map(String::as_str));
}

#[test]
fn numbers_of_cut_names_count_in_the_order_of_names() {
    let long = "x".repeat(46);
    let title = |end: &str| format!("{long}{end}.jpg");
    let files = [
        format!("{long}A.jpg"),
        format!("{long}A(1).jpg"),
        format!("{long}B.jpg"),
        format!("{long}.json|{}", title("B")),
        format!("{long}(1).json|{}", title("Ax")),
        format!("{long}(2).json|{}", title("Ay")),
    ];
    let expected = [
        format!("{long}(1).json: Sidecar of {long}A.jpg"),
        format!("{long}(2).json: Sidecar of {long}A(1).jpg"),
        format!("{long}.json: Sidecar of {long}B.jpg"),
        format!("{long}A(1).jpg: Main of {long}A(1).jpg"),
        format!("{long}A.jpg: Main of {long}A.jpg"),
        format!("{long}B.jpg: Main of {long}B.jpg"),
    ];
    in_folder(&files.each_ref().map(String::as_str), &expected.each_ref().map(String::as_str));
}

#[test]
fn names_whose_endings_were_cut_away_are_told_apart_by_title() {
    let long = "x".repeat(50);
    let (t, stem) = (&long[..46], &long[..47]);
    // A photo and a video of one name, each with its own sidecar.
    let files = [
        format!("{stem}.HEIC"),
        format!("{stem}.MP4"),
        format!("{t}.json|{long}.MP4"),
        format!("{t}(1).json|{long}.HEIC"),
    ];
    let expected = [
        format!("{t}(1).json: Sidecar of {stem}.HEIC"),
        format!("{t}.json: Sidecar of {stem}.MP4"),
        format!("{stem}.HEIC: Main of {stem}.HEIC"),
        format!("{stem}.MP4: Main of {stem}.MP4"),
    ];
    in_folder(&files.each_ref().map(String::as_str), &expected.each_ref().map(String::as_str));
    // A still and its moving half, with one for both.
    let files = [format!("{stem}.HEIC"), format!("{stem}.MP4"), format!("{t}.json|{long}.HEIC")];
    let expected = [
        format!("{t}.json: Sidecar of {stem}.HEIC"),
        format!("{stem}.HEIC: Main of {stem}.HEIC"),
        format!("{stem}.MP4: Motion of {stem}.HEIC"),
    ];
    in_folder(&files.each_ref().map(String::as_str), &expected.each_ref().map(String::as_str));
}

#[test]
fn a_still_and_its_moving_half_are_one_photo() {
    in_folder(
        &["IMG_1.HEIC", "IMG_1.MP4", "IMG_1.HEIC.supplemental-metadata.json|IMG_1.HEIC"],
        &[
            "IMG_1.HEIC.supplemental-metadata.json: Sidecar of IMG_1.HEIC",
            "IMG_1.HEIC: Main of IMG_1.HEIC",
            "IMG_1.MP4: Motion of IMG_1.HEIC",
        ],
    );
    in_folder(
        &["PXL_1.MP", "PXL_1.MP.jpg", "PXL_1.MP.jpg.json|PXL_1.MP.jpg"],
        &[
            "PXL_1.MP.jpg.json: Sidecar of PXL_1.MP.jpg",
            "PXL_1.MP.jpg: Main of PXL_1.MP.jpg",
            "PXL_1.MP: Motion of PXL_1.MP.jpg",
        ],
    );
    in_folder(
        &["PXL_1.MP~2", "PXL_1.MP.jpg", "PXL_1.MP.jpg.json"],
        &[
            "PXL_1.MP.jpg.json: Sidecar of PXL_1.MP.jpg",
            "PXL_1.MP.jpg: Main of PXL_1.MP.jpg",
            "PXL_1.MP~2: Motion of PXL_1.MP.jpg",
        ],
    );
    in_folder(
        &["IMG_1.JPG", "IMG_1.MOV", "IMG_1.json"],
        &["IMG_1.JPG: Main of IMG_1.JPG", "IMG_1.MOV: Motion of IMG_1.JPG", "IMG_1.json: Sidecar of IMG_1.JPG"],
    );
    // A video with its own sidecar is a video.
    in_folder(
        &["IMG_1.JPG", "IMG_1.MOV", "IMG_1.JPG.json", "IMG_1.MOV.json"],
        &[
            "IMG_1.JPG.json: Sidecar of IMG_1.JPG",
            "IMG_1.JPG: Main of IMG_1.JPG",
            "IMG_1.MOV.json: Sidecar of IMG_1.MOV",
            "IMG_1.MOV: Main of IMG_1.MOV",
        ],
    );
    in_folder(
        &["MVIMG_1(1).jpg", "MVIMG_1(1).MP4", "MVIMG_1.jpg(1).json"],
        &[
            "MVIMG_1(1).MP4: Motion of MVIMG_1(1).jpg",
            "MVIMG_1(1).jpg: Main of MVIMG_1(1).jpg",
            "MVIMG_1.jpg(1).json: Sidecar of MVIMG_1(1).jpg",
        ],
    );
}

#[test]
fn edited_copies_go_with_their_originals() {
    in_folder(
        &["IMG_1.HEIC", "IMG_1-edited.jpg", "IMG_1-bearbeitet.jpg", "IMG_1-COLLAGE.jpg", "IMG_1.HEIC.json"],
        &[
            "IMG_1-COLLAGE.jpg: Edited of IMG_1.HEIC",
            "IMG_1-bearbeitet.jpg: Edited of IMG_1.HEIC",
            "IMG_1-edited.jpg: Edited of IMG_1.HEIC",
            "IMG_1.HEIC.json: Sidecar of IMG_1.HEIC",
            "IMG_1.HEIC: Main of IMG_1.HEIC",
        ],
    );
    // Without its original it stands for it.
    in_folder(
        &["IMG_1-edited.jpg", "IMG_1.HEIC.json|IMG_1.HEIC"],
        &["IMG_1-edited.jpg: Main of IMG_1-edited.jpg", "IMG_1.HEIC.json: Sidecar of IMG_1-edited.jpg"],
    );
    // One that was uploaded under such a name is a photo of its own.
    in_folder(
        &["IMG_1.jpg", "IMG_1-edited.jpg", "IMG_1.jpg.json", "IMG_1-edited.jpg.json"],
        &[
            "IMG_1-edited.jpg.json: Sidecar of IMG_1-edited.jpg",
            "IMG_1-edited.jpg: Main of IMG_1-edited.jpg",
            "IMG_1.jpg.json: Sidecar of IMG_1.jpg",
            "IMG_1.jpg: Main of IMG_1.jpg",
        ],
    );
    in_folder(
        &["IMG_1.jpg", "IMG_1(1).jpg", "IMG_1-edited(1).jpg", "IMG_1.jpg.json", "IMG_1.jpg(1).json"],
        &[
            "IMG_1(1).jpg: Main of IMG_1(1).jpg",
            "IMG_1-edited(1).jpg: Edited of IMG_1(1).jpg",
            "IMG_1.jpg(1).json: Sidecar of IMG_1(1).jpg",
            "IMG_1.jpg.json: Sidecar of IMG_1.jpg",
            "IMG_1.jpg: Main of IMG_1.jpg",
        ],
    );
    in_folder(
        &["IMG_1.HEIC", "IMG_1.MP4", "IMG_1-edited.MP4", "IMG_1-edited.HEIC", "IMG_1.HEIC.json"],
        &[
            "IMG_1-edited.HEIC: Edited of IMG_1.HEIC",
            "IMG_1-edited.MP4: Edited of IMG_1.HEIC",
            "IMG_1.HEIC.json: Sidecar of IMG_1.HEIC",
            "IMG_1.HEIC: Main of IMG_1.HEIC",
            "IMG_1.MP4: Motion of IMG_1.HEIC",
        ],
    );
}

#[test]
fn a_suffix_that_had_no_room_is_seen_for_every_length() {
    for length in 38..=60 {
        let title = format!("{}.jpg", "y".repeat(length));
        let stem = &title[..length.min(47)];
        let edited = format!("{}-edited", "y".repeat(length));
        let edited = &edited[..edited.len().min(47)];
        // Nothing is left of the suffix: the copy is called as its original, and numbered.
        let edited = if edited == stem { format!("{edited}(1).jpg") } else { format!("{edited}.jpg") };
        let whole = format!("{title}.supplemental-metadata");
        let sidecar = format!("{}.json", &whole[..whole.len().min(46)]);
        let puts = [
            media(&format!("F 2020/{stem}.jpg"), 1),
            media(&format!("F 2020/{edited}"), 2),
            card(&format!("F 2020/{sidecar}"), &title, 1),
        ];
        let scan = scan_of(&puts);
        let fates = resolve(&scan).fates;
        let expected = [Role::Main, Role::Edited, Role::Sidecar].map(|role| Fate::Photo(PhotoId(0), role));
        assert_eq!(fates, expected, "{length}");
    }
}

#[test]
fn sidecars_that_cannot_be_read_are_told_of_with_their_photos() {
    let puts = [
        media("F 2020/a.jpg", 1),
        json("F 2020/a.jpg.json", "<html>"),
        media("F 2020/b.jpg", 1),
        Put { size: 50_000_000, ..json("F 2020/b.jpg.json", "{}") },
        media("F 2020/c.jpg", 1),
        Put { json: None, ..json("F 2020/c.jpg.json", "{}") },
        json("F 2020/d.jpg.json", "{}"),
    ];
    check(
        &puts,
        &[
            "F 2020/a.jpg.json: unmatched: BadJson(NotJson)",
            "F 2020/a.jpg: Main of F 2020/a.jpg, BrokenSidecar",
            "F 2020/b.jpg.json: unmatched: BadJson(TooLarge)",
            "F 2020/b.jpg: Main of F 2020/b.jpg, BrokenSidecar",
            "F 2020/c.jpg.json: unmatched: NotRead",
            "F 2020/c.jpg: Main of F 2020/c.jpg, BrokenSidecar",
            "F 2020/d.jpg.json: unmatched: UnknownJson",
        ],
    );
}

#[test]
fn what_is_left_is_listed_with_its_reason() {
    in_folder(
        &["a.jpg", "b.jpg.json|b.jpg", "c.txt", "d"],
        &[
            "a.jpg: Main of a.jpg, NoSidecar",
            "b.jpg.json: unmatched: NoPhoto",
            "c.txt: unmatched: UnknownKind",
            "d: unmatched: UnknownKind",
        ],
    );
}
