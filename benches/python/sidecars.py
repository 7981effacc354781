"""Every JSON file of an export, read by `zipfile` and `json`, as people do who look into an export themselves.

Arguments are the archives. Prints how many files there were and how many milliseconds they took.
"""

import json
import sys
import time
import zipfile


def main(archives):
    start = time.perf_counter()
    sidecars = []
    for path in archives:
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                if name.endswith(".json"):
                    try:
                        sidecars.append(json.loads(archive.read(name)))
                    except ValueError:
                        # Exports have files that only call themselves JSON.
                        sidecars.append(None)
    took = time.perf_counter() - start
    print(json.dumps({"files": len(sidecars), "took_ms": took * 1000}))


main(sys.argv[1:])
