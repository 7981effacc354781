"""Where the JSON files of a zip lie, headers included, and where its list lies, as `zipfile` tells.

Prints pairs of offsets: the JSON files in the order of the archive, and the list, which reaches to the end.
"""

import json
import os
import sys
import zipfile


def main(path):
    with zipfile.ZipFile(path) as archive:
        entries = sorted(archive.infolist(), key=lambda entry: entry.header_offset)
        ends = [entry.header_offset for entry in entries[1:]] + [archive.start_dir]
        sidecars = [
            [entry.header_offset, end]
            for entry, end in zip(entries, ends)
            if entry.filename.endswith(".json")
        ]
        print(json.dumps({"sidecars": sidecars, "list": [archive.start_dir, os.path.getsize(path)]}))


main(sys.argv[1])
