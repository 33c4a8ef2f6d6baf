"""Two hosts joined by a path that can lose, delay, reorder and duplicate, and that keeps a log of it.

    client ── TUN ── near stage ── middle ── far stage ── TUN ── server

Each direction has two stages, the one before the middle and the one after it, so that a capture in the middle sees
what happened before it and not what happens after. The kernels of both hosts make every segment; the path forwards.
"""

import heapq
import itertools
import os
import select
import threading
import time

import segments
from capture import Recorder
from impairment import Smooth
from pathlog import CLIENT_TO_SERVER, SERVER_TO_CLIENT, Event, Packet, PathLog
from pcapfile import RAW_IP, Capture, Frame
from tun import open_tun

ADDRESSES = {False: ("10.0.0.1", "10.0.0.2"), True: ("fd00::1", "fd00::2")}
DEVICE = "tun0"
HEADER_BYTES = 128  # what the log and the middle's capture keep of a packet


class Path:
    """`with Path(client, server, ...) as path:` joins the two namespaces until the block ends.

    `forward` and `backward` are the (first, second) stages of a direction, in the order in which its packets meet
    them. `rate_mbit` is the most that each direction carries, with a queue of any length before it.
    """

    def __init__(self, client, server, forward=(Smooth(),), backward=(Smooth(),), rate_mbit=None, ipv6=False, mtu=1500):
        self.log = PathLog()
        self.client, self.server = client, server
        self.client_address, self.server_address = ADDRESSES[ipv6]
        prefix = "/64" if ipv6 else "/24"
        self._fds = {CLIENT_TO_SERVER: open_tun(client, DEVICE, self.client_address + prefix, mtu),
                     SERVER_TO_CLIENT: open_tun(server, DEVICE, self.server_address + prefix, mtu)}
        self._stages = {direction: (*stages, Smooth())[:2]
                        for direction, stages in ((CLIENT_TO_SERVER, forward), (SERVER_TO_CLIENT, backward))}
        self._ns_per_byte = 8000 / rate_mbit if rate_mbit else 0
        self._free_at = {CLIENT_TO_SERVER: 0, SERVER_TO_CLIENT: 0}
        self._due = []  # heap of (due, order, stages passed, packet, copy, bytes)
        self._order = itertools.count()
        self._to_wall_clock = time.time_ns() - time.monotonic_ns()
        self._stopping = threading.Event()
        self._failure = None
        self._thread = threading.Thread(target=self._forward_all)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *failed):
        self._stopping.set()
        self._thread.join()
        for fd in self._fds.values():
            os.close(fd)
        if self._failure:
            raise self._failure

    def record_client(self, snap=262144):
        """A `Recorder` of the client's end."""
        return Recorder(self.client, DEVICE, snap)

    def record_server(self, snap=262144):
        """A `Recorder` of the server's end."""
        return Recorder(self.server, DEVICE, snap)

    def middle_capture(self):
        """What passed the middle so far, as a capture of headers."""
        return Capture(RAW_IP, [Frame(e.time, e.packet.headers, e.packet.length) for e in self.log.events
                                if e.what == "middle"], HEADER_BYTES)

    def wait_until_quiet(self, seconds=0.3, at_most=60.0):
        """Returns once nothing has happened on the path for `seconds`."""
        deadline = time.monotonic() + at_most
        seen, since = -1, time.monotonic()
        while time.monotonic() - since < seconds:
            if time.monotonic() > deadline:
                raise RuntimeError("the path never became quiet")
            if len(self.log.events) != seen or self._due:
                seen, since = len(self.log.events), time.monotonic()
            time.sleep(0.01)

    def _forward_all(self):
        try:
            directions = {fd: direction for direction, fd in self._fds.items()}
            while not self._stopping.is_set():
                now = time.monotonic_ns()
                while self._due and self._due[0][0] <= now:
                    self._leave_stage(*heapq.heappop(self._due))
                wait = min(self._due[0][0] - now, 20_000_000) if self._due else 20_000_000
                ready, _, _ = select.select(list(directions), [], [], max(wait, 0) / 1e9)
                for fd in ready:
                    self._take_in(fd, directions[fd])
        except Exception as failure:
            self._failure = failure

    def _take_in(self, fd, direction):
        """Takes a burst, so that its packets get the same time; at most 64 before what is due is looked at again."""
        for _ in range(64):
            try:
                data = os.read(fd, 65536)
            except BlockingIOError:
                return
            packet = Packet(len(self.log.packets), direction, data[:HEADER_BYTES], len(data),
                            segments.parse(data, RAW_IP))
            self.log.packets.append(packet)
            now = time.monotonic_ns()
            self._note(now, "sent", packet, 0)
            start = max(now, self._free_at[direction])
            self._free_at[direction] = start + int(len(data) * self._ns_per_byte)
            self._enter_stage(self._free_at[direction], 0, packet, 0, data)

    def _enter_stage(self, now, number, packet, copy, data):
        stage = self._stages[packet.direction][number]
        delays = stage.decide(packet.segment)
        data = stage.carried(data)
        if not delays:
            self._note(now, "lost", packet, copy)
        for made, delay in enumerate(delays):
            of_copy = copy + made * (number + 1)
            if delay:
                self._note(now, "held", packet, of_copy, delay)
            heapq.heappush(self._due, (now + stage.delay + delay, next(self._order), number + 1, packet, of_copy, data))

    def _leave_stage(self, due, _, passed, packet, copy, data):
        now = time.monotonic_ns()
        if passed == 1:
            self._note(now, "middle", packet, copy)
            self._enter_stage(due, 1, packet, copy, data)
        else:
            other = SERVER_TO_CLIENT if packet.direction == CLIENT_TO_SERVER else CLIENT_TO_SERVER
            os.write(self._fds[other], data)
            self._note(now, "delivered", packet, copy)

    def _note(self, now, what, packet, copy, detail=0):
        self.log.events.append(Event(now + self._to_wall_clock, what, packet, copy, detail))
