"""Shows Python code another date: for a backend that cannot give the whole sandbox a clock of its own.

It is a deception within the process: compiled code that asks the kernel sees the real date.
"""
import datetime
import time

NEAR_SECONDS = 3600


def begin_at(milliseconds):
    """From now on the date is this one, and goes on from there. Nothing is done where it is that date already."""
    offset = milliseconds / 1000.0 - time.time()
    if abs(offset) < NEAR_SECONDS:
        return
    real_time, real_time_ns, real_gmtime, real_localtime = time.time, time.time_ns, time.gmtime, time.localtime
    real_strftime, real_ctime, real_clock = time.strftime, time.ctime, time.clock_gettime
    real_datetime, real_date = datetime.datetime, datetime.date

    def now():
        return real_time() + offset

    time.time = now
    time.time_ns = lambda: real_time_ns() + int(offset * 1e9)
    time.gmtime = lambda seconds=None: real_gmtime(now() if seconds is None else seconds)
    time.localtime = lambda seconds=None: real_localtime(now() if seconds is None else seconds)
    time.ctime = lambda seconds=None: real_ctime(now() if seconds is None else seconds)
    time.strftime = lambda shape, at=None: real_strftime(shape, real_localtime(now()) if at is None else at)
    time.clock_gettime = lambda clock: real_clock(clock) + (offset if clock == time.CLOCK_REALTIME else 0.0)

    class Kind(type):
        """The class is another one; instances made elsewhere are still its own."""

        def __instancecheck__(cls, instance):
            return isinstance(instance, cls.__mro__[1]) if cls in (date, moment) else type.__instancecheck__(cls, instance)

        def __subclasscheck__(cls, other):
            return issubclass(other, cls.__mro__[1]) if cls in (date, moment) else type.__subclasscheck__(cls, other)

    class date(real_date, metaclass=Kind):
        @classmethod
        def today(cls):
            return cls.fromtimestamp(now())

    class moment(real_datetime, metaclass=Kind):
        @classmethod
        def now(cls, tz=None):
            return cls.fromtimestamp(now(), tz)

        @classmethod
        def today(cls):
            return cls.fromtimestamp(now())

        @classmethod
        def utcnow(cls):
            return cls.fromtimestamp(now(), datetime.timezone.utc).replace(tzinfo=None)

    date.__name__ = date.__qualname__ = "date"
    moment.__name__ = moment.__qualname__ = "datetime"
    date.__module__ = moment.__module__ = "datetime"
    datetime.date, datetime.datetime = date, moment
