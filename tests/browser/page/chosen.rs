//! Folders and files for an import: walked, kept beyond the page, sliced.

use std::collections::BTreeSet;

use albumen::browser::chosen::{Chosen, FoundFile};
use albumen::browser::handles::{self, Handle};
use albumen::browser::object_url::ObjectUrl;
use albumen_core::protocol::World;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::hands;

const BASE: &str = "https://me.example/chosen/";

async fn folder(name: &str, paths: &[String]) -> Handle {
    Handle::from_js(hands::folder_of(name, paths.to_vec()).await).unwrap()
}

async fn all(mut chosen: Chosen) -> (Vec<FoundFile>, usize) {
    let (mut files, mut slices) = (Vec::new(), 0);
    while let Some(found) = chosen.next().await {
        files.extend(found);
        slices += 1;
    }
    assert_eq!(chosen.unreadable(), 0);
    (files, slices)
}

fn paths_of(files: &[FoundFile]) -> BTreeSet<String> {
    files.iter().map(|found| found.path.clone()).collect()
}

#[wasm_bindgen_test]
async fn a_folder_gives_all_its_files_with_their_paths_in_slices() {
    let inside: Vec<String> = (0..700).map(|n| format!("Google Photos/Photos from {}/{n}.jpg", 2000 + n % 7)).collect();
    let chosen = Chosen::from_handles(vec![folder("Takeout", &inside).await]);
    let (files, slices) = all(chosen).await;
    assert_eq!(files.len(), inside.len());
    assert!(slices >= 3, "{slices}");
    assert_eq!(paths_of(&files), inside.iter().map(|path| format!("Takeout/{path}")).collect());
    let part = files[0].file.describe_part(files[0].path.clone());
    assert_eq!(part.size as usize + "Takeout/".len(), part.path.len());
}

#[wasm_bindgen_test]
async fn a_drop_without_handles_gives_its_files_by_name() {
    let transfer = hands::drop_of(vec!["takeout-001.zip".into(), "takeout-002.zip".into()]);
    let (files, _) = all(Chosen::from_drop(&transfer)).await;
    assert_eq!(paths_of(&files), ["takeout-001.zip", "takeout-002.zip"].map(str::to_owned).into());
    let (none, slices) = all(Chosen::from_drop(&hands::drop_of_text())).await;
    assert!(none.is_empty() && slices == 0);
}

#[wasm_bindgen_test]
async fn what_was_chosen_can_be_had_again_until_it_is_forgotten() {
    let inside = ["a.json".to_owned(), "b/c.json".to_owned()];
    let handle = folder("Kept", &inside).await;
    handles::keep(BASE, World::Google, &[handle.clone(), handle]).await.unwrap();
    let kept = handles::kept(BASE, World::Google).await.unwrap();
    assert_eq!(kept.len(), 1, "one of a name");
    assert!(handles::kept(BASE, World::Sandbox).await.unwrap().is_empty());
    let (files, _) = all(Chosen::from_handles(handles::allowed(kept).await)).await;
    assert_eq!(paths_of(&files), ["Kept/a.json", "Kept/b/c.json"].map(str::to_owned).into());
    handles::forget(BASE, World::Google).await.unwrap();
    assert!(handles::kept(BASE, World::Google).await.unwrap().is_empty());
}

#[wasm_bindgen_test]
async fn a_piece_of_a_file_has_an_address_of_its_own() {
    let file = hands::picked_file(b"0123456789", "part.zip", "application/zip").into();
    let text = async |start, length| {
        let address = ObjectUrl::of_slice(&file, start, length, "image/jpeg").unwrap();
        hands::text_at(address.as_str()).await.unwrap().as_string().unwrap()
    };
    assert_eq!((text(2, 3).await.as_str(), text(8, 100).await.as_str(), text(90, 1).await.as_str()), ("234", "89", ""));
}
