"""The temporary table a chunk is copied into, and the upserts out of it. All obey row security."""

from typing import Any, LiteralString

from services.kit.db import Tx

COPY_ADS: LiteralString = """
    copy incoming (row_number, kind, platform, remote_id, owner_id, owner_name, bodies, titles, descriptions, captions,
      link, started_on, stopped_on, placements, languages, payer, impressions_lower, impressions_upper, spend_lower,
      spend_upper, spend_currency, reach, likes, comments, shares, views, content_hash) from stdin
"""
COPY_REPORT: LiteralString = """
    copy incoming (row_number, platform, remote_id, name, disclaimer, spend_lower, spend_upper, spend_currency, ads)
    from stdin
"""


def create_incoming_ads(tx: Tx) -> None:
    tx.run(
        """
        create temp table incoming (
          row_number int, kind text, platform text, remote_id text, owner_id text, owner_name text,
          bodies text[], titles text[], descriptions text[], captions text[], link text, started_on date,
          stopped_on date, placements text[], languages text[], payer text,
          impressions_lower bigint, impressions_upper bigint, spend_lower bigint, spend_upper bigint,
          spend_currency text, reach bigint, likes bigint, comments bigint, shares bigint, views bigint,
          content_hash text
        ) on commit drop
        """,
        {},
    )


def create_incoming_report(tx: Tx) -> None:
    tx.run(
        """
        create temp table incoming (
          row_number int, platform text, remote_id text, name text, disclaimer text,
          spend_lower bigint, spend_upper bigint, spend_currency text, ads int
        ) on commit drop
        """,
        {},
    )


def drop_incoming(tx: Tx) -> None:
    tx.run("drop table incoming", {})


def upsert_owners(tx: Tx, params: dict[str, Any]) -> None:
    """Advertisers of the chunk: new ones in, names of known ones brought up to date. A sample row never claims one."""
    tx.run(
        """
        with newest as (
          select platform, owner_id, max(row_number) as row_number from incoming group by platform, owner_id
        )
        insert into app.advertisers as held
          (id, org_id, platform, remote_id, name, observed_on, import_id, first_seen_at, last_seen_at)
        select distinct on (platform, owner_id)
          gen_random_uuid(), %(org)s, platform, owner_id, owner_name, %(observed)s, %(import)s, %(now)s, %(now)s
        from newest join incoming using (platform, owner_id, row_number) order by platform, owner_id
        on conflict (org_id, platform, remote_id) do update set
          name = case when excluded.observed_on >= held.observed_on then excluded.name else held.name end,
          observed_on = greatest(held.observed_on, excluded.observed_on),
          import_id = case when %(is_sample)s then held.import_id else excluded.import_id end,
          last_seen_at = greatest(held.last_seen_at, excluded.last_seen_at)
        """,
        params,
    )


def upsert_ads(tx: Tx, params: dict[str, Any]) -> tuple[int, int]:
    """
    New ads in, changed ones updated; where only the day of observation moved on, that day. Returns (added, changed).

    An equal row is not touched; a file older than what is held changes nothing. Ids are one time-sorted head with the
    row's number behind it: made in the database in a quarter of the time, and the key's index grows at its end only.
    """
    added, changed = tx.tuples(
        """
        with upserted as (
          insert into app.ads as held (id, org_id, advertiser_id, kind, platform, remote_id, bodies, titles,
            descriptions, captions, link, started_on, stopped_on, placements, languages, payer, impressions_lower,
            impressions_upper, spend_lower, spend_upper, spend_currency, reach, likes, comments, shares, views,
            content_hash, import_id, row_number, collector, observed_on, first_seen_at, last_seen_at)
          select (%(id_head)s || lpad(to_hex(i.row_number), 12, '0'))::uuid,
            %(org)s, o.id, i.kind, i.platform, i.remote_id, i.bodies, i.titles, i.descriptions, i.captions, i.link,
            i.started_on, i.stopped_on, i.placements, i.languages, i.payer,
            i.impressions_lower, i.impressions_upper, i.spend_lower, i.spend_upper, i.spend_currency, i.reach, i.likes,
            i.comments, i.shares, i.views, i.content_hash, %(import)s, i.row_number, %(collector)s, %(observed)s,
            %(now)s, %(now)s
          from incoming i
          join app.advertisers o on o.org_id = %(org)s and o.platform = i.platform and o.remote_id = i.owner_id
          on conflict (org_id, platform, kind, remote_id) do update set
            advertiser_id = excluded.advertiser_id, bodies = excluded.bodies, titles = excluded.titles,
            descriptions = excluded.descriptions, captions = excluded.captions, link = excluded.link,
            started_on = excluded.started_on, stopped_on = excluded.stopped_on, placements = excluded.placements,
            languages = excluded.languages, payer = excluded.payer, impressions_lower = excluded.impressions_lower,
            impressions_upper = excluded.impressions_upper, spend_lower = excluded.spend_lower,
            spend_upper = excluded.spend_upper, spend_currency = excluded.spend_currency, reach = excluded.reach,
            likes = excluded.likes, comments = excluded.comments, shares = excluded.shares, views = excluded.views,
            content_hash = excluded.content_hash, observed_on = excluded.observed_on,
            last_seen_at = excluded.last_seen_at,
            changed_at = case when held.content_hash = excluded.content_hash then held.changed_at
                         else excluded.last_seen_at end,
            import_id = case when held.content_hash = excluded.content_hash then held.import_id
                        else excluded.import_id end,
            row_number = case when held.content_hash = excluded.content_hash then held.row_number
                         else excluded.row_number end,
            collector = case when held.content_hash = excluded.content_hash then held.collector
                        else excluded.collector end
          where held.observed_on < excluded.observed_on
             or (held.observed_on = excluded.observed_on and held.content_hash <> excluded.content_hash)
          returning held.xmax = 0 as is_new, held.import_id
        )
        select count(*) filter (where is_new), count(*) filter (where not is_new and import_id = %(import)s)
        from upserted
        """,
        params,
    )[0]
    return int(added), int(changed)


def take_over_sample_ads(tx: Tx, params: dict[str, Any]) -> None:
    """Ads of the sample that this import holds too become this import's: removing the sample keeps them."""
    tx.run(
        """
        update app.ads a set import_id = %(import)s, row_number = i.row_number, collector = %(collector)s
        from incoming i, app.imports s
        where a.platform = i.platform and a.kind = i.kind and a.remote_id = i.remote_id
          and s.id = a.import_id and s.is_sample
        """,
        params,
    )


def upsert_report(tx: Tx, params: dict[str, Any]) -> tuple[int, int]:
    """Advertisers of a report; absent figures leave the held ones. Returns (added, changed)."""
    added, changed = tx.tuples(
        """
        with upserted as (
          insert into app.advertisers as held (id, org_id, platform, remote_id, name, disclaimer, spend_lower,
            spend_upper, spend_currency, reported_ads, reported_on, observed_on, import_id, first_seen_at, last_seen_at)
          select gen_random_uuid(), %(org)s, platform, remote_id, name, disclaimer, spend_lower, spend_upper,
            spend_currency, ads, %(observed)s, %(observed)s, %(import)s, %(now)s, %(now)s
          from incoming order by platform, remote_id
          on conflict (org_id, platform, remote_id) do update set
            name = excluded.name, disclaimer = excluded.disclaimer,
            spend_lower = coalesce(excluded.spend_lower, held.spend_lower),
            spend_upper = coalesce(excluded.spend_upper, held.spend_upper),
            spend_currency = coalesce(excluded.spend_currency, held.spend_currency),
            reported_ads = coalesce(excluded.reported_ads, held.reported_ads),
            reported_on = excluded.reported_on,
            observed_on = greatest(held.observed_on, excluded.observed_on),
            import_id = case when %(is_sample)s then held.import_id else excluded.import_id end,
            last_seen_at = excluded.last_seen_at
          where coalesce(held.reported_on, excluded.reported_on) <= excluded.reported_on
            and (held.name, held.disclaimer, held.spend_lower, held.spend_upper, held.spend_currency, held.reported_ads,
                 held.reported_on)
             is distinct from (excluded.name, excluded.disclaimer, coalesce(excluded.spend_lower, held.spend_lower),
                 coalesce(excluded.spend_upper, held.spend_upper),
                 coalesce(excluded.spend_currency, held.spend_currency),
                 coalesce(excluded.reported_ads, held.reported_ads), excluded.reported_on)
          returning held.xmax = 0 as is_new
        )
        select count(*) filter (where is_new), count(*) filter (where not is_new) from upserted
        """,
        params,
    )[0]
    return int(added), int(changed)
