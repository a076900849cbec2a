"""The ad creator screen: starting, typing, sending, and who may."""

from uuid import UUID

import pytest
from streamlit.testing.v1 import AppTest

from services import approvals, creative, identity
from tests.makers.cast import Cast
from tests.makers.creative import make_ad, make_draft, make_version, read_draft
from tests.makers.screens import press_inside, texts, went
from tests.makers.world import World
from tests.pages.screen import Show


def _drafts(world: World, cast: Cast) -> list[creative.DraftListing]:
    with world.web.tx(cast.ana) as tx:
        return creative.list_drafts(tx)


def _line(test: AppTest, name: str, draft_id: UUID):  # type: ignore[no-untyped-def]
    return test.text_input(key=f"creator-{name}-{draft_id}")


def test_an_empty_desk_offers_to_make_the_first_ad(world: World, cast: Cast, show: Show) -> None:
    test = show(cast.ana)
    assert "No ads yet" in texts(test)
    test.button(key="creator-first").click().run()
    (made,) = _drafts(world, cast)
    assert test.query_params["draft"] == str(made.id)
    assert not test.exception


def test_new_from_the_address_starts_one_ad_and_rewrites_the_address(world: World, cast: Cast, show: Show) -> None:
    test = show(cast.ana, new="1")
    test.run()
    (made,) = _drafts(world, cast)
    assert dict(test.query_params) == {"draft": str(made.id)}


def test_evidence_from_the_address_is_attached_exactly_once(world: World, cast: Cast, show: Show) -> None:
    ad = make_ad(world, cast.acme)
    test = show(cast.ana, evidence=str(ad))
    test.run()
    (made,) = _drafts(world, cast)
    with world.web.tx(cast.ana) as tx:
        assert [one.ad_id for one in creative.evidence_of(tx, made.id)] == [ad]
    assert "Cone &amp; Co" in texts(test)


@pytest.mark.parametrize("evidence", ["no-id", "01a207a2-3280-7105-bc87-15b8dd88733f"])
def test_unknown_evidence_starts_nothing_and_says_so(world: World, cast: Cast, show: Show, evidence: str) -> None:
    test = show(cast.ana, evidence=evidence)
    assert creative.EvidenceNotFound().sentence in texts(test)
    assert _drafts(world, cast) == []


def test_what_is_typed_is_saved_and_shown_after_a_reload(world: World, cast: Cast, show: Show) -> None:
    made = make_draft(world, cast)
    test = show(cast.ana, draft=str(made.id))
    _line(test, "field-headline", made.id).input("Gone by tonight").run()
    assert read_draft(world, cast, made.id).fields["headline"] == "Gone by tonight"
    again = show(cast.ana, draft=str(made.id))
    assert _line(again, "field-headline", made.id).value == "Gone by tonight"


def test_a_name_nobody_chose_follows_the_headline_and_a_chosen_one_stays(world: World, cast: Cast, show: Show) -> None:
    show(cast.ana, new="1")
    (made,) = _drafts(world, cast)
    test = show(cast.ana, draft=str(made.id))
    for headline in ("Made", "Made this morning."):
        _line(test, "field-headline", made.id).input(headline).run()
    assert read_draft(world, cast, made.id).name == "Made this morning"
    _line(test, "name", made.id).input("Spring").run()
    _line(test, "field-headline", made.id).input("Something else").run()
    assert read_draft(world, cast, made.id).name == "Spring"


def test_an_old_text_the_browser_sends_once_more_is_no_typing(world: World, cast: Cast, show: Show) -> None:
    made = make_draft(world, cast, name="Made this morning")
    test = show(cast.ana, draft=str(made.id))
    with world.web.tx(cast.ben) as tx:
        creative.save_draft(tx, made.id, name="Named by Ben")
    test.run()
    for _ in range(2):
        _line(test, "name", made.id).input("Made this morning").run()
        assert read_draft(world, cast, made.id).name == "Named by Ben"
        assert _line(test, "name", made.id).value == "Named by Ben"
    test.run()
    _line(test, "name", made.id).input("Made this morning").run()
    assert read_draft(world, cast, made.id).name == "Made this morning"


def test_a_second_tab_shows_what_the_first_saved_and_loses_nothing_of_its_own(
    world: World, cast: Cast, show: Show
) -> None:
    made = make_draft(world, cast)
    one, two = (show(cast.ana, draft=str(made.id)) for _ in range(2))
    _line(two, "field-subline", made.id).input("From tab two").run()
    _line(one, "field-headline", made.id).input("From tab one").run()
    assert _line(one, "field-subline", made.id).value == "From tab two"
    now = read_draft(world, cast, made.id)
    assert (now.fields["headline"], now.fields["subline"]) == ("From tab one", "From tab two")


def test_a_refused_link_stays_on_screen_and_says_why_it_is_not_saved(world: World, cast: Cast, show: Show) -> None:
    made = make_draft(world, cast, link="https://acme.example/a")
    test = show(cast.ana, draft=str(made.id))
    _line(test, "link", made.id).input("http://acme.example").run()
    assert f"Not saved: {creative.LinkWrong().sentence}" in texts(test)
    assert _line(test, "link", made.id).value == "http://acme.example"
    assert read_draft(world, cast, made.id).link == "https://acme.example/a"
    _line(test, "link", made.id).input("https://acme.example/b").run()
    assert "Not saved" not in texts(test)


def test_the_four_sizes_are_drawn_with_a_verdict_each(world: World, cast: Cast, show: Show) -> None:
    made = make_draft(world, cast)
    told = texts(show(cast.ana, draft=str(made.id)))
    assert told.count("data:image/jpeg;base64,") == 4
    assert told.count("Fits") == 4
    assert "1080×1920" in told


def test_an_empty_headline_is_told_and_keeps_send_shut(world: World, cast: Cast, show: Show) -> None:
    made = make_draft(world, cast, headline="")
    test = show(cast.ana, draft=str(made.id))
    assert "Not filled" in texts(test)
    test.button(key="creator-send").click().run()
    assert "Still empty: Headline." in texts(test)
    assert test.button(key="creator-send-now").disabled


def test_sending_keeps_a_version_and_asks_with_the_note(world: World, cast: Cast, show: Show) -> None:
    made = make_draft(world, cast)
    test = show(cast.ana, draft=str(made.id))
    test.button(key="creator-send").click().run()
    test.text_area(key="creator-send-note").input("Before Friday")
    press_inside(test, "creator-send", "creator-send-now")
    assert not test.exception
    with world.web.tx(cast.ben) as tx:
        (item,) = approvals.waiting_queue(tx)
    assert (item.note, item.version_number, item.draft_id) == ("Before Friday", 1, made.id)
    assert "Waiting" in texts(test)


def test_a_rejection_is_shown_to_the_author_until_something_changes(world: World, cast: Cast, show: Show) -> None:
    kept = make_version(world, cast)
    with world.web.tx(cast.ana) as tx:
        request_id = approvals.ask(tx, kept.id)
    with world.web.tx(cast.ben) as tx:
        approvals.reject(tx, request_id, "The cone is <b>cut</b> off.")
    test = show(cast.ana, draft=str(kept.draft_id))
    assert "The cone is &lt;b&gt;cut&lt;/b&gt; off." in texts(test)
    _line(test, "field-headline", kept.draft_id).input("Whole cone").run()
    assert "Rejected" not in texts(test)


def test_withdrawing_takes_the_question_back(world: World, cast: Cast, show: Show) -> None:
    kept = make_version(world, cast)
    with world.web.tx(cast.ana) as tx:
        approvals.ask(tx, kept.id)
    show(cast.ana, draft=str(kept.draft_id)).button(key="creator-withdraw").click().run()
    with world.web.tx(cast.ana) as tx:
        assert approvals.waiting_queue(tx) == []


def test_removed_evidence_can_be_put_back(world: World, cast: Cast, show: Show) -> None:
    ad, made = make_ad(world, cast.acme), make_draft(world, cast)
    with world.web.tx(cast.ana) as tx:
        creative.attach_evidence(tx, made.id, ad)
    test = show(cast.ana, draft=str(made.id))
    test.button(key=f"creator-proof-out-{ad}").click().run()
    assert "No ad is attached yet" in texts(test)
    test.button(key="notices-take-back").click().run()
    assert "Cone &amp; Co" in texts(test)


def test_a_viewer_reads_and_finds_nothing_to_press(world: World, cast: Cast, show: Show) -> None:
    made = make_draft(world, cast)
    test = show(cast.vera, identity.Role.VIEWER, draft=str(made.id))
    assert _line(test, "field-headline", made.id).disabled
    assert "creator-send" not in [button.key for button in test.button]
    assert "creator-new" not in [button.key for button in show(cast.vera, identity.Role.VIEWER).button]
    show(cast.vera, identity.Role.VIEWER, new="1")
    assert len(_drafts(world, cast)) == 1


def test_cleo_sees_no_ad_of_acme_at_its_address(world: World, cast: Cast, show: Show) -> None:
    made = make_draft(world, cast)
    test = show(cast.cleo, draft=str(made.id))
    assert "This ad is not here." in texts(test)
    assert made.name not in texts(test)


def test_look_at_competitors_leads_there(world: World, cast: Cast, show: Show, monkeypatch: pytest.MonkeyPatch) -> None:
    from pages.parts import paths

    gone = went(monkeypatch)
    monkeypatch.setattr(paths, "has", lambda name: True)
    made = make_draft(world, cast)
    show(cast.ana, draft=str(made.id)).button(key="creator-evidence-look").click().run()
    assert gone == [("competitors", {})]


def test_words_whose_callback_was_dropped_are_saved_by_the_next_run(world: World, cast: Cast, show: Show) -> None:
    draft = make_draft(world, cast)
    test = show(cast.ana, draft=str(draft.id))
    # Streamlit drops a callback when the next key arrives while it runs; what was typed stays in the widget.
    test.session_state[f"creator-field-headline-{draft.id}"] = "Typed in a hurry."
    test.run()
    assert read_draft(world, cast, draft.id).fields["headline"] == "Typed in a hurry."
    assert not test.exception
