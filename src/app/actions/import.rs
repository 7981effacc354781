//! Bringing an export in: one gesture, from what was dropped or chosen to the import that runs.

use albumen_core::protocol::NewPart;

use super::*;
use crate::app::services::{Chosen, FoundFile, Picked, can_pick, pick_files, pick_folder};
use crate::app::state::Adding;

impl Actions {
    /// Gives the engine all files of what was chosen, a slice at a time, and has it begin.
    pub fn import(self, chosen: Chosen) {
        let generation = self.generation.get_value();
        self.writers.adding.update(|adding| adding.get_or_insert_default().gestures += 1);
        spawn_local(async move {
            let sent = self.add_parts(chosen, generation).await;
            if self.generation.get_value() != generation {
                return;
            }
            let begun = match sent {
                Ok(0) => {
                    self.toaster.say("There is no file in what was chosen.");
                    Ok(())
                }
                Ok(_) => self.ask(Wish::StartImport).await.map(drop),
                Err(trouble) => Err(trouble),
            };
            if self.generation.get_value() != generation {
                return;
            }
            if let Err(trouble) = begun {
                self.toaster.say(self.explain(&trouble).sentence);
            }
            self.writers.adding.update(|adding| {
                *adding = adding
                    .filter(|adding| adding.gestures > 1)
                    .map(|adding| Adding { gestures: adding.gestures - 1, ..adding });
            });
        });
    }

    /// Lets the person choose archives by the browser's newer dialog, whose files can be had again after a reload; `false`
    /// where there is none. Within a press only.
    pub fn pick_archives(self) -> bool {
        if can_pick() {
            spawn_local(async move { self.import_picked(pick_files().await) });
        }
        can_pick()
    }

    /// As [`Actions::pick_archives`], a folder.
    pub fn pick_folder(self) -> bool {
        if can_pick() {
            spawn_local(async move { self.import_picked(pick_folder().await) });
        }
        can_pick()
    }

    fn import_picked(self, picked: Picked) {
        if let Picked::Handles(handles) = picked {
            self.import(Chosen::from_handles(handles));
        }
    }

    /// Adds the files of earlier visits again; the browser asks the person for them. Within a press only.
    pub fn use_files_again(self) {
        let world = self.state.world.get_untracked();
        spawn_local(async move {
            let handles = self.services.remembered_handles(world).await;
            let of = handles.len();
            let allowed = self.services.allowed_handles(handles).await;
            if allowed.len() < of {
                let count = self.services.count((of - allowed.len()) as u64);
                self.toaster
                    .say(format!("{count} of the files may not be read, so they are left out. Choose them again."));
            }
            if !allowed.is_empty() {
                self.import(Chosen::from_handles(allowed));
            }
        });
    }

    /// How many files were sent.
    async fn add_parts(self, mut chosen: Chosen, generation: u32) -> Result<u32, Trouble> {
        let is_current = || self.generation.get_value() == generation;
        let world = self.state.world.get_untracked();
        let handles = chosen.handles().await;
        self.services.remember_handles(world, &handles).await;
        let mut sent = 0;
        while let Some(found) = chosen.next().await {
            if !is_current() {
                return Ok(sent);
            }
            let (parts, files): (Vec<NewPart>, Vec<PickedFile>) =
                found.into_iter().map(|FoundFile { path, file }| (file.describe_part(path), file)).unzip();
            for (part, file) in parts.iter().zip(&files) {
                self.services.put_part(part.clone(), file.clone());
            }
            let count = parts.len() as u32;
            if count > 0 {
                self.services.ask_with(Wish::AddParts { parts }, files).await?;
            }
            sent += count;
            if is_current() {
                self.writers.adding.update(|adding| adding.get_or_insert_default().files += count);
            }
        }
        if chosen.unreadable() > 0 && is_current() {
            let count = self.services.count(chosen.unreadable());
            self.toaster.say(format!("{count} of the files and folders could not be read, so they are left out."));
        }
        Ok(sent)
    }

    /// Takes all that came by exports out of the catalog again.
    pub async fn remove_imports(self) -> Result<(), Trouble> {
        self.ask(Wish::RemoveImports).await?;
        self.forget_parts(self.state.world.get_untracked()).await;
        Ok(())
    }

    /// Empties the store of small pictures.
    pub async fn forget_thumbnails(self) -> Result<(), Trouble> {
        self.ask(Wish::ForgetThumbnails).await?;
        self.writers.thumbnail_bytes.set(0);
        Ok(())
    }

    pub(super) async fn forget_parts(self, world: World) {
        self.services.drop_parts();
        self.services.forget_handles(world).await;
    }
}
