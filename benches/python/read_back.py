"""Reads exports back with pandas and compares every cell with what the seeded library is, which is told beside them.

`truth.ndjson` has a line a photo, newest first, by whoever made the library and not by what exports it. Then the steps of
the articles that work with the Library API are done on the exported JSON: the items into a frame, `mediaMetadata`
flattened, counts by hour and by date. At last the same rows are written by pandas, and what that took is printed.
"""

import json
import sys
import time

import numpy as np
import pandas as pd

from truth import COLUMNS, LISTS, NUMBERS, TEXTS, TIMES, TRUTHS, alike, read_truth

# Google's name of what is named otherwise in our columns, of a media item and of its photo or video.
OF_ITEMS = {
    "id": "id", "file_name": "filename", "description": "description", "mime_type": "mimeType", "product_url": "productUrl",
    "created_utc": "mediaMetadata.creationTime", "width": "mediaMetadata.width", "height": "mediaMetadata.height",
}
OF_CAPTURES = {
    "camera_make": "cameraMake", "camera_model": "cameraModel", "focal_length_mm": "focalLength",
    "f_number": "apertureFNumber", "iso": "isoEquivalent", "exposure_s": "exposureTime", "video_fps": "fps",
}


def seconds(what, name, column):
    """Of times, or of words for them: instants say that they are of UTC, what a clock showed says no zone."""
    if column.dtype == "object":
        form = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d" + ("Z" if name == "created_utc" else "")
        wrong = column.dropna()[~column.dropna().str.fullmatch(form)]
        if len(wrong) > 0:
            sys.exit(f"{what}, {name}: {wrong.iloc[0]!r} is no such time")
    return (pd.to_datetime(column, utc=True) - pd.Timestamp(0, tz="UTC")) / pd.Timedelta(seconds=1)


def listed(column, is_json):
    """Lists as tuples; an empty one and none are the same, since text has no way to tell them apart."""
    read = json.loads if is_json else (lambda texts: texts)
    return column.map(lambda texts: tuple(read(texts)) if np.size(texts) > 0 and not is_missing(texts) else ())


def is_missing(cell):
    return cell is None or isinstance(cell, float)


def compare_columns(what, frame, truth, lists_are_json):
    """A frame of our columns."""
    for column in TEXTS:
        alike(f"{what}, {column}", frame[column], truth[column])
    for column in NUMBERS:
        alike(f"{what}, {column}", frame[column].astype("float64"), truth[column])
    for column in TRUTHS:
        alike(f"{what}, {column}", frame[column].astype("object"), truth[column])
    for column in TIMES:
        alike(f"{what}, {column}", seconds(what, column, frame[column]), truth[column])
    for column in LISTS:
        alike(f"{what}, {column}", listed(frame[column], lists_are_json), listed(truth[column], False))
    if sorted(COLUMNS) != sorted(frame.columns):
        sys.exit(f"{what} has other columns than are known: {sorted(set(frame.columns) ^ set(COLUMNS))}")
    return frame.size


def of_kind(what, name, column, kinds):
    """Ends the script unless what is known is of such kinds."""
    known = column.dropna()
    wrong = known[~known.map(lambda cell: isinstance(cell, kinds) and (bool in kinds or not isinstance(cell, bool)))]
    if len(wrong) > 0:
        sys.exit(f"{what}, {name}: {wrong.iloc[0]!r} is of another type than it should be")


def without_s(what, durations):
    """Google ends durations with their unit."""
    known = durations.dropna()
    if not known.str.endswith("s").all():
        sys.exit(f"{what}, exposureTime: not all have their unit")
    return durations.str.removesuffix("s")


def compare_items(what, items, truth):
    """Media items in Google's shape, with all else that is known under `albumen`."""
    flat = pd.json_normalize(items)
    nothing = pd.Series([None] * len(flat), dtype="object")
    known = lambda name: flat[name] if name in flat else nothing
    either = lambda name: known(f"mediaMetadata.photo.{name}").combine_first(known(f"mediaMetadata.video.{name}"))
    columns = {name: known(f"albumen.{name}") for name in COLUMNS}
    columns |= {name: known(theirs) for name, theirs in OF_ITEMS.items()}
    columns |= {name: either(theirs) for name, theirs in OF_CAPTURES.items()}
    columns["exposure_s"] = without_s(what, columns["exposure_s"])
    for name in NUMBERS:
        # Google writes its whole numbers of 64 bits as texts.
        kinds = (str,) if name in ["width", "height", "exposure_s"] else (int, float)
        of_kind(what, name, columns[name], kinds)
    for name in TRUTHS:
        of_kind(what, name, columns[name], (bool,))
    columns["kind"] = pd.Series(["video" if "video" in item["mediaMetadata"] else "photo" for item in items])
    named = {*OF_ITEMS.values(), *(f"albumen.{name}" for name in COLUMNS)}
    named |= {f"mediaMetadata.{kind}.{name}" for kind in ["photo", "video"] for name in OF_CAPTURES.values()}
    if not named.issuperset(flat.columns):
        sys.exit(f"{what} tells what nothing is known of: {sorted(set(flat.columns) - named)}")
    return compare_columns(what, pd.DataFrame(columns), truth, False)


def article(media_items, truth):
    """The steps of an article on the Library API, on a list of its media items."""
    frame = pd.DataFrame(media_items)
    metadata = pd.json_normalize(frame.mediaMetadata).rename(columns={"creationTime": "creationTime_metadata"})
    frame = pd.concat([frame, metadata], axis=1)
    # "datetime64" without a unit is what older versions of pandas took.
    frame["taken"] = pd.to_datetime(frame.creationTime_metadata).dt.tz_localize(None)
    hours = frame["taken"].dt.hour.value_counts().reindex(range(24)).fillna(0).astype("int64")
    dates = frame["taken"].dropna().dt.date.value_counts()
    dates = dates.reindex(pd.date_range(min(dates.index), max(dates.index)).date).fillna(0).astype("int64")
    instants = truth["created_utc"].dropna().to_numpy(dtype="int64")
    true_hours = np.bincount(instants // 3600 % 24, minlength=24)
    days = instants // 86_400
    true_dates = np.bincount(days - days.min())
    if hours.to_list() != true_hours.tolist() or dates.to_list() != true_dates.tolist():
        sys.exit("the counts by hour or by date are not those of the library")


def took_ms(work, runs):
    took = []
    for _ in range(runs):
        begun = time.perf_counter()
        work()
        took.append((time.perf_counter() - begun) * 1000)
    return took


def read_csv(path, truth):
    # Words for nothing are words.
    how = {"keep_default_na": False, "na_values": [""]}
    if not any(truth[name].str.contains("\0", regex=False).any() for name in TEXTS if truth[name].notna().any()):
        # Without a word numbers are read that are off by their last digit.
        return pd.read_csv(path, dtype={name: "str" for name in TEXTS}, float_precision="round_trip", **how)
    # The reader above ends a text at a NUL. The slow one does not, and takes numbers for texts if it is told to.
    table = pd.read_csv(path, dtype="str", engine="python", **how)
    for name in TRUTHS:
        wrong = set(table[name].dropna()) - {"true", "false"}
        if wrong:
            sys.exit(f"CSV, {name}: {wrong} is neither true nor false")
    return table.assign(**{name: table[name].map({"true": True, "false": False}) for name in TRUTHS})


def main(folder, runs):
    truth = read_truth(folder)
    table = read_csv(f"{folder}/export.csv", truth)
    cells = compare_columns("CSV", table, truth, True)
    columns = pd.read_parquet(f"{folder}/export.parquet")
    if str(columns["created_utc"].dtype) != "datetime64[ms, UTC]" or str(columns["created_local"].dtype) != "datetime64[ms]":
        sys.exit(f"the times of the Parquet file are {columns['created_utc'].dtype} and {columns['created_local'].dtype}")
    cells += compare_columns("Parquet", columns, truth, False)
    with open(f"{folder}/export.ndjson", encoding="utf-8") as file:
        cells += compare_items("NDJSON", [json.loads(line) for line in file], truth)
    with open(f"{folder}/export.json", encoding="utf-8") as file:
        media_items = json.load(file)["mediaItems"]
    cells += compare_items("JSON", media_items, truth)
    article(media_items, truth)
    del media_items
    table["created_utc"] = pd.to_datetime(table["created_utc"])
    print(json.dumps({
        "cells": int(cells),
        "to_csv_ms": took_ms(lambda: table.to_csv(f"{folder}/pandas.csv", index=False), runs),
        "to_parquet_ms": took_ms(lambda: columns.to_parquet(f"{folder}/pandas.parquet"), runs),
    }))


main(sys.argv[1], int(sys.argv[2]))
