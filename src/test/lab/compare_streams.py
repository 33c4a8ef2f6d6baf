#!/usr/bin/env python3
"""Compares the streams that conntrace writes with those of tshark, byte for byte.

    compare_streams.py CAPTURE_OR_FOLDER... [--conntrace PATH] [--keep DIR] [--verbose]

For every capture, `conntrace stream --all` is run, and `tshark -z follow,tcp,raw,N` for every
stream that tshark sees. Connections are matched by their addresses and frames, because the two
number them differently where a four-tuple is used twice. One direction of one connection is one
comparison; those in which tshark reports missing bytes, or in which the capture contradicts itself
about a byte, are counted apart. Prints the share that agrees and each kind of difference; exit
status 1 if any of them has no explanation (see KINDS).
"""

import argparse
import collections
import ipaddress
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

MISSING = b" missing in capture file]"
MOST_STREAMS_AT_ONCE = 64

KINDS = {
    "equal": "the same bytes",
    "equal but for gaps": "tshark puts a text in the place of missing bytes; the others are the same",
    "withheld": "the same up to a gap that was never acknowledged; what is behind it tshark withholds",
    "given up": "tshark gives a gap up when it is acknowledged, and leaves out the copy that comes later",
    "differs at gaps": "tshark reports missing bytes, and the others differ too",
    "contradiction": "the capture holds two versions of some bytes: both tools say so or choose",
    "split": "the frames are not counted to the same connection: a four-tuple was used again",
    "reset payload": "tshark takes the payload of a RST for data (RFC 9293 3.5.3: it is not)",
    "keep-alive": "tshark takes the byte of a keep-alive for data",
    "stray": "numbers that do not fit the connection",
    "late": "tshark leaves out bytes from before the first that it saw, or puts late ones elsewhere",
    "only tshark": "conntrace has no such connection",
    "only conntrace": "tshark has no such stream",
    "UNEXPLAINED": "none of the above",
}
KIND_OF_ASIDE = {"reset": "reset payload", "keep-alive": "keep-alive", "stray": "stray", "late": "late"}
UNEXPLAINED = {"UNEXPLAINED"}


def require_tshark():
    """Installs tshark if it is missing, or says loudly why that is not possible."""
    if shutil.which("tshark"):
        return
    command = ["apt-get", "install", "-y", "--no-install-recommends", "tshark"]
    try:
        done = subprocess.run(command, capture_output=True, text=True)
        reason = done.stderr.strip()[-500:]
    except OSError as error:
        reason = str(error)
    if not shutil.which("tshark"):
        sys.exit(f"NOTHING WAS COMPARED: tshark is missing and cannot be installed: {reason}")


def tshark(*words):
    done = subprocess.run(["tshark", "-n", *words], capture_output=True)
    return done.stdout.decode("latin-1").splitlines()


def frames_of_streams(capture):
    """Returns for each of tshark's streams the frames that it consists of."""
    fields = ["-T", "fields", "-e", "frame.number", "-e", "tcp.stream"]
    frames = collections.defaultdict(list)
    for line in tshark("-r", capture, "-Y", "tcp.stream", *fields):
        frame, _, streams = line.partition("\t")
        for stream in streams.split(","):
            frames[int(stream)].append(int(frame))
    return frames


def followed(capture, numbers):
    """Returns {number: {endpoint: bytes}} as tshark follows the streams."""
    result = {}
    for at in range(0, len(numbers), MOST_STREAMS_AT_ONCE):
        words = []
        for number in numbers[at : at + MOST_STREAMS_AT_ONCE]:
            words += ["-z", f"follow,tcp,raw,{number}"]
        parse_follow(tshark("-q", "-r", capture, *words), result)
    return result


def parse_follow(lines, result):
    number, nodes, data = None, [], []
    for line in lines:
        if line.startswith("Filter: tcp.stream eq "):
            number, nodes, data = int(line.rsplit(" ", 1)[1]), [], [[], []]
        elif line.startswith("Node "):
            nodes.append(endpoint(line.split(": ", 1)[1]))
        elif line.startswith("====") and number is not None:
            if nodes[0] == nodes[1]:
                data[0] += data[1]
            result[number] = {
                node: (b"".join(parts), any(MISSING in part for part in parts), parts)
                for node, parts in reversed(list(zip(nodes, data)))
            }
            number = None
        elif number is not None and line and not line.startswith("Follow:"):
            side = 1 if line.startswith("\t") else 0
            data[side].append(bytes.fromhex(line.strip()))


def endpoint(text):
    """Returns an endpoint's address and port, whatever way its address is written."""
    host, _, port = text.rpartition(":")
    host = host.strip("[]")
    return str(ipaddress.ip_address(host)) if host else "", int(port)


def streams_of_conntrace(conntrace, capture, folder):
    """Runs conntrace; returns its connections and the remarks on each (number, side)."""
    words = [conntrace, "stream", "-q", "--all", str(folder), capture]
    done = subprocess.run(words, capture_output=True, text=True)
    if done.returncode not in (0, 3):
        sys.exit(f"{capture}: conntrace ended with {done.returncode}: {done.stderr}")
    connections, remarks = [], collections.defaultdict(list)
    index = folder / "streams.ndjson"
    if not index.exists():
        return connections, remarks, done.returncode
    for line in index.read_text().splitlines():
        record = json.loads(line)
        if record["type"] == "stream":
            connections.append(record)
        else:
            remarks[record["connection"], record["from"]].append(record)
    return connections, remarks, done.returncode


def frames_of_connections(conntrace, capture):
    words = [conntrace, "packets", "-q", "--format", "ndjson", capture]
    frames = collections.defaultdict(list)
    for line in subprocess.run(words, capture_output=True, text=True).stdout.splitlines():
        record = json.loads(line)
        frames[record["connection"]].append(record["frame"])
    return frames


def without_markers(parts):
    return b"".join(part for part in parts if MISSING not in part)


def holds(ours, parts):
    """Returns whether all of tshark's parts are in our bytes, in their order."""
    at = 0
    for part in parts:
        if MISSING not in part:
            at = ours.find(part, at)
            if at < 0:
                return False
            at += len(part)
    return True


def explain(ours, theirs, remarks):
    """Names the kind of a difference, from what conntrace says beside the bytes."""
    _, missing, parts = theirs
    reasons = {r.get("reason") for r in remarks if r["type"] == "aside"}
    conflict = any(r["type"] == "conflict" for r in remarks)
    captured = without_markers(parts)
    unacknowledged = any(
        r["type"] == "gap" and "acknowledged_frame" not in r and r["reason"] == "not-captured"
        for r in remarks
    )
    if ours == captured:
        return "contradiction" if conflict else "equal but for gaps" if missing else "equal"
    if conflict:
        return "contradiction"
    if unacknowledged and ours.startswith(captured):
        return "withheld"
    if missing:
        return "given up" if holds(ours, parts) else "differs at gaps"
    for reason, kind in KIND_OF_ASIDE.items():
        if reason in reasons:
            return kind
    return "UNEXPLAINED"


def compare(conntrace, capture, folder, report):
    connections, remarks, status = streams_of_conntrace(conntrace, capture, folder)
    report.statuses[status] += 1
    frames = frames_of_streams(capture)
    followed_streams = followed(capture, sorted(frames))
    by_frame = {}
    for stream, numbers in frames.items():
        for frame in numbers:
            by_frame.setdefault(frame, []).append(stream)
    matched = set()
    own_frames = None
    streams_with_data = set()
    for connection in connections:
        sides = {"client": endpoint(connection["client"]), "server": endpoint(connection["server"])}
        candidates = [
            stream
            for stream in by_frame.get(connection["first_frame"], [])
            if set(followed_streams.get(stream, {})) == set(sides.values())
            or not followed_streams.get(stream)
        ]
        if not candidates:
            candidates = by_frame.get(connection["first_frame"], [])
        stream = candidates[0] if candidates else None
        matched.add(stream)
        if sides["client"] == sides["server"]:
            del sides["server"]
        for side, address in sides.items():
            name = connection["from_" + side].get("stream_file")
            ours = (folder / name).read_bytes() if name else b""
            theirs = followed_streams.get(stream, {}).get(address, (b"", False, []))
            if not ours and (not theirs[0] or stream in streams_with_data):
                continue  # nothing to compare, or another connection of ours was compared with it
            streams_with_data.add(stream)
            kind = explain(ours, theirs, remarks[connection["connection"], side])
            if stream is None:
                kind = "only conntrace"
            elif kind not in ("equal", "equal but for gaps"):
                if own_frames is None:
                    own_frames = frames_of_connections(conntrace, capture)
                if own_frames[connection["connection"]] != sorted(set(frames[stream])):
                    kind = "split"
            report.add(capture, connection, side, stream, kind, ours, theirs[0])
    for stream in sorted(set(frames) - matched):
        for address, (data, _, _) in followed_streams.get(stream, {}).items():
            if data:
                kind = "split" if connections and any(
                    {endpoint(c["client"]), endpoint(c["server"])} == set(followed_streams[stream])
                    for c in connections
                ) else "only tshark"
                report.add(capture, {"connection": "-"}, address, stream, kind, b"", data)


class Report:
    def __init__(self, verbose):
        self.verbose = verbose
        self.kinds = collections.Counter()
        self.captures = collections.Counter()
        self.statuses = collections.Counter()

    def add(self, capture, connection, side, stream, kind, ours, theirs):
        self.kinds[kind] += 1
        if kind in UNEXPLAINED or (self.verbose and kind != "equal"):
            same = next((i for i, (a, b) in enumerate(zip(ours, theirs)) if a != b), min(len(ours), len(theirs)))
            print(
                f"{kind}: {capture} connection {connection['connection']} {side},"
                f" tshark stream {stream}: {len(ours)} bytes, tshark {len(theirs)},"
                f" the first {same} are equal",
                flush=True,
            )

    def print(self):
        comparable = sum(self.kinds.values()) - sum(
            self.kinds[kind] for kind in ("equal but for gaps", "withheld", "given up", "differs at gaps", "contradiction")
        )
        print("captures by conntrace's exit status:", dict(self.statuses))
        for kind, meaning in KINDS.items():
            if self.kinds[kind]:
                print(f"{self.kinds[kind]:7}  {kind}: {meaning}")
        if comparable:
            share = 100 * self.kinds["equal"] / comparable
            print(f"{share:.2f} % of {comparable} comparable directions are the same byte for byte")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("captures", nargs="+", type=pathlib.Path)
    parser.add_argument("--conntrace", default=str(pathlib.Path(__file__).parents[3] / "conntrace"))
    parser.add_argument("--verbose", action="store_true", help="print every difference")
    options = parser.parse_args()
    require_tshark()
    captures = []
    for path in options.captures:
        captures += sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
    report = Report(options.verbose)
    for capture in captures:
        with tempfile.TemporaryDirectory() as folder:
            compare(options.conntrace, str(capture), pathlib.Path(folder), report)
    report.print()
    return 1 if any(report.kinds[kind] for kind in UNEXPLAINED) else 0


if __name__ == "__main__":
    sys.exit(main())
