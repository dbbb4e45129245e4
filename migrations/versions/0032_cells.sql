-- Where a service is, as words beside its words: the squares of the grid that its places are in, of
-- 5 and of 25 km. Words and a neighbourhood are then one question to one index, and the exact
-- distance is looked at for the few that are left.

set local role trellis_policy;

create function trellis.cells_of(easting integer, northing integer) returns text[]
language sql immutable parallel safe set search_path = pg_catalog
as $$
    select array_agg('@' || size || '/' || floor(easting / (size * 1000.0))
        || '/' || floor(northing / (size * 1000.0)))
    from unnest(array[5, 25]) size
$$;

create or replace function trellis.refresh_listings(which uuid[]) returns void
language sql volatile security definer set search_path = pg_catalog set enable_seqscan = off
as $$
    insert into public.listing as kept (service_id, is_open, sort_name, words, term_ids,
        outwards, minimum_age, maximum_age, place_count, facets)
    select s.id, s.status = 'active', trellis.fold(s.name),
        setweight(to_tsvector('english', trellis.fold(s.name)), 'A')
        || setweight(to_tsvector('english', trellis.fold(o.name || ' ' || needs.said)), 'B')
        || setweight(to_tsvector('english', trellis.fold(s.description || ' ' || s.eligibility)), 'C')
        || array_to_tsvector(places.cells),
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
        select count(distinct l.id) number,
            coalesce(array_agg(distinct cell), array['@nowhere']) cells
        from public.service_at_location p join public.location l on l.id = p.location_id,
            unnest(trellis.cells_of(l.easting, l.northing)) cell
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

revoke execute on function trellis.cells_of(integer, integer) from public;
select trellis.refresh_listings(array(select id from public.service));

reset role;
