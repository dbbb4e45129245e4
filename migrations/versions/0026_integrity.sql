-- What was written last of each sealed row. Pages that only show a row write no digest.
create index audit_event_digest on audit_event (subject_id, id) where digest is not null;

-- How far the check of tonight has come, so that it goes on where it was broken off.
create table integrity_check (
    only_one boolean primary key default true check (only_one),
    started_at timestamptz,
    finished_at timestamptz,
    stage integer not null default 0,
    last_id uuid,
    checked bigint not null default 0,
    unaudited bigint not null default 0
);
insert into integrity_check default values;

create table integrity_finding (
    reference text primary key,
    found_at timestamptz not null,
    seen_at timestamptz not null,
    settled_at timestamptz,
    subject_kind text not null,
    subject_id uuid not null,
    person_id uuid,
    problem text not null check (problem in ('old content was put back', 'content was changed',
        'the row is missing', 'erased content came back', 'the key does not open',
        'the key is missing', 'the key is an old one'))
);
create unique index integrity_finding_open_key on integrity_finding (subject_kind, subject_id, problem)
    where settled_at is null;
alter table integrity_check enable row level security;
alter table integrity_finding enable row level security;
alter table integrity_finding force row level security;
create policy everything on integrity_check to trellis_policy using (true);
create policy everything on integrity_finding to trellis_policy using (true);
-- Nobody's roles reach `check`: only the worker says it, for itself.
create policy checker on integrity_check to trellis_app
    using ('check' = any ((select trellis.reach())::text[]));
create policy checker on integrity_finding to trellis_app
    using ('check' = any ((select trellis.reach())::text[]));
grant select, update on integrity_check to trellis_app;
grant select, insert, update (seen_at, settled_at) on integrity_finding to trellis_app;
grant select on integrity_check, integrity_finding to trellis_policy;

-- The tables that have sealed columns, and the column that says whose a row is.
create function trellis.sealed_tables() returns table (name text, whose text)
language sql stable set search_path = pg_catalog
as $$
    select distinct c.relname::text, case when exists (select from pg_attribute p
        where p.attrelid = c.oid and p.attname = 'person_id' and not p.attisdropped)
        then 'person_id' else 'id' end
    from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relkind in ('r', 'p') and not c.relispartition
        and c.relnamespace = 'public'::regnamespace
        and a.attname like '%\_sealed' and not a.attisdropped
    order by 1
$$;

-- The digest of a row's blobs, as an expression: app/core/sealing/digest.py makes the same.
create function trellis.digest_expression(the_table text) returns text
language sql stable set search_path = pg_catalog
as $$
    select 'sha256(''''::bytea || ' || string_agg(format(
        'coalesce(int4send(%s) || %L::bytea || int4send(length(r.%I)) || r.%I, ''''::bytea)',
        length(a.attname::text), '\x' || encode(convert_to(a.attname::text, 'UTF8'), 'hex'),
        a.attname, a.attname), ' || ' order by a.attname::text collate "C") || ')'
    from pg_attribute a join pg_class c on c.oid = a.attrelid
    where c.relname = the_table and c.relnamespace = 'public'::regnamespace
        and a.attname like '%\_sealed' and not a.attisdropped
$$;

-- The next rows of one table against the newest digest that was audited of each. No blob leaves.
create function trellis.check_sealed(the_table text, after uuid, batch integer)
returns table (last_id uuid, checked bigint, unaudited bigint, failed jsonb)
language plpgsql stable security definer set search_path = pg_catalog
as $$
declare
    whose text;
begin
    perform trellis.require_reach('check');
    select t.whose into strict whose from trellis.sealed_tables() t where t.name = the_table;
    return query execute format($sql$
        with batch as materialized (
            select r.id, r.%1$I as person_id, %2$s as stored from public.%3$I r
            where r.id > $1 order by r.id limit $2
        ), judged as (
            select b.*, newest.digest, exists (select from public.erasure e
                where e.person_id = b.person_id and e.status = 'done') as erased
            from batch b left join lateral (select a.digest from public.audit_event a
                where a.subject_id = b.id and a.digest is not null
                order by a.id desc limit 1) newest on true
        ), wrong as (
            select j.id, j.person_id, case
                when j.erased then 'erased content came back'
                when exists (select from public.audit_event a
                    where a.subject_id = j.id and a.digest = j.stored)
                then 'old content was put back' else 'content was changed' end as problem
            from judged j
            where case when j.erased then j.stored <> all ($3) else j.digest <> j.stored end
        )
        select (select b.id from batch b order by b.id desc limit 1), (select count(*) from batch),
            (select count(*) from judged j
                where j.digest is null and not j.erased and j.stored <> all ($3)),
            (select coalesce(jsonb_agg(to_jsonb(w) order by w.id), '[]') from wrong w)
    $sql$, whose, trellis.digest_expression(the_table), the_table)
    using after, batch, trellis.empty_digests(the_table);
end $$;

-- The digests that a row of one table has when nothing is in it: each column NULL or empty.
create function trellis.empty_digests(the_table text) returns bytea[]
language plpgsql stable set search_path = pg_catalog
as $$
declare
    one text;
    part bytea;
    found bytea[] := array[''::bytea];
begin
    for one in select a.attname::text from pg_attribute a join pg_class c on c.oid = a.attrelid
        where c.relname = the_table and c.relnamespace = 'public'::regnamespace
            and a.attname like '%\_sealed' and not a.attisdropped
        order by a.attname::text collate "C"
    loop
        part := int4send(length(one)) || convert_to(one, 'UTF8') || int4send(0);
        found := found || array(select f || part from unnest(found) f);
    end loop;
    return array(select sha256(f) from unnest(found) f);
end $$;

-- The next rows that were audited, and of those which are no longer there.
create function trellis.check_present(after uuid, batch integer)
returns table (last_id uuid, checked bigint, unaudited bigint, failed jsonb)
language plpgsql stable security definer set search_path = pg_catalog
as $$
declare
    there text := (select string_agg(format(
        'select r.id from public.%I r where r.id = any ($1)', t.name), ' union all ')
        from trellis.sealed_tables() t);
    audited uuid[];
    present uuid[];
begin
    perform trellis.require_reach('check');
    audited := array(select distinct on (a.subject_id) a.subject_id from public.audit_event a
        where a.digest is not null and a.subject_id > after
        order by a.subject_id, a.id limit batch);
    execute format('select array(%s)', there) into present using audited;
    return query select audited[cardinality(audited)], cardinality(audited)::bigint, 0::bigint,
        (select coalesce(jsonb_agg(jsonb_build_object('id', gone.id, 'kind', a.subject_kind,
            'person_id', a.person_id, 'problem', 'the row is missing') order by gone.id), '[]')
        from (select unnest(audited) as id except select unnest(present)) gone
        cross join lateral (select e.subject_kind, e.person_id from public.audit_event e
            where e.subject_id = gone.id and e.digest is not null order by e.id limit 1) a
        where a.subject_kind in (select t.name from trellis.sealed_tables() t));
end $$;

-- The next people's keys, as they are wrapped, with the generation that their record was sealed
-- with; for the worker, which alone of the two has the root key.
create function trellis.check_keys(after uuid, batch integer)
returns table (person_id uuid, branch_key_id uuid, wrapped bytea, commitment bytea,
    generation integer, sealed_generation integer)
language plpgsql stable security definer set search_path = pg_catalog
as $$
begin
    perform trellis.require_reach('check');
    return query select p.id, k.branch_key_id, k.wrapped, k.commitment, k.generation,
        case when length(p.identity_sealed) >= 6
            then ('x' || encode(substring(p.identity_sealed from 3 for 4), 'hex'))::bit(32)::integer
        end
    from public.person p left join public.person_key k on k.person_id = p.id
    where p.id > after and not exists (select from public.erasure e
        where e.person_id = p.id and e.status = 'done')
    order by p.id limit batch;
end $$;

-- The privacy officers of the agencies that sent or hold this person's referrals.
create function trellis.officers_of(the_person uuid) returns setof uuid
language plpgsql stable security definer set search_path = pg_catalog
as $$
begin
    perform trellis.require_reach('check');
    return query select distinct m.user_id from public.membership m
    where m.ended_at is null and 'privacy officer' = any (m.roles) and m.agency_id in (
        select r.agency_id from public.relationship r
        where r.person_id = the_person and r.role in ('source', 'holder'));
end $$;

-- For whoever watches: counts and times, nobody.
create function trellis.integrity_standing()
returns table (started_at timestamptz, finished_at timestamptz, checked bigint, unaudited bigint,
    open_findings bigint)
language sql stable security definer set search_path = pg_catalog
as $$
    select c.started_at, c.finished_at, c.checked, c.unaudited,
        (select count(*) from public.integrity_finding f where f.settled_at is null)
    from public.integrity_check c
$$;

do $$
declare one text;
begin
    foreach one in array array['sealed_tables()', 'digest_expression(text)', 'empty_digests(text)',
        'check_sealed(text, uuid, integer)', 'check_present(uuid, integer)',
        'check_keys(uuid, integer)', 'officers_of(uuid)', 'integrity_standing()'] loop
        execute format('revoke execute on function trellis.%s from public', one);
        if one not like 'digest_expression%' and one not like 'empty_digests%' then
            execute format('grant execute on function trellis.%s to trellis_app, trellis_owner', one);
        end if;
        execute format('alter function trellis.%s owner to trellis_policy', one);
    end loop;
end $$;
