"""Connections that do not open, or open late, or with data in the first segment."""

import socket
import time

import claims
import segments
from capture import Recorder
from namespaces import one_host
from samples import sample
from segments import ACK, SYN
from sockets import begin_connect, connect, listen, receive

LOOPBACK = "127.0.0.1"
MSG_FASTOPEN = 0x20000000


@sample("unanswered")
def unanswered():
    """A firewall drops every SYN in silence: the client asks again each second, then gives up."""
    with one_host() as host, Recorder(host, "lo") as recorder:
        host.run("iptables", "-A", "INPUT", "-p", "tcp", "--dport", "6573", "-j", "DROP")
        try:
            connect(host, LOOPBACK, timeout=3.5)
            raise RuntimeError("it was answered")
        except TimeoutError:
            pass
        recorder.wait_until_quiet()
    found = segments.of(recorder.capture())
    claims.at_least(3, found, "SYN")
    claims.require(all(s.has(SYN) and s.seq == found[0].seq for s in found), "not the same SYN again")
    return recorder.capture()


@sample("filtered")
def filtered():
    """A firewall answers the SYN with an ICMP error: administratively prohibited."""
    with one_host() as host, Recorder(host, "lo") as recorder:
        host.run("iptables", "-A", "INPUT", "-p", "tcp", "--dport", "6573",
                 "-j", "REJECT", "--reject-with", "icmp-admin-prohibited")
        try:
            connect(host, LOOPBACK)
            raise RuntimeError("it was answered")
        except OSError:
            pass
        recorder.wait_until_quiet()
    capture = recorder.capture()
    claims.exactly(1, segments.of(capture), "TCP segments")
    claims.exactly(1, [f for f in capture.frames if f.data[23] == 1 and f.data[34:36] == b"\x03\x0d"], "ICMP errors")
    return capture


@sample("queue-full")
def queue_full():
    """The server is slow to accept and its queue has room for one: the second client's SYN is dropped and repeated."""
    with one_host() as host, Recorder(host, "lo") as recorder:
        with listen(host, LOOPBACK, backlog=0) as listener:
            first = connect(host, LOOPBACK)
            second = begin_connect(host, (LOOPBACK, 0), (LOOPBACK, 6573))
            time.sleep(2.5)
            servers = [listener.accept()[0]]
            servers.append(listener.accept()[0])
            for end in (first, *servers, second):
                end.close()
        recorder.wait_until_quiet()
    found = segments.of(recorder.capture())
    openings = [s for s in found if s.has(SYN) and not s.has(ACK)]
    late = [s for s in openings if s.source == openings[-1].source]
    claims.at_least(3, late, "SYNs of the second client")
    claims.exactly(2, claims.with_flags(SYN | ACK, found), "SYN+ACK")
    return recorder.capture()


@sample("fast-open")
def fast_open():
    """TCP Fast Open: the first connection asks for a cookie, the second sends its data with the SYN."""
    with one_host() as host:
        host.sysctl("net.ipv4.tcp_fastopen", 3)
        with Recorder(host, "lo") as recorder:
            with listen(host, LOOPBACK, options=[(socket.IPPROTO_TCP, socket.TCP_FASTOPEN, 16)]) as listener:
                for line in (b"May I have a cookie?\n", b"Here it is.\n"):
                    with host.entered():
                        client = socket.socket()
                    client.setblocking(True)
                    client.sendto(line, MSG_FASTOPEN, (LOOPBACK, 6573))
                    server, _ = listener.accept()
                    receive(server, len(line))
                    client.close()
                    time.sleep(0.06)
                    server.close()
            recorder.wait_until_quiet()
    found = segments.of(recorder.capture())
    openings = [s for s in found if s.has(SYN) and not s.has(ACK)]
    claims.require([s.length for s in openings] == [0, 12], "not: a SYN without data, then one with 12 bytes")
    answer = next(s for s in found if s.frame > openings[1].frame)
    claims.require(answer.ack == openings[1].end, "the data in the SYN was not accepted")
    return recorder.capture()
