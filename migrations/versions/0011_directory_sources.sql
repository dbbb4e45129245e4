-- Feeds and files that the directory is filled from. Nothing here is about a person referred.

create table directory_source (
    id uuid primary key,
    created_at timestamptz not null,
    name text not null unique check (length(name) between 1 and 200)
);

-- What a source last said of each thing it knows, by the source's own id. A field that says
-- something else in our tables was changed here since, and the change here stays.
create table source_record (
    source_id uuid not null references directory_source,
    kind text not null check (kind in ('organisation', 'location', 'service')),
    external_id text not null check (length(external_id) between 1 and 200),
    local_id uuid not null,
    digest text not null,
    said jsonb not null,
    changed_at timestamptz not null,
    primary key (source_id, kind, external_id)
);
create index on source_record (local_id);

create table source_import (
    id uuid primary key,
    source_id uuid not null references directory_source,
    started_at timestamptz not null,
    ended_at timestamptz,
    counts jsonb not null default '{}'
);
create index on source_import (source_id, started_at desc);

grant select on directory_source, source_record, source_import to trellis_app, trellis_report;
grant select, insert, update on directory_source, source_record, source_import to trellis_policy;

-- A bulk load refreshes the search rows itself, once a batch. Only the operator may say so:
-- the web's own role cannot leave a search row behind what it describes.
set local role trellis_policy;

create or replace function trellis.listings_changed() returns trigger
language plpgsql security definer set search_path = pg_catalog
as $$
declare
    touched uuid[];
begin
    if session_user not in ('trellis_app', 'trellis_report')
        and current_setting('trellis.listings_later', true) = 'on' then
        return null;
    end if;
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

reset role;
