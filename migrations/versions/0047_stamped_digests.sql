-- Whoever owns the database can put an old blob back and add a line with its digest. A stamp made
-- with the person's key says that the application wrote the digest (app/core/keys/stamp.py).
--
-- The release before writes and checks without stamps until the last of its processes has gone:
-- `check_sealed` stays for it, and the next release drops it.

alter table audit_event add column stamp bytea;
grant insert (stamp) on audit_event to trellis_app;

-- squawk-ignore ban-drop-constraint
alter table integrity_finding drop constraint integrity_finding_problem_check;
alter table integrity_finding add constraint integrity_finding_problem_check check (problem in (
    'old content was put back', 'content was changed', 'the row is missing',
    'erased content came back', 'the key does not open', 'the key is missing',
    'the key is an old one', 'the digest is not ours')) not valid;
alter table integrity_finding validate constraint integrity_finding_problem_check;

set local role trellis_policy;

-- From this line on a digest without a stamp is not believed. It has a digest, so that the index
-- of digests finds it, and stands at its place in the tree, so that nobody moves it unnoticed.
-- A database with lines of the release before gets it with the first check.
insert into audit_event (at, roles, action, subject_id, digest)
select now(), '{}', 'stamps begin', '00000000-0000-0000-0000-000000000000', ''
where not exists (select from audit_event);

-- A line without a stamp has the leaf that it always had.
create or replace function trellis.audit_leaf_hash(e audit_event) returns bytea
language sql stable parallel safe
as $$ select sha256('\x00'::bytea
    || trellis.framed(case when e.stamp is null then 'trellis audit entry 1'::text
        else 'trellis audit entry 2'::text end)
    || trellis.framed(e.id::text)
    || trellis.framed((extract(epoch from e.at) * 1000000)::bigint::text)
    || trellis.framed(e.user_id::text) || trellis.framed(e.agency_id::text)
    || '\x01'::bytea || int4send(cardinality(e.roles)) || coalesce((
        select string_agg(trellis.framed(role), ''::bytea order by place)
        from unnest(e.roles) with ordinality as r (role, place)), ''::bytea)
    || trellis.framed(e.action) || trellis.framed(e.subject_kind)
    || trellis.framed(e.subject_id::text) || trellis.framed(e.person_id::text)
    || trellis.framed(e.reason) || trellis.framed(e.request_id) || trellis.framed(e.outcome)
    || trellis.framed(e.digest) || trellis.framed(e.written_in::text)
    || case when e.stamp is null then ''::bytea else trellis.framed(e.stamp) end) $$;

-- Where stamps begin: the first such place in the tree. Another can only be added after it.
create function trellis.stamps_begin() returns bigint
language sql stable set search_path = pg_catalog
as $$
    select min(l.position) from public.audit_event e
    join public.audit_leaf l on l.event_id = e.id
    where e.subject_id = '00000000-0000-0000-0000-000000000000' and e.digest is not null
$$;

create function trellis.are_stamps_begun() returns boolean
language plpgsql stable security definer set search_path = pg_catalog
as $$
begin
    perform trellis.require_reach('check');
    return exists (select from public.audit_event e where e.digest is not null
        and e.subject_id = '00000000-0000-0000-0000-000000000000');
end $$;

-- The newest digests that were audited of one row. `before`: it has no stamp, and was sealed before
-- stamps began. `again`: its stamp stands in an earlier line, so that this one is a copy.
create function trellis.digests_of(subject uuid, begin_at bigint, most integer)
returns table (event_id bigint, at timestamptz, digest bytea, stamp bytea, before boolean,
    again boolean)
language sql stable
as $$
    select a.id, a.at, a.digest, a.stamp,
        a.stamp is null and (begin_at is null or exists (select from public.audit_leaf l
            where l.event_id = a.id and l.position < begin_at)),
        exists (select from public.audit_event b where b.subject_id = a.subject_id
            and b.digest is not null and b.id < a.id and b.stamp = a.stamp)
    from public.audit_event a where a.subject_id = subject and a.digest is not null
    order by a.id desc limit most
$$;

-- The next rows of one table, the newest digest that was audited of each, and whether they agree;
-- with everybody's key as it is wrapped, for the worker to judge the stamps. No blob leaves.
create function trellis.check_digests(the_table text, after uuid, batch integer)
returns table (id uuid, person_id uuid, stored bytea, erased boolean, is_empty boolean,
    at timestamptz, digest bytea, stamp bytea, before boolean, again boolean,
    branch_key_id uuid, wrapped bytea, commitment bytea, generation integer)
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
        )
        select b.id, b.person_id, b.stored, exists (select from public.erasure e
                where e.person_id = b.person_id and e.status = 'done'),
            b.stored = any ($3), n.at, n.digest, n.stamp, n.before, n.again,
            k.branch_key_id, k.wrapped, k.commitment, k.generation
        from batch b
        left join lateral trellis.digests_of(b.id, $4, 1) n on true
        left join public.person_key k on k.person_id = b.person_id
        order by b.id
    $sql$, whose, trellis.digest_expression(the_table), the_table)
    using after, batch, trellis.empty_digests(the_table), trellis.stamps_begin();
end $$;

-- All that was audited of one row, for whoever found something wrong with the newest.
create function trellis.check_lines(subject uuid, most integer)
returns table (event_id bigint, at timestamptz, digest bytea, stamp bytea, before boolean,
    again boolean)
language plpgsql stable security definer set search_path = pg_catalog
as $$
begin
    perform trellis.require_reach('check');
    return query select * from trellis.digests_of(subject, trellis.stamps_begin(), most);
end $$;

-- As before, but a line put in with a lower number and another kind hides no row that is gone.
create or replace function trellis.check_present(after uuid, batch integer)
returns table (last_id uuid, checked bigint, unaudited bigint, failed jsonb)
language plpgsql stable security definer set search_path = pg_catalog
as $$
declare
    there text := (select string_agg(format(
        'select r.id from public.%I r where r.id = any ($1)', t.name), ' union all ')
        from trellis.sealed_tables() t);
    sealed text[] := array(select t.name from trellis.sealed_tables() t);
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
            where e.subject_id = gone.id and e.digest is not null
                and e.subject_kind = any (sealed) order by e.id limit 1) a);
end $$;

do $$
declare one text;
begin
    foreach one in array array['stamps_begin()', 'digests_of(uuid, bigint, integer)',
        'are_stamps_begun()', 'check_digests(text, uuid, integer)',
        'check_lines(uuid, integer)'] loop
        execute format('revoke execute on function trellis.%s from public', one);
        if one not like 'stamps_begin%' and one not like 'digests_of%' then
            execute format('grant execute on function trellis.%s to trellis_app', one);
        end if;
    end loop;
end $$;

reset role;
