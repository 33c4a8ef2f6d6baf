"""One long transfer, with the sender's congestion window beside the captures: TCP_INFO, sampled as fast as it changes."""

import contextlib
import dataclasses
import random
import socket
import threading
import time

from counters import tcp_info
from impairment import Act, Scripted
from namespaces import two_hosts
from path import Path
from sockets import Background, connect, listen, receive

SEGMENT = 1448  # payload of a full segment: MTU 1500, timestamps
SAMPLE_SECONDS = 0.002


@dataclasses.dataclass(frozen=True)
class Plan:
    """How a transfer goes: `lost` are segments of the stream, from 0, whose first copy the path loses."""
    algorithm: str = "reno"
    segments: int = 600
    one_way_ms: float = 20
    lost: tuple = ()
    initial_segments: int = 10
    idle_after: int = 0  # so many segments, then a second's pause
    slow_start_after_idle: bool = True
    timestamps: bool = True


def random_plan(seed):
    """A plan, the same for the same seed."""
    dice = random.Random(seed)
    segments = dice.randrange(300, 900)
    lost = tuple(sorted(dice.sample(range(30, segments - 30), dice.choice((0, 1, 1, 2, 3)))))
    return Plan(dice.choice(("reno", "cubic")), segments, dice.choice((10, 20, 40)), lost,
                timestamps=dice.random() < 0.8)


@dataclasses.dataclass(frozen=True)
class Sample:
    """What the sender's kernel said at a time (ns since 1970): windows in segments."""
    time: int
    cwnd: int
    ssthresh: int
    state: int  # 0 open, 1 disorder, 2 CWR, 3 recovery, 4 loss


def transfer(plan):
    """(client's capture, server's capture, samples) of a transfer from client to server."""
    acts = [Act("lose", byte=n * SEGMENT) for n in plan.lost]
    options = [(socket.IPPROTO_TCP, socket.TCP_CONGESTION, plan.algorithm.encode())]
    with contextlib.ExitStack() as open_ones:
        left, right = open_ones.enter_context(two_hosts())
        forward, backward = Scripted(plan.one_way_ms, acts), Scripted(plan.one_way_ms, [])
        path = open_ones.enter_context(Path(left, right, (forward,), (backward,)))
        left.sysctl("net.ipv4.tcp_slow_start_after_idle", int(plan.slow_start_after_idle))
        left.sysctl("net.ipv4.tcp_timestamps", int(plan.timestamps))
        if plan.initial_segments != 10:
            left.run("ip", "route", "change", "10.0.0.0/24", "dev", "tun0", "initcwnd", str(plan.initial_segments))
        at_client = open_ones.enter_context(path.record_client())
        at_server = open_ones.enter_context(path.record_server())
        with listen(right, path.server_address) as listener:
            client = connect(left, path.server_address, options=options)
            server, _ = listener.accept()
        samples, done = [], threading.Event()
        with Background(_sample, client, samples, done):
            first = plan.idle_after or plan.segments
            for count in (first, plan.segments - first):
                if not count:
                    continue
                with Background(receive, server, count * SEGMENT):
                    client.sendall(bytes(count * SEGMENT))
                time.sleep(1 if plan.idle_after else 0.1)
            done.set()
        client.close()
        server.recv(1)
        server.close()
        path.wait_until_quiet(0.3)
    return at_client.capture(), at_server.capture(), samples


def _sample(client, samples, done):
    while not done.is_set():
        info = tcp_info(client)
        samples.append(Sample(time.time_ns(), info["cwnd"], info["ssthresh"], info["congestion_state"]))
        time.sleep(SAMPLE_SECONDS)
