//! Tars that are as they should be.

use super::super::{Form, Place, Take};
use super::world::{gzip, noise, tar, untar};

const LONG: &str = "Takeout/Google Photos/An album with a name that goes on and on and on and on and on and on and on/\
                    Screenshot_20231027-123303_Facebook and another hundred letters of no use to anybody at all.jpg.json";

#[test]
fn what_is_wanted_is_kept_and_the_rest_passes() {
    let photo = noise(100_000, 1);
    let packed = gzip(&tar(&[("a.jpg", &photo), ("a.jpg.json", b"{}"), (LONG, b"[]"), ("b.jpg", b"")]));
    let (kept, problems, ended) = untar(&packed, Form::TarGz, 0, |entry| match entry.name.as_str() {
        "a.jpg" => Take::Head(1000),
        name if name.ends_with(".json") => Take::Whole(1000),
        _ => Take::Nothing,
    });
    assert_eq!((problems, ended), (Vec::new(), Ok(())));
    let found: Vec<_> =
        kept.iter().map(|kept| (kept.entry.ordinal, kept.entry.name.as_str(), kept.bytes.as_deref())).collect();
    assert_eq!(
        found,
        [
            (0, "a.jpg", Some(&photo[..1000])),
            (1, "a.jpg.json", Some(b"{}".as_slice())),
            (2, LONG, Some(b"[]".as_slice())),
            (3, "b.jpg", None),
        ]
    );
    assert!(kept.iter().all(|kept| kept.entry.place == Place::Tar { at: None }));
}

#[test]
fn a_gzip_of_several_members_is_one_tar() {
    let bytes = tar(&[("a.json", &noise(5000, 1)), ("b.json", &noise(5000, 2))]);
    let packed = [gzip(&bytes[..3000]), gzip(&[]), gzip(&bytes[3000..])].concat();
    let (kept, _, ended) = untar(&packed, Form::TarGz, 0, |_| Take::Whole(10_000));
    assert_eq!(ended, Ok(()));
    assert_eq!(
        kept.iter().map(|kept| kept.bytes.clone().unwrap()).collect::<Vec<_>>(),
        [noise(5000, 1), noise(5000, 2)]
    );
}

#[test]
fn pax_says_names_and_sizes_that_fit_into_no_field() {
    let mut writer = tar::Builder::new(Vec::new());
    let long = format!("{}/ü.json", "x".repeat(300));
    writer.append_pax_extensions([("mtime", b"1.5".as_slice()), ("path", long.as_bytes()), ("size", b"3")]).unwrap();
    let mut header = tar::Header::new_ustar();
    header.set_path("short").unwrap();
    header.set_size(3);
    // The field itself is to be passed over.
    header.as_mut_bytes()[124..136].copy_from_slice(b"77777777777\0");
    header.set_cksum();
    writer.append(&header, b"abc".as_slice()).unwrap();
    let bytes = writer.into_inner().unwrap();
    let (kept, problems, ended) = untar(&bytes, Form::Tar, 0, |_| Take::Whole(10));
    assert_eq!((problems, ended), (Vec::new(), Ok(())));
    assert_eq!((kept[0].entry.name.as_str(), kept[0].bytes.as_deref()), (long.as_str(), Some(b"abc".as_slice())));
}

#[test]
fn a_second_reading_passes_what_is_known() {
    let packed = gzip(&tar(&[("a.json", b"1"), ("../b.json", b"2"), ("c.json", b"3")]
        .map(|(name, content)| (name.trim_start_matches("../"), content.as_slice()))));
    let mut asked = Vec::new();
    let (kept, _, ended) = untar(&packed, Form::TarGz, 2, |entry| {
        asked.push(entry.ordinal);
        Take::Whole(10)
    });
    assert_eq!(ended, Ok(()));
    assert_eq!(asked, [2]);
    assert_eq!(kept.iter().map(|kept| kept.bytes.as_deref()).collect::<Vec<_>>(), [None, None, Some(b"3".as_slice())]);
}

#[test]
fn folders_pass_and_links_are_told() {
    let mut writer = tar::Builder::new(Vec::new());
    for (kind, name) in [(tar::EntryType::Directory, "Takeout"), (tar::EntryType::Symlink, "Takeout/link")] {
        let mut header = tar::Header::new_gnu();
        header.set_entry_type(kind);
        header.set_size(0);
        writer.append_data(&mut header, name, std::io::empty()).unwrap();
    }
    let (kept, problems, ended) = untar(&writer.into_inner().unwrap(), Form::Tar, 0, |_| Take::Nothing);
    assert_eq!((kept, ended), (Vec::new(), Ok(())));
    assert_eq!(problems[0].to_string(), "Takeout/link: it is no ordinary file");
}
