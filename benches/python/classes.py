"""The classes of a chart: where they begin, what they are called, and how many values each has."""

import re
import sys

import numpy as np

# Where classes begin, in units of the last digit that counts, and what they are called.
SIZES = [0, 1, 2, 5, 8, 12, 16, 24, 48]
FOCAL_LENGTHS = [16, 24, 35, 50, 70, 85, 105, 135, 200, 300, 400, 600]
F_NUMBERS = [1, 1.4, 2, 2.8, 4, 5.6, 8, 11, 16, 22]
EXPOSURES = [
    120, 240, 490, 980, 1_950, 3_900, 7_800, 16_000, 32_000, 64_000, 122_000, 245_000, 490_000, 990_000, 1_990_000,
    3_990_000, 7_990_000, 14_990_000, 29_990_000,
]
EXPOSURE_NAMES = [
    "< 1/8000 s", *(f"1/{name} s" for name in [8000, 4000, 2000, 1000, 500, 250, 125, 60, 30, 15, 8, 4, 2]),
    *(f"{name} s" for name in [1, 2, 4, 8, 15]), "≥ 30 s",
]
for name, class_of_name in zip(EXPOSURE_NAMES[1:-1], range(1, len(EXPOSURES))):
    long, short = map(float, (name.removesuffix(" s") + "/1").split("/")[:2])
    if np.searchsorted(EXPOSURES, long / short * 1e6, side="right") != class_of_name:
        sys.exit(f"{name} is not in the class of its name")

ISOS = [50, 100, 200, 400, 800, 1600, 3200, 6400, 12800, 25600, 51200]


def per_class(values, starts, names):
    """Of classes that begin at their starts, the first one before the first start."""
    classes = np.searchsorted(starts, values.to_numpy(), side="right")
    return [list(line) for line in zip(names, np.bincount(classes, minlength=len(names)).tolist())]


def units(values, per_one):
    """Whole numbers of the smallest unit that counts; what is less than half of one is unknown."""
    counted = (values.dropna() * per_one + 0.5) // 1
    return counted[counted > 0]


def ranges(starts, unit, digits, sign="", before=""):
    """Names of classes: from a start up to the last value before the next one."""
    step = 10.0 ** -digits
    # Without the zeros at the end of a fraction.
    word = lambda number: re.sub(r"(\.\d*?)\.?0+$", r"\1", f"{number:.{digits}f}").rstrip(".")
    last = [word(start - step) for start in starts]
    between = [f"{sign}{word(start)}–{after}{unit}" for start, after in zip(starts, last[1:])]
    names = [f"up to {sign}{last[0]}{unit}", *between, f"{sign}{word(starts[-1])}{unit} and more"]
    return [f"{before}{name}" for name in names]
