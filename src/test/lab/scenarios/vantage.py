"""The same kind of conversation, seen by a capture that sees too little or too much."""

import time

import claims
import segments
from capture import Recorder
from impairment import Smooth
from namespaces import one_host, routed_hosts, two_hosts
from path import Path
from samples import sample
from segments import FIN, SYN
from sockets import connect, converse, listen, receive

LOOPBACK = "127.0.0.1"


def talk(client, server, rounds):
    """The client says a line, the server repeats it."""
    for number in range(1, rounds + 1):
        client.sendall(b"line %02d\n" % number)
        server.sendall(receive(server, 8))
        receive(client, 8)


def close(client, server):
    client.close()
    time.sleep(0.06)
    server.close()


@sample("mid-stream")
def mid_stream():
    """The capture begins when the connection is already there: no handshake, no window scale."""
    with one_host() as host:
        client, server = converse(host, LOOPBACK)
        talk(client, server, 3)
        with Recorder(host, "lo") as recorder:
            talk(client, server, 3)
            close(client, server)
            recorder.wait_until_quiet()
    found = segments.of(recorder.capture())
    claims.exactly(0, claims.with_flags(SYN, found), "SYN")
    claims.four_segment_close(found)
    return recorder.capture()


@sample("one-sided")
def one_sided():
    """Only what arrives at the client is recorded, as on a network card that shows one direction."""
    with two_hosts() as (left, right), Path(left, right, (Smooth(5),), (Smooth(5),)) as path:
        with Recorder(left, "tun0", outgoing=False) as recorder:
            with listen(right, path.server_address) as listener:
                client = connect(left, path.server_address)
                server, _ = listener.accept()
            talk(client, server, 3)
            close(client, server)
            path.wait_until_quiet()
    found = segments.of(recorder.capture())
    claims.require(len({s.source for s in found}) == 1, "both directions")
    claims.exactly(1, claims.with_flags(SYN | segments.ACK, found), "SYN+ACK")
    claims.exactly(1, claims.with_flags(FIN, found), "FIN")
    return recorder.capture()


@sample("capture-loss")
def capture_loss():
    """The capture itself loses packets in the middle; the connection does not."""
    with one_host() as host, Recorder(host, "lo") as recorder:
        client, server = converse(host, LOOPBACK)
        talk(client, server, 3)
        with recorder.overwhelmed():
            talk(client, server, 10)
        talk(client, server, 3)
        close(client, server)
        recorder.wait_until_quiet()
    found = segments.of(recorder.capture())
    claims.at_least(10, range(recorder.dropped), "dropped packets")
    claims.starts_with_handshake(found)
    claims.four_segment_close(found)
    sender = claims.client(found)
    sent = sum(s.length for s in found if s.source == sender)
    claims.require(sent < 16 * 8, "nothing is missing")
    claims.exactly(0, claims.repeated(found), "retransmissions")
    return recorder.capture()


@sample("clock-step")
def clock_step():
    """In the middle of a talk the clock of the capturing machine is set ahead by two seconds.

    Times before it are the kernel's own, those after it and two seconds: no clock is set here, others need it.
    """
    with one_host() as host, Recorder(host, "lo") as recorder:
        client, server = converse(host, LOOPBACK)
        for _ in range(2):
            talk(client, server, 2)
            time.sleep(0.2)
        before = len(recorder.so_far().frames)
        talk(client, server, 2)
        close(client, server)
        recorder.wait_until_quiet()
    capture = recorder.capture()
    claims.starts_with_handshake(segments.of(capture))
    claims.four_segment_close(segments.of(capture))
    for frame in capture.frames[before:]:
        frame.time += 2_000_000_000
    return capture


@sample("captured-twice", "loopback-both-copies")
def both_copies():
    """A capture that keeps the outgoing and the incoming copy of each packet on the loopback interface."""
    with one_host() as host, Recorder(host, "lo", outgoing=True) as recorder:
        client, server = converse(host, LOOPBACK)
        talk(client, server, 2)
        close(client, server)
        recorder.wait_until_quiet()
    capture = recorder.capture()
    claims.require(all(a.data == b.data for a, b in zip(capture.frames[::2], capture.frames[1::2])), "not in pairs")
    claims.four_segment_close(segments.of(capture)[::2])
    return capture


@sample("captured-twice", "router-any")
def router_any():
    """A capture of all interfaces of a router: it sees each packet come in, and go out with one hop less to live."""
    with routed_hosts() as (left, router, right):
        with Recorder(router, "any") as recorder:
            with listen(right, "10.0.2.2") as listener:
                client = connect(left, "10.0.2.2")
                server, _ = listener.accept()
            talk(client, server, 2)
            close(client, server)
            recorder.wait_until_quiet()
    capture = recorder.capture()
    capture.frames = [f for f in capture.frames if segments.parse(f.data, capture.link_type)]
    claims.exactly(len(capture.frames) // 2, [f for f in capture.frames if f.data[20 + 8] == 64], "packets before the router")
    claims.exactly(len(capture.frames) // 2, [f for f in capture.frames if f.data[20 + 8] == 63], "packets after the router")
    return capture
