//! Which files of one folder belong together.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use super::found::FileId;
use super::rules::{
    Agreement, MOST_MEDIA_UNITS, MediaName, Sort, agreement, is_cut, originals, plain, sidecar_names, sidecar_parts,
    stills, without_supplement,
};
use super::scan::Head;
use crate::takeout::names::{cut_utf16, folded, split_ending};

/// A picture, a video, or a file that may be one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Media<'a> {
    pub(super) id: FileId,
    pub(super) name: &'a str,
    pub(super) sort: Sort,
}

/// A JSON file that may be a sidecar. It has no head where it could not be read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Card<'a> {
    pub(super) id: FileId,
    pub(super) name: &'a str,
    pub(super) head: Option<Head<'a>>,
}

/// Files of one folder that are one photo.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) main: Option<FileId>,
    pub(super) motion: Option<FileId>,
    pub(super) edited: Vec<FileId>,
    pub(super) card: Option<FileId>,
    /// The sidecar is there, and says nothing.
    pub(super) is_card_broken: bool,
}

/// What a folder comes to. Cards that could not be read and belong to nothing are in no entry, and neither is what is no
/// media file.
pub(super) fn match_folder(media: &[Media<'_>], cards: &[Card<'_>]) -> Vec<Entry> {
    let mut folder = Folder::new(media, cards);
    folder.match_cut_names();
    folder.match_names();
    folder.match_titles();
    folder.entries()
}

struct Folder<'a> {
    media: &'a [Media<'a>],
    names: Vec<MediaName<'a>>,
    /// The sidecars that each may have, the likeliest first; as numbers of cards.
    candidates: Vec<Vec<u32>>,
    /// The card of each.
    card_of: Vec<Option<u32>>,
    cards: &'a [Card<'a>],
    parts: Vec<(&'a str, u32)>,
    owner_of: Vec<Option<u32>>,
    by_name: HashMap<(&'a str, u32), u32>,
}

impl<'a> Folder<'a> {
    fn new(media: &'a [Media<'a>], cards: &'a [Card<'a>]) -> Self {
        let parts: Vec<_> = cards.iter().map(|card| sidecar_parts(card.name)).collect();
        let by_name = parts.iter().enumerate().map(|(card, parts)| (*parts, card as u32)).collect();
        let mut folder = Self {
            media,
            names: media.iter().map(|media| MediaName::of(media.name)).collect(),
            candidates: Vec::new(),
            card_of: vec![None; media.len()],
            cards,
            parts,
            owner_of: vec![None; cards.len()],
            by_name,
        };
        folder.candidates = media.iter().map(|media| folder.candidates_of(media.name)).collect();
        folder
    }

    fn candidates_of(&self, name: &str) -> Vec<u32> {
        let names = sidecar_names(name);
        names.iter().filter_map(|(t, n)| self.by_name.get(&(t.as_str(), *n)).copied()).collect()
    }

    fn agreement(&self, media: u32, card: u32) -> Agreement {
        let title = self.cards[card as usize].head.map_or("", |head| head.title);
        agreement(title, self.names[media as usize])
    }

    fn marry(&mut self, media: u32, card: u32) {
        self.card_of[media as usize] = Some(card);
        self.owner_of[card as usize] = Some(media);
    }

    /// Of several files that would have one sidecar: the one that its title means, a still before its video, then the
    /// one that comes first.
    fn claim(&self, media: u32, card: u32) -> (Agreement, Reverse<Sort>, Reverse<usize>, Reverse<u32>) {
        let Media { sort, name, .. } = self.media[media as usize];
        (self.agreement(media, card), Reverse(sort), Reverse(name.len()), Reverse(media))
    }

    /// Sidecars whose T says less than the photo's name: their numbers count all photos of that T, and the photos'
    /// numbers only those of the same whole name.
    fn match_cut_names(&mut self) {
        let mut by_t: BTreeMap<&str, (Vec<u32>, Vec<u32>)> = BTreeMap::new();
        for (card, (t, _)) in self.parts.iter().enumerate().filter(|(_, (t, _))| is_cut(t)) {
            by_t.entry(t).or_default().0.push(card as u32);
        }
        if by_t.is_empty() {
            return;
        }
        for media in 0..self.media.len() {
            let mut names = sidecar_names(self.media[media].name);
            names.dedup_by(|a, b| a.0 == b.0);
            for (t, _) in names {
                if let Some((_, group)) =
                    by_t.get_mut(t.as_str()).filter(|(_, group)| group.last() != Some(&(media as u32)))
                {
                    group.push(media as u32);
                }
            }
        }
        for (cards, media) in by_t.into_values() {
            self.match_group(cards, &media);
        }
    }

    /// First those whose titles mean them with their endings, which the cut may have taken away; then the others.
    fn match_group(&mut self, mut cards: Vec<u32>, media: &[u32]) {
        cards.sort_by_key(|card| self.parts[*card as usize].1);
        self.match_classes(&cards, media, |base, ending| base + "." + &ending.to_lowercase());
        self.match_classes(&cards, media, |base, _| base);
    }

    fn match_classes(&mut self, cards: &[u32], media: &[u32], class: impl Fn(String, &str) -> String) {
        let mut by_class: BTreeMap<String, BTreeMap<u32, u32>> = BTreeMap::new();
        for &candidate in media.iter().filter(|media| self.card_of[**media as usize].is_none()) {
            let MediaName { base, ending, number } = self.names[candidate as usize];
            let same = by_class.entry(class(plain(base), ending)).or_default();
            let before = same.get(&number).map(|before| self.media[*before as usize].sort);
            if before.is_none_or(|before| self.media[candidate as usize].sort < before) {
                same.insert(number, candidate);
            }
        }
        let cards: Vec<u32> = cards.iter().filter(|card| self.owner_of[**card as usize].is_none()).copied().collect();
        let mut by_title: HashMap<String, Vec<u32>> = HashMap::new();
        for &card in &cards {
            let title = self.cards[card as usize].head.map_or("", |head| head.title);
            for base in if title.is_empty() { Vec::new() } else { bases_of("", title) } {
                by_title.entry(class(base, split_ending(title).1)).or_default().push(card);
            }
        }
        for (name, media) in &by_class {
            let own = by_title.get(name).map(Vec::as_slice).unwrap_or_default();
            let own: Vec<u32> = own.iter().filter(|card| self.owner_of[**card as usize].is_none()).copied().collect();
            // Where no other name is in play the numbers are the photos' own.
            let is_shared = own.len() < cards.len() || by_class.len() > 1;
            if own.len() == media.len() && is_shared {
                for (media, card) in media.values().zip(own) {
                    self.marry(*media, card);
                }
                continue;
            }
            for card in own {
                if let Some(media) = media.get(&self.parts[card as usize].1) {
                    self.marry(*media, card);
                }
            }
        }
    }

    fn match_names(&mut self) {
        let most = self.candidates.iter().map(Vec::len).max().unwrap_or(0);
        for rank in 0..most {
            let mut best: BTreeMap<u32, u32> = BTreeMap::new();
            for media in 0..self.media.len() as u32 {
                let Some(&card) = self.candidates[media as usize].get(rank) else { continue };
                let is_free = self.card_of[media as usize].is_none() && self.owner_of[card as usize].is_none();
                let is_other = is_cut(self.parts[card as usize].0) && self.agreement(media, card) == Agreement::No;
                if is_free && !is_other {
                    let rival = best.entry(card).or_insert(media);
                    if self.claim(media, card) > self.claim(*rival, card) {
                        *rival = media;
                    }
                }
            }
            for (card, media) in best {
                self.marry(media, card);
            }
        }
    }

    /// Sidecars that are left, to the files that are called like their titles but for the ending, case and signs.
    fn match_titles(&mut self) {
        let by_title = self.cards_by_title();
        if by_title.is_empty() {
            return;
        }
        let mut best: BTreeMap<u32, u32> = BTreeMap::new();
        for media in 0..self.media.len() as u32 {
            if self.card_of[media as usize].is_some() {
                continue;
            }
            let MediaName { base, number, .. } = self.names[media as usize];
            let cards = by_title.get(&(plain(base), number)).into_iter().flatten().copied();
            let Some(card) = cards.max_by_key(|card| (self.agreement(media, *card), Reverse(*card))) else { continue };
            let rival = best.entry(card).or_insert(media);
            if self.claim(media, card) > self.claim(*rival, card) {
                *rival = media;
            }
        }
        for (card, media) in best {
            self.marry(media, card);
        }
    }

    /// Cards that nothing has, by what a photo of theirs would be called.
    fn cards_by_title(&self) -> HashMap<(String, u32), Vec<u32>> {
        let mut by_title: HashMap<(String, u32), Vec<u32>> = HashMap::new();
        for (card, owner) in self.owner_of.iter().enumerate() {
            let Some(head) = self.cards[card].head.filter(|_| owner.is_none()) else { continue };
            let (t, n) = self.parts[card];
            for base in bases_of(t, head.title) {
                let cards = by_title.entry((base, n)).or_default();
                // Of a crowd of one name nothing is certain.
                if cards.len() < 16 {
                    cards.push(card as u32);
                }
            }
        }
        by_title
    }

    fn entries(mut self) -> Vec<Entry> {
        let mut entries = Entries::default();
        for media in 0..self.media.len() {
            if let Some(card) = self.card_of[media] {
                entries.push(self.media[media], self.names[media], Some(self.cards[card as usize]));
            }
        }
        let unmatched = |folder: &Self, is_still: bool| -> Vec<usize> {
            let is_wanted = |media: &usize| {
                let sort = folder.media[*media].sort;
                folder.card_of[*media].is_none() && (sort == Sort::Picture) == is_still && sort != Sort::Unknown
            };
            (0..folder.media.len()).filter(is_wanted).collect()
        };
        let mut orphans = Vec::new();
        for media in unmatched(&self, true) {
            if !entries.attach_edited(self.media[media], self.names[media]) {
                orphans.push(media);
            }
        }
        // A copy without its original may stand for it: its sidecar is the original's.
        let by_title = self.cards_by_title();
        let mut lone = Vec::new();
        for media in orphans {
            match self.card_of_original(media, &by_title) {
                Some(card) => {
                    self.marry(media as u32, card);
                    entries.push(self.media[media], self.names[media], Some(self.cards[card as usize]));
                }
                None => lone.push(media),
            }
        }
        for media in lone {
            entries.push(self.media[media], self.names[media], None);
        }
        for media in unmatched(&self, false) {
            let (media, name) = (self.media[media], self.names[media]);
            if !entries.attach_motion(media, name) && !entries.attach_edited(media, name) {
                entries.push(media, name, None);
            }
        }
        let mut entries = entries.list;
        for (card, owner) in self.cards.iter().zip(&self.owner_of) {
            if owner.is_none() && card.head.is_some() {
                entries.push(Entry { card: Some(card.id), ..Entry::default() });
            }
        }
        entries
    }

    fn card_of_original(&self, media: usize, by_title: &HashMap<(String, u32), Vec<u32>>) -> Option<u32> {
        let originals = originals(self.names[media]);
        let mut cards = originals.iter().filter_map(|(base, number)| by_title.get(&(plain(base), *number))).flatten();
        cards.find(|card| self.owner_of[**card as usize].is_none()).copied()
    }
}

/// What a photo with this sidecar would be called before its number and ending, freed of signs.
pub(super) fn bases_of(t: &str, title: &str) -> Vec<String> {
    if title.is_empty() {
        return vec![plain(split_ending(without_supplement(t)).0)];
    }
    let (stem, ending) = split_ending(title);
    let mut bases = vec![plain(cut_utf16(stem, MOST_MEDIA_UNITS))];
    // The point may begin no ending.
    if !ending.is_empty() {
        let whole = plain(cut_utf16(title, MOST_MEDIA_UNITS));
        if whole != bases[0] {
            bases.push(whole);
        }
    }
    bases
}

/// Entries, and how copies and moving halves find theirs: by the name in folded form and its number.
#[derive(Default)]
struct Entries {
    list: Vec<Entry>,
    stills: HashMap<(String, u32), usize>,
    videos: HashMap<(String, u32), usize>,
}

impl Entries {
    fn push(&mut self, media: Media<'_>, name: MediaName<'_>, card: Option<Card<'_>>) {
        let map = if matches!(media.sort, Sort::Video | Sort::Moving) { &mut self.videos } else { &mut self.stills };
        let key = (folded(name.base).into_owned(), name.number);
        // A phone's video goes with its HEIC rather than with a JPEG of the same name.
        let is_heic = name.ending.eq_ignore_ascii_case(".heic");
        if is_heic || !map.contains_key(&key) {
            map.insert(key, self.list.len());
        }
        self.list.push(Entry {
            main: Some(media.id),
            card: card.map(|card| card.id),
            is_card_broken: card.is_some_and(|card| card.head.is_none()),
            ..Entry::default()
        });
    }

    fn attach_motion(&mut self, media: Media<'_>, name: MediaName<'_>) -> bool {
        for base in stills(name, media.sort) {
            if let Some(entry) = self.stills.get(&(base, name.number)) {
                let motion = &mut self.list[*entry].motion;
                if motion.is_none() {
                    *motion = Some(media.id);
                    return true;
                }
            }
        }
        false
    }

    fn attach_edited(&mut self, media: Media<'_>, name: MediaName<'_>) -> bool {
        let maps = match media.sort {
            Sort::Video | Sort::Moving => [&self.videos, &self.stills],
            _ => [&self.stills, &self.videos],
        };
        let found = originals(name).into_iter().find_map(|key| maps.iter().find_map(|map| map.get(&key)).copied());
        if let Some(entry) = found {
            self.list[entry].edited.push(media.id);
        }
        found.is_some()
    }
}
