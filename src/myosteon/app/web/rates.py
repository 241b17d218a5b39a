"""How often one address or account may ask: counted in this process, forgotten with it."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from threading import Lock

# Who is counted at once; the one that was quiet longest is forgotten first.
MOST = 10_000


class Rates:
    """Buckets that fill evenly: `most` requests of a kind over `seconds`, then only as fast as they fill."""

    def __init__(
        self, most: Mapping[str, int], seconds: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._most = most
        self._seconds = seconds
        self._clock = clock
        self._left: OrderedDict[tuple[str, str], tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def take(self, kind: str, who: str) -> bool:
        """Counts one request; false where there were too many."""
        most, now = self._most[kind], self._clock()
        with self._lock:
            left, since = self._left.pop((kind, who), (float(most), now))
            left = min(float(most), left + (now - since) * most / self._seconds)
            self._left[kind, who] = (left - 1 if left >= 1 else left, now)
            if len(self._left) > MOST:
                self._left.popitem(last=False)
        return left >= 1
