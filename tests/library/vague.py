"""Dates made less precise, and days that a less precise date allows."""

import calendar
import datetime
import re

DAY = r"\d{4}-\d\d-\d\d"
CLOCK = re.compile(rf"({DAY})T\d\d:\d\d:\d\d(Z|[+-]\d\d(:\d\d)?)?")
ONE = datetime.timedelta(days=1)


def whole_month(year, month):
    return [datetime.date(year, month, d) for d in range(1, calendar.monthrange(year, month)[1] + 1)]


def whole_year(year):
    return [day for month in range(1, 13) for day in whole_month(year, month)]


def days_of(text):
    """The days that a date allows, or None: not a date of those that are changed here (doubtful, relative, open)."""
    try:
        if text.startswith("9999"):
            return None
        if re.fullmatch(DAY, text):
            return [datetime.date.fromisoformat(text)]
        if re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", text):
            return whole_month(int(text[:4]), int(text[5:]))
        if re.fullmatch(r"[1-9]\d{3}", text):
            return whole_year(int(text))
        if CLOCK.fullmatch(text):
            return [datetime.date.fromisoformat(text[:10])]
        if "/" in text:
            first, last = (days_of(part) for part in text.split("/"))
            return span(first[0], last[-1]) if first and last and first[0] <= last[-1] else None
        if re.fullmatch(r"\[.*\]", text):
            out = set()
            for item in text[1:-1].split(","):
                ends = [days_of(part.strip()) for part in item.split("..")]
                if not all(ends):
                    return None
                out.update(ends[0] if len(ends) == 1 else span(ends[0][0], ends[1][-1]))
            return sorted(out)
    except ValueError:
        pass
    return None


def span(first, last):
    if (last - first).days > 2000:
        return None
    return [first + k * ONE for k in range((last - first).days + 1)]


def vaguer(draw, days, gentle):
    """(as written, days): a less precise date that allows these days; one of several kinds."""
    first, last = days[0], days[-1]
    kind = "near" if gentle else draw.choice(["near", "near", "near", "month", "year", "wide", "set", "ranges"])
    if kind == "year" and first.year == last.year and first.year >= 1000:
        return f"{first.year}", whole_year(first.year)
    if kind == "month" and (first.year, first.month) == (last.year, last.month):
        return f"{first:%Y-%m}", whole_month(first.year, first.month)
    reach = draw.choice([30, 90, 200]) if kind == "wide" else 1 if gentle else draw.choice([1, 1, 2, 3, 7, 15])
    a, b = first - draw.randint(0, reach) * ONE, last + draw.randint(0, reach) * ONE
    if kind in ("set", "ranges") and len(days) <= 3:
        out = sorted({*days, a, b, *(a + draw.randint(0, (b - a).days) * ONE for _ in range(draw.randint(0, 2)))})
        if kind == "set" or len(out) < 2:
            return f"[{','.join(map(str, out))}]", out
        return f"[{out[0]}..{out[-2]},{out[-1]}]", [*span(out[0], out[-2]), out[-1]]
    return f"{a}/{b}", span(a, b)


def vaguer_end(draw, days):
    """The same for an end of a period, which is no interval and no set itself: a month, a year, or as it was."""
    first, last = days[0], days[-1]
    if draw.random() < 0.3 and first.year == last.year and first.year >= 1000:
        return f"{first.year}", whole_year(first.year)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first:%Y-%m}", whole_month(first.year, first.month)
    return None


def day_within(draw, days, others):
    """One of these days: any, an end, or one beside a day that stands elsewhere in the case."""
    near = [d for d in days if d in others]
    return draw.choice([draw.choice(days), days[0], days[-1], draw.choice(near or days)])


def narrower(draw, days, others, clock):
    """As written: a day of these, at times with an hour, or at times a narrower window of them."""
    day = day_within(draw, days, others)
    if clock and draw.random() < 0.7:
        return f"{day}T{draw.randint(0, 23):02}:{draw.choice(['00', '30', '59'])}:00"
    if draw.random() < 0.15:
        k = days.index(day)
        some = days[max(0, k - draw.randint(0, 3)) : k + draw.randint(1, 3)]
        return f"{day}" if len(some) == 1 else f"[{','.join(map(str, some))}]"
    return f"{day}"
