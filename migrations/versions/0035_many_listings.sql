-- Search rows made many at a time. What was asked anew for every service – the words of the needs,
-- the facets, the squares – is one question for the batch: an import waits half as long for it.
-- Rows that stand say the same and are left as they are.

set local role trellis_policy;

create aggregate trellis.all_words(tsvector) (sfunc = tsvector_concat, stype = tsvector, initcond = '');

create or replace function trellis.refresh_listings(which uuid[]) returns void
language sql volatile security definer set search_path = pg_catalog set enable_seqscan = off
as $$
    with term as materialized (
        select chosen.id, array_agg(one.id) ids, to_tsvector('english', trellis.fold(string_agg(
            one.name || ' ' || array_to_string(one.synonyms, ' . '), ' . '))) words
        from public.taxonomy_term chosen
        join public.taxonomy_term one on one.id in (chosen.id, chosen.parent_id)
        where chosen.id in (select term_id from public.service_term where service_id = any (which))
        group by chosen.id)
    insert into public.listing as kept (service_id, is_open, sort_name, words, term_ids,
        outwards, minimum_age, maximum_age, place_count, facets)
    select s.id, s.status = 'active', trellis.fold(s.name),
        setweight(to_tsvector('english', trellis.fold(s.name)), 'A')
        || setweight(to_tsvector('english', trellis.fold(o.name)) || needs.words, 'B')
        || setweight(to_tsvector('english', trellis.fold(s.description || ' ' || s.eligibility)), 'C')
        || array_to_tsvector(places.cells),
        needs.ids,
        (select array_agg(distinct outward) from public.service_area a, unnest(a.outwards) outward
            where a.service_id = s.id),
        s.minimum_age, s.maximum_age, places.number, facets.said
    from public.service s
    join public.organisation o on o.id = s.organisation_id
    cross join lateral (
        select coalesce(array_agg(distinct one), '{}') ids, trellis.all_words(distinct term.words) words
        from public.service_term t join term on term.id = t.term_id, unnest(term.ids) one
        where t.service_id = s.id) needs
    cross join lateral (
        select count(distinct l.id) number,
            coalesce(array_agg(distinct '@' || size || '/' || floor(l.easting / (size * 1000.0))
                || '/' || floor(l.northing / (size * 1000.0))), array['@nowhere']) cells
        from public.service_at_location p join public.location l on l.id = p.location_id,
            unnest(array[5, 25]) size
        where p.service_id = s.id and l.spot is not null) places
    cross join lateral (
        select coalesce(array_agg(distinct facet order by facet), '{}') said from (
            select 'how.' || replace(mode, ' ', '-') from unnest(s.access_modes) mode
            union all
            select 'language.' || regexp_replace(trellis.fold(tongue), '[^a-z0-9]+', '-', 'g')
            from unnest(s.languages) tongue where trellis.fold(tongue) <> 'english'
            union all
            select 'cost.free' where s.fees ~* '^\s*(free|no (charge|cost|fee)|none\M|nil\M|£?0(\.00)?\s*$)'
            union all
            select 'join.yourself' where s.self_referral
            union all
            select 'room.now' where s.capacity_state = 'places'
            union all
            select 'access.' || replace(facility, ' ', '-')
            from public.service_at_location p
            join public.location l on l.id = p.location_id, unnest(l.facilities) facility
            where p.service_id = s.id
            union all
            select unnest(case when part.part is null then array['day.' || day.name]
                else array['day.' || day.name, 'time.' || part.part, 'at.' || day.name || '-' || part.part] end)
            from public.schedule times
            cross join lateral string_to_table(times.byday, ',') mark
            join (values ('MO', 'monday'), ('TU', 'tuesday'), ('WE', 'wednesday'), ('TH', 'thursday'),
                ('FR', 'friday'), ('SA', 'saturday'), ('SU', 'sunday')) day(code, name)
                on day.code = right(mark, 2)
            left join (values ('morning', time '00:00', time '12:00'),
                ('afternoon', time '12:00', time '17:00'),
                ('evening', time '17:00', time '24:00')) part(part, since, until)
                on times.opens_at < part.until
                and (times.opens_at >= part.since
                    or coalesce(times.closes_at, times.opens_at) > part.since)
            where times.service_id = s.id
        ) every(facet)) facets
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

-- squawk-ignore ban-drop-function
drop function trellis.facets_of(public.service);
-- squawk-ignore ban-drop-function
drop function trellis.cells_of(integer, integer);

reset role;
