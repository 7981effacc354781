"""The photos by the clock that was asked for, and those that a filter leaves in."""

import sys
from zoneinfo import ZoneInfo, reset_tzpath

import pandas as pd

# Of the packages, whatever the machine has of its own.
reset_tzpath(to=())


def times(seconds):
    """Of seconds since the epoch, on whichever clock."""
    return seconds.astype("Int64").fillna(0).astype("int64").astype("datetime64[s]").where(seconds.notna())


def local_time(taken, zone):
    """What the clock of a zone showed. Before standard time zones were seconds apart: those are rounded to the minute."""
    utc = times(taken)
    ahead = utc.dt.tz_localize("UTC").dt.tz_convert(ZoneInfo(zone)).dt.tz_localize(None) - utc
    return utc + ahead.dt.round("min")


class Library:
    """The photos by the clock of a question, and what of them a filter leaves in."""

    def __init__(self, truth, asked):
        self.truth, self.asked = truth, asked
        taken = truth["created_utc"]
        clock = asked["clock"]
        self.local = local_time(taken, {"own": asked["own"], "photo": asked["own"], "utc": "UTC"}.get(clock, clock))
        # The other two bases are guesses.
        self.knows = truth["time_basis"].notna() & ~truth["time_basis"].isin(["person_zone", "utc"])
        if clock == "photo":
            self.local = self.local.where(~self.knows, times(truth["created_local"]))
        self.day = self.local.dt.normalize()

    def left(self, *without, days="days"):
        """The photos that all of the filter leaves in, but for the parts that are named."""
        frame = pd.Series(True, index=self.truth.index)
        for part in set(PARTS) - set(without):
            key = days if part == "days" else part
            if key in self.asked:
                frame &= PARTS[part](self, self.asked[key])
        unknown = set(without) - set(PARTS)
        if unknown:
            sys.exit(f"no filter has such parts: {unknown}")
        return frame


def is_in_class(values, per_one, least, most):
    return ((values * per_one + 0.5) // 1).between(least * per_one, most * per_one)


# What each part of a filter leaves in.
PARTS = {
    "days": lambda library, days: library.day.between(*map(pd.Timestamp, days)),
    "hour": lambda library, hour: library.local.dt.hour == hour,
    "weekday": lambda library, weekday: library.local.dt.dayofweek == weekday,
    "month": lambda library, month: library.local.dt.month == month,
    "kind": lambda library, kind: library.truth["kind"] == kind,
    "camera": lambda library, camera: (
        (library.truth["camera_make"].fillna("") == camera[0]) & (library.truth["camera_model"].fillna("") == camera[1])
    ),
    "size": lambda library, size: (library.truth["width"] * library.truth["height"] / 1e6).between(*size, inclusive="left"),
    "place": lambda library, place: library.truth["latitude"].notna() == place,
    "lens": lambda library, lens: library.truth["lens"].str.strip() == lens,
    "focal": lambda library, ends: is_in_class(focal_lengths(library.truth)[1], 10, *ends),
    "f": lambda library, ends: is_in_class(library.truth["f_number"], 100, *ends),
    "exposure": lambda library, ends: is_in_class(library.truth["exposure_s"], 1e6, *ends),
    "iso": lambda library, ends: is_in_class(library.truth["iso"], 1, *ends),
}


def focal_lengths(frame):
    equivalents = frame["focal_length_35mm"].where(frame["focal_length_35mm"] > 0)
    return equivalents, equivalents.fillna(frame["focal_length_mm"])
