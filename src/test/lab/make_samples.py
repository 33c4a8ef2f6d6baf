#!/usr/bin/env python3
"""Makes the captures of sample-captures/ anew.

make_samples.py [--to FOLDER] [TOPIC...]   all topics, or those named
make_samples.py --list                     what there is

Needs root, or `unshare -Urn` around it. What it makes is never the same twice (sequence numbers, times), so golden files
beside a sample must be made again after it.
"""

import argparse
import pathlib
import sys
import time

import pcapfile
import scenarios  # noqa: F401 (registers the samples)
import segments
from claims import NotShown
from samples import SAMPLES

ATTEMPTS = 5
FOLDER = pathlib.Path(__file__).resolve().parents[3] / "sample-captures"


def make(sample, folder):
    """Writes one sample and gives back (its path, attempts); raises NotShown when no attempt shows its mechanism."""
    path = folder / sample.topic / sample.name
    path.parent.mkdir(parents=True, exist_ok=True)
    for attempt in range(1, ATTEMPTS + 1):
        try:
            if sample.writes:
                sample.make(path)
            else:
                capture = sample.make()
                if sample.headers_only:
                    capture = pcapfile.snapped(capture, segments.header_end(capture))
                pcapfile.write(path, capture, sample.nano)
            return path, attempt
        except NotShown as reason:
            print(f"{sample.topic}/{sample.name}: attempt {attempt}: {reason}", file=sys.stderr)
    raise NotShown(f"{sample.topic}/{sample.name}: not shown in {ATTEMPTS} attempts")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("topics", nargs="*", metavar="TOPIC")
    parser.add_argument("--to", type=pathlib.Path, default=FOLDER, metavar="FOLDER")
    parser.add_argument("--list", action="store_true")
    arguments = parser.parse_args()
    if arguments.list:
        for sample in SAMPLES:
            print(f"{sample.topic}/{sample.name}")
        return 0
    unknown = set(arguments.topics) - {sample.topic for sample in SAMPLES}
    if unknown:
        parser.error(f"no such topic: {', '.join(sorted(unknown))}")
    failed = 0
    for sample in SAMPLES:
        if arguments.topics and sample.topic not in arguments.topics:
            continue
        began = time.monotonic()
        try:
            path, attempts = make(sample, arguments.to)
            again = f", attempt {attempts}" if attempts > 1 else ""
            print(f"{path.relative_to(arguments.to)}: {path.stat().st_size} bytes, {time.monotonic() - began:.1f} s{again}")
        except NotShown as reason:
            print(reason, file=sys.stderr)
            failed = 1
    return failed


if __name__ == "__main__":
    sys.exit(main())
