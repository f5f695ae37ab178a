"""When something was done on a device whose clock may be wrong."""

from datetime import datetime, timedelta


def by_our_clock(done_at: datetime, sent_at: datetime, *, began_at: datetime, received_at: datetime) -> datetime:
    """When it was done, by our clock; `done_at` and `sent_at` are told by the device's.

    A clock that is wrong runs as fast as any other: what counts is how long before it was sent it was done. Nothing is
    done after it was received, or before what it belongs to began.
    """
    age = max(sent_at - done_at, timedelta())
    return received_at - min(age, max(received_at - began_at, timedelta()))
