"""The list of sample captures: each scenario function registers itself with `@sample(topic)`."""

import dataclasses
import typing

SAMPLES = []


@dataclasses.dataclass(frozen=True)
class Sample:
    """One file `topic/name` below the folder of samples. `make` gives back its `pcapfile.Capture`, or raises
    `claims.NotShown`; where `writes` is set, `make` is handed the path and writes the file itself."""
    topic: str
    name: str
    make: typing.Callable
    headers_only: bool
    nano: bool
    writes: bool


def sample(topic, name=None, headers_only=False, nano=False, writes=False):
    """Registers the function below it as the maker of `topic/name`; the name without ending stands for `.pcap`."""
    def register(make):
        file = name or topic
        file = file if "." in file else file + ".pcap"
        SAMPLES.append(Sample(topic, file, make, headers_only, nano, writes))
        return make
    return register
