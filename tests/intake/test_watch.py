"""What is not over in time is given up, by one thread for all."""

import threading
from time import monotonic

from beicha.intake.watch import Watch


def wait_for(event, seconds=5.0):
    assert event.wait(seconds)


def test_what_takes_too_long_is_given_up_and_says_so():
    watch, ended = Watch(), threading.Event()
    start = monotonic()
    mark = watch.begin(0.05, ended.set)
    wait_for(ended)
    assert monotonic() - start >= 0.05
    assert watch.is_late(mark)


def test_what_is_over_in_time_is_left_alone():
    watch, ended, other = Watch(), threading.Event(), threading.Event()
    mark = watch.begin(0.05, ended.set)
    assert not watch.is_late(mark)
    watch.begin(0.1, other.set)
    wait_for(other)
    assert not ended.is_set()


def test_a_shorter_time_is_kept_beside_a_longer_one():
    watch, long, short = Watch(), threading.Event(), threading.Event()
    slow = watch.begin(60, long.set)
    quick = watch.begin(0.05, short.set)
    wait_for(short)
    assert watch.is_late(quick)
    assert not watch.is_late(slow)
    assert not long.is_set()


def test_one_thread_watches_everything():
    watch, before = Watch(), threading.active_count()
    marks = [watch.begin(60, lambda: None) for _ in range(20)]
    assert threading.active_count() == before + 1
    assert not any(map(watch.is_late, marks))
