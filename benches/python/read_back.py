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

# Column of the export, name in the truth. What is not named here is unknown of an account's photos, or always the same.
TEXTS = {
    "id": "id",
    "file_name": "file_name",
    "description": "description",
    "mime_type": "mime_type",
    "kind": "kind",
    "camera_make": "camera_make",
    "camera_model": "camera_model",
    "product_url": "product_url",
}
NUMBERS = {
    "width": "width",
    "height": "height",
    "focal_length_mm": "focal_length_mm",
    "f_number": "f_number",
    "exposure_s": "exposure_s",
    "iso": "iso",
    "video_fps": "video_fps",
}
UNKNOWN = [
    "created_local", "utc_offset_min", "time_basis", "lens", "focal_length_35mm", "latitude", "longitude", "altitude_m",
    "people", "favorite", "archived", "trashed", "locked", "origin", "has_motion", "has_edited",
]
SAME = {"time_corrected": False, "in_account": True, "in_takeout": False}


def read_truth(folder):
    with open(f"{folder}/truth.ndjson", encoding="utf-8") as file:
        return pd.DataFrame([json.loads(line) for line in file])


def alike(name, ours, theirs):
    """Ends the script unless all cells of a column are the same."""
    ours, theirs = ours.reset_index(drop=True), theirs.reset_index(drop=True)
    same = (ours == theirs) | (ours.isna() & theirs.isna())
    if not same.all():
        at = int(np.argmin(same.to_numpy(dtype=bool)))
        sys.exit(f"{name}: row {at} says {ours[at]!r}, and is {theirs[at]!r}; {int((~same).sum())} rows differ")


def compare_table(what, frame, truth):
    """A frame of our columns, of CSV or Parquet."""
    if len(frame) != len(truth):
        sys.exit(f"{what} has {len(frame)} rows, and should have {len(truth)}")
    for column, name in TEXTS.items():
        alike(f"{what}, {column}", frame[column], truth[name])
    for column, name in NUMBERS.items():
        alike(f"{what}, {column}", frame[column].astype("float64"), truth[name].astype("float64"))
    taken = pd.to_datetime(truth["taken_s"], unit="s", utc=True).dt.as_unit("ms")
    alike(f"{what}, created_utc", pd.to_datetime(frame["created_utc"], utc=True).dt.as_unit("ms"), taken)
    for column in UNKNOWN:
        if not frame[column].isna().all():
            sys.exit(f"{what}, {column}: nobody told of it, and it is {frame[column].dropna().iloc[0]!r}")
    for column, value in SAME.items():
        if not (frame[column] == value).all():
            sys.exit(f"{what}, {column}: not always {value}")
    if not frame["albums"].map(lambda albums: not isinstance(albums, str) and (albums is None or np.size(albums) == 0 or pd.isna(albums))).all():
        sys.exit(f"{what}, albums: there are none, and it names some")
    known = [*TEXTS, *NUMBERS, "created_utc", *UNKNOWN, *SAME, "albums"]
    if sorted(known) != sorted(frame.columns):
        sys.exit(f"{what} has columns that nothing is known of: {sorted(set(frame.columns) ^ set(known))}")
    return frame.size


def compare_items(what, items, truth):
    """Media items in Google's shape."""
    flat = pd.json_normalize(items)
    either = lambda name: flat[f"mediaMetadata.photo.{name}"].fillna(flat[f"mediaMetadata.video.{name}"])
    pairs = {
        "id": flat["id"], "filename": flat["filename"], "description": flat["description"], "mimeType": flat["mimeType"],
        "productUrl": flat["productUrl"], "cameraMake": either("cameraMake"), "cameraModel": either("cameraModel"),
        "width": flat["mediaMetadata.width"].astype("int64"), "height": flat["mediaMetadata.height"].astype("int64"),
        "focalLength": flat["mediaMetadata.photo.focalLength"],
        "apertureFNumber": flat["mediaMetadata.photo.apertureFNumber"],
        "isoEquivalent": flat["mediaMetadata.photo.isoEquivalent"],
        "exposureTime": flat["mediaMetadata.photo.exposureTime"].str.removesuffix("s").astype("float64"),
        "fps": flat["mediaMetadata.video.fps"],
        "creationTime": pd.to_datetime(flat["mediaMetadata.creationTime"]).dt.as_unit("s").astype("int64"),
        "kind": np.where([("video" in item["mediaMetadata"]) for item in items], "video", "photo"),
    }
    names = {
        "filename": "file_name", "mimeType": "mime_type", "productUrl": "product_url", "cameraMake": "camera_make",
        "cameraModel": "camera_model", "focalLength": "focal_length_mm", "apertureFNumber": "f_number",
        "isoEquivalent": "iso", "exposureTime": "exposure_s", "fps": "video_fps", "creationTime": "taken_s",
    }
    for name, column in pairs.items():
        alike(f"{what}, {name}", pd.Series(column), truth[names.get(name, name)])
    return len(pairs) * len(flat)


def article(media_items, truth):
    """The steps of an article on the Library API, on a list of its media items."""
    frame = pd.DataFrame(media_items)
    metadata = pd.json_normalize(frame.mediaMetadata).rename(columns={"creationTime": "creationTime_metadata"})
    frame = pd.concat([frame, metadata], axis=1)
    # "datetime64" without a unit is what older versions of pandas took.
    frame["taken"] = pd.to_datetime(frame.creationTime_metadata).dt.tz_localize(None)
    hours = frame["taken"].dt.hour.value_counts().reindex(range(24)).fillna(0).astype("int64")
    dates = frame["taken"].dt.date.value_counts()
    dates = dates.reindex(pd.date_range(min(dates.index), max(dates.index)).date).fillna(0).astype("int64")
    seconds = truth["taken_s"].to_numpy()
    true_hours = np.bincount(seconds // 3600 % 24, minlength=24)
    days = seconds // 86_400
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


def main(folder, runs):
    truth = read_truth(folder)
    texts = {name: "str" for name in TEXTS}
    # Without a word pandas reads numbers that are off by their last digit.
    how = {"dtype": texts, "keep_default_na": False, "na_values": [""], "float_precision": "round_trip"}
    table = pd.read_csv(f"{folder}/export.csv", **how)
    cells = compare_table("CSV", table, truth)
    columns = pd.read_parquet(f"{folder}/export.parquet")
    if str(columns["created_utc"].dtype) != "datetime64[ms, UTC]" or str(columns["created_local"].dtype) != "datetime64[ms]":
        sys.exit(f"the times of the Parquet file are {columns['created_utc'].dtype} and {columns['created_local'].dtype}")
    cells += compare_table("Parquet", columns, truth)
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
