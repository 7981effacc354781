//! Imports that are taken out of the catalog again.

use std::collections::BTreeMap;

use albumen_core::protocol::{Answer, News, Wish};
use albumen_core::store::keys;
use albumen_takeout::{Form, Style};

use super::{add, export, import, imported, kept, rows};

#[test]
fn nothing_is_left_of_an_import_that_is_taken_out_and_it_may_come_again() {
    let made = export(60, Form::Zip, Style::New);
    let (outside, mut page) = imported(&made.parts);
    let before = kept(&mut page);
    assert_eq!(page.wish(Wish::RemoveImports), Ok(Answer::Done));
    assert_eq!(rows(&mut page), BTreeMap::new());
    let told = page.news.borrow().iter().rev().find_map(|news| match news {
        News::Import(state) => Some(state.is_none()),
        _ => None,
    });
    assert_eq!(told, Some(true));
    let records = outside.store.records();
    let left: Vec<_> =
        records.keys().filter(|name| name.starts_with(keys::IMPORT) || name.starts_with(keys::ALBUMS)).collect();
    assert_eq!(left, Vec::<&String>::new());
    made.parts.iter().for_each(|files| add(&mut page, files));
    import(&mut page);
    assert_eq!(kept(&mut page), before);
}
