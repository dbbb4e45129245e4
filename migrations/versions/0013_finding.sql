-- What a search narrows by, as words on the row it reads anyway: "day.monday", "cost.free".
-- One index answers every combination, and one pass over what was found counts them all.

alter table listing add column facets text[] not null default '{}';
alter table listing add column learnt boolean not null default false;
create index listing_facets on listing using gin (facets) where is_open;
create index listing_unlearnt on listing (service_id) where not learnt;

set local role trellis_policy;

create function trellis.facets_of(one public.service) returns text[]
language sql stable set search_path = pg_catalog
as $$
    select coalesce(array_agg(distinct facet order by facet), '{}') from (
        select 'how.' || replace(mode, ' ', '-') from unnest(one.access_modes) mode
        union all
        select 'language.' || regexp_replace(trellis.fold(tongue), '[^a-z0-9]+', '-', 'g')
        from unnest(one.languages) tongue where trellis.fold(tongue) <> 'english'
        union all
        select 'cost.free' where one.fees ~* '^\s*(free|no (charge|cost|fee)|none\M|nil\M|£?0(\.00)?\s*$)'
        union all
        select 'join.yourself' where one.self_referral
        union all
        select 'room.now' where one.capacity_state = 'places'
        union all
        select 'access.' || replace(facility, ' ', '-')
        from public.service_at_location p
        join public.location l on l.id = p.location_id, unnest(l.facilities) facility
        where p.service_id = one.id
        union all
        select unnest(case when part.part is null then array['day.' || day.name]
            else array['day.' || day.name, 'time.' || part.part, 'at.' || day.name || '-' || part.part] end)
        from public.schedule s
        cross join lateral string_to_table(s.byday, ',') mark
        join (values ('MO', 'monday'), ('TU', 'tuesday'), ('WE', 'wednesday'), ('TH', 'thursday'),
            ('FR', 'friday'), ('SA', 'saturday'), ('SU', 'sunday')) day(code, name)
            on day.code = right(mark, 2)
        left join (values ('morning', time '00:00', time '12:00'),
            ('afternoon', time '12:00', time '17:00'),
            ('evening', time '17:00', time '24:00')) part(part, since, until)
            on s.opens_at < part.until
            and (s.opens_at >= part.since or coalesce(s.closes_at, s.opens_at) > part.since)
        where s.service_id = one.id
    ) every(facet)
$$;

create or replace function trellis.refresh_listings(which uuid[]) returns void
language sql volatile security definer set search_path = pg_catalog set enable_seqscan = off
as $$
    insert into public.listing as kept (service_id, is_open, sort_name, words, term_ids,
        outwards, minimum_age, maximum_age, place_count, facets)
    select s.id, s.status = 'active', trellis.fold(s.name),
        setweight(to_tsvector('english', trellis.fold(s.name)), 'A')
        || setweight(to_tsvector('english', trellis.fold(o.name || ' ' || needs.said)), 'B')
        || setweight(to_tsvector('english', trellis.fold(s.description || ' ' || s.eligibility)), 'C'),
        needs.ids,
        (select array_agg(distinct outward) from public.service_area a, unnest(a.outwards) outward
            where a.service_id = s.id),
        s.minimum_age, s.maximum_age, places.number, trellis.facets_of(s)
    from public.service s
    join public.organisation o on o.id = s.organisation_id
    cross join lateral (
        select coalesce(array_agg(distinct one.id), '{}') ids,
            coalesce(string_agg(one.name || ' ' || array_to_string(one.synonyms, ' . '), ' . '), '') said
        from public.service_term t
        join public.taxonomy_term chosen on chosen.id = t.term_id
        join public.taxonomy_term one on one.id in (chosen.id, chosen.parent_id)
        where t.service_id = s.id) needs
    cross join lateral (
        select count(*) number
        from public.service_at_location p join public.location l on l.id = p.location_id
        where p.service_id = s.id and l.spot is not null) places
    where s.id = any (which)
    order by s.id
    on conflict (service_id) do update set is_open = excluded.is_open,
        sort_name = excluded.sort_name, words = excluded.words, term_ids = excluded.term_ids,
        outwards = excluded.outwards, minimum_age = excluded.minimum_age,
        maximum_age = excluded.maximum_age, place_count = excluded.place_count,
        facets = excluded.facets,
        learnt = kept.learnt and kept.words = excluded.words
    where (kept.is_open, kept.sort_name, kept.words, kept.term_ids, kept.outwards,
            kept.minimum_age, kept.maximum_age, kept.place_count, kept.facets)
        is distinct from (excluded.is_open, excluded.sort_name, excluded.words,
            excluded.term_ids, excluded.outwards, excluded.minimum_age, excluded.maximum_age,
            excluded.place_count, excluded.facets)
$$;

grant execute on function trellis.listings_changed() to trellis_owner;

reset role;

create trigger listing_on_insert after insert on schedule
    referencing new table as changed for each statement execute function trellis.listings_changed();
create trigger listing_on_update after update on schedule
    referencing new table as changed for each statement execute function trellis.listings_changed();
create trigger listing_on_delete after delete on schedule
    referencing old table as changed for each statement execute function trellis.listings_changed();

-- The words of the directory, for "Did you mean …?". Learnt a batch at a time by the worker,
-- so that writing a listing waits for nobody else's.
create table directory_word (
    word text primary key check (word ~ '^[a-z]{4,30}$'),
    trigrams text[] not null
);
create index directory_word_trigrams on directory_word using gin (trigrams);
grant select on directory_word to trellis_app, trellis_report;
grant select, insert on directory_word to trellis_policy;

set local role trellis_policy;

create function trellis.trigrams(word text) returns text[]
language sql immutable parallel safe strict set search_path = pg_catalog
as $$
    select array_agg(distinct substr('  ' || word || ' ', n, 3))
    from generate_series(1, length(word) + 1) n
$$;

create function trellis.learn_words(how_many integer) returns integer
language plpgsql volatile security definer set search_path = pg_catalog
as $$
declare
    taken uuid[];
begin
    select array_agg(service_id) into taken from (
        select service_id from public.listing where not learnt
        limit how_many for update skip locked) batch;
    if taken is null then
        return 0;
    end if;
    insert into public.directory_word (word, trigrams)
    select said.word, trellis.trigrams(said.word) from (
        select distinct found.lexeme as word
        from public.service s
        join public.organisation o on o.id = s.organisation_id,
        unnest(to_tsvector('simple', trellis.fold(concat_ws(' ', s.name, o.name, s.description)))) found
        where s.id = any (taken)
        union
        select found.lexeme from public.taxonomy_term t,
        unnest(to_tsvector('simple', trellis.fold(t.name || ' ' || array_to_string(t.synonyms, ' ')))) found
    ) said
    where said.word ~ '^[a-z]{4,30}$'
        and not exists (select from public.directory_word known where known.word = said.word)
    order by said.word
    on conflict do nothing;
    update public.listing set learnt = true where service_id = any (taken);
    return cardinality(taken);
end $$;

-- Words of the directory that look like this one, the most alike first.
create function trellis.similar_words(typed text, how_many integer) returns setof text
language sql stable security definer set search_path = pg_catalog
as $$
    select word from public.directory_word
    where trigrams && trellis.trigrams(typed) and word <> typed
        and length(word) between length(typed) - 2 and length(typed) + 2
    order by cardinality(array(
            select unnest(trigrams) intersect select unnest(trellis.trigrams(typed)))) desc,
        abs(length(word) - length(typed)), word
    limit how_many
$$;

-- What somebody says is matched with what each need is called every day.
create function trellis.said_of(name text, synonyms text[]) returns tsvector
language sql immutable parallel safe security definer set search_path = pg_catalog
as $$
    select to_tsvector('english', trellis.fold(name || ' . ' || coalesce(
        (select string_agg(one, ' . ') from unnest(synonyms) one), '')))
$$;
-- What became of earlier referrals to these services, by anybody: numbers of days, nobody's name.
create function trellis.observed_waits(services uuid[], since timestamptz)
returns table (service_id uuid, sent integer, answered integer, answer_days numeric,
    last_answer timestamptz, attended integer, attendance_days numeric, last_attendance timestamptz)
language plpgsql stable security definer set search_path = pg_catalog
as $$
begin
    perform trellis.require_reach('holder');
    return query
    with sent_to as (
        select one.id as to_service, o.id as onward_id, o.requested_at
        from unnest(services) one(id)
        cross join lateral (
            select r.id, r.requested_at from public.onward_referral r
            where r.service_id = one.id and r.requested_at >= since and r.status <> 'entered-in-error'
            order by r.requested_at desc limit 200) o
    ), reached as (
        select s.to_service, s.requested_at,
            min(e.created_at) filter (where e.kind in ('accepted', 'declined', 'waiting list', 'booked')) as answered_at,
            min(e.created_at) filter (where e.kind = 'attended') as attended_at
        from sent_to s left join public.onward_event e on e.onward_referral_id = s.onward_id
        group by s.to_service, s.onward_id, s.requested_at
    )
    select r.to_service, count(*)::integer, count(r.answered_at)::integer,
        (percentile_cont(0.5) within group (
            order by extract(epoch from r.answered_at - r.requested_at) / 86400))::numeric,
        max(r.answered_at), count(r.attended_at)::integer,
        (percentile_cont(0.5) within group (
            order by extract(epoch from r.attended_at - r.requested_at) / 86400))::numeric,
        max(r.attended_at)
    from reached r group by r.to_service;
end $$;

do $$
declare one text;
begin
    foreach one in array array['facets_of(service)', 'trigrams(text)', 'learn_words(integer)',
        'similar_words(text, integer)', 'said_of(text, text[])',
        'observed_waits(uuid[], timestamptz)'] loop
        execute format('revoke execute on function trellis.%s from public', one);
        execute format('grant execute on function trellis.%s to trellis_app, trellis_owner', one);
    end loop;
end $$;

-- Every row of the searches says from now on what it is narrowed by.
select trellis.refresh_listings(array(select id from public.service));

reset role;

-- Some dozen rows, written anew at once.
alter table taxonomy_term add column words tsvector
    -- squawk-ignore adding-field-with-default
    generated always as (trellis.said_of(name, synonyms)) stored;

-- GP practices of NHS ODS, loaded from a file.
create table practice (
    code text primary key check (code ~ '^[A-Z0-9]{3,10}$'),
    name text not null,
    address text not null default '',
    postcode text not null default '',
    phone text not null default '',
    closed_on date,
    words tsvector generated always as (
        trellis.said_of(name, array[address, postcode])) stored
);
create index on practice using gin (words);
grant select on practice to trellis_app, trellis_report;
grant select, insert, update on practice to trellis_policy;
