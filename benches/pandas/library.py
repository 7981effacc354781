"""Search pages of the Library API into a pandas data frame, then counts by hour, day and camera.

The steps are those of the articles that do this: all items into a list, `json_normalize`, `to_datetime`, and a group
for each question. Prints what they took, and the same counts from columns that were made for counting.
"""

import json
import resource
import sys
import time

import numpy as np
import pandas as pd

ZONE = "Europe/Berlin"
PEAK_UNIT = 1 if sys.platform == "darwin" else 1024


def main(folder):
    with open(f"{folder}/pages.json", encoding="utf-8") as file:
        ends = json.load(file)
    start = time.perf_counter()
    items = []
    with open(f"{folder}/pages.bin", "rb") as file:
        begin = 0
        for end in ends:
            items.extend(json.loads(file.read(end - begin))["mediaItems"])
            begin = end
    frame = pd.json_normalize(items)
    ingested = time.perf_counter()
    taken = pd.to_datetime(frame["mediaMetadata.creationTime"]).dt.tz_convert(ZONE)
    hours = frame.groupby(taken.dt.hour).size()
    days = frame.groupby(taken.dt.date).size()
    cameras = frame.groupby("mediaMetadata.photo.cameraModel").size()
    counted = time.perf_counter()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * PEAK_UNIT

    local = taken.dt.tz_localize(None)
    seconds = local.to_numpy().astype("datetime64[s]").astype(np.int64)
    codes = frame["mediaMetadata.photo.cameraModel"].astype("category").cat.codes.to_numpy()
    began = time.perf_counter()
    fast_hours = np.bincount(seconds // 3600 % 24, minlength=24)
    day = seconds // 86400
    fast_days = np.bincount(day - day.min())
    fast_cameras = np.bincount(codes[codes >= 0])
    ended = time.perf_counter()
    assert fast_hours.sum() == hours.sum() == len(items)
    assert fast_days.sum() == days.sum() and fast_cameras.sum() == cameras.sum()
    print(json.dumps({
        "ingest_ms": (ingested - start) * 1000,
        "peak_mb": peak / 2**20,
        "counts_ms": (counted - ingested) * 1000,
        "vectorised_ms": (ended - began) * 1000,
    }))


main(sys.argv[1])
