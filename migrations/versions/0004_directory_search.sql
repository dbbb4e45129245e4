-- One narrow row for each service, which is all that a search reads; triggers keep it right,
-- a statement at a time so that bulk loading stays fast.

create function trellis.fold(words text) returns text
language sql immutable parallel safe strict set search_path = pg_catalog
as $$ select lower(regexp_replace(normalize(words, nfkd), '[\u0300-\u036f]', '', 'g')) $$;

create table listing (
    service_id uuid primary key references service,
    is_open boolean not null,
    sort_name text not null,
    words tsvector not null,
    term_ids uuid[] not null,
    outwards text[],
    minimum_age integer,
    maximum_age integer,
    place_count integer not null
);
create index on listing using gin (words) where is_open;
create index on listing using gin (term_ids) where is_open;
create index on listing (sort_name, service_id) where is_open;
create index listing_nowhere_index on listing (sort_name, service_id) where is_open and place_count = 0;
grant select on listing to trellis_app, trellis_report;
grant select, insert, update, delete on listing to trellis_policy;

-- Always by index: a table that was empty when it was last analysed would be read whole for each row.
create function trellis.refresh_listings(which uuid[]) returns void
language sql volatile security definer set search_path = pg_catalog set enable_seqscan = off
as $$
    insert into public.listing as kept (service_id, is_open, sort_name, words, term_ids,
        outwards, minimum_age, maximum_age, place_count)
    select s.id, s.status = 'active', trellis.fold(s.name),
        setweight(to_tsvector('english', trellis.fold(s.name)), 'A')
        || setweight(to_tsvector('english', trellis.fold(o.name || ' ' || needs.said)), 'B')
        || setweight(to_tsvector('english', trellis.fold(s.description || ' ' || s.eligibility)), 'C'),
        needs.ids,
        (select array_agg(distinct outward) from public.service_area a, unnest(a.outwards) outward
            where a.service_id = s.id),
        s.minimum_age, s.maximum_age, places.number
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
        maximum_age = excluded.maximum_age, place_count = excluded.place_count
    where (kept.is_open, kept.sort_name, kept.words, kept.term_ids, kept.outwards,
            kept.minimum_age, kept.maximum_age, kept.place_count)
        is distinct from (excluded.is_open, excluded.sort_name, excluded.words,
            excluded.term_ids, excluded.outwards, excluded.minimum_age, excluded.maximum_age,
            excluded.place_count)
$$;

create function trellis.listings_changed() returns trigger
language plpgsql security definer set search_path = pg_catalog
as $$
declare
    touched uuid[];
begin
    case tg_table_name
    when 'service' then
        select array_agg(id) into touched from changed;
    when 'organisation' then
        select array_agg(s.id) into touched from public.service s
            where s.organisation_id in (select id from changed);
    when 'location' then
        select array_agg(distinct p.service_id) into touched from public.service_at_location p
            where p.location_id in (select id from changed);
    when 'taxonomy_term' then
        select array_agg(distinct t.service_id) into touched
            from public.service_term t join public.taxonomy_term n on n.id = t.term_id
            where n.id in (select id from changed) or n.parent_id in (select id from changed);
    else
        select array_agg(distinct service_id) into touched from changed;
    end case;
    if touched is not null then
        perform trellis.refresh_listings(touched);
    end if;
    return null;
end $$;

create trigger listing_on_insert after insert on service
    referencing new table as changed for each statement execute function trellis.listings_changed();
create trigger listing_on_update after update on service
    referencing new table as changed for each statement execute function trellis.listings_changed();
create trigger listing_on_update after update on organisation
    referencing new table as changed for each statement execute function trellis.listings_changed();
create trigger listing_on_update after update on location
    referencing new table as changed for each statement execute function trellis.listings_changed();
create trigger listing_on_update after update on taxonomy_term
    referencing new table as changed for each statement execute function trellis.listings_changed();
create trigger listing_on_insert after insert on service_term
    referencing new table as changed for each statement execute function trellis.listings_changed();
create trigger listing_on_delete after delete on service_term
    referencing old table as changed for each statement execute function trellis.listings_changed();
create trigger listing_on_insert after insert on service_area
    referencing new table as changed for each statement execute function trellis.listings_changed();
create trigger listing_on_update after update on service_area
    referencing new table as changed for each statement execute function trellis.listings_changed();
create trigger listing_on_delete after delete on service_area
    referencing old table as changed for each statement execute function trellis.listings_changed();
create trigger listing_on_insert after insert on service_at_location
    referencing new table as changed for each statement execute function trellis.listings_changed();
create trigger listing_on_update after update on service_at_location
    referencing new table as changed for each statement execute function trellis.listings_changed();
create trigger listing_on_delete after delete on service_at_location
    referencing old table as changed for each statement execute function trellis.listings_changed();

revoke execute on function trellis.refresh_listings(uuid[]), trellis.listings_changed(),
    trellis.fold(text) from public;
grant execute on function trellis.fold(text) to trellis_app, trellis_policy;
alter function trellis.fold(text) owner to trellis_policy;
alter function trellis.refresh_listings(uuid[]) owner to trellis_policy;
alter function trellis.listings_changed() owner to trellis_policy;
