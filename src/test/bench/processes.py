"""Runs a command, and tells how long it took and how much memory of its own."""
import os
import subprocess
import threading
import time

SAMPLE_SECONDS = 0.02


def tree(pid):
    """The process and its children of all generations."""
    found = [pid]
    for at in found:
        try:
            for task in os.listdir(f"/proc/{at}/task"):
                with open(f"/proc/{at}/task/{task}/children") as children:
                    found += [int(word) for word in children.read().split()]
        except OSError:
            pass  # it has just ended
    return found


def private_kib(pid):
    """RssAnon plus RssShmem of a process and its children: pages of files that are mapped do not count."""
    total = 0
    for at in tree(pid):
        try:
            with open(f"/proc/{at}/status") as status:
                for line in status:
                    if line.startswith(("RssAnon:", "RssShmem:")):
                        total += int(line.split()[1])
        except OSError:
            pass
    return total


def timed(command):
    """Returns exit status and seconds, with nobody looking on."""
    begin = time.monotonic()
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    child.wait()  # without a timeout, with which Python would look only now and then
    return child.returncode, time.monotonic() - begin


def measure(command, stdin=None, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL):
    """Returns exit status, seconds, and the peak of private memory in MiB."""
    begin = time.monotonic()
    child = subprocess.Popen(command, stdin=stdin or subprocess.DEVNULL, stdout=stdout, stderr=stderr)
    if stdin is not None:
        stdin.close()
    ended = threading.Event()
    peaks = [0]
    sampler = threading.Thread(target=sample, args=(child.pid, ended, peaks))
    sampler.start()
    child.wait()  # without a timeout, with which Python would look only now and then
    seconds = time.monotonic() - begin
    ended.set()
    sampler.join()
    return child.returncode, seconds, max(peaks) / 1024


def sample(pid, ended, peaks):
    while not ended.wait(SAMPLE_SECONDS):
        peaks.append(private_kib(pid))
