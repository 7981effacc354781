"""What a seeded library is, as whoever made it tells it, and the comparison of columns with it."""

import json
import sys

import numpy as np
import pandas as pd

TEXTS = [
    "id", "file_name", "description", "mime_type", "kind", "time_basis", "camera_make", "camera_model", "lens", "origin",
    "product_url",
]
NUMBERS = [
    "utc_offset_min", "width", "height", "focal_length_mm", "focal_length_35mm", "f_number", "exposure_s", "iso",
    "video_fps", "latitude", "longitude", "altitude_m",
]
TRUTHS = [
    "time_corrected", "favorite", "archived", "trashed", "locked", "in_account", "in_takeout", "has_motion", "has_edited",
]
# Seconds since the epoch, on the clock of UTC and on the local one.
TIMES = ["created_utc", "created_local"]
LISTS = ["people", "albums"]
COLUMNS = [*TEXTS, *NUMBERS, *TRUTHS, *TIMES, *LISTS]

LINES_AT_A_TIME = 50_000


def read_truth(folder):
    """A row a photo, newest first. What is not told is missing."""
    frames, lines = [], []

    def gather():
        frame = pd.DataFrame(lines).reindex(columns=COLUMNS)
        frames.append(frame.astype({name: "float64" for name in [*NUMBERS, *TIMES]} | {name: "object" for name in TRUTHS}))
        lines.clear()

    with open(f"{folder}/truth.ndjson", encoding="utf-8") as file:
        for line in file:
            lines.append(json.loads(line))
            if len(lines) == LINES_AT_A_TIME:
                gather()
    if lines:
        gather()
    return pd.concat(frames, ignore_index=True)


def alike(name, ours, theirs):
    """Ends the script unless all cells of a column are the same."""
    ours, theirs = ours.reset_index(drop=True), theirs.reset_index(drop=True)
    if len(ours) != len(theirs):
        sys.exit(f"{name} has {len(ours)} rows, and should have {len(theirs)}")
    same = (ours == theirs) | (ours.isna() & theirs.isna())
    if not same.all():
        at = int(np.argmin(same.to_numpy(dtype=bool)))
        sys.exit(f"{name}: row {at} says {ours[at]!r}, and is {theirs[at]!r}; {int((~same).sum())} rows differ")
