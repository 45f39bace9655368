"""What is counted while the hotline runs, for Prometheus. No label names anybody: no person, no case, no chat.

The counts live in this process and start at nothing with it; what waits is read from the database at each look.
"""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

REGISTRY = CollectorRegistry()

UPDATES = Counter(
    "zhanynda_updates",
    "Updates, by how they ended: done, refused, set_aside",
    ["outcome"],
    registry=REGISTRY,
)
BATCH_SECONDS = Histogram(
    "zhanynda_batch_seconds", "Seconds from the arrival of a batch of updates to its commit", registry=REGISTRY
)
SENDS = Counter("zhanynda_sends", "Calls that say something, by how they ended", ["outcome"], registry=REGISTRY)
SENT_AFTER_SECONDS = Histogram(
    "zhanynda_sent_after_seconds",
    "Seconds from the moment a message was due to its arrival",
    buckets=(0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 3600),
    registry=REGISTRY,
)
WAITING = Gauge("zhanynda_waiting", "Messages that wait to be sent, by lane", ["lane"], registry=REGISTRY)
OLDEST_WAITING_SECONDS = Gauge(
    "zhanynda_oldest_waiting_seconds", "How long the oldest of them has waited, by lane", ["lane"], registry=REGISTRY
)
HELD = Gauge("zhanynda_held", "Messages held until somebody comes", registry=REGISTRY)
DEAD = Gauge("zhanynda_dead", "Messages that can't be delivered and are kept", registry=REGISTRY)
SET_ASIDE = Gauge("zhanynda_set_aside", "Updates that could not be handled and wait for a person", registry=REGISTRY)
UNCLAIMED = Gauge("zhanynda_unclaimed_cases", "Cases that wait for a lawyer", registry=REGISTRY)
LEADS = Gauge("zhanynda_leads", "1 while this process delivers and runs the jobs", registry=REGISTRY)
DISK_FREE_BYTES = Gauge(
    "zhanynda_disk_free_bytes",
    "Room left on the disk of an embedded database; 0 where it has a server",
    registry=REGISTRY,
)


def exposition() -> bytes:
    """Everything, in Prometheus' text format."""
    return generate_latest(REGISTRY)
