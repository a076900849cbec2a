"""The Results screen, run without a browser on the real database."""

from datetime import timedelta

from pages.parts import result_rows
from services import identity, metrics
from services.kit.text import csv_bytes
from tests.makers.accounts import make_channel
from tests.makers.cast import Cast, make_brand
from tests.makers.metrics import make_published_post, make_reading
from tests.makers.screens import texts
from tests.makers.world import World
from tests.pages.screen import Show, shows

show = shows("results")


def two_posts(world: World, cast: Cast) -> None:
    """An Instagram post of two days with two readings, and a Page post that nobody read yet."""
    now = world.clock.now()
    instagram, page = make_channel(world, cast), make_channel(world, cast, "facebook")
    read = make_published_post(world, cast, instagram, name="=Winter hours", published_at=now - timedelta(days=2))
    make_published_post(world, cast, page, remote_id="10_2", name="Unread", published_at=now - timedelta(hours=1))
    make_reading(world, cast, read, now - timedelta(days=1), views=1000, likes=40, comments=10)
    make_reading(world, cast, read, now, views=1500, likes=60, comments=15)


def test_nothing_published_says_when_figures_come(show: Show, cast: Cast) -> None:
    test = show(cast.ana)
    assert not test.exception
    assert "No results yet." in texts(test)


def test_tiles_chart_and_table_show_the_newest_readings(world: World, show: Show, cast: Cast) -> None:
    two_posts(world, cast)
    test = show(cast.vera, identity.Role.VIEWER)
    assert not test.exception
    assert [(one.label, one.value) for one in test.metric] == [
        ("Views", "1500"),
        ("Engagement", "75"),
        ("Engagement rate", "0.05"),
        ("Link clicks", "–"),
    ]
    rows = test.dataframe[0].value
    assert list(rows["post"]) == ["Unread", "=Winter hours"]
    assert list(rows["views"])[1] == 1500
    assert list(rows["days"][1]) == [1000, 1500]
    assert "results-pull" not in {button.key for button in test.button}


def test_a_pull_is_asked_for_every_post_shown(world: World, show: Show, cast: Cast) -> None:
    two_posts(world, cast)
    test = show(cast.ben, identity.Role.EDITOR)
    test.button(key="results-pull").click().run()
    assert not test.exception
    assert list(test.dataframe[0].value["next"]) == ["reading now", "reading now"]
    assert "2 being read now" in texts(test)


def test_the_range_in_the_address_decides_which_posts_count(world: World, show: Show, cast: Cast) -> None:
    channel_id = make_channel(world, cast)
    make_published_post(world, cast, channel_id, name="Old", published_at=world.clock.now() - timedelta(days=60))
    assert "No results yet." in texts(show(cast.ana))
    test = show(cast.ana, **{"results-range": "90 d"})
    assert list(test.dataframe[0].value["post"]) == ["Old"]


def test_an_outsider_sees_no_post(world: World, show: Show, cast: Cast) -> None:
    two_posts(world, cast)
    make_brand(world, cast.other, "Elsewhere")
    assert "No results yet." in texts(show(cast.cleo))


def test_the_file_has_a_line_per_post_and_no_formulas(world: World, cast: Cast) -> None:
    two_posts(world, cast)
    now = world.clock.now()
    with world.web.tx(cast.ana) as tx:
        posts = metrics.results(tx, cast.brand, since=now - timedelta(days=7), until=now)
    lines = csv_bytes(result_rows.CSV_HEADER, result_rows.csv_rows(posts)).decode("utf-8-sig").splitlines()
    assert len(lines) == 3
    assert lines[2].startswith("'=Winter hours,Practice Acme,instagram,yes,")
    assert ",1500,," in lines[2]
