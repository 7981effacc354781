//! Archives that lie, are cut or want to hurt: each is named for what it is, and what is good in it is read.

use std::collections::BTreeSet;
use std::fs;

use albumen_core::takeout::archive::{Fault, Flaw, Take, run, zip::Merging};
use albumen_takeout::hostile::{Hostile, Wrong, all};

use crate::world::{Disk, list, untar};

/// What was read, which files were refused and why, and how the whole ended.
struct Outcome {
    read: BTreeSet<String>,
    repeated: BTreeSet<String>,
    flaws: Vec<(String, Flaw)>,
    fault: Option<Fault>,
}

fn outcome(hostile: &Hostile) -> Outcome {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(hostile.name);
    fs::write(&path, &hostile.bytes).unwrap();
    let mut disk = Disk::default();
    let part = disk.open(&path);
    let mut outcome = Outcome { read: BTreeSet::new(), repeated: BTreeSet::new(), flaws: Vec::new(), fault: None };
    if let Err(error) = pollster::block_on(run::form(&disk, &part)) {
        outcome.fault = Some(error.fault);
        return outcome;
    }
    if hostile.name.ends_with(".tgz") {
        let (kept, rest, ended) = untar(&disk, &part);
        outcome.fault = ended.err().map(|error| error.fault);
        outcome.flaws.extend(rest.problems.into_iter().map(|problem| (problem.name, problem.flaw)));
        outcome.read.extend(kept.into_iter().filter(|kept| kept.bytes.is_some()).map(|kept| kept.entry.name));
        return outcome;
    }
    let (batch, ended) = list(&disk, &part);
    outcome.fault = ended.err().map(|error| error.fault);
    outcome.flaws.extend(batch.problems.into_iter().map(|problem| (problem.name, problem.flaw)));
    let entries = &batch.entries;
    outcome.repeated.extend(entries.iter().filter(|entry| entry.repeats).map(|entry| entry.name.clone()));
    pollster::block_on(run::read(&disk, &part, entries, Take::Whole(16 << 20), Merging::default(), |index, bytes| {
        let name = entries[index].name.clone();
        match bytes {
            Ok(_) => drop(outcome.read.insert(name)),
            Err(flaw) => outcome.flaws.push((name, flaw)),
        }
    }))
    .unwrap();
    outcome
}

#[test]
fn each_is_named_for_what_it_is_and_the_rest_is_read() {
    for hostile in all().unwrap() {
        let Outcome { read, repeated, flaws, fault } = outcome(&hostile);
        let tar = hostile.name.ends_with(".tgz");
        for path in &hostile.good {
            assert!(read.contains(path), "{}: {path} was not read: {flaws:?} {fault:?}", hostile.name);
        }
        let flawed = |is: fn(&Flaw) -> bool| {
            assert_eq!(flaws.len(), hostile.bad.len(), "{}: {flaws:?}", hostile.name);
            assert!(flaws.iter().all(|(_, flaw)| is(flaw)), "{}: {flaws:?}", hostile.name);
            assert_eq!(fault, None, "{}", hostile.name);
        };
        match hostile.wrong {
            Wrong::CutOff => assert_eq!(fault, Some(Fault::CutOff), "{}", hostile.name),
            Wrong::Encrypted => flawed(|flaw| *flaw == Flaw::Encrypted),
            Wrong::Bomb if tar => assert!(matches!(fault, Some(Fault::Bomb { .. })), "{fault:?}"),
            Wrong::Bomb => flawed(|flaw| matches!(flaw, Flaw::Bomb { .. })),
            Wrong::Names => flawed(|flaw| matches!(flaw, Flaw::NameEscapes | Flaw::NameTooLong { .. })),
            Wrong::SameName => assert_eq!(repeated.into_iter().collect::<Vec<_>>(), hostile.bad),
            Wrong::Directory => assert!(matches!(fault, Some(Fault::Directory { .. })), "{fault:?}"),
            Wrong::Checksum if tar => assert!(fault.is_some()),
            Wrong::Checksum => flawed(|flaw| *flaw == Flaw::Damaged),
            Wrong::SizeLies => flawed(|flaw| matches!(flaw, Flaw::OtherSize { .. } | Flaw::Damaged)),
            // The container is in order: its reader has nothing to say against it.
            Wrong::SidecarNoJson => assert!(flaws.is_empty() && fault.is_none()),
            Wrong::SidecarHuge => flawed(|flaw| matches!(flaw, Flaw::TooLarge { .. })),
            Wrong::NoArchive => assert!(matches!(fault, Some(Fault::Unknown | Fault::NoTar)), "{fault:?}"),
        }
    }
}
