"""Both ends do the same thing at the same time: their segments cross on a path of 10 ms one way."""

import time

import claims
import segments
from capture import Recorder
from impairment import Smooth
from namespaces import one_host, two_hosts
from path import Path
from samples import sample
from segments import ACK, FIN, RST, SYN
from sockets import begin_connect, connect, listen, receive

SLOW = ((Smooth(10),), (Smooth(10),))


@sample("simultaneous-close")
def simultaneous_close():
    """Both close before they hear of the other's close: CLOSING, and two ends in TIME_WAIT."""
    with two_hosts() as (left, right), Path(left, right, *SLOW) as path, path.record_client() as at_client:
        with listen(right, path.server_address) as listener:
            client = connect(left, path.server_address)
            server, _ = listener.accept()
        client.sendall(b"Bye.\n")
        receive(server, 5)
        time.sleep(0.03)
        client.close()
        server.close()
        path.wait_until_quiet()
    found = segments.of(at_client.capture())
    claims.starts_with_handshake(found)
    first, second = claims.ends_in_order(found)
    claims.require(second.ack == first.seq, "the second FIN acknowledges the first")
    claims.require(found[-1].has(ACK) and found[-2].has(ACK) and found[-1].source != found[-2].source, "no crossing ACKs")
    return at_client.capture()


@sample("simultaneous-open")
def simultaneous_open():
    """Nobody listens: both connect to the other's bound port, and their SYNs cross."""
    with two_hosts() as (left, right), Path(left, right, *SLOW) as path, path.record_client() as at_client:
        one, other = (path.client_address, 41000), (path.server_address, 42000)
        ends = [begin_connect(left, one, other), begin_connect(right, other, one)]
        path.wait_until_quiet()
        for end in ends:
            end.setblocking(True)
        ends[0].sendall(b"You called?\n")
        receive(ends[1], 12)
        ends[0].close()
        time.sleep(0.08)
        ends[1].close()
        path.wait_until_quiet()
    found = segments.of(at_client.capture())
    syns = [s for s in found if s.has(SYN) and not s.has(ACK)]
    claims.exactly(2, syns, "SYN without ACK")
    claims.require(syns[0].source != syns[1].source, "both SYN from one side")
    claims.exactly(2, claims.with_flags(SYN | ACK, found), "SYN+ACK")
    claims.ends_in_order(found)
    return at_client.capture()


@sample("self-connection")
def self_connection():
    """A socket that connects to its own address and port: one socket is both ends."""
    with one_host() as host, Recorder(host, "lo") as recorder:
        end = connect(host, "127.0.0.1", port=41000, source_port=41000)
        end.sendall(b"Who is there?\n")
        receive(end, 14)
        end.close()
        recorder.wait_until_quiet()
    found = segments.of(recorder.capture())
    claims.require(all(s.source == s.target for s in found), "two ends")
    claims.exactly(0, claims.with_flags(RST, found), "RST")
    claims.at_least(1, claims.with_flags(FIN, found), "FIN")
    return recorder.capture()
