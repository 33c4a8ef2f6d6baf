"""Conversations that run into each other's windows, with the kernel's own counters beside the captures.

A client sends, a server reads as its `Reader` says. What comes back is what was captured, and what both kernels say of
it: TCP_INFO of the client's socket just before it closes, and the counters of both namespaces.
"""

import contextlib
import dataclasses
import random
import socket
import time

from capture import Recorder
from counters import netstat, tcp_info
from impairment import Seeded, Smooth
from namespaces import one_host, two_hosts
from path import Path
from sockets import Background, abort, connect, listen

KEEP_ALIVE = [(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1), (socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, 1),
              (socket.IPPROTO_TCP, socket.TCP_KEEPINTVL, 1), (socket.IPPROTO_TCP, socket.TCP_KEEPCNT, 9)]


@dataclasses.dataclass(frozen=True)
class Plan:
    """How a conversation goes: `reads` are (pause before in s, bytes); then everything else is read."""
    kind: str
    total: int
    reads: tuple
    rtt_ms: float = 0.0
    receive_buffer: int = 0
    write: int = 0  # bytes per call of send, with a pause between; 0 for all at once
    keep_alive: bool = False
    fill_only: float = 0.0  # seconds for which the client leaves the window closed without anything more to send
    aborts: bool = False
    ipv6: bool = False
    loss: float = 0.0  # of each packet, either way


def random_plan(seed):
    """A plan of one of the kinds, the same for the same seed."""
    dice = random.Random(seed)
    kind = dice.choice(("pauses", "pauses", "trickle", "narrow", "narrow", "keep-alive", "filled", "aborted", "lossy"))
    plan = {"kind": kind, "rtt_ms": dice.choice((0, 0, 4, 20, 60)), "ipv6": dice.random() < 0.3,
            "receive_buffer": dice.choice((2304, 4096, 8192, 30000, 65536, 200_000)), "reads": (),
            "total": dice.randrange(50_000, 900_000)}
    if kind in ("pauses", "keep-alive", "aborted", "lossy"):
        pauses = dice.randrange(1, 4)
        plan["total"] = min(plan["total"], 40 * plan["receive_buffer"])
        plan["reads"] = tuple((dice.uniform(0.05, 2.6), dice.randrange(2000, 200_000)) for _ in range(pauses))
        plan["keep_alive"] = kind == "keep-alive"
        plan["aborts"] = kind == "aborted"
        if kind == "lossy":
            plan.update(rtt_ms=dice.choice((4, 20, 60)), loss=dice.uniform(0.002, 0.02))
    elif kind == "trickle":
        step = dice.randrange(300, 5000)
        plan["total"] = step * dice.randrange(20, 80)
        plan["reads"] = tuple((dice.uniform(0.005, 0.08), step) for _ in range(plan["total"] // step))
    elif kind == "narrow":
        plan["rtt_ms"] = dice.choice((4, 20, 60))
        plan["receive_buffer"] = dice.choice((8192, 16384, 30000, 65536))
        plan["total"] = dice.randrange(20, 60) * plan["receive_buffer"]
    else:
        plan.update(keep_alive=True, fill_only=dice.uniform(2.5, 4.5), total=0,
                    receive_buffer=dice.choice((2304, 4096, 8192)))
    return Plan(**plan)


def converse(plan):
    """(captures by where they were taken, counters) of one conversation."""
    with contextlib.ExitStack() as open_ones:
        if plan.rtt_ms:
            client_host, server_host = open_ones.enter_context(two_hosts())
            path = open_ones.enter_context(Path(client_host, server_host, _stages(plan, "there"), _stages(plan, "back"),
                                                ipv6=plan.ipv6))
            recorders = {"client": path.record_client(), "server": path.record_server()}
            address, wait_until_quiet = path.server_address, path.wait_until_quiet
        else:
            client_host = server_host = open_ones.enter_context(one_host())
            recorders = {"both": Recorder(client_host, "lo")}
            address, wait_until_quiet = "::1" if plan.ipv6 else "127.0.0.1", recorders["both"].wait_until_quiet
        for recorder in recorders.values():
            open_ones.enter_context(recorder)
        info = _talk(plan, client_host, server_host, address)
        wait_until_quiet()
        counters = {"client": netstat(client_host), "server": netstat(server_host), "socket": info}
        open_ones.pop_all().close()
    captures = {where: recorder.capture() for where, recorder in recorders.items()}
    if plan.rtt_ms:
        captures["middle"] = path.middle_capture()
    return captures, counters


def _stages(plan, direction):
    """Both stages of a direction: half of the delay before the middle, half after it."""
    if not plan.loss:
        return Smooth(plan.rtt_ms / 4), Smooth(plan.rtt_ms / 4)
    return tuple(Seeded(f"{plan.total}/{direction}/{part}", plan.rtt_ms / 4, loss=plan.loss / 2) for part in "ab")


def _talk(plan, client_host, server_host, address):
    small = [(socket.SOL_SOCKET, socket.SO_RCVBUF, plan.receive_buffer)] if plan.receive_buffer else []
    with listen(server_host, address, options=small) as listener:
        client = connect(client_host, address, options=KEEP_ALIVE if plan.keep_alive else ())
        server, _ = listener.accept()
    client.settimeout(60)
    with client, server:
        if plan.fill_only:
            return _fill(plan, client, server)
        done = []
        with Background(_send, plan, client, done):
            for pause, count in plan.reads:
                time.sleep(pause)
                _read(server, count)
            if plan.aborts:
                info = tcp_info(client)
                server.settimeout(0.1)
                abort(server)
                return info
            while not done or tcp_info(client)["unacked"]:
                _read(server, 65536, patient=False)
        return tcp_info(client)


def _send(plan, client, done):
    try:
        client.sendall(bytes(plan.total))
    except ConnectionError:
        if not plan.aborts:
            raise
    finally:
        done.append(True)


def _read(server, count, patient=True):
    """Reads so many bytes, or what there is."""
    server.settimeout(0.5 if patient else 0.05)
    try:
        while count > 0:
            part = server.recv(count)
            count -= len(part)
            if not part:
                return
    except TimeoutError:
        pass


def _fill(plan, client, server):
    """Sends until the window is closed and nothing waits, leaves it so, and then has the server read."""
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        info = tcp_info(client)
        if info["unacked"] or info["notsent_bytes"]:
            time.sleep(0.002)
        elif info["snd_wnd"] == 0:
            break
        else:
            client.sendall(bytes(min(info["snd_wnd"], 1000)))
            time.sleep(0.06 + plan.rtt_ms / 1000)  # longer than an ACK is delayed
    time.sleep(plan.fill_only)
    _read(server, 1 << 20, patient=False)
    return tcp_info(client)
