"""Where the libraries read otherwise. Each class: name, library -> whether a string is predicted to differ, why."""
import re

YEAR = r"(-?[0-9X]{4})"


def bare(text):
    return re.sub("[?~%]", "", text)


def dates(text):
    return [d for d in re.split(r"[\[\]{},/]|\.\.", bare(text)) if d]


def single(text):
    """Year, month and day of one plain date with or without X; None if it is anything else."""
    m = re.fullmatch(YEAR + "(?:-([0-9X]{2}))?(?:-([0-9X]{2}))?", bare(text))
    return m and m.groups()


def items(text):
    return text[1:-1].split(",") if text[0] in "[{" else []


def closed(item):
    return ".." in item and not item.startswith("..") and not item.endswith("..")


def early(text):
    all_dates = dates(text)
    ends = all_dates
    if text[0] in "[{":  # an open side has no day to get wrong
        ends = [] if text[1:3] == ".." else all_dates[:1]
        ends = ends + ([] if text[-3:-1] == ".." else all_dates[-1:])
        # One within becomes the last if the true last is before 1900 and some.
        moved_up = [1900 + key(d)[0] for d in all_dates if 0 <= key(d)[0] < 100]
        if moved_up and max(moved_up) > max(key(d)[0] for d in all_dates):
            return True
    return any(re.match(r"-?X{4}|[0X]{2}[0-9X]{2}", d) for d in ends)


def significant(text):
    m = re.fullmatch(r"Y?-?0*(\d+)(?:E(\d+))?S(\d+)", text)
    return bool(m) and len(m[1]) + int(m[2] or 0) != int(m[3])


def significant_by_ts(text):
    return significant(text) or text[0] == "-" and "S" in text  # refuses the latter


def beyond_date(text):
    m = re.match(r"Y(-?\d+)(?:E(\d+))?", text)
    return bool(m) and not -271821 < int(m[1]) * 10 ** int(m[2] or 0) < 275760


def season(text, low, high):
    parts = single(text)
    return bool(parts and parts[1] and parts[1].isdigit() and low <= int(parts[1]) <= high)


def season_before_0(text):
    return text[0] == "-" and season(text, 21, 41)


def leap_day(parts):
    """29 February of a masked year, 31 of a month to 09; ts takes every day to 31 there, in every month."""
    return "X" in parts[0] and parts[1:] == ("02", "29") or parts[1:] == ("0X", "31")


def no_day(parts):
    return "X" in parts[0] and parts[1:] in [
        ("02", "30"), ("02", "31"), ("04", "31"), ("06", "31"), ("09", "31"), ("11", "31")]


def filled_by_ts(text):
    parts = single(text)
    if not parts or "X" not in text:
        return False
    _, month, day = parts
    if leap_day(parts) or no_day(parts) or (month and re.match("X[013-9]", month)):
        return True
    if not day or not re.match("X[0-9]", day):
        return False
    ends_31 = month in ("XX", "1X", "X2", "01", "03", "05", "07", "08", "10", "12")
    return not (day == "X1" and ends_31)


def filled_by_js(text):
    # edtf takes 29 February of every year for a day.
    for year in re.findall(r"(-?\d{4})-02-29", bare(text)):
        if int(year) % 4 or int(year) % 100 == 0 and int(year) % 400:
            return True
    parts = single(text)
    if not parts or "X" not in text:
        return False
    _, month, day = parts
    if leap_day(parts) or month == "X0" or day == "X0":
        return True
    return not day and bool(re.match("X[3-9]", month or ""))


def marked(text):
    return "X" in text and bool(re.search("[?~%]", text))


def marked_within(text):
    return "X" in text and bool(re.search("[?~%].", text))


def before_0(text):
    return bool(single(text)) and text.lstrip("?~%")[0] == "-" and "X" in text


def before_0_by_js(text):
    parts = single(text)
    return before_0(text) and bool(re.fullmatch("-0*X+", parts[0]) or "X" in (parts[1] or "") + (parts[2] or ""))


def key(text):
    sign = -1 if text[0] == "-" else 1
    parts = [int(x) for x in text.lstrip("-").split("-")]
    return [sign * parts[0], *parts[1:]]


def range_in_set(text):
    found = items(text)
    if not found or found[-1].endswith(".."):
        return False
    starts = [i.split("..")[0] or i.split("..")[1] for i in found]
    return max(key(d) for d in dates(text)) > max(key(d) for d in starts)


def ranges_by_ts(text):
    found = items(text)
    ranges = [i for i in found if closed(i)]
    opened = any(".." in i and not closed(i) for i in found)
    low = re.compile("-?0")
    return bool(ranges) and (opened or any(closed(i) and low.match(i) for i in (found[0], found[-1])))


def one_date(text):
    """Whether an interval's second date begins no later than its first, though it ends no sooner."""
    ends = dates(text) if "/" in text else []
    if len(ends) != 2:
        return False
    first, last = (key(d) + [1] * (3 - len(key(d))) for d in ends)
    return first >= last


def moved(text):
    m = re.search(r"T(\d\d):(\d\d):\d\d([+-])(\d\d):(\d\d)$", text)
    if not m:
        return False
    hours, minutes, sign, off_h, off_m = m.groups()
    offset = (int(off_h) * 60 + int(off_m)) * (1 if sign == "+" else -1)
    return not 0 <= int(hours) * 60 + int(minutes) - offset < 1440 or offset < -720


CLASSES = [
    ("years 0 to 99", {"ts": early},
     "0044 is the year 44; Date.UTC takes it for 1944"),
    ("significant digits", {"ts": significant_by_ts, "js": significant},
     "1950S2 is a year from 1900 to 1999, not the estimate alone; more digits than there are, none can be significant"),
    ("beyond Date", {"js": beyond_date},
     "a year of EDTF has no such limit as JavaScript's Date"),
    ("seasons as quarters", {"js": lambda t: season(t, 21, 32) or season(t, 37, 38)},
     "the standard tells seasons (21 to 32) from quarters (33 to 36), and 37 and 38 are of four months"),
    ("hemispheres", {"ts": lambda t: season(t, 25, 32)},
     "25 to 28 are seasons of the north, 29 to 32 of the south; ts takes 25 to 28 for the south and refuses the rest"),
    ("seasons before the year 0", {"ts": season_before_0, "js": season_before_0},
     "a year before 0 has seasons too; ts refuses them, edtf ends them in the year after 0"),
    ("days that are none", {"ts": filled_by_ts, "js": filled_by_js},
     "the ends of a mask are days that exist and fit every figure; they fill X without looking at the others, and edtf has 29 February in every year"),
    ("marks beside masks", {"ts": marked_within, "js": marked},
     "level 2 has qualifiers beside X; they are refused"),
    ("masks before the year 0", {"ts": lambda t: before_0(t) and "X" in single(t)[0], "js": before_0_by_js},
     "before 0 the greater figure is the earlier year; they end before they begin"),
    ("ranges at the end of sets", {"js": range_in_set},
     "a range ends with its second date, edtf's maximum is its first"),
    ("ranges in sets", {"ts": ranges_by_ts},
     "a range may stand beside an open one, and lie before the year 1000; ts refuses the one and drops the other"),
    ("intervals in one date", {"js": one_date},
     "2022-05/2022 ends with 2022, which is not before May; edtf compares the first days only"),
    ("offsets", {"js": moved},
     "the day is that of the place whose time it is, not of UTC"),
    ("-00:00", {"ts": lambda t: t.endswith("-00:00")},
     "ISO 8601-1 has no offset -00:00"),
]
