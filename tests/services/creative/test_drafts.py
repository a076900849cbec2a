"""What was typed is kept: autosave, two tabs, evidence, and who may."""

import pytest

from services import creative, identity
from tests.makers.cast import Cast
from tests.makers.creative import make_ad, make_draft
from tests.makers.world import World


def test_two_tabs_typing_into_different_fields_keep_both(world: World, cast: Cast) -> None:
    made = make_draft(world, cast)
    with world.web.tx(cast.ana) as tx:
        creative.save_draft(tx, made.id, {"headline": "From one tab"})
    with world.web.tx(cast.ben) as tx:
        creative.save_draft(tx, made.id, {"subline": "From the other"}, caption="Both at once.")
        now = creative.draft(tx, made.id)
    assert (now.fields["headline"], now.fields["subline"]) == ("From one tab", "From the other")
    assert now.caption == "Both at once."
    assert now.revision == made.revision + 2


def test_saving_one_word_leaves_the_others_alone(world: World, cast: Cast) -> None:
    made = make_draft(world, cast, link="https://acme.example/a")
    with world.web.tx(cast.ana) as tx:
        creative.save_draft(tx, made.id, alt_text="")
        now = creative.draft(tx, made.id)
    assert (now.alt_text, now.caption, now.link) == ("", made.caption, made.link)


@pytest.mark.parametrize("link", ["http://acme.example", "javascript:alert(1)", "https://acme.example/a b"])
def test_a_link_that_is_no_https_address_is_refused(world: World, cast: Cast, link: str) -> None:
    made = make_draft(world, cast)
    with pytest.raises(creative.LinkWrong), world.web.tx(cast.ana) as tx:
        creative.save_draft(tx, made.id, link=link)


def test_a_text_no_channel_takes_is_refused_with_both_numbers(world: World, cast: Cast) -> None:
    made = make_draft(world, cast)
    with pytest.raises(creative.TextTooLong, match="63207 characters, 63206 fit"), world.web.tx(cast.ana) as tx:
        creative.save_draft(tx, made.id, caption="x" * 63_207)


def test_a_field_the_template_does_not_have_is_refused(world: World, cast: Cast) -> None:
    made = make_draft(world, cast)
    with pytest.raises(creative.FieldUnknown, match="badge"), world.web.tx(cast.ana) as tx:
        creative.save_draft(tx, made.id, {"badge": "-20 %"})


def test_words_of_another_template_come_back_with_it(world: World, cast: Cast) -> None:
    made = make_draft(world, cast)
    with world.web.tx(cast.ana) as tx:
        creative.save_draft(tx, made.id, {"badge": "2 for 1"}, template="offer")
        creative.save_draft(tx, made.id, template="headline")
        creative.save_draft(tx, made.id, template="offer")
        assert creative.draft(tx, made.id).fields["badge"] == "2 for 1"


def test_missing_parts_are_named_as_a_person_reads_them(world: World, cast: Cast) -> None:
    made = make_draft(world, cast, headline=" ", alt_text="", caption="  ")
    assert creative.missing_parts(made) == ["Headline", "Caption", "Alt text"]


def test_evidence_is_attached_once_traced_and_removed(world: World, cast: Cast) -> None:
    ad = make_ad(world, cast.acme)
    made = make_draft(world, cast)
    with world.web.tx(cast.ana) as tx:
        creative.attach_evidence(tx, made.id, ad)
        creative.attach_evidence(tx, made.id, ad)
        (evidence,) = creative.evidence_of(tx, made.id)
        assert (evidence.ad_id, evidence.advertiser, evidence.days_running) == (ad, "Cone & Co", 203)
        creative.detach_evidence(tx, made.id, ad)
        assert creative.evidence_of(tx, made.id) == []


def test_evidence_of_another_organisation_cannot_be_attached(world: World, cast: Cast) -> None:
    theirs = make_ad(world, cast.other)
    with pytest.raises(creative.EvidenceNotFound), world.web.tx(cast.ana) as tx:
        creative.create_draft(tx, cast.brand, evidence_of=theirs)


def test_an_archived_draft_is_off_the_list_and_takes_no_more_words(world: World, cast: Cast) -> None:
    made = make_draft(world, cast)
    with world.web.tx(cast.ana) as tx:
        creative.archive_draft(tx, made.id)
        assert made.id not in [listed.id for listed in creative.list_drafts(tx)]
    with pytest.raises(creative.DraftNotFound), world.web.tx(cast.ana) as tx:
        creative.save_draft(tx, made.id, caption="Too late")


def test_a_draft_taken_off_the_list_can_be_put_back(world: World, cast: Cast) -> None:
    made = make_draft(world, cast)
    with world.web.tx(cast.ana) as tx:
        creative.archive_draft(tx, made.id)
        creative.unarchive_draft(tx, made.id)
        assert [listed.id for listed in creative.list_drafts(tx)] == [made.id]


def test_starting_twice_under_one_id_is_one_draft(world: World, cast: Cast) -> None:
    ad, chosen = make_ad(world, cast.acme), world.web.ids.new()
    for _ in range(2):
        with world.web.tx(cast.ana) as tx:
            assert creative.create_draft(tx, cast.brand, evidence_of=ad, draft_id=chosen).id == chosen
    with world.web.tx(cast.ana) as tx:
        assert [listed.id for listed in creative.list_drafts(tx)] == [chosen]
        assert len(creative.evidence_of(tx, chosen)) == 1


def test_a_viewer_reads_drafts_and_changes_none(world: World, cast: Cast) -> None:
    made = make_draft(world, cast)
    with world.web.tx(cast.vera) as tx:
        assert creative.draft(tx, made.id) == made
    with pytest.raises(identity.RoleTooLow), world.web.tx(cast.vera) as tx:
        creative.save_draft(tx, made.id, caption="Mine")
    with pytest.raises(identity.RoleTooLow), world.web.tx(cast.vera) as tx:
        creative.create_draft(tx, cast.brand)


def test_cleo_sees_no_draft_of_acme(world: World, cast: Cast) -> None:
    made = make_draft(world, cast)
    with world.web.tx(cast.cleo) as tx:
        assert creative.list_drafts(tx) == []
        assert creative.evidence_of(tx, made.id) == []
        with pytest.raises(creative.DraftNotFound):
            creative.save_draft(tx, made.id, caption="Not yours")
