#!/usr/bin/env python3
"""Holds conntrace's word on windows against the kernel's own counters.

check_windows.py make FOLDER [--runs N] [--seed S]   captures N random conversations, with counters as JSON beside them
check_windows.py judge FOLDER                        runs conntrace on them and prints a table; 1 if one is off

Compared: how long the sender was held up (tcpi_rwnd_limited), how often the receiver's window closed and opened
(TCPToZeroWindowAdv, TCPFromZeroWindowAdv), window probes (TCPWinProbe) and keep-alives (TCPKeepAlive). Making them needs
root, or `unshare -Urn` around the program.
"""

import argparse
import json
import multiprocessing
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[3]
SLACK_SECONDS = 0.03  # a busy machine is late
SLACK_SHARE = {"client": 0.05, "both": 0.05, "middle": 0.2, "server": 0.2}  # far from the sender its waiting is inferred


def make(arguments):
    arguments.folder.mkdir(parents=True, exist_ok=True)
    with multiprocessing.Pool(arguments.jobs) as pool:
        runs = [(arguments.folder, seed) for seed in range(arguments.seed, arguments.seed + arguments.runs)]
        for line in pool.imap_unordered(_make_one, runs):
            print(line, flush=True)


def _make_one(run):
    import pcapfile
    import segments
    import windows
    folder, seed = run
    plan = windows.random_plan(seed)
    try:
        captures, counters = windows.converse(plan)
    except Exception as failure:
        return f"{seed} {plan.kind}: {type(failure).__name__}: {failure}"
    for where, capture in captures.items():
        name = f"{seed:05}-{plan.kind}-{where}"
        capture = pcapfile.snapped(capture, segments.header_end(capture))
        pcapfile.write(folder / f"{name}.pcap", capture)
        (folder / f"{name}.json").write_text(json.dumps({"plan": plan.__dict__, **counters}, indent=1))
    return f"{seed} {plan.kind}: {', '.join(captures)}"


def judge(arguments):
    files = sorted(arguments.folder.glob("*.pcap"))
    off = {}
    sums = {}
    for file in files:
        counters = json.loads(file.with_suffix(".json").read_text())
        told = _told(arguments.conntrace, file)
        for what, (ours, kernels, slack) in _pairs(told, counters, file.stem.rsplit("-", 1)[1]).items():
            ok = abs(ours - kernels) <= slack
            key = (counters["plan"]["kind"], file.stem.rsplit("-", 1)[1], what)
            count, good, total, kernel_total = sums.get(key, (0, 0, 0, 0))
            sums[key] = (count + 1, good + ok, total + ours, kernel_total + kernels)
            if not ok:
                off.setdefault(key, []).append(f"{file.stem}: {ours:g}, kernel {kernels:g}")
    print(f"{'kind':12}{'captured at':13}{'what':26}{'agree':>9}{'conntrace':>12}{'kernel':>12}")
    for (kind, where, what), (count, good, ours, kernels) in sorted(sums.items()):
        print(f"{kind:12}{where:13}{what:26}{f'{good}/{count}':>9}{ours:12.3f}{kernels:12.3f}")
    for key, cases in sorted(off.items()):
        for case in cases[:arguments.show]:
            print(*key, case)
    return 1 if off else 0


def _told(conntrace, file):
    """conntrace's record of the connection, and those of its packets."""
    done = subprocess.run([conntrace, "timeline", "--format", "ndjson", file], stdout=subprocess.PIPE, check=True)
    records = [json.loads(line) for line in done.stdout.splitlines()]
    return {"connection": next(r for r in records if r["type"] == "connection"),
            "packets": [r for r in records if r["type"] == "packet"]}


def _pairs(told, counters, where):
    """By what is compared: what conntrace says, what the kernel says, how far they may differ."""
    connection = told["connection"]
    stalls = connection.get("stalls", {"list": [], "from_client": {"total": 0}})
    seconds = counters["socket"]["rwnd_limited_us"] / 1e6
    closings = [s for s in stalls["list"] if s["cause"] == "zero-window" and s["side"] == "client"]
    opened = [s for s in closings if s["ended_by"] in ("window-update", "probe-answer")]
    torn = len(closings) - len(opened)  # a RST may carry an open window, which the kernel counts
    zero = [n for p in told["packets"] if p["from"] == "server" for n in p["notes"] if n["rule"] == "zero"]
    annotations = connection["annotations"]
    kernel = {**counters["client"], **{k: v for k, v in counters["server"].items() if "ZeroWindowAdv" in k}}
    return {"held up (s)": (stalls["from_client"].get("total", 0), seconds, SLACK_SECONDS + SLACK_SHARE[where] * seconds),
            "window closed": (len(zero), kernel["TCPToZeroWindowAdv"], 0),
            "window opened": (len(opened), kernel["TCPFromZeroWindowAdv"], torn),
            "window probes": (annotations.get("zero-window-probe", 0), kernel["TCPWinProbe"], 0),
            "keep-alives": (annotations.get("keep-alive", 0), kernel["TCPKeepAlive"], 0)}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("make", "judge"))
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--runs", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=8, help="how many conversations at once (they mostly wait)")
    parser.add_argument("--conntrace", type=pathlib.Path, default=ROOT / "conntrace", help="which conntrace to judge")
    parser.add_argument("--show", type=int, default=5, help="how many disagreements to list of each kind")
    arguments = parser.parse_args()
    return make(arguments) if arguments.what == "make" else judge(arguments)


if __name__ == "__main__":
    sys.exit(main())
