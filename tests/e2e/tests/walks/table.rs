//! The library as a data frame: cells are the sandbox's truth, rows in order by what was asked for, and what is copied is
//! what is seen.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use albumen_core::photo::format_rfc3339;
use albumen_core::sandbox::Truth;
use albumen_e2e::browser::Role;
use albumen_e2e::failure::{Told, said};
use albumen_e2e::google::{Call, Fault};
use albumen_e2e::walk::{Stage, Walk, walk};
use serde_json::json;
use thirtyfour::{Key, TypingData};

use crate::steps;

const ITEMS: u32 = 900;

/// A line of the table: texts by the ids of columns.
type Line = BTreeMap<String, String>;

/// Scrolls through the whole table and gathers its lines, by their place.
const GATHER: &str = "
    const grid = document.querySelector('[role=grid]');
    const frame = () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
    const lines = {};
    for (const left of [0, 100000]) {
        grid.scrollLeft = left;
        for (let top = 0; top < grid.scrollHeight; top += 400) {
            grid.scrollTop = top;
            do { await frame(); } while (grid.querySelector('[data-waiting]'));
            const ids = {};
            for (const head of grid.querySelectorAll('[role=columnheader]')) {
                ids[head.getAttribute('aria-colindex')] = head.id.replace('head-', '');
            }
            for (const line of grid.querySelectorAll('[role=row][aria-rowindex]:has([role=gridcell])')) {
                const cells = lines[line.getAttribute('aria-rowindex') - 2] ??= {};
                for (const cell of line.querySelectorAll('[role=gridcell]')) {
                    cells[ids[cell.getAttribute('aria-colindex')]] = cell.textContent;
                }
            }
        }
    }
    grid.scrollLeft = 0;
    grid.scrollTop = 0;
    await frame();
    return Object.keys(lines).map(Number).sort((a, b) => a - b).map(place => lines[place]);";

/// Has what is copied kept where a script finds it, too.
const KEEP_COPIES: &str = "
    navigator.clipboard.write = async items => {
        globalThis.copied = await (await items[0].getType('text/plain')).text();
    };
    return null;";

async fn gather(walk: &Walk) -> Told<Vec<Line>> {
    walk.browser.find(Role::Table, "Photos").await?;
    walk.browser
        .until("the rows to be in order", async || {
            let is_busy = "return document.querySelector('[role=grid][aria-busy]') !== null";
            Ok((!walk.browser.run::<bool>(is_busy, vec![]).await?).then_some(()))
        })
        .await?;
    walk.browser.run_async(GATHER).await
}

fn column<'a>(lines: &'a [Line], id: &str) -> Vec<&'a str> {
    lines.iter().map(|line| line.get(id).map_or("", String::as_str)).collect()
}

/// Shows these columns and no others, by the dialog.
async fn show_columns(walk: &Walk, wanted: &[&str]) -> Told {
    walk.browser.button("Columns").await?;
    walk.browser.find(Role::Dialog, "Columns").await?;
    // First what is wanted: the last column that is shown cannot be hidden.
    for shows in [true, false] {
        let click = "
            const [wanted, shows] = arguments;
            for (const label of document.querySelectorAll('.table-chooser label')) {
                const title = label.textContent.split(' · ')[0];
                const box = label.querySelector('input');
                if (wanted.includes(title) === shows && box.checked !== shows) box.click();
            }
            return null;";
        let _: Option<bool> = walk.browser.run(click, vec![json!(wanted), json!(shows)]).await?;
    }
    walk.browser.button("Done").await
}

/// The library, newest first; what was taken at the same instant in any order.
fn library(walk: &Walk) -> Vec<Truth> {
    let mut library: Vec<Truth> = walk.google.sandbox(|sandbox| sandbox.truth().collect());
    library.sort_by_key(|item| Reverse(item.taken_s));
    library
}

fn line_of(item: &Truth) -> Line {
    let cells = [
        ("id", item.id.clone()),
        ("name", item.file_name.clone()),
        ("taken", format_rfc3339(item.taken_s)),
        ("kind", if item.is_video { "video" } else { "photo" }.to_owned()),
        ("type", item.mime_type.clone()),
        ("width", item.width_px.to_string()),
        ("height", item.height_px.to_string()),
        ("make", item.camera_make.clone()),
        ("model", item.camera_model.clone()),
        ("description", item.description.clone()),
        ("latitude", String::new()),
        ("favorite", String::new()),
        ("sources", "account".to_owned()),
    ];
    cells.map(|(id, text)| (id.to_owned(), text)).into()
}

const SHOWN: [&str; 13] = [
    "Name",
    "Taken",
    "Kind",
    "Type",
    "Width",
    "Height",
    "Make",
    "Model",
    "Description",
    "Latitude",
    "Favorite",
    "Sources",
    "Id",
];

async fn open_table(walk: &Walk) -> Told {
    steps::sign_in(walk).await?;
    steps::sync(walk, None).await?;
    walk.browser.link("Table").await?;
    walk.browser.find(Role::Table, "Photos").await?;
    Ok(())
}

#[test]
fn cells_are_the_truth_and_rows_are_in_order_by_name_and_by_camera_and_time() {
    walk(Stage { items: ITEMS, ..Stage::default() }, async |walk| {
        open_table(walk).await?;
        walk.browser.sees(&format!("{ITEMS} photos")).await?;
        walk.browser.sees("Latitude and Longitude are empty: only a Takeout export tells them.").await?;
        show_columns(walk, &SHOWN).await?;
        let library = library(walk);
        let lines = gather(walk).await?;
        let instants: Vec<String> = library.iter().map(|item| format_rfc3339(item.taken_s)).collect();
        assert_eq!(column(&lines, "taken"), instants, "the newest first");
        let by_id =
            |lines: &[Line]| lines.iter().map(|line| (line["id"].clone(), line.clone())).collect::<BTreeMap<_, _>>();
        let expected: Vec<Line> = library.iter().map(line_of).collect();
        assert_eq!(by_id(&lines), by_id(&expected));

        walk.browser.button("Name").await?;
        let mut names: Vec<&str> = library.iter().map(|item| item.file_name.as_str()).collect();
        names.sort_by_key(|name| (name.to_lowercase(), *name));
        let lines = gather(walk).await?;
        assert_eq!(column(&lines, "name"), names);
        assert_eq!(by_id(&lines), by_id(&expected));
        walk.browser.button("Name").await?;
        names.reverse();
        assert_eq!(column(&gather(walk).await?, "name"), names);

        walk.browser.button("Model").await?;
        let taken = walk.browser.find(Role::Button, "Taken UTC").await?;
        walk.browser
            .driver()
            .action_chain()
            .key_down(Key::Shift)
            .click_element(&taken)
            .key_up(Key::Shift)
            .perform()
            .await?;
        let address = walk.browser.address().await?;
        assert!(address.ends_with("sort=model,taken"), "{address}");
        walk.browser.sees("Model, A to Z; then Taken, oldest first").await?;
        let mut ordered: Vec<&Truth> = library.iter().collect();
        // What is not known comes last.
        ordered.sort_by_key(|item| {
            let model = item.camera_model.as_str();
            (model.is_empty(), model.to_lowercase(), model, item.taken_s)
        });
        let lines = gather(walk).await?;
        let expected: Vec<&str> = ordered.iter().map(|item| item.camera_model.as_str()).collect();
        assert_eq!(column(&lines, "model"), expected);
        let expected: Vec<String> = ordered.iter().map(|item| format_rfc3339(item.taken_s)).collect();
        assert_eq!(column(&lines, "taken"), expected);

        // The order is in the address, the columns on the device.
        steps::expect_deep_links(walk);
        walk.browser.reload().await?;
        let again = gather(walk).await?;
        assert_eq!((column(&again, "model"), again[0].len()), (column(&lines, "model"), SHOWN.len()));
        walk.browser.fill("Filter by text", "jpg").await?;
        walk.browser.sees(&format!("of {ITEMS}")).await?;
        let left = gather(walk).await?;
        let has_text =
            |item: &&&Truth| format!("{}\n{}", item.file_name, item.description).to_lowercase().contains("jpg");
        let expected: Vec<&str> = ordered.iter().filter(has_text).map(|item| item.camera_model.as_str()).collect();
        assert_eq!(column(&left, "model"), expected, "what is left is in the same order");
        Ok(())
    });
}

/// Where the current cell is.
const CURRENT: &str = "
    const id = document.querySelector('[role=grid]')?.getAttribute('aria-activedescendant');
    const cell = id && document.getElementById(id);
    return cell ? [cell.closest('[role=row]').getAttribute('aria-rowindex'), cell.getAttribute('aria-colindex'), cell.textContent] : null;";

async fn is_at(walk: &Walk, row: u32, column: u32) -> Told<String> {
    walk.browser
        .until(&format!("the cell {column} of line {row}"), async || {
            let at: Option<(String, String, String)> = walk.browser.run(CURRENT, vec![]).await?;
            match at {
                Some((line, place, text))
                    if (line.as_str(), place.as_str()) == (&*row.to_string(), &*column.to_string()) =>
                {
                    Ok(Some(text))
                }
                other => Err(said(format!("it is at {other:?}"))),
            }
        })
        .await
}

async fn keys(walk: &Walk, chord: Option<Key>, key: impl Into<TypingData>) -> Told {
    let chain = walk.browser.driver().action_chain();
    let chain = match chord {
        Some(chord) => chain.key_down(chord.clone()).send_keys(key).key_up(chord),
        None => chain.send_keys(key),
    };
    Ok(chain.perform().await?)
}

async fn focus_grid(walk: &Walk) -> Told {
    let _: Option<bool> =
        walk.browser.run("document.querySelector('[role=grid]').focus(); return null", vec![]).await?;
    Ok(())
}

#[test]
fn keys_go_from_cell_to_cell_copy_them_and_open_the_viewer_from_which_one_comes_back() {
    walk(Stage { items: ITEMS, ..Stage::default() }, async |walk| {
        open_table(walk).await?;
        let library = library(walk);
        let lines = gather(walk).await?;
        let _: Option<bool> = walk.browser.run(KEEP_COPIES, vec![]).await?;
        focus_grid(walk).await?;
        is_at(walk, 2, 1).await?;
        keys(walk, Some(Key::Control), Key::End + "").await?;
        is_at(walk, ITEMS + 1, 15).await?;
        keys(walk, Some(Key::Control), Key::Home + "").await?;
        keys(walk, None, Key::Down + "").await?;
        let name = is_at(walk, 3, 1).await?;
        assert_eq!(name, lines[1]["name"]);
        keys(walk, Some(Key::Shift), Key::Right + "").await?;
        keys(walk, Some(Key::Shift), Key::Down + "").await?;
        walk.browser.sees("2 × 2 cells").await?;
        keys(walk, Some(Key::Control), "c").await?;
        walk.browser.sees("4 cells copied").await?;
        let copied: String = walk.browser.run("return globalThis.copied", vec![]).await?;
        let expected: Vec<String> =
            lines[1..3].iter().map(|line| format!("{}\t{}", line["name"], line["taken"])).collect();
        assert_eq!(copied, expected.join("\n"));

        // What is selected is what is exported, if that is wished.
        steps::save_downloads(walk).await?;
        walk.browser.button("Export").await?;
        walk.browser.find(Role::Dialog, "Export").await?;
        walk.browser.sees("Selected 2 photos").await?;
        walk.browser.button("Save CSV").await?;
        let file = walk.files.path().join("albumen-photos.csv");
        walk.browser.until("the file", async || Ok(file.exists().then_some(()))).await?;
        let mut exported = csv::Reader::from_path(file).map_err(|error| said(error.to_string()))?;
        let rows = exported.deserialize().collect::<Result<Vec<Line>, _>>().map_err(|error| said(error.to_string()))?;
        let exported: Vec<&str> = rows.iter().map(|row| row["file_name"].as_str()).collect();
        assert_eq!(exported, [&lines[1]["name"], &lines[2]["name"]]);

        // The viewer, and back: far down, at the cell that one came from.
        walk.browser.button("Name").await?;
        gather(walk).await?;
        focus_grid(walk).await?;
        keys(walk, Some(Key::Control), Key::Home + "").await?;
        for _ in 0..12 {
            keys(walk, None, Key::PageDown + "").await?;
        }
        keys(walk, None, Key::Right + "").await?;
        let at: (String, String, String) = walk.browser.run(CURRENT, vec![]).await?;
        let number = |text: &str| text.parse::<u32>().map_err(|error| said(error.to_string()));
        let (line, column) = (number(&at.0)?, number(&at.1)?);
        assert!(line > 100 && column == 2, "{at:?}");
        let names: Vec<&str> = {
            let mut names: Vec<&str> = library.iter().map(|item| item.file_name.as_str()).collect();
            names.sort_by_key(|name| (name.to_lowercase(), *name));
            names
        };
        let top = "return document.querySelector('[role=grid]').scrollTop";
        let before: f64 = walk.browser.run(top, vec![]).await?;
        keys(walk, None, Key::Enter + "").await?;
        walk.browser.find(Role::Dialog, "Photo").await?;
        walk.browser.sees(names[line as usize - 2]).await?;
        // It goes on as the table does, and so back.
        keys(walk, None, Key::Right + "").await?;
        walk.browser.sees(names[line as usize - 1]).await?;
        keys(walk, None, Key::Left + "").await?;
        walk.browser.sees(names[line as usize - 2]).await?;
        keys(walk, None, Key::Escape + "").await?;
        is_at(walk, line, column).await?;
        let after: f64 = walk.browser.run(top, vec![]).await?;
        assert!((before - after).abs() <= 28.0, "{before} and {after}");
        let focused: String =
            walk.browser.run("return document.activeElement.getAttribute('role') ?? ''", vec![]).await?;
        assert_eq!(focused, "grid");
        Ok(())
    });
}

#[test]
fn a_column_has_a_dialog_that_counts_it_and_hides_it() {
    walk(Stage { items: 300, ..Stage::default() }, async |walk| {
        open_table(walk).await?;
        let models: Vec<String> =
            library(walk).into_iter().map(|item| item.camera_model).filter(|model| !model.is_empty()).collect();
        focus_grid(walk).await?;
        for key in [Key::Up, Key::Right, Key::Right] {
            keys(walk, None, key + "").await?;
        }
        let more = walk.browser.find(Role::Button, "More on Model").await?;
        more.click().await?;
        walk.browser.find(Role::Dialog, "Model").await?;
        walk.browser.sees(&format!("Known {} of 300", models.len())).await?;
        let table = walk.browser.table("Most frequent").await?;
        let most = &table[1];
        assert_eq!(most[1], models.iter().filter(|model| **model == most[0]).count().to_string());
        walk.browser.button("Hide").await?;
        walk.browser
            .until("the column to go", async || Ok((!walk.browser.has(Role::Button, "Model").await?).then_some(())))
            .await?;
        walk.browser.button("Columns").await?;
        walk.browser.click(Role::Checkbox, "Model").await?;
        walk.browser.button("Done").await?;
        walk.browser.find(Role::Button, "Model").await?;
        Ok(())
    });
}

/// Names as a hostile or merely careless program writes them, and a description that a spreadsheet would run.
const ODD: [(&str, &str); 6] = [
    ("say \"cheese\".jpg", "say \"cheese\".jpg"),
    ("tab\there.jpg", "tab\there.jpg"),
    ("two\nlines.jpg", "two\nlines.jpg"),
    ("nul\u{0}here.jpg", "nul\u{2400}here.jpg"),
    ("\u{202e}gpj.exe", "\u{202e}gpj.exe"),
    ("👨‍👩‍👧 שלום.jpg", "👨‍👩‍👧 שלום.jpg"),
];

#[test]
fn one_cell_stays_one_cell_on_the_clipboard_whatever_is_in_it() {
    walk(Stage { items: 60, ..Stage::default() }, async |walk| {
        steps::sign_in(walk).await?;
        walk.google.script(Fault::change(Call::Search, |page| {
            let items = page["mediaItems"].as_array_mut().expect("the page has items");
            for (item, (name, _)) in items.iter_mut().zip(ODD) {
                item["filename"] = json!(name);
                item["description"] = json!("=HYPERLINK(\"http://evil.example\")");
            }
        }));
        steps::sync(walk, None).await?;
        walk.browser.link("Table").await?;
        show_columns(walk, &["Name", "Kind", "Description"]).await?;
        gather(walk).await?;
        let _: Option<bool> = walk.browser.run(KEEP_COPIES, vec![]).await?;
        focus_grid(walk).await?;
        keys(walk, Some(Key::Control), "a").await?;
        walk.browser.sees("60 × 3 cells").await?;
        walk.browser.button("Copy the selected cells").await?;
        walk.browser.sees("180 cells copied").await?;
        let copied: String = walk.browser.run("return globalThis.copied", vec![]).await?;
        let quoted = |text: &str| {
            let is_quoted = text.contains(['"', '\t', '\n']);
            if is_quoted { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_owned() }
        };
        let mut found = 0;
        for (_, copied_as) in ODD {
            let begin = format!("{}\t", quoted(copied_as));
            let at = copied.find(&begin).ok_or_else(|| said(format!("no {begin:?} in {copied:?}")))?;
            let rest = &copied[at + begin.len()..];
            assert!(rest[..5] == *"photo" || rest[..5] == *"video", "{rest}");
            assert!(rest[5..].starts_with("\t\"'=HYPERLINK(\"\"http://evil.example\"\")\"\n"), "{rest}");
            found += 1;
        }
        assert_eq!(found, ODD.len());
        Ok(())
    });
}
