"""How connections end, and how they do not begin."""

import socket
import time

import claims
import segments
from capture import Recorder
from namespaces import one_host
from samples import sample
from segments import ACK, FIN, RST, SYN
from sockets import abort, connect, converse, receive

LOOPBACK = "127.0.0.1"


@sample("four-segment-close")
def four_segment_close():
    """The server notices the end, and closes only 100 ms later: FIN, ACK, FIN, ACK."""
    with one_host() as host, Recorder(host, "lo") as recorder:
        client, server = converse(host, LOOPBACK)
        client.sendall(b"The last line.\n")
        receive(server, 15)
        client.close()
        time.sleep(0.1)
        server.close()
        recorder.wait_until_quiet()
    found = segments.of(recorder.capture())
    claims.starts_with_handshake(found)
    claims.four_segment_close(found)
    return recorder.capture()


@sample("three-segment-close")
def three_segment_close():
    """The server closes as soon as it notices the end: its FIN carries the ACK of the client's."""
    with one_host() as host, Recorder(host, "lo") as recorder:
        client, server = converse(host, LOOPBACK)
        client.sendall(b"The last line.\n")
        receive(server, 15)
        time.sleep(0.01)
        client.close()
        server.close()
        recorder.wait_until_quiet()
    found = segments.of(recorder.capture())
    claims.starts_with_handshake(found)
    claims.three_segment_close(found)
    return recorder.capture()


@sample("half-close")
def half_close():
    """The client asks and says that it is done (shutdown for writing); the server goes on sending, then closes."""
    with one_host() as host, Recorder(host, "lo") as recorder:
        client, server = converse(host, LOOPBACK)
        client.sendall(b"Send me the list.\n")
        client.shutdown(socket.SHUT_WR)
        receive(server, 18)
        for line in (b"one\n", b"two\n", b"three\n"):
            time.sleep(0.05)
            server.sendall(line)
        server.close()
        receive(client, 14)
        client.close()
        recorder.wait_until_quiet()
    found = segments.of(recorder.capture())
    first, second = claims.ends_in_order(found)
    claims.require(first.source == claims.client(found), "the server closed first")
    late = [s for s in found if first.frame < s.frame < second.frame and s.length]
    claims.at_least(2, late, "segments with data after the first FIN")
    return recorder.capture()


@sample("reset")
def reset():
    """The client aborts: SO_LINGER with time 0, then close."""
    with one_host() as host, Recorder(host, "lo") as recorder:
        client, server = converse(host, LOOPBACK)
        client.sendall(b"Never mind.\n")
        receive(server, 12)
        time.sleep(0.02)
        abort(client)
        recorder.wait_until_quiet()
        server.close()
    found = segments.of(recorder.capture())
    claims.starts_with_handshake(found)
    claims.exactly(1, claims.with_flags(RST, found), "RST")
    claims.exactly(0, claims.with_flags(FIN, found), "FIN")
    claims.require(found[-1].has(RST | ACK), "the RST is not the last segment")
    return recorder.capture()


@sample("reset", "reset-unread-data")
def reset_unread_data():
    """The server closes without having read what the client sent: a RST instead of a FIN."""
    with one_host() as host, Recorder(host, "lo") as recorder:
        client, server = converse(host, LOOPBACK)
        client.sendall(b"Does anyone read this?\n")
        time.sleep(0.06)
        server.close()
        recorder.wait_until_quiet()
        client.close()
    found = segments.of(recorder.capture())
    claims.exactly(1, claims.with_flags(RST, found), "RST")
    claims.exactly(0, claims.with_flags(FIN, found), "FIN")
    claims.require(found[-1].source != claims.client(found), "the RST comes from the client")
    return recorder.capture()


@sample("refused")
def refused():
    """Nobody listens on the port: the SYN is answered by a RST."""
    with one_host() as host, Recorder(host, "lo") as recorder:
        for _ in range(2):
            try:
                connect(host, LOOPBACK)
                raise RuntimeError("somebody listens")
            except ConnectionRefusedError:
                time.sleep(0.1)
        recorder.wait_until_quiet()
    found = segments.of(recorder.capture())
    claims.exactly(4, found, "segments")
    for syn, rst in (found[:2], found[2:]):
        claims.require(syn.has(SYN) and rst.has(RST | ACK) and rst.ack == syn.end, "not SYN and RST")
    return recorder.capture()
