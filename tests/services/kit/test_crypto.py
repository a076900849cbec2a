"""Sealed secrets open only where they belong; signed addresses only for their path and time."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.kit.crypto import AddressSigner, SealBroken, Sealer, canonical_json

OLD, NEW = b"o" * 32, b"n" * 32
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
SIGNER = AddressSigner(b"s" * 32)


@given(st.text())
def test_what_is_sealed_opens_again_and_never_shows(plain: str) -> None:
    sealed = Sealer({"k1": OLD}).seal(plain, "channels/1/access_token")
    assert Sealer({"k1": OLD}).open(sealed, "channels/1/access_token") == plain
    assert sealed.startswith("v1.k1.")
    assert len(plain) < 8 or plain not in sealed


def test_a_secret_moved_to_another_row_does_not_open() -> None:
    sealer = Sealer({"k1": OLD})
    sealed = sealer.seal("token", "channels/1/access_token")
    with pytest.raises(SealBroken):
        sealer.open(sealed, "channels/2/access_token")


def test_after_rotation_old_secrets_open_and_new_ones_use_the_new_key() -> None:
    sealed = Sealer({"k1": OLD}).seal("token", "a")
    rotated = Sealer({"k2": NEW, "k1": OLD})
    assert rotated.open(sealed, "a") == "token"
    assert rotated.seal("token", "a").startswith("v1.k2.")
    with pytest.raises(SealBroken):
        Sealer({"k2": NEW}).open(sealed, "a")


@given(st.text(max_size=80))
def test_damaged_secrets_are_refused_not_guessed(damaged: str) -> None:
    with pytest.raises(SealBroken):
        Sealer({"k1": OLD}).open(damaged, "a")


@given(st.dictionaries(st.text(), st.one_of(st.text(), st.integers(), st.lists(st.text()))))
def test_canonical_json_does_not_depend_on_the_order_of_keys(value: dict[str, object]) -> None:
    assert canonical_json(value) == canonical_json(dict(reversed(value.items())))


def test_floats_have_no_place_in_a_seal() -> None:
    with pytest.raises(TypeError):
        canonical_json({"ratio": 0.1})


def _parts(query: str) -> tuple[str, str]:
    expires, signature = (part.split("=")[1] for part in query.split("&"))
    return expires, signature


def test_a_signed_address_works_for_its_path_until_it_expires() -> None:
    expires, signature = _parts(SIGNER.sign("/files/a.jpg", NOW + timedelta(hours=1)))
    assert SIGNER.is_valid("/files/a.jpg", expires, signature, NOW)
    assert not SIGNER.is_valid("/files/b.jpg", expires, signature, NOW)
    assert not SIGNER.is_valid("/files/a.jpg", expires, signature, NOW + timedelta(hours=1))
    assert not SIGNER.is_valid("/files/a.jpg", str(int(expires) + 1), signature, NOW)


@given(st.text(max_size=30), st.text(max_size=80))
def test_invented_signatures_are_refused_whatever_they_hold(expires: str, signature: str) -> None:
    assert not SIGNER.is_valid("/files/a.jpg", expires, signature, NOW)
