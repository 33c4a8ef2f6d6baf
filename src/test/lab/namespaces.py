"""Private network namespaces: hosts that exist only while a scenario runs.

A namespace is held open by a file descriptor of this process alone, never by a name under /run/netns: when the
`with` block ends, or the process dies, it is gone with its interfaces, routes, rules and sockets.
Needs root, or `unshare -Urn` around the whole program.
"""

import contextlib
import ctypes
import os
import subprocess
import threading

CLONE_NEWNET = 0x40000000

_libc = ctypes.CDLL(None, use_errno=True)


class Namespace:
    """One network namespace with `lo` up. `with ns.entered():` puts the calling thread inside."""

    def __init__(self):
        self._fd = _new_namespace_fd()
        self.run("ip", "link", "set", "lo", "up")
        self.sysctl("net.ipv4.tcp_congestion_control", "reno")  # cubic may be set per socket only
        self.sysctl("net.ipv6.conf.default.accept_dad", 0)
        self.sysctl("net.ipv6.conf.default.router_solicitations", 0)

    @contextlib.contextmanager
    def entered(self):
        """The calling thread works in this namespace: sockets made here stay here, also after the block."""
        outside = os.open("/proc/thread-self/ns/net", os.O_RDONLY)
        try:
            _set_namespace(self._fd)
            yield self
        finally:
            _set_namespace(outside)
            os.close(outside)

    def run(self, *command):
        """Runs a command inside and gives back its standard output; a failure raises with what it printed."""
        with self.entered():
            done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if done.returncode:
            raise RuntimeError(f"{' '.join(command)}: {done.stdout.strip()}")
        return done.stdout

    def sysctl(self, name, value):
        """Sets a network setting of this namespace, for example net.ipv4.tcp_sack to 0."""
        with self.entered(), open("/proc/sys/" + name.replace(".", "/"), "w") as setting:
            setting.write(str(value))

    def close(self):
        os.close(self._fd)


@contextlib.contextmanager
def one_host():
    """A host of its own, for conversations over its loopback interface."""
    host = Namespace()
    try:
        yield host
    finally:
        host.close()


@contextlib.contextmanager
def two_hosts():
    """Two hosts, (client, server), not yet joined: `path.Path` or `join` does that."""
    with one_host() as client, one_host() as server:
        yield client, server


def join(left, right, left_address, right_address, device="veth0"):
    """Joins two hosts by a pair of virtual Ethernet devices of the same name, with fixed MAC addresses."""
    left.run("ip", "link", "add", device, "address", "02:00:00:00:00:01", "type", "veth",
             "peer", "name", device, "address", "02:00:00:00:00:02", "netns", f"/proc/{os.getpid()}/fd/{right._fd}")
    for host, address in ((left, left_address), (right, right_address)):
        if ":" not in address:
            host.sysctl(f"net.ipv6.conf.{device}.disable_ipv6", 1)
        host.run("ip", "address", "add", address, "dev", device, *(["nodad"] if ":" in address else []))
        host.run("ip", "link", "set", device, "up")


@contextlib.contextmanager
def routed_hosts(far_mtu=1500):
    """Three hosts (client, router, server): 10.0.1.1 and 10.0.1.254 on one link, 10.0.2.254 and 10.0.2.2 on the other.

    The devices are veth1 and veth2; the second link has the MTU `far_mtu`.
    """
    with two_hosts() as (client, server), one_host() as router:
        router.sysctl("net.ipv4.ip_forward", 1)
        join(client, router, "10.0.1.1/24", "10.0.1.254/24", "veth1")
        join(router, server, "10.0.2.254/24", "10.0.2.2/24", "veth2")
        client.run("ip", "route", "add", "default", "via", "10.0.1.254")
        server.run("ip", "route", "add", "default", "via", "10.0.2.254")
        for host, device in ((router, "veth2"), (server, "veth2")):
            host.run("ip", "link", "set", device, "mtu", str(far_mtu))
        for host, device in ((client, "veth1"), (router, "veth1"), (router, "veth2"), (server, "veth2")):
            one_segment_a_frame(host, device)
        yield client, router, server


def one_segment_a_frame(host, device):
    """No segmentation offload: every frame of the device is what a cable of its MTU would carry."""
    host.run("ip", "link", "set", device, "gso_max_segs", "1")


def _new_namespace_fd():
    """A file descriptor of a new namespace, made by a thread that ends at once."""
    made = []

    def make():
        if _libc.unshare(CLONE_NEWNET):
            made.append(OSError(ctypes.get_errno(), "unshare: root is needed, or `unshare -Urn` around the program"))
        else:
            made.append(os.open("/proc/thread-self/ns/net", os.O_RDONLY))

    maker = threading.Thread(target=make)
    maker.start()
    maker.join()
    if isinstance(made[0], OSError):
        raise made[0]
    return made[0]


def _set_namespace(fd):
    if _libc.setns(fd, CLONE_NEWNET):
        raise OSError(ctypes.get_errno(), "setns")
