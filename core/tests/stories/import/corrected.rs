//! Times that were put right, and exports that are read once more.

use albumen_core::catalog::RowSet;
use albumen_core::photo::Correction;
use albumen_core::ports::Zones;
use albumen_core::protocol::{Answer, Wish, Work};
use albumen_takeout::{Form, Style};

use super::{Kept, add, check_same, export, import, imported, kept, rows};
use crate::world::{Page, Shell, outside};

fn correct(page: &mut Page, correction: Option<Correction>) {
    let all: RowSet = rows(page).into_keys().collect();
    assert_eq!(page.wish(Wish::CorrectTimes { rows: all.to_bytes(), correction }), Ok(Answer::Done));
    page.settle();
}

#[test]
fn a_newer_export_changes_what_is_told_and_leaves_what_was_put_right() {
    let made = export(150, Form::Zip, Style::New);
    let (_, mut whole) = imported(&made.parts);
    let whole = kept(&mut whole);
    for correction in [Correction::Shift { seconds: -5400 }, Correction::Zone { zone: "Asia/Kathmandu".into() }] {
        let outside = outside(3);
        let mut page = Page::open(&outside);
        add(&mut page, &made.parts[0]);
        import(&mut page);
        let first = kept(&mut page);
        correct(&mut page, Some(correction.clone()));
        made.parts.iter().for_each(|files| add(&mut page, files));
        assert_eq!(import(&mut page).work, Work::Finished);

        // Photos that came later are as they are told; those of the first time are corrected, whatever is told now.
        let shell = Shell(outside);
        let found = kept(&mut page);
        let mut expected = Kept { items: whole.items.clone(), albums: whole.albums.clone() };
        for (id, item) in &mut expected.items {
            if found.items[id].corrected.is_some() {
                item.correct(&correction, &|zone, utc_s| shell.named(zone, utc_s));
            }
        }
        check_same(&found, &expected, "read once more");
        let are_corrected = |id: &&String| found.items.get(*id).is_none_or(|item| item.corrected.is_some());
        let timeless = |id: &&String| first.items[*id].taken_s.is_none();
        assert!(first.items.keys().filter(|id| !timeless(id)).all(|id| are_corrected(&id)));
        let count = found.items.values().filter(|item| item.corrected.is_some()).count();
        let told_first = first.items.values().filter(|item| item.taken_s.is_some()).count();
        assert!(count > 30 && told_first - count <= first.items.len() / 10, "{count} of {told_first}");

        correct(&mut page, None);
        check_same(&kept(&mut page), &whole, "taken back");
    }
}
