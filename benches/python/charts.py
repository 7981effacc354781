"""Counts what every chart of Insights counts, of the seeded library itself, and compares the charts with it.

`asked.json` says for each folder beside it by which clock and through which filter the page has counted. A folder has the
numbers of every chart as the page saved them, and in `said.json` what the page says beside them.
"""

import calendar
import json
import re
import sys

import pandas as pd

from asked import Library, focal_lengths
from classes import (
    EXPOSURE_NAMES, EXPOSURES, F_NUMBERS, FOCAL_LENGTHS, ISOS, SIZES, per_class, ranges, units,
)
from truth import read_truth

HOURS = [f"{hour:02}:00" for hour in range(24)]
WEEKDAYS = list(calendar.day_name)
MONTHS = list(calendar.month_name)[1:]

# Of years that are further apart the empty ones between are left out.
MOST_EMPTY_YEARS = 60
# The calendar has so many, the latest ones.
MOST_CALENDAR_YEARS = 60
# So many cameras or lenses are drawn.
MOST_BARS = 12


def by_clock(library, part, names, number):
    """Counts by hour, weekday or month, beside them those of the other period."""

    def counts(days):
        numbers = number(library.local[library.left(part, days=days)].dropna())
        return numbers.value_counts().reindex(range(len(names)), fill_value=0).tolist()
    columns = [names, counts("days")] + ([counts("with")] if "with" in library.asked else [])
    return [list(line) for line in zip(*columns)]


def per_day(library):
    days = library.day[library.left("days")].dropna().value_counts()
    every = pd.date_range(days.index.min(), days.index.max())
    return days, [[f"{day:%Y-%m-%d}", count] for day, count in days.reindex(every, fill_value=0).items()]


def calendar_years(library):
    """Those that are in the calendar, the latest first, and how many photos are of earlier ones."""
    years = library.day[library.left("days")].dropna().dt.year
    latest = sorted(years.unique(), reverse=True)[:MOST_CALENDAR_YEARS]
    return latest, int((~years.isin(latest)).sum())


def per_calendar_day(library):
    days, _ = per_day(library)
    years, _ = calendar_years(library)
    every = [day for year in years for day in pd.date_range(f"{year}-01-01", f"{year}-12-31")]
    return [[f"{day:%Y-%m-%d}", count] for day, count in days.reindex(every, fill_value=0).items()]


def per_hour_of_the_week(library):
    local = library.local[library.left("weekday", "hour")].dropna()
    counts = (local.dt.dayofweek * 24 + local.dt.hour).value_counts().reindex(range(7 * 24), fill_value=0)
    names = [f"{weekday} {hour}" for weekday in WEEKDAYS for hour in HOURS]
    return [list(line) for line in zip(names, counts.tolist())]


def per_year(library):
    counts = library.local[library.left("days")].dropna().dt.year.value_counts().sort_index()
    lines, before = [], None
    for year, count in counts.items():
        if before is not None and year - before - 1 < MOST_EMPTY_YEARS:
            lines += [[str(empty), 0] for empty in range(before + 1, year)]
        lines.append([str(year), count])
        before = year
    return lines


def per_size(library):
    frame = library.truth[library.left("size")]
    pixels = (frame["width"] * frame["height"]).dropna()
    names = ["Under 1 megapixel", *(f"{a} to under {b} megapixels" for a, b in zip(SIZES[1:], SIZES[2:]))]
    names.append(f"{SIZES[-1]} megapixels and more")
    lines = per_class(pixels, [size * 1e6 for size in SIZES[1:]], names)
    return [*lines, ["Unknown size", len(frame) - len(pixels)]]


def camera_name(make, model):
    make, model = make.strip(), model.strip()
    # Bytes know of the letters of ASCII alone.
    if not make or model.encode().lower().startswith(make.encode().lower()):
        return model or "Unknown camera"
    return f"{make} {model}".strip()


def by_name(counts):
    """The most first; what follows among equals is for the page to say."""
    return sorted(([cell(name), int(count)] for name, count in counts), key=lambda line: (-line[1], line[0]))


def cell(name):
    """A spreadsheet must not run a name."""
    return f"'{name}" if name.startswith(tuple("=+-@\t\r\n＝＋－＠")) else name


def cameras_of(library, *without):
    frame = library.truth.loc[library.left(*without), ["camera_make", "camera_model"]].fillna("")
    return frame.value_counts()


HEADS = {
    "photos-per-hour": "Hour", "photos-per-day": "Day", "calendar-of-photos": "Day",
    "photos-per-hour-of-the-week": "Hour of the week", "photos-per-weekday": "Day of the week", "photos-per-month": "Month",
    "photos-per-year": "Year", "photos-per-size": "Size", "photos-per-camera": "Camera", "photos-per-lens": "Lens",
    "photos-per-focal-length": "Focal length", "photos-per-f-number": "F-number",
    "photos-per-exposure-time": "Exposure time", "photos-per-iso": "ISO", "photos-and-videos": "Kind",
    "photos-with-place": "Place",
}
OF_PERIODS = ["photos-per-hour", "photos-per-weekday", "photos-per-month"]


def head(library, file):
    if file not in OF_PERIODS or "with" not in library.asked:
        return [HEADS[file], "Photos"]
    date = lambda day: f"{day:%b} {day.day}, {day.year}"
    period = lambda days: " – ".join(date(pd.Timestamp(day)) for day in days)
    return [HEADS[file], period(library.asked["days"]), period(library.asked["with"])]


def charts(library):
    """The lines of every chart, by the name of its file."""
    truth, left = library.truth, library.left
    kinds = truth["kind"][left("kind")].value_counts()
    places = truth["latitude"][left("place")].notna()
    lenses = truth["lens"][left("lens")].fillna("").str.strip().replace("", "Unknown lens").value_counts()
    cameras = cameras_of(library, "camera")
    exposed = {name: truth[left(name)] for name in ["focal", "f", "exposure", "iso"]}
    return {
        "photos-per-hour": by_clock(library, "hour", HOURS, lambda local: local.dt.hour),
        "photos-per-day": per_day(library)[1],
        "calendar-of-photos": per_calendar_day(library),
        "photos-per-hour-of-the-week": per_hour_of_the_week(library),
        "photos-per-weekday": by_clock(library, "weekday", WEEKDAYS, lambda local: local.dt.dayofweek),
        "photos-per-month": by_clock(library, "month", MONTHS, lambda local: local.dt.month - 1),
        "photos-per-year": per_year(library),
        "photos-per-size": per_size(library),
        "photos-per-camera": by_name((camera_name(*names), count) for names, count in cameras.items()),
        "photos-per-lens": by_name(lenses.items()),
        "photos-per-focal-length": per_class(
            units(focal_lengths(exposed["focal"])[1], 10), [start * 10 for start in FOCAL_LENGTHS],
            ranges(FOCAL_LENGTHS, " mm", 1),
        ),
        "photos-per-f-number": per_class(
            units(exposed["f"]["f_number"], 100), [start * 100 for start in F_NUMBERS], ranges(F_NUMBERS, "", 2, "f/"),
        ),
        "photos-per-exposure-time": per_class(units(exposed["exposure"]["exposure_s"], 1e6), EXPOSURES, EXPOSURE_NAMES),
        "photos-per-iso": per_class(units(exposed["iso"]["iso"], 1), ISOS, ranges(ISOS, "", 0, before="ISO ")),
        "photos-and-videos": [["Photos", int(kinds.get("photo", 0))], ["Videos", int(kinds.get("video", 0))]],
        "photos-with-place": [["With a place", int(places.sum())], ["Without a place", int((~places).sum())]],
    }


def runs_of(days):
    """The longest run of days with photos and the longest without any, of equals the earliest."""
    counts = days.sort_index()
    is_first = counts.index.to_series().diff() != pd.Timedelta(days=1)
    streaks = counts.groupby(is_first.cumsum().to_numpy()).agg(["size", "sum"])
    longest = streaks["size"].idxmax()
    of_longest = counts[(is_first.cumsum() == longest).to_numpy()].index
    gaps = counts.index.to_series().diff().dt.days.fillna(1).astype("int64") - 1
    at = int(gaps.to_numpy().argmax())
    return (streaks.loc[longest], of_longest), (int(gaps.iloc[at]), counts.index[at - 1], counts.index[at])


def numbers_in(words):
    return [int(number.replace(",", "")) for number in re.findall(r"\d[\d,]*", words)]


def said(library):
    """The numbers that the page says beside its charts."""
    truth, left = library.truth, library.left
    frame = truth[left()]
    days = library.day[left()].dropna().value_counts().sort_index()
    date = lambda day: f"{day:%Y-%m-%d}"
    (streak, streak_days), (gap, before, after) = runs_of(days)
    busiest = days.idxmax()
    cameras = sum(names != ("", "") for names in cameras_of(library).index)
    figures = [
        ["Photos and videos", [len(frame)]], ["Days with photos", [len(days)]], ["Cameras", [cameras]],
        ["From first to last", sorted({days.index.min().year, days.index.max().year})],
    ]
    highlights = [
        ["Busiest day", [int(days[busiest])], [date(busiest)]],
        ["Longest streak", [int(streak["size"]), int(streak["sum"])], ["..".join(dict.fromkeys([date(streak_days[0]), date(streak_days[-1])]))]],
    ]
    if gap:
        highlights.append(["Longest gap", [gap], [date(before), date(after)]])
    undated = int(frame["created_utc"].isna().sum())
    known = int((library.knows & left() & truth["created_utc"].notna()).sum())
    lines = [[known, len(frame) - undated]] if library.asked["clock"] == "photo" else []
    lines += [[undated]] if undated else []
    return {"figures": figures, "highlights": highlights, "lines": lines, "notes": notes(library)}


def notes(library):
    """Below charts, by the names of their files."""
    truth, left = library.truth, library.left
    more = lambda names: [[len(names) - MOST_BARS]] if len(names) > MOST_BARS else []

    def told(part, column, per_one):
        frame = truth[left(part)]
        return [[len(units(frame[column], per_one)), len(frame)]]

    frame = truth[left("focal")]
    equivalents, both = focal_lengths(frame)
    known = len(units(both, 10))
    equivalent = int(equivalents.notna().sum())
    focal = [known, len(frame)] + ([equivalent, 35] if equivalent < known else [])
    places = truth["latitude"][left("place")].notna().mean() * 100
    earlier = calendar_years(library)[1]
    return {
        "calendar-of-photos": [[earlier]] if earlier else [],
        "photos-per-camera": more(cameras_of(library, "camera")),
        "photos-per-lens": more(truth["lens"][left("lens")].fillna("").str.strip().unique()),
        "photos-per-focal-length": [focal],
        "photos-per-f-number": told("f", "f_number", 100),
        "photos-per-exposure-time": told("exposure", "exposure_s", 1e6),
        "photos-per-iso": told("iso", "iso", 1),
        "photos-with-place": [places],
    }


CELL = re.compile(r'(?:"((?:[^"]|"")*)"|([^,"\r\n]*))(,|\r\n)')


def read_lines(path):
    """A file of RFC 4180, to the letter: names may have all that other readers stumble over."""
    with open(path, encoding="utf-8", newline="") as file:
        text = file.read()
    lines, line, at = [], [], 0
    while at < len(text):
        found = CELL.match(text, at)
        if not found:
            sys.exit(f"{path}: no cell begins at character {at}")
        quoted, plain, end = found.groups()
        line.append(plain if quoted is None else quoted.replace('""', '"'))
        at = found.end()
        if end == "\r\n":
            lines.append(line)
            line = []
    return lines


def compare_chart(where, file, expected_head, expected):
    first, *lines = read_lines(f"{where}/{file}.csv")
    if first != expected_head:
        sys.exit(f"{where}, {file}: its head is {first}, and should be {expected_head}")
    lines = [[line[0], *map(int, line[1:])] for line in lines]
    if file in ["photos-per-camera", "photos-per-lens"]:
        if any(before[1] < after[1] for before, after in zip(lines, lines[1:])):
            sys.exit(f"{where}, {file}: not the most first")
        lines = sorted(lines, key=lambda line: (-line[1], line[0]))
    if lines != expected:
        pairs = enumerate(zip(lines, expected))
        first = next((f"line {at} says {ours}, and is {theirs}" for at, (ours, theirs) in pairs if ours != theirs), "")
        sys.exit(f"{where}, {file}: {len(lines)} lines, and should have {len(expected)}; {first}")
    return sum(len(line) - 1 for line in lines)


def compare_words(where, words, expected):
    """What is said, number by number."""

    def same(what, ours, theirs):
        if ours != theirs:
            sys.exit(f"{where}, {what}: says {ours}, and is {theirs}")
        return len(ours)

    count = same("figures", [[name, numbers_in(value)] for name, value in words["figures"]], expected["figures"])
    highlights = [[one["name"], numbers_in(one["value"]), one["days"]] for one in words["highlights"]]
    count += same("highlights", highlights, expected["highlights"])
    count += same("the words on clocks", [numbers_in(line)[:2] for line in words["lines"]], expected["lines"])
    for file, notes in words["notes"].items():
        numbers = expected["notes"].get(file, [])
        if file == "photos-with-place":
            share = float(re.search(r"[\d.]+", notes[0]).group())
            if abs(share - numbers[0]) > 0.0501:
                sys.exit(f"{where}, {file}: says {share} %, and is {numbers[0]}")
            count += 1
        else:
            count += same(file, [numbers_in(note) for note in notes], numbers)
    return count


def main(folder):
    truth = read_truth(folder)
    with open(f"{folder}/asked.json", encoding="utf-8") as file:
        questions = json.load(file)
    numbers = 0
    for asked in questions:
        where = f"{folder}/{asked['folder']}"
        with open(f"{where}/said.json", encoding="utf-8") as file:
            words = json.load(file)
        library = Library(truth, asked)
        expected = charts(library)
        if sorted(words["notes"]) != sorted(expected):
            sys.exit(f"{where}: the page has other charts than are counted: {sorted(set(words['notes']) ^ set(expected))}")
        numbers += sum(compare_chart(where, file, head(library, file), lines) for file, lines in expected.items())
        numbers += compare_words(where, words, said(library))
    print(json.dumps({"numbers": numbers}))


main(sys.argv[1])
