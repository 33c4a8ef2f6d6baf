#!/usr/bin/env python3
"""Measures how long after its segment each line of `conntrace live` is there.

live_delay.py [--samples N] [--via WAY] -- CONNTRACE...

CONNTRACE are the words that start the command line. Needs CAP_NET_RAW. A client and a server on 127.0.0.1 exchange lines at
irregular intervals, alone and in bursts; each packet record carries the kernel's time of its segment, and the clock is read when
the record can be read from the pipe. The same is done for lines of text, by their UTC times.
"""

import argparse
import json
import os
import random
import re
import signal
import socket
import subprocess
import threading
import time

PORT = 6574
TEXT_ROW = re.compile(r"^[!X ]?\s*\d+\s+(\d\d):(\d\d):(\d\d\.\d+)\s")


class Capture:
    """A running `conntrace live`, and when its lines came."""

    def __init__(self, command, options):
        self.process = subprocess.Popen(
            [*command, "live", "--port", str(PORT), *options],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, "TZ": "UTC"})
        said = self.process.stderr.readline()
        if b"live on" not in said:
            raise SystemExit(said.decode())
        self.lines = []
        self.reader = threading.Thread(target=self.read)
        self.reader.start()

    def read(self):
        pending = b""
        while chunk := os.read(self.process.stdout.fileno(), 1 << 16):
            now = time.time_ns()
            *lines, pending = (pending + chunk).split(b"\n")
            self.lines.extend((now, line.decode()) for line in lines)

    def end(self):
        self.process.send_signal(signal.SIGINT)
        self.reader.join()
        if self.process.wait() != 0:
            raise SystemExit(f"ended with {self.process.returncode}")


def talk(samples):
    """Sends lines alone (up to 60 ms apart) and in bursts of twenty."""
    with socket.create_server(("127.0.0.1", PORT)) as listener:
        client = socket.create_connection(("127.0.0.1", PORT))
        served, _ = listener.accept()
        with client, served:
            client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            for number in range(samples):
                for _ in range(20 if number % 10 == 0 else 1):
                    client.sendall(b"a line\n")
                time.sleep(random.uniform(0, 0.06))


def record_delays(lines):
    for now, line in lines:
        record = json.loads(line)
        if record["type"] == "packet":
            yield now - int(record["time"].replace(".", ""))


def text_delays(lines):
    midnight = time.time_ns() // 86_400_000_000_000 * 86_400_000_000_000
    for now, line in lines:
        if row := TEXT_ROW.match(line):
            hours, minutes, seconds = row.groups()
            yield now - midnight - round((int(hours) * 3600 + int(minutes) * 60 + float(seconds)) * 1e9)


def measure(command, via, samples, form):
    options = ["--via", via] + (["--format", "ndjson"] if form == "ndjson" else ["--time", "utc"])
    capture = Capture(command, options)
    talk(samples)
    time.sleep(0.5)
    capture.end()
    delays = sorted((record_delays if form == "ndjson" else text_delays)(capture.lines))
    millis = [delay / 1e6 for delay in delays]
    late = sum(1 for delay in millis if delay > 100)
    print(f"{via:14} {form:7} {len(millis):6} lines: median {millis[len(millis) // 2]:6.1f} ms, "
          f"99 % {millis[len(millis) * 99 // 100]:6.1f} ms, most {millis[-1]:6.1f} ms, later than 100 ms: {late}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--samples", type=int, default=200)
    parser.add_argument("--via", choices=["libpcap", "packet-socket"])
    parser.add_argument("command", nargs="+")
    options = parser.parse_args()
    for via in [options.via] if options.via else ["libpcap", "packet-socket"]:
        for form in ["ndjson", "text"]:
            measure(options.command, via, options.samples, form)


if __name__ == "__main__":
    main()
