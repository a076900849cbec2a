"""Invented things for the gallery, some of them hostile."""

from datetime import date

from pages.parts.month import Post
from pages.parts.rows import Head, Row
from pages.parts.runs import Job, RunAct
from pages.parts.shelf import File
from pages.parts.wall import Ad
from services.kit.errors import Conflict

HOSTILE = '<img src=x onerror="window.hacked=1">'
CAPTION = (
    "We churn at five, open at ten and stop when it is gone. Today: strawberry, ube and a very short run of black "
    "cherry. Come early, bring a friend.\n#gelato"
)


class AlreadyDecided(Conflict):
    """Somebody decided this version before you."""


def _pic(name: str) -> str:
    return "//evil.example/x.png" if name == HOSTILE else f"/app/static/{name}.png"


TILES = (
    ("6", "waiting for you", "oldest 2 days", "hourglass_top", "yellow"),
    ("3", "need attention", "1 refused, 1 unclear, 1 on hold", "priority_high", "red"),
    ("2", "running now", "all within time", "sync", "violet"),
    ("4", "went out today", "2 more planned before 18:00", "check_circle", "green"),
)
FIGURES = (
    ("Views", 94210, "12.4%", [3, 5, 4, 6, 5, 8]),
    ("Engagements", 4310, "0.7%", [2, 3, 3, 4, 3, 5]),
    ("Link clicks", 3124, "-4.1%", [6, 5, 5, 4, 4, 3]),
    ("Posts", 29, "3", [1, 2, 2, 3, 3, 4]),
)
WAITING = (
    Row("ube", "Ube is staying", "Ben Aas · for Mon 23 Nov, 12:00", _pic("ube"), marks=("instagram", "facebook"),
        practice=True, right_chip=("2 d", "orange", "hourglass_top")),
    Row("hire", "Hiring: morning crew", "Cleo Lund · for Mon 23 Nov, 08:15", _pic("sky"), marks=("facebook",),
        right_chip=("1 d", "gray", "hourglass_top")),
    Row("bad", HOSTILE, HOSTILE, "//evil.example/x.png", icon="", right=HOSTILE),
    Row("arabic", "صُنع هذا الصباح وينفد الليلة", "Ben Aas · for Tue 24 Nov, 17:30", _pic("cone"), marks=("instagram",),
        right_chip=("3 h", "gray", "hourglass_top"), unread=True),
)  # fmt: skip
ATTENTION = (
    Row("cone", "Is “Cone or cup?” on Instagram?", "No clear answer at 16:00. We looked 5 times.", icon="help",
        tone="orange", action="Decide"),
    Row("drip", "“Wait for the drip, part 2” is on hold", "The token ended. Goes out once reconnected.",
        icon="pause_circle", tone="orange", action="Reconnect"),
    Row("run", "Publishing “Made this morning”", "Processing at Instagram · 40 s", icon="sync", tone="violet",
        progress=0.7),
)  # fmt: skip
QUEUE = (
    Head("Goes out first"),
    Row("hire", "Hiring: morning crew", "Mon 08:15", _pic("sky"), marks=("facebook",), right="1 d"),
    Row("ube", "Ube is staying", "Mon 12:00", _pic("ube"), marks=("instagram", "facebook"), practice=True, right="2 d"),
    Head("Later this week"),
    Row(
        "made",
        "Made this morning",
        "Thu 09:00",
        _pic("cone"),
        marks=("instagram", "facebook"),
        practice=True,
        right="5 h",
        unread=True,
    ),
    Row("spoon", "Two spoons. One sundae.", "Fri 12:00", _pic("ube"), marks=("instagram",), right="20 m"),
)
_LONG = (
    "America doesn’t want another toll road. It wants trains that arrive. Tell your representative that the money is "
    "already there.\n\nSign before 30 October and we deliver every name by hand."
)
ADS = (
    Ad("1", "FCTRY", "AOC Action Figure", "It's official! We're turning AOC into an action figure 👏", 74, True,
       "since 30 Oct 2019", ("facebook", "instagram"), domain="kickstarter.com", button="Back it",
       facts="0–999 views", fresh=True, versions=6),
    Ad("2", "Center for a Free Economy", "", _LONG, 62, False, "30 Oct to 31 Dec 2019", ("facebook",),
       facts="2–3 k views"),
    Ad("3", "Polar Pint", "3 scoops. 1 price.", "Every parlour, all weekend long. Bring someone you like.", 121, True,
       "since 22 Jul 2026", ("instagram", "facebook", "messenger"), image=_pic("ube"), ratio=1.25, saved=True,
       tags=(("Offer first", "violet", "bolt"), ("Bundle", "green", "sell"))),
    Ad("4", HOSTILE, HOSTILE, HOSTILE, 3, True, HOSTILE, (HOSTILE,), image="javascript:alert(1)", domain=HOSTILE),
    Ad("5", "مثلجات الصباح", "صُنع هذا الصباح", "نفتح في العاشرة ونغلق عندما ينفد كل شيء. تعالوا باكرا.", 9, True,
       "since 11 Nov 2026", ("instagram",)),
    Ad("6", "Bundesverband der Eisdielenbetreiberinnen und Speiseeishersteller", "",
       "Donaudampfschifffahrtsgesellschaftskapitän empfiehlt: Speiseeis aus Vollmilch.", 1, False, "3 Mar 2026",
       ("facebook", "instagram", "audience_network"), domain="eis.example"),
    Ad("7", "Frostwell", "", "", None, False, "", ("facebook",)),
    Ad("8", "Pan & Paddle", "We deliver before it melts.", "28 minutes, or it is free.", 38, True, "since 13 Oct 2026",
       ("facebook",), image=_pic("sky"), ratio=0.5, video=True, versions=4),
    Ad("9", "Gelateria Nove", "Half the sugar. All the pistachio.", "We spent two winters getting this right.", 203,
       True, "since 1 May 2026", ("instagram",), domain="nove.example", button="Order now", facts="10–15 k views"),
    Ad("10", "Cone & Co", "The question nobody at the counter has ever been able to answer without a second spoon",
       "Cone or cup? Tell us below, the winner gets a week of both.", 17, True, "since 3 Nov 2026", ("facebook",)),
)  # fmt: skip
FILES = tuple(
    File(f"f{n}", name, _pic(pic), width, height, note, clip, badge, colour)
    for n, (name, pic, width, height, note, clip, badge, colour) in enumerate(
        (
            ("strawberry-at-six.jpg", "cone", 1080, 1080, "×6", "", None, "#f5c26b"),
            ("sky-catering.jpg", "sky", 1200, 628, "×2", "", ("Ends in 9 days", "yellow", "shield"), "#3c7a9c"),
            ("two-spoons.png", "ube", 1080, 1350, "×4", "", None, "#5b2a86"),
            ("friday-window.mp4", "sky", 1280, 960, "×1", "0:06", None, "#222222"),
            ("ube-square.png", "ube", 1080, 1080, "×3", "", None, ""),
            ("wait-for-the-drip.mp4", "cone", 1080, 1920, "×5", "0:15", None, ""),
            ("van-oslo.png", "sky", 1800, 900, "×2", "", None, ""),
            ("mint-pint.png", "cone", 1080, 1350, "×1", "", None, ""),
            ("balloons-wide.jpg", "sky", 1600, 1000, "unused", "", ("Expired 3 Nov", "red", "gpp_bad"), ""),
            (HOSTILE, HOSTILE, 1000, 1000, "unused", "", ("Not recorded", "gray", "help"), ""),
        )
    )
)
POSTS = {
    date(2026, 11, 2): [Post("a", "instagram", "published", "12:00", "Mint that tastes like mint")],
    date(2026, 11, 9): [Post("b", "facebook", "failed", "17:30", "Ube, at last")],
    date(2026, 11, 17): [Post("c", "facebook", "cancelled", "12:00", "Mint board")],
    date(2026, 11, 19): [Post("d", "instagram", "unconfirmed", "16:00", "Cone or cup?", True)],
    date(2026, 11, 20): [
        Post("e", "facebook", "published", "09:00", "Made this morning", True),
        Post("f", "instagram", "processing", "10:30", "Made this morning", True),
        Post("g", "instagram", "planned", "16:00", "Friday is for sharing"),
        Post("h", "facebook", "planned", "17:00", "Friday is for sharing"),
    ],
    date(2026, 11, 23): [Post("i", "instagram", "waiting", "08:15", "Hiring: morning crew")],
    date(2026, 11, 24): [Post("j", "instagram", "planned", "12:00", HOSTILE, True)],
    date(2026, 11, 27): [Post("k", "facebook", "held", "10:00", "Van at the harbour")],
    date(2026, 11, 29): [Post("l", "instagram", "draft", "12:00", "Advent calendar")],
}
_DONE = (("done", "11:12"),) * 8
_BOTH = (RunAct("run", "play_arrow", "Run now"), RunAct("pause", "pause", "Pause", bare=True))
JOBS = (
    Job("due", "Release due posts", "every 5 s", ("On time", "green", "check_circle"), _DONE, took="0.2 s",
        lateness="0.4 s", ran="11:12:04", next="in 3 s", acts=_BOTH),
    Job("import", "Import: ads_october.csv", "12,400 rows, 61 of 84 ads", ("Running", "violet", "sync"),
        (*_DONE, ("running", "now")), took="1 min", lateness="1.1 s", ran="11:10",
        acts=(RunAct("cancel", "close", "Cancel"),)),
    Job("late", "Sweep: Polar Pint", "daily 06:00, Oslo", ("Late 6 min", "orange", "schedule"),
        (*_DONE, ("late", "06:06"), ("late", "06:06")), took="2 min", lateness="6 min", is_late=True,
        ran="Thu 06:00", next="overdue", acts=_BOTH),
    Job("fail", "Read results, 24 h", "The practice platform refused: token ended", ("Failed", "red", "error"),
        (*_DONE, ("failed", "04:30"), ("crashed", "05:30"), ("retrying", "06:30"), ("none", "")), took="41 s",
        lateness="0.6 s", ran="04:30", next="Sat 04:30", acts=(RunAct("retry", "replay", "Retry"),)),
    Job("bad", HOSTILE, HOSTILE, (HOSTILE, "red", "error"), ((HOSTILE, HOSTILE),), took=HOSTILE),
)  # fmt: skip
