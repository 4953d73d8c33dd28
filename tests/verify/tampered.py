"""Certificates of the cases in cases/, each with one thing changed: all are to be refused.

A row: the case, the rule and the record of a finding, a path within its proof, what stands there, and
what is put there instead. A list index stands as a number; a point's name is one part of the path."""

ROWS = [
    # `calendar: julian`
    ("julian", "random-before", "events.ban", ["facts", 0, "first"], "1900-03-13", "1900-03-12"),
    ("julian", "random-before", "events.ban", ["facts", 0, "last"], "1900-03-13", "1900-03-14"),
    ("julian", "random-before", "events.ban", ["facts", 0, "value"],
     "1900-02-29 (Julian; Gregorian 1900-03-13)", "1900-02-29"),
    ("julian", "random-before", "events.ban", ["steps", 0, "min_days"], 0, 1),
    ("julian", "random-before", "events.flight", ["facts", 0, "first"], "1917-10-14", "1917-10-01"),
    ("julian", "random-before", "events.flight", ["witnesses", 1, "all", "events.flight.start"],
     "1917-10-14", "1917-10-13"),
    # Russian names
    ("names", "random-before", "events.ban", ["facts", 1, "first"], "2014-05-08", "2014-05-07"),
    ("names", "random-before", "events.ban", ["facts", 1, "value"],
     "четверг before ban-day", "среда before ban-day"),
    ("names", "random-before", "events.ban", ["steps", 0, "min_days"], 1, 2),
    ("names", "random-before", "events.flight", ["facts", 0, "last"], "2014-03-31", "2014-04-01"),
    ("names", "random-before", "events.flight", ["witnesses", 0, "all", "events.flight.start"],
     "2014-03-31", "2014-04-01"),
    ("names", "random-before", "events.flight", ["witnesses", 0, "all", "events.ban.start"],
     "2014-05-08", "2014-05-07"),
    # Zones and times of day
    ("zones", "random-not-before", "events.call", ["steps", 0, "min_days"], -1, 0),
    ("zones", "random-not-before", "events.call", ["facts", 0, "zone"], "UTC", "UTC+5"),
    ("zones", "random-before", "events.flight", ["facts", 0, "zone"],
     "America/New_York", "Asia/Dushanbe"),
    ("zones", "random-before", "events.flight", ["facts", 0, "first"], "2014-10-09", "2014-10-08"),
    ("zones", "random-before", "events.flight", ["facts", 0, "last"], "2014-10-09", "2014-10-10"),
    ("zones", "random-before", "events.flight", ["witnesses", 0, "all", "events.flight.start"],
     "2014-10-09", "2014-10-10"),
    ("zones", "random-before", "events.flight", ["witnesses", 0, "all", "events.eve.start"],
     "2014-10-07", "2014-10-08"),
    ("zones", "facts-contradict", "events.raid", ["steps", 0, "min_days"], -1, 0),
    ("zones", "facts-contradict", "events.raid", ["steps", 1, "min_days"], 2, 3),
    ("zones", "random-not-before", "events.trial", ["steps", 0, "min_days"], 3, 4),
    ("zones", "facts-contradict", "events.arrest", ["steps", 2, "min_days"], -1, 0),
    # Ways of counting that nobody chose
    ("month-ends", "random-before", "events.ban", ["holds", 0, "counted", "month_end"],
     "clamp", "overflow"),
    ("month-ends", "random-before", "events.ban", ["facts", 1, "first"],
     "2015-02-28", "2015-03-03"),
    ("month-ends", "random-before", "events.ban", ["steps", 1, "min_days"], 28, 29),
    ("month-ends", "facts-contradict", "events.arrest", ["holds", 0, "counted", "month_end"],
     "overflow", "clamp"),
    ("month-ends", "facts-contradict", "events.arrest", ["steps", 0, "min_days"], 31, 32),
    ("month-ends", "random-before", "events.eve",
     ["witnesses", 0, "holds", 0, "counted", "month_end"], "overflow", "clamp"),
    ("month-ends", "random-before", "events.eve", ["witnesses", 0, "all", "events.ban.start"],
     "2015-03-03", "2015-03-02"),
    ("month-ends", "random-before", "events.eve", ["witnesses", 1, "all", "events.eve.start"],
     "2015-03-01", "2015-03-02"),
]
