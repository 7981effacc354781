//! The parts of exports that are at hand: the page has their files, and asks for them again after a reload.

use std::cell::RefCell;
use std::collections::HashMap;

use albumen_core::protocol::{NewPart, World};

use super::{Handle, ObjectUrl, PickedFile, Services, allowed, forget_handles, keep_handles, kept_handles};

/// Files that were handed to the engine, by what it was told of them.
#[derive(Default)]
pub(super) struct PartShelf(RefCell<HashMap<NewPart, PickedFile>>);

impl Services {
    /// Has a part at hand from now on.
    pub fn put_part(self, part: NewPart, file: PickedFile) {
        self.inner().parts.0.borrow_mut().insert(part, file);
    }

    /// An address of `length` bytes of a part from `start` on, as this type of medium; `None` if the part is not at hand.
    /// A part that has vanished or changed since it was chosen has an address too: whoever reads from it learns that.
    pub fn slice_of_part(self, part: &NewPart, start: u64, length: u64, mime_type: &str) -> Option<ObjectUrl> {
        let inner = self.inner();
        let parts = inner.parts.0.borrow();
        ObjectUrl::of_slice(parts.get(part)?, start, length, mime_type)
    }

    /// Has no part at hand any more: another world is open, or the imports are gone.
    pub fn drop_parts(self) {
        self.inner().parts.0.borrow_mut().clear();
    }

    /// Remembers where files came from, if the browser can. That it cannot costs no more than choosing them again.
    pub async fn remember_handles(self, world: World, handles: &[Handle]) {
        let base = self.base_url();
        let _ = keep_handles(&base, world, handles).await;
    }

    /// Where the files of earlier visits came from; none where the browser does not tell.
    pub async fn remembered_handles(self, world: World) -> Vec<Handle> {
        let base = self.base_url();
        kept_handles(&base, world).await.unwrap_or_default()
    }

    /// Those of `handles` that the person lets the page read. Within a press only.
    pub async fn allowed_handles(self, handles: Vec<Handle>) -> Vec<Handle> {
        allowed(handles).await
    }

    /// Forgets where files came from.
    pub async fn forget_handles(self, world: World) {
        let base = self.base_url();
        // What cannot be deleted now is only names of files; the next import writes over them.
        let _ = forget_handles(&base, world).await;
    }
}
