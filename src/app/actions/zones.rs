//! The clocks that days and hours are read from. One of another zone, or of years long ago, is asked of the browser again and
//! again, which takes longer than the page may stand still: it is read in slices, and used when it is whole.

use albumen_core::catalog::{ZoneName, span_s};
use albumen_core::insights::Probing;

use super::*;
use crate::app::services::named_offset_min;
use crate::app::state::{KnownZone, KnownZones};

/// What is known of a zone reaches from 1970 to 2050 at the least, and from 1800 to 2200 at the most.
const FIRST_S: i64 = 0;
const LAST_S: i64 = 2_524_608_000;
const EARLIEST_S: i64 = -5_364_662_400;
const LATEST_S: i64 = 7_258_118_400;
/// A fraction of a frame's time.
const LOOKS_AT_ONCE: u32 = 500;

impl Actions {
    /// The clock by which days and hours are read: the person's own, UTC, or that of a zone. Where each photo's own is,
    /// that of those that tell of none.
    pub fn zone(self) -> Arc<Zone> {
        match self.filter.with(|filter| filter.clock) {
            Clock::Utc => Arc::new(Zone::utc()),
            Clock::Own | Clock::Local => self.own_zone(),
            Clock::Zone(name) => {
                let named = self.state.zones.with(|zones| known(zones, name).flatten().map(|known| known.zone));
                named.unwrap_or_else(|| self.own_zone())
            }
        }
    }

    /// The name of that clock.
    pub fn zone_name(self) -> String {
        match self.filter.with(|filter| filter.clock) {
            Clock::Local => "where each was taken".to_owned(),
            Clock::Own | Clock::Utc | Clock::Zone(_) => self.zone().name().replace('_', " "),
        }
    }

    /// The person's own clock.
    pub fn own_zone(self) -> Arc<Zone> {
        let own = self.state.zones.with(|zones| zones.own.as_ref().map(|known| Arc::clone(&known.zone)));
        own.unwrap_or_else(|| self.services.local_zone())
    }

    /// Whether the person's own clock is known for all of the library.
    pub fn is_own_zone_read(self) -> bool {
        let span = self.wanted_s();
        is_at_hand(span) || self.state.zones.with(|zones| zones.own.as_ref().is_some_and(|known| reaches(known, span)))
    }

    /// From when to when clocks are read.
    fn wanted_s(self) -> (i64, i64) {
        let (first_s, last_s) = self.state.with_hot(span_s).unwrap_or((FIRST_S, LAST_S));
        // Half a day more on either side: no clock is further from UTC.
        let first_s = first_s.saturating_sub(43_200).clamp(EARLIEST_S, FIRST_S);
        (first_s, last_s.saturating_add(43_200).clamp(LAST_S, LATEST_S))
    }

    /// Reads what the view needs of the zone in the address, as long as the caller is shown.
    pub fn read_zones_while_shown(self) {
        let wanted = Memo::new(move |_| (self.address.filter.with(|filter| filter.clock), self.wanted_s()));
        Effect::new(move |_| {
            let (clock, span) = wanted.get();
            let (first_s, last_s) = span;
            match clock {
                Clock::Zone(name) => {
                    let is_known = self.state.zones.with_untracked(|zones| {
                        known(zones, name).is_some_and(|known| known.is_none_or(|known| reaches(&known, span)))
                    });
                    if !is_known {
                        spawn_local(self.read_zone(name, first_s, last_s));
                    }
                }
                Clock::Own | Clock::Local => {
                    if !untrack(|| self.is_own_zone_read()) {
                        spawn_local(self.read_own_zone(first_s, last_s));
                    }
                }
                Clock::Utc => {}
            }
        });
    }

    async fn read_zone(self, name: ZoneName, first_s: i64, last_s: i64) {
        let found = match named_offset_min(name.as_str(), 0) {
            Some(_) => {
                let offset_min = move |utc_s| named_offset_min(name.as_str(), utc_s).unwrap_or(0);
                let zone = self.probed(name.as_str().to_owned(), first_s, last_s, &offset_min).await;
                Some(KnownZone { zone: Arc::new(zone), first_s, last_s })
            }
            None => {
                let why = format!(
                    "This browser knows no time zone “{}”: days and hours are read from your own.",
                    name.as_str()
                );
                self.toaster.say(why);
                None
            }
        };
        self.writers.zones.update(|zones| {
            zones.named.retain(|(known, _)| *known != name);
            zones.named.push((name, found));
        });
    }

    async fn read_own_zone(self, first_s: i64, last_s: i64) {
        let name = self.services.local_zone().name().to_owned();
        let offset_min = move |utc_s| self.services.own_offset_min(utc_s);
        let zone = self.probed(name, first_s, last_s, &offset_min).await;
        self.writers.zones.update(|zones| zones.own = Some(KnownZone { zone: Arc::new(zone), first_s, last_s }));
    }

    async fn probed(self, name: String, first_s: i64, last_s: i64, offset_min: &dyn Fn(i64) -> i32) -> Zone {
        let mut probing = Probing::begin(name, first_s, last_s, offset_min);
        while !probing.go_on(LOOKS_AT_ONCE, offset_min) {
            self.services.sleep(0).await;
        }
        probing.into_zone()
    }
}

/// Whether what the page starts with is enough, as it is for most.
fn is_at_hand((first_s, last_s): (i64, i64)) -> bool {
    first_s >= FIRST_S && last_s <= LAST_S
}

fn reaches(known: &KnownZone, (first_s, last_s): (i64, i64)) -> bool {
    known.first_s <= first_s && last_s <= known.last_s
}

/// What is known of a zone by now; `Some(None)` where the browser knows none of this name.
pub(super) fn known(zones: &KnownZones, name: ZoneName) -> Option<Option<KnownZone>> {
    zones.named.iter().find(|(known, _)| *known == name).map(|(_, zone)| zone.clone())
}
