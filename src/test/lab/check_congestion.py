"""Compares conntrace's phases of congestion control with what the sender's kernel says of its window meanwhile.

    sudo python3 src/test/lab/check_congestion.py [SEED...]

For each transfer and each side it was seen from: how much the flight differs from the kernel's window where a phase
ends, and whether the kernel was in slow start, in recovery or neither in the middle of each phase.
"""

import json
import pathlib
import subprocess
import sys
import tempfile

import growth
import pcapfile
import segments

ROOT = pathlib.Path(__file__).resolve().parents[3]
RECOVERING = (2, 3, 4)


def phases(capture):
    """conntrace's record of the client as a sender."""
    with tempfile.NamedTemporaryFile(suffix=".pcap") as file:
        pcapfile.write(file.name, pcapfile.snapped(capture, segments.header_end(capture)))
        out = subprocess.run([ROOT / "conntrace", "connections", "--format", "ndjson", file.name], capture_output=True,
                             text=True, check=True).stdout
    return json.loads(out.splitlines()[0])["congestion"]["from_client"]


def between(samples, start, end):
    return [s for s in samples if start <= s.time <= end] or [min(samples, key=lambda s: abs(s.time - start))]


def nanos(text):
    seconds, fraction = text.split(".")
    return int(seconds) * 10**9 + int(fraction)


def truth(samples):
    """What the kernel did over most of these samples."""
    if sum(s.state in RECOVERING for s in samples) * 2 > len(samples):
        return "recovery"
    slow = sum(s.cwnd < s.ssthresh for s in samples)
    return "slow-start" if slow * 2 > len(samples) else "avoidance"


MEANS = {"slow-start": "slow-start", "after-timeout": "slow-start", "recovery": "recovery", "avoidance": "avoidance",
         "steady": "avoidance"}


def check(seed):
    plan = growth.random_plan(seed)
    at_client, at_server, samples = growth.transfer(plan)
    print(f"seed {seed}: {plan}")
    right = wrong = 0
    for where, capture, shift in (("sender", at_client, 0), ("receiver", at_server, int(plan.one_way_ms * 10**6))):
        told = phases(capture)
        print(f"  at the {where}: basis {told['basis']}, began with {told.get('initial_window_segments')}, most "
              f"{told['max_flight_segments']}, kernel's most {max(s.cwnd for s in samples)}")
        for phase in told["phases"]:
            start, end = nanos(phase["start"]) - shift, nanos(phase["end"]) - shift
            there = between(samples, start, end)
            kernel = truth(there)
            agrees = MEANS.get(phase["kind"], kernel) == kernel
            right, wrong = right + agrees, wrong + (not agrees)
            print(f"    {'  ' if agrees else 'X '}{phase['kind']:20} {phase['rounds']:3} rounds, flight "
                  f"{phase['start_flight_segments']:4} to {phase['end_flight_segments']:4}, most "
                  f"{phase['max_flight_segments']:4}; kernel: {kernel}, cwnd {there[0].cwnd} to {there[-1].cwnd}, most "
                  f"{max(s.cwnd for s in there)}")
    return right, wrong


if __name__ == "__main__":
    results = [check(int(seed)) for seed in sys.argv[1:] or range(1, 9)]
    print(f"phases that the kernel confirms: {sum(r for r, _ in results)}, others: {sum(w for _, w in results)}")
