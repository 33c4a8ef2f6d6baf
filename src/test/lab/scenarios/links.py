"""TCP below other headers than Ethernet and IP: tunnels and tags, fragments, other traffic beside it."""

import socket
import time

import claims
import segments
import wrap
from capture import Recorder
from namespaces import join, routed_hosts, two_hosts
from samples import sample
from sockets import Background, connect, listen, receive

LEFT, RIGHT = "10.0.0.1", "10.0.0.2"


def hello(left, right, address):
    """The tutorial's exchange with an answer, from one host to another."""
    with listen(right, address) as listener:
        client = connect(left, address)
        server, _ = listener.accept()
    client.sendall(b"Data here!")
    receive(server, 10)
    server.sendall(b"Got it.")
    receive(client, 7)
    client.close()
    time.sleep(0.06)
    server.close()


def on_a_cable():
    """The capture of that exchange on a virtual Ethernet link, ARP included."""
    with two_hosts() as (left, right):
        join(left, right, LEFT + "/24", RIGHT + "/24")
        with Recorder(right, "veth0") as recorder:
            hello(left, right, RIGHT)
            recorder.wait_until_quiet()
    claims.four_segment_close(segments.of(recorder.capture()))
    return recorder.capture()


@sample("encapsulation", "vlan")
def vlan():
    return wrap.tagged(on_a_cable(), (wrap.VLAN, 10))


@sample("encapsulation", "qinq")
def qinq():
    return wrap.tagged(on_a_cable(), (wrap.SERVICE_VLAN, 100), (wrap.VLAN, 10))


@sample("encapsulation", "gre")
def gre():
    capture = on_a_cable()
    capture.frames = [f for f in capture.frames if segments.parse(f.data, capture.link_type)]
    return wrap.in_gre(capture, bytes([192, 0, 2, 1]), bytes([192, 0, 2, 2]))


@sample("encapsulation", "vxlan")
def vxlan():
    """A real VXLAN device: Ethernet in UDP in IP, made by the kernel."""
    with two_hosts() as (left, right):
        join(left, right, LEFT + "/24", RIGHT + "/24")
        for host, own, other, inner in ((left, LEFT, RIGHT, "10.0.9.1/24"), (right, RIGHT, LEFT, "10.0.9.2/24")):
            host.sysctl("net.ipv6.conf.default.disable_ipv6", 1)
            host.run("ip", "link", "add", "vxlan0", "type", "vxlan", "id", "42", "local", own, "remote", other,
                     "dstport", "4789", "dev", "veth0")
            host.run("ip", "address", "add", inner, "dev", "vxlan0")
            host.run("ip", "link", "set", "vxlan0", "up")
        with Recorder(right, "veth0") as recorder:
            hello(left, right, "10.0.9.2")
            recorder.wait_until_quiet()
    capture = recorder.capture()
    claims.at_least(11, [f for f in capture.frames if f.data[23] == 17 and f.data[36:38] == b"\x12\xb5"], "VXLAN packets")
    return capture


@sample("mixed-traffic")
def mixed_traffic():
    """TCP between ARP, ICMP and UDP, over IPv4 and IPv6."""
    with two_hosts() as (left, right):
        join(left, right, LEFT + "/24", RIGHT + "/24")
        with Recorder(right, "veth0") as recorder:
            with left.entered():
                datagrams = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            datagrams.sendto(b"Is this TCP?", (RIGHT, 9999))  # answered by ICMP: nobody has that port
            hello(left, right, RIGHT)
            for host, address in ((left, "fd00::1/64"), (right, "fd00::2/64")):
                host.sysctl("net.ipv6.conf.veth0.disable_ipv6", 0)
                host.run("ip", "address", "add", address, "dev", "veth0", "nodad")
            hello(left, right, "fd00::2")
            recorder.wait_until_quiet(0.3)
            datagrams.close()
    capture = recorder.capture()
    claims.exactly(22, segments.of(capture), "TCP segments")
    claims.at_least(2, [f for f in capture.frames if f.data[12:14] == b"\x08\x06"], "ARP")
    claims.exactly(1, [f for f in capture.frames if f.data[12:14] == b"\x08\x00" and f.data[23] == 1], "ICMP")
    return capture


@sample("path-mtu", headers_only=True)
def path_mtu():
    """The second link carries only 1000 bytes: a router says so, and the client sends the same bytes in smaller segments."""
    with routed_hosts(far_mtu=1000) as (left, router, right):
        right.run("ip", "route", "change", "default", "via", "10.0.2.254", "advmss", "1460")
        with Recorder(left, "veth1") as recorder:
            with listen(right, "10.0.2.2") as listener:
                client = connect(left, "10.0.2.2")
                server, _ = listener.accept()
            with Background(receive, server, 10_000):
                client.sendall(bytes(10_000))
            client.close()
            time.sleep(0.06)
            server.close()
            recorder.wait_until_quiet()
    capture = recorder.capture()
    errors = [f for f in capture.frames if f.data[12:14] == b"\x08\x00" and f.data[23] == 1 and f.data[34:36] == b"\x03\x04"]
    claims.at_least(1, errors, "ICMP fragmentation needed")
    claims.at_least(1, [s for s in segments.of(capture) if s.length == 948], "segments of 948 bytes")
    claims.four_segment_close(segments.of(capture))
    return capture


@sample("fragments")
def fragments():
    """The client allows fragments, and a router cuts its segments in two for a link of 1000 bytes. Captured behind it."""
    with routed_hosts(far_mtu=1000) as (left, router, right):
        left.sysctl("net.ipv4.ip_no_pmtu_disc", 1)
        right.run("ip", "route", "change", "default", "via", "10.0.2.254", "advmss", "1460")
        with Recorder(right, "veth2") as recorder:
            with listen(right, "10.0.2.2") as listener:
                client = connect(left, "10.0.2.2")
                server, _ = listener.accept()
            with Background(receive, server, 4000):
                client.sendall(bytes(range(250)) * 16)
            client.close()
            time.sleep(0.06)
            server.close()
            recorder.wait_until_quiet()
    capture = recorder.capture()
    later = [f for f in capture.frames if f.data[12:14] == b"\x08\x00" and (f.data[20] & 0x1F or f.data[21])]
    claims.at_least(2, later, "later fragments")
    return capture
