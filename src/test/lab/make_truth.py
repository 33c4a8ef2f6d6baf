#!/usr/bin/env python3
"""Makes a capture of real kernel TCP across an impaired path, and beside it what really happened to each frame.

make_truth.py [OPTIONS] OUT.pcap    writes OUT.pcap (raw IP, nanoseconds, headers only) and OUT.truth.tsv

The client sends, the server receives (with --both each does both). Chances are per packet and direction, half of them
before the middle of the path and half after it. The same seed makes the same decisions, packet by packet; the kernels'
timing still differs a little from run to run. The classes are explained in truth.py. Needs root.
"""

import argparse
import contextlib
import pathlib
import socket
import sys

import pcapfile
import segments
import truth
from impairment import Seeded, Smooth
from namespaces import two_hosts
from path import Path
from sockets import Background, connect, listen, receive

POINTS = {"receiver": truth.SERVER, "sender": truth.CLIENT, "middle": truth.MIDDLE}
ATTEMPTS = 3


def options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=pathlib.Path, metavar="OUT.pcap")
    parser.add_argument("--loss", type=float, default=0.0, metavar="PERCENT")
    parser.add_argument("--reorder", type=float, default=0.0, metavar="PERCENT")
    parser.add_argument("--duplicate", type=float, default=0.0, metavar="PERCENT")
    parser.add_argument("--rtt", type=float, default=20.0, metavar="MS", help="round trip without queues (20)")
    parser.add_argument("--hold", type=float, metavar="MS", help="how long a reordered packet is held back (rtt / 5)")
    parser.add_argument("--rate", type=float, default=50.0, metavar="MBIT", help="of each direction (50)")
    parser.add_argument("--bytes", type=int, default=3_000_000, help="of all connections together (3000000)")
    parser.add_argument("--connections", type=int, default=3, help="at the same time (3)")
    parser.add_argument("--seed", default="1")
    parser.add_argument("--side", choices=POINTS, default="receiver", help="where the capture is taken")
    parser.add_argument("--both", action="store_true", help="the server sends as much, and both directions suffer")
    parser.add_argument("--ipv6", action="store_true")
    parser.add_argument("--no-sack", action="store_true")
    parser.add_argument("--no-timestamps", action="store_true")
    parser.add_argument("--congestion", default="cubic", metavar="NAME")
    parser.add_argument("--log", type=pathlib.Path, metavar="FILE", help="also write the path's own log")
    return parser.parse_args()


def stages(o, direction, impaired):
    """The two stages of a direction; each has half of the delay and half of the chances."""
    delay = o.rtt / 4
    if not impaired:
        return Smooth(delay), Smooth(delay)
    hold = o.rtt / 5 if o.hold is None else o.hold
    chances = [percent / 200 for percent in (o.loss, o.reorder, o.duplicate)]
    return tuple(Seeded(f"{o.seed}/{direction}/{part}", delay, *chances, hold_ms=hold) for part in ("near", "far"))


def converse(o, path, left, right):
    """All connections, from handshake to close; each sends its share of the bytes."""
    share = max(1, o.bytes // o.connections)
    chosen = [(socket.IPPROTO_TCP, socket.TCP_CONGESTION, o.congestion.encode())]

    def client():
        end = connect(left, path.server_address, options=chosen, timeout=60)
        with Background(receive, end, share if o.both else 0):
            end.sendall(bytes(share))
        end.shutdown(socket.SHUT_WR)
        end.recv(1)
        end.close()

    def server(end):
        with Background(receive, end, share):
            end.sendall(bytes(share if o.both else 0))
        end.recv(1)
        end.close()

    backlog = 64 + 2 * o.connections  # never so many at once that the server resorts to SYN cookies
    with (listen(right, path.server_address, backlog=backlog, options=chosen) as listener,
          contextlib.ExitStack() as running):
        listener.settimeout(60)
        for _ in range(o.connections):
            running.enter_context(Background(client))
        for _ in range(o.connections):
            running.enter_context(Background(server, listener.accept()[0]))


def run(o):
    """(capture, classes, log) of one run."""
    with two_hosts() as (left, right):
        for host in (left, right):
            host.sysctl("net.ipv4.tcp_sack", int(not o.no_sack))
            host.sysctl("net.ipv4.tcp_timestamps", int(not o.no_timestamps))
        with Path(left, right, stages(o, "c2s", True), stages(o, "s2c", o.both), o.rate, o.ipv6) as path:
            with path.record_client(128) as at_client, path.record_server(128) as at_server:
                converse(o, path, left, right)
                path.wait_until_quiet(0.3 + o.rtt / 1000)
    point = POINTS[o.side]
    capture = {truth.CLIENT: at_client.capture, truth.SERVER: at_server.capture,
               truth.MIDDLE: path.middle_capture}[point]()
    return capture, truth.classify(path.log, capture, point, path.client_address), path.log


def main():
    o = options()
    for attempt in range(1, ATTEMPTS + 1):
        try:
            capture, classes, log = run(o)
            break
        except (RuntimeError, OSError) as failure:
            print(f"attempt {attempt}: {failure}", file=sys.stderr)
    else:
        return 1
    pcapfile.write(o.out, pcapfile.snapped(capture, segments.header_end(capture)), nano=True)
    truth.write(o.out.with_suffix(".truth.tsv"), classes)
    if o.log:
        log.write(o.log)
    counts = {}
    for _, verdict in classes:
        counts[verdict] = counts.get(verdict, 0) + 1
    print(f"{o.out}: {len(classes)} frames,", ", ".join(f"{n} {c}" for c, n in sorted(counts.items())))
    return 0


if __name__ == "__main__":
    sys.exit(main())
