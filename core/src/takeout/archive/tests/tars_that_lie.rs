//! Tars that are cut, damaged, or made to hurt.

use super::super::{EntryError, Fault, Flaw, Form, Take};
use super::world::{gzip, noise, tar, untar};

const WHOLE: fn(&super::super::Entry) -> Take = |_| Take::Whole(1 << 20);

/// A tar whose one file has this name, unchecked.
fn named(name: &[u8]) -> Vec<u8> {
    let mut header = tar::Header::new_old();
    header.as_mut_bytes()[..name.len()].copy_from_slice(name);
    header.set_size(2);
    header.set_cksum();
    let mut writer = tar::Builder::new(Vec::new());
    writer.append(&header, b"{}".as_slice()).unwrap();
    writer.into_inner().unwrap()
}

#[test]
fn a_tar_that_is_cut_off_gives_what_came_before_and_names_what_is_lost() {
    let plain = tar(&[("a.json", b"{}"), ("b.jpg", &noise(5000, 1))]);
    let packed = gzip(&plain);
    for (bytes, form) in [(&plain, Form::Tar), (&packed, Form::TarGz)] {
        let (kept, problems, ended) = untar(&bytes[..bytes.len() / 2], form, 0, WHOLE);
        assert_eq!(ended.unwrap_err().fault, Fault::CutOff);
        assert_eq!(kept.iter().map(|kept| kept.entry.name.as_str()).collect::<Vec<_>>(), ["a.json"]);
        assert_eq!(problems, [EntryError { name: "b.jpg".into(), flaw: Flaw::CutOff }]);
    }
    for length in 0..packed.len() - 8 {
        let (_, _, ended) = untar(&packed[..length], Form::TarGz, 0, WHOLE);
        assert!(ended.is_ok() || ended.unwrap_err().fault == Fault::CutOff, "{length}");
    }
}

#[test]
fn a_gzip_without_a_tar_says_so() {
    let (kept, _, ended) = untar(&gzip(&noise(5000, 1)), Form::TarGz, 0, WHOLE);
    assert_eq!((kept.len(), ended.unwrap_err().fault), (0, Fault::NoTar));
    for short in [&[] as &[u8], b"a letter"] {
        let (_, _, ended) = untar(&gzip(short), Form::TarGz, 0, WHOLE);
        assert_eq!(ended.unwrap_err().fault, Fault::NoTar);
    }
    let (_, _, ended) = untar(b"\x1F\x8B no gzip at all, if one looks closer", Form::TarGz, 0, WHOLE);
    assert!(matches!(ended.unwrap_err().fault, Fault::Damaged { .. }));
}

#[test]
fn damage_ends_the_reading_and_keeps_what_came_before() {
    let mut bytes = tar(&[("a.json", b"{}"), ("b.json", b"[]")]);
    bytes[1024] ^= 1;
    let (kept, _, ended) = untar(&bytes, Form::Tar, 0, WHOLE);
    assert_eq!(kept.len(), 1);
    assert!(matches!(ended.unwrap_err().fault, Fault::Damaged { .. }));
    let mut packed = gzip(&tar(&[("a.json", b"{}"), ("b.jpg", &noise(50_000, 1))]));
    let middle = packed.len() / 2;
    packed[middle..middle + 50].fill(0xFF);
    let (kept, _, _) = untar(&packed, Form::TarGz, 0, WHOLE);
    assert_eq!(kept[0].entry.name, "a.json");
}

#[test]
fn a_bomb_does_not_go_off() {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    let mut header = tar::Header::new_gnu();
    header.set_path("bomb.json").unwrap();
    header.set_size(9 << 20);
    header.set_cksum();
    std::io::Write::write_all(&mut writer, header.as_bytes()).unwrap();
    std::io::Write::write_all(&mut writer, &vec![0; 9 << 20]).unwrap();
    let bytes = writer.finish().unwrap();
    let (kept, _, ended) = untar(&bytes, Form::TarGz, 0, |_| Take::Whole(1 << 20));
    assert!(matches!(ended.unwrap_err().fault, Fault::Bomb { .. }));
    assert_eq!(kept, Vec::new());
}

#[test]
fn names_that_lead_elsewhere_are_refused() {
    for name in [b"../evil.json".as_slice(), b"/etc/evil.json", b"a/../../evil.json"] {
        let (kept, problems, ended) = untar(&named(name), Form::Tar, 0, WHOLE);
        assert_eq!((kept.len(), ended), (0, Ok(())));
        assert_eq!(problems[0].flaw, Flaw::NameEscapes);
    }
    let long = "n".repeat(10_000);
    let (kept, problems, ended) = untar(&tar(&[(&long, b"{}"), ("a.json", b"{}")]), Form::Tar, 0, WHOLE);
    assert_eq!((kept.len(), ended), (1, Ok(())));
    assert_eq!(problems[0].flaw, Flaw::NameTooLong { bytes: 10_000 });
    let (kept, _, _) = untar(&named(b"M\xFCnchen.jpg"), Form::Tar, 0, WHOLE);
    assert!(kept[0].entry.doubtful_name);
}

#[test]
fn a_size_that_no_disk_has_asks_for_no_memory() {
    let mut bytes = tar(&[("a.jpg", b"{}")]);
    let mut header = tar::Header::from_byte_slice(&bytes[..512]).clone();
    header.set_size(u64::MAX >> 2);
    header.set_cksum();
    bytes[..512].copy_from_slice(header.as_bytes());
    let (kept, problems, ended) = untar(&bytes, Form::Tar, 0, |_| Take::Head(u32::MAX));
    assert_eq!((kept.len(), ended.unwrap_err().fault), (0, Fault::CutOff));
    assert_eq!(problems[0].flaw, Flaw::CutOff);
}

#[test]
fn a_description_that_is_too_long_loses_its_file_and_no_other() {
    let mut writer = tar::Builder::new(Vec::new());
    writer.append_pax_extensions([("comment", vec![b'x'; 2 << 20].as_slice()), ("path", b"a.json")]).unwrap();
    for name in ["short", "b.json"] {
        let mut header = tar::Header::new_ustar();
        header.set_size(2);
        writer.append_data(&mut header, name, b"{}".as_slice()).unwrap();
    }
    let (kept, problems, ended) = untar(&writer.into_inner().unwrap(), Form::Tar, 0, WHOLE);
    assert_eq!(ended, Ok(()));
    assert_eq!(problems, [EntryError { name: "short".into(), flaw: Flaw::Damaged }]);
    assert_eq!(kept[0].entry.name, "b.json");
}
