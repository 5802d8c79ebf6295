"""A ring wakes all who wait, and those too who were busy when it rang."""

import threading
import time

from beicha.store.bell import Bell


def waited(bell, heard, seconds=5.0):
    start = time.monotonic()
    bell.wait(heard, seconds)
    return time.monotonic() - start


def test_a_ring_wakes_all_who_wait():
    bell, woken = Bell(), []
    threads = [threading.Thread(target=lambda: woken.append(waited(bell, 0))) for _ in range(3)]
    for thread in threads:
        thread.start()
    bell.ring()
    for thread in threads:
        thread.join()
    assert len(woken) == 3
    assert max(woken) < 5.0


def test_a_ring_before_the_wait_is_not_missed():
    bell = Bell()
    heard = bell.rings
    bell.ring()
    assert waited(bell, heard) < 5.0


def test_without_a_ring_the_wait_ends_by_itself():
    assert waited(Bell(), 0, 0.05) >= 0.05
