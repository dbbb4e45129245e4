-- Two listings that may be one, and the reversible merge of them.

create table duplicate_pair (
    id uuid primary key,
    created_at timestamptz not null,
    first_id uuid not null references service,
    second_id uuid not null references service,
    why text[] not null,
    state text not null default 'waiting' check (state in ('waiting', 'different', 'merged')),
    decided_at timestamptz,
    decided_by uuid references app_user,
    decided_name text not null default '',
    unique (first_id, second_id),
    check (first_id < second_id)
);
create index on duplicate_pair (second_id);
create index on duplicate_pair (decided_by);
create index duplicate_pair_waiting_index on duplicate_pair (created_at, id)
    where state = 'waiting';
grant select on duplicate_pair to trellis_app;
grant update (state, decided_at, decided_by, decided_name) on duplicate_pair to trellis_app;
grant select, insert on duplicate_pair to trellis_policy;
alter table duplicate_pair enable row level security;
alter table duplicate_pair force row level security;
create policy curator_reads on duplicate_pair for select to trellis_app
    using ((select trellis.curates()));
create policy curator_decides on duplicate_pair for update to trellis_app
    using ((select trellis.curates()));
create policy everything on duplicate_pair to trellis_policy using (true);

create table listing_merge (
    id uuid primary key,
    created_at timestamptz not null,
    kept_id uuid not null references service,
    gone_id uuid not null references service,
    status_before text not null,
    change_ids uuid[] not null default '{}',
    by_user_id uuid not null references app_user,
    by_name text not null,
    undone_at timestamptz,
    undone_by uuid references app_user,
    undone_name text not null default '',
    check (kept_id <> gone_id)
);
create unique index listing_merge_once_index on listing_merge (gone_id) where undone_at is null;
create index on listing_merge (kept_id);
create index on listing_merge (by_user_id);
create index on listing_merge (undone_by);
grant select, insert on listing_merge to trellis_app;
grant update (undone_at, undone_by, undone_name) on listing_merge to trellis_app;
alter table listing_merge enable row level security;
alter table listing_merge force row level security;
create policy curator_reads on listing_merge for select to trellis_app
    using ((select trellis.curates()));
create policy curator_merges on listing_merge for insert to trellis_app
    with check ((select trellis.curates()) and by_user_id = (select trellis.user_id()));
create policy curator_undoes on listing_merge for update to trellis_app
    using ((select trellis.curates()));

-- The words of a name that tell it apart, in a settled order.
create function trellis.name_words(said text) returns text[]
language sql immutable parallel safe set search_path = pg_catalog
as $$
    select coalesce(array_agg(distinct word order by word), '{}')
    from unnest(regexp_split_to_array(trellis.fold(said), '[^a-z0-9]+')) word
    where length(word) > 1 and word not in ('the', 'and', 'of', 'for', 'at', 'in', 'group',
        'club', 'service', 'services', 'project')
$$;

-- Only listings that share a whole key are compared, and a key that more than twenty share says
-- nothing: the cost grows with the number of listings, never with that of pairs.
create function trellis.find_duplicates() returns integer
language sql volatile security definer set search_path = pg_catalog
as $$
    with listed as materialized (
        select s.id, s.organisation_id, trellis.name_words(s.name) as words,
            nullif(right(regexp_replace(coalesce(nullif(s.phone, ''), o.phone), '\D', '', 'g'), 10),
                '') as phone,
            coalesce(o.charity_number, '') as charity,
            coalesce((select upper(replace(l.postcode, ' ', ''))
                from public.service_at_location p join public.location l on l.id = p.location_id
                where p.service_id = s.id order by p.position limit 1), '') as postcode
        from public.service s join public.organisation o on o.id = s.organisation_id
        where s.merged_into_id is null and s.status <> 'defunct'),
    keys as materialized (
        select l.id, k.key from listed l cross join lateral (values
            ('n' || array_to_string(l.words, ' ') || '|' || l.phone),
            ('n' || array_to_string(l.words, ' ') || '|' || nullif(l.postcode, '')),
            ('n' || array_to_string(l.words, ' ') || '|' || nullif(l.charity, '')),
            ('p' || l.phone || '|' || nullif(l.postcode, ''))) k(key)
        where k.key is not null and cardinality(l.words) > 0),
    blocks as (
        select key from keys group by key having count(*) between 2 and 20),
    pairs as (
        select distinct a.id as first_id, b.id as second_id
        from blocks join keys a using (key) join keys b using (key) where a.id < b.id),
    judged as (
        select p.first_id, p.second_id, array_remove(array[
            case when a.words = b.words then 'name' end,
            case when a.phone = b.phone then 'telephone' end,
            case when a.postcode = b.postcode and a.postcode <> '' then 'address' end,
            case when a.charity = b.charity and a.charity <> '' then 'charity number' end],
            null) as why,
            a.words = b.words or (select count(*) from unnest(a.words) w where w = any (b.words))
                * 2 >= greatest(cardinality(a.words), cardinality(b.words)) as alike
        from pairs p join listed a on a.id = p.first_id join listed b on b.id = p.second_id),
    added as (
        insert into public.duplicate_pair (id, created_at, first_id, second_id, why)
        select gen_random_uuid(), now(), first_id, second_id, why from judged where alike
        on conflict (first_id, second_id) do nothing returning 1)
    select count(*)::integer from added
$$;
revoke execute on function trellis.name_words(text), trellis.find_duplicates() from public;
grant execute on function trellis.find_duplicates() to trellis_app;
alter function trellis.name_words(text) owner to trellis_policy;
alter function trellis.find_duplicates() owner to trellis_policy;
