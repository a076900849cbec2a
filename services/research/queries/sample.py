"""Rows that came with the sample."""

from services.kit.db import Tx


def count_sample_imports(tx: Tx) -> int:
    return int(tx.value("select count(*) from app.imports where is_sample and state <> 'cancelled'", {}))


def delete_sample_ads(tx: Tx) -> int:
    return tx.run("delete from app.ads a using app.imports i where i.id = a.import_id and i.is_sample", {})


def delete_sample_advertisers(tx: Tx) -> int:
    """Advertisers only sample imports spoke of, and that have no ads left."""
    return tx.run(
        """
        delete from app.advertisers o using app.imports i
        where i.id = o.import_id and i.is_sample
          and not exists (select 1 from app.ads a where a.org_id = o.org_id and a.advertiser_id = o.id)
        """,
        {},
    )


def delete_sample_imports(tx: Tx) -> int:
    """Their errors go with them; a run that is under way finds nothing and ends."""
    return tx.run("delete from app.imports where is_sample", {})
