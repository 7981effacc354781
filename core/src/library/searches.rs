//! Which search is asked for next: one at a time, and what it finds counts as long as what it looked for is wanted.

/// What is wanted of the engine, and what it is asked: a text, or whatever else can be looked for.
///
/// While items are fetched the catalog changes faster than a search takes. An answer that is a page behind is true
/// enough to be shown; only the last one must not be: so another search follows it.
#[derive(Debug)]
pub struct Searches<W> {
    wanted: Option<W>,
    /// What the engine is looking for.
    asked: Option<Asked<W>>,
}

#[derive(Debug)]
struct Asked<W> {
    sought: W,
    /// Whether what is wanted or the catalog has changed since.
    is_behind: bool,
    /// Whether its rows are other photos by now.
    is_void: bool,
}

/// What is to be done with an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered<W> {
    /// Whether what was found is what is to be shown.
    pub counts: bool,
    /// What to ask next.
    pub next: Option<W>,
}

impl<W> Default for Searches<W> {
    fn default() -> Self {
        Self { wanted: None, asked: None }
    }
}

impl<W: Clone + PartialEq> Searches<W> {
    /// What is looked for now (`None`: nothing is), or the same in a catalog that has changed. What to ask at once, unless
    /// an answer is still awaited.
    pub fn want(&mut self, wanted: Option<W>) -> Option<W> {
        self.wanted = wanted;
        match &mut self.asked {
            Some(asked) => {
                asked.is_behind = true;
                None
            }
            None => self.ask(),
        }
    }

    /// All rows are gone, or another catalog opens: what is awaited counts for nothing.
    pub fn forget(&mut self) {
        self.wanted = None;
        if let Some(asked) = &mut self.asked {
            asked.is_void = true;
        }
    }

    /// The engine has answered what it was asked, whatever it said.
    pub fn answered(&mut self) -> Answered<W> {
        let Some(asked) = self.asked.take() else { return Answered { counts: false, next: None } };
        let counts = !asked.is_void && self.wanted.as_ref() == Some(&asked.sought);
        let next = if asked.is_behind || asked.is_void { self.ask() } else { None };
        Answered { counts, next }
    }

    fn ask(&mut self) -> Option<W> {
        let sought = self.wanted.clone()?;
        self.asked = Some(Asked { sought: sought.clone(), is_behind: false, is_void: false });
        Some(sought)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn text(text: &str) -> Option<String> {
        Some(text.to_owned())
    }

    #[test]
    fn pages_that_come_faster_than_answers_starve_no_search() {
        let mut searches = Searches::default();
        assert_eq!(searches.want(text("sea")), text("sea"));
        for _ in 0..3 {
            assert_eq!((searches.want(text("sea")), searches.want(text("sea"))), (None, None), "one at a time");
            assert_eq!(searches.answered(), Answered { counts: true, next: text("sea") });
        }
        assert_eq!(searches.answered(), Answered { counts: true, next: None }, "nothing came since");
    }

    #[test]
    fn of_many_keys_the_last_is_looked_for() {
        let mut searches = Searches::default();
        assert_eq!(searches.want(text("s")), text("s"));
        assert_eq!((searches.want(text("se")), searches.want(text("sea"))), (None, None));
        assert_eq!(searches.answered(), Answered { counts: false, next: text("sea") });
        searches.want(None);
        assert_eq!(searches.answered(), Answered { counts: false, next: None });
    }

    #[test]
    fn what_was_found_in_another_catalog_counts_for_nothing() {
        let mut searches = Searches::default();
        searches.want(text("sea"));
        searches.forget();
        searches.want(text("sea"));
        assert_eq!(searches.answered(), Answered { counts: false, next: text("sea") });
        assert_eq!(searches.answered(), Answered { counts: true, next: None });
    }

    proptest! {
        #[test]
        fn in_the_end_the_text_that_is_wanted_was_looked_for_in_the_catalog_as_it_is(
            happenings in proptest::collection::vec(0_u8..6, 0..40),
        ) {
            let (mut searches, mut wanted) = (Searches::default(), None);
            // What is being looked for, and in which catalog; what was found last that counted.
            let (mut catalog, mut asked, mut shown) = (0, None, None);
            let answer = |searches: &mut Searches<String>, asked: &mut Option<(String, u32)>, shown: &mut _, catalog| {
                let Some(found) = asked.take() else { return false };
                let Answered { counts, next } = searches.answered();
                if counts {
                    *shown = Some(found);
                }
                *asked = next.map(|next| (next, catalog));
                true
            };
            for happening in happenings {
                match happening {
                    0 => wanted = None,
                    1 | 2 => wanted = text(["a", "b"][usize::from(happening - 1)]),
                    3 => catalog += 1,
                    4 => {
                        catalog += 1;
                        searches.forget();
                    }
                    _ => {
                        answer(&mut searches, &mut asked, &mut shown, catalog);
                        continue;
                    }
                }
                let next = searches.want(wanted.clone());
                if let Some(next) = next {
                    prop_assert!(asked.is_none(), "one at a time");
                    asked = Some((next, catalog));
                }
            }
            while answer(&mut searches, &mut asked, &mut shown, catalog) {}
            if let Some(wanted) = wanted {
                prop_assert_eq!(shown, Some((wanted, catalog)));
            }
        }
    }
}
