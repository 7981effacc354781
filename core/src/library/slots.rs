//! Which of the grid's few elements shows which of its many photos.

use std::collections::HashSet;
use std::iter::repeat_n;

/// An element of the grid, and the photo that it shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot {
    /// Names the element as long as it lives.
    pub id: u32,
    /// `None`: it shows nothing, and waits for a photo.
    pub row: Option<u32>,
}

/// The elements, used again and again: one goes on to show its photo as long as that is in view, and takes one that
/// comes when its own has left.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Slots {
    slots: Vec<Slot>,
    next_id: u32,
}

impl Slots {
    /// In the order in which the elements were made.
    pub fn iter(&self) -> impl Iterator<Item = Slot> + '_ {
        self.slots.iter().copied()
    }

    /// How many elements there are.
    pub fn len(&self) -> usize {
        self.slots.len()
    }

    pub fn is_empty(&self) -> bool {
        self.slots.is_empty()
    }

    /// What each element shows once `rows` are in view, each named once. There are at least `least` elements, some of which
    /// may show nothing yet.
    #[must_use]
    pub fn showing(&self, rows: &[u32], least: usize) -> Self {
        let mut missing: HashSet<u32> = rows.iter().copied().collect();
        let mut slots = self.slots.clone();
        for slot in &mut slots {
            slot.row = slot.row.filter(|row| missing.remove(row));
        }
        // A few spare ones are kept, since the next line may have more photos; many were for another window.
        let most = least.max(rows.len() + rows.len() / 2 + 8);
        let mut too_many = slots.len().saturating_sub(most);
        slots.retain(|slot| {
            let goes = slot.row.is_none() && too_many > 0;
            too_many -= usize::from(goes);
            !goes
        });
        let mut coming = rows.iter().copied().filter(|row| missing.contains(row));
        for slot in slots.iter_mut().filter(|slot| slot.row.is_none()) {
            slot.row = coming.next();
            if slot.row.is_none() {
                break;
            }
        }
        let mut next_id = self.next_id;
        let spare = least.saturating_sub(slots.len() + coming.clone().count());
        for row in coming.map(Some).chain(repeat_n(None, spare)) {
            slots.push(Slot { id: next_id, row });
            next_id = next_id.wrapping_add(1);
        }
        Self { slots, next_id }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_photo_in_view_has_one_element_and_keeps_it(
            views in proptest::collection::vec((0_u32..200, 0_u32..60, 1_u32..4), 1..20),
            least in 0_usize..80,
        ) {
            let mut slots = Slots::default();
            for (from, count, step) in views {
                let rows: Vec<u32> = (0..count).map(|at| from + at * step).collect();
                let before: HashMap<u32, u32> = slots.iter().filter_map(|slot| Some((slot.row?, slot.id))).collect();
                slots = slots.showing(&rows, least);
                let now: HashMap<u32, u32> = slots.iter().filter_map(|slot| Some((slot.row?, slot.id))).collect();
                prop_assert_eq!(slots.iter().filter(|slot| slot.row.is_some()).count(), rows.len());
                for row in rows {
                    prop_assert!(now.contains_key(&row));
                    prop_assert!(before.get(&row).is_none_or(|kept| *kept == now[&row]));
                }
                let ids: HashSet<u32> = slots.iter().map(|slot| slot.id).collect();
                prop_assert_eq!(ids.len(), slots.len());
                prop_assert!(slots.len() >= least);
                prop_assert!(slots.len() <= least.max(count as usize + count as usize / 2 + 8));
            }
        }
    }

    #[test]
    fn scrolling_makes_no_new_elements() {
        let view = |from: u32| (from..from + 60).collect::<Vec<_>>();
        let mut slots = Slots::default().showing(&view(0), 0);
        for from in 0..1_000 {
            slots = slots.showing(&view(from), 0);
        }
        assert_eq!(slots.len(), 60);
        assert!(slots.iter().all(|slot| slot.id < 60));
    }

    #[test]
    fn photos_that_come_take_the_elements_that_wait() {
        let slots = Slots::default().showing(&[1, 2], 5);
        assert_eq!(slots.iter().map(|slot| slot.row).collect::<Vec<_>>(), [Some(1), Some(2), None, None, None]);
        let slots = slots.showing(&[2, 3, 4, 6, 7], 5);
        assert_eq!(slots.iter().map(|slot| slot.id).collect::<Vec<_>>(), [0, 1, 2, 3, 4]);
        assert!(slots.iter().all(|slot| slot.row.is_some()));
    }
}
