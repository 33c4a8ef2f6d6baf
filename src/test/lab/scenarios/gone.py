"""One end is no longer there."""

import socket
import time

import claims
import segments
from capture import Recorder
from namespaces import one_host
from samples import sample
from segments import ACK, FIN, RST
from sockets import converse, receive, vanish

LOOPBACK = "127.0.0.1"
KEEP_ALIVE = [(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1), (socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, 1),
              (socket.IPPROTO_TCP, socket.TCP_KEEPINTVL, 1), (socket.IPPROTO_TCP, socket.TCP_KEEPCNT, 2)]


@sample("write-after-close")
def write_after_close():
    """The server has closed for good; the client, which only looks at its own side, writes and is answered by a RST."""
    with one_host() as host, Recorder(host, "lo") as recorder:
        client, server = converse(host, LOOPBACK)
        server.sendall(b"That was all.\n")
        server.close()
        time.sleep(0.06)
        client.sendall(b"One more thing...\n")
        recorder.wait_until_quiet()
        client.close()
    found = segments.of(recorder.capture())
    late, answer = found[-2:]
    claims.require(late.length == 18 and answer.has(RST) and not answer.has(ACK), "not: data, then a RST without ACK")
    claims.require(answer.seq == late.ack, "the RST does not take its number from the data's ACK")
    return recorder.capture()


@sample("half-open")
def half_open():
    """The server's end is gone as after a crash, and nobody was told; the client finds out when it sends."""
    with one_host() as host, Recorder(host, "lo") as recorder:
        client, server = converse(host, LOOPBACK)
        client.sendall(b"Are you there?\n")
        receive(server, 15)
        server.sendall(b"Yes.\n")
        receive(client, 5)
        vanish(server)
        time.sleep(0.2)
        client.sendall(b"Still?\n")
        recorder.wait_until_quiet()
        client.close()
    found = segments.of(recorder.capture())
    claims.exactly(0, claims.with_flags(FIN, found), "FIN")
    late, answer = found[-2:]
    claims.require(late.length == 7 and answer.has(RST) and answer.seq == late.ack, "not: data, then its RST")
    return recorder.capture()


def idle(seconds, silent_after=None):
    """The capture of an idle connection whose client asks each second; the server is cut off after `silent_after` s."""
    with one_host() as host, Recorder(host, "lo") as recorder:
        client, server = converse(host, LOOPBACK)
        for option in KEEP_ALIVE:
            client.setsockopt(*option)
        client.sendall(b"I will call.\n")
        receive(server, 13)
        if silent_after is not None:
            time.sleep(silent_after)
            host.run("iptables", "-A", "INPUT", "-p", "tcp", "--dport", "6573", "-j", "DROP")
        time.sleep(seconds - (silent_after or 0))
        client.close()
        time.sleep(0.06)
        server.close()
        recorder.wait_until_quiet()
    found = segments.of(recorder.capture())
    claims.starts_with_handshake(found)
    top = next(s for s in found if s.length).end
    probes = [s for s in found if not s.length and s.end == top - 1 and not s.has(RST) and s.frame > 4]
    return recorder.capture(), found, probes


@sample("keep-alive")
def keep_alive():
    """Nothing to say for 2.6 s: the client's kernel asks each second whether the server is still there."""
    capture, found, probes = idle(2.6)
    claims.exactly(2, probes, "keep-alives")
    for probe in probes:
        claims.require(found[found.index(probe) + 1].ack == probe.seq + 1, "a keep-alive without answer")
    claims.four_segment_close(found)
    return capture


@sample("keep-alive", "keep-alive-timeout")
def keep_alive_timeout():
    """The answers stop after the first: the client's kernel gives the connection up with a RST."""
    capture, found, probes = idle(4.5, silent_after=1.5)
    claims.at_least(3, probes, "keep-alives")
    claims.exactly(0, [s for s in claims.with_flags(FIN, found) if s.source == claims.client(found)], "FIN of the client")
    claims.at_least(1, claims.with_flags(RST, found), "RST")
    return capture
