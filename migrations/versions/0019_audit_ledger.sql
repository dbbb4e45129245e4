-- Numbers are handed out before a transaction ends, so a line with a lower number may become
-- visible later. What orders the lines for sealing is the transaction that wrote them: once every
-- transaction before a certain one has ended, nothing can come in between any more.
-- Lines of before come first, by their number; a constant is added without writing them anew.
alter table audit_event add column written_in xid8 not null default '0';
alter table audit_event alter column written_in set default pg_current_xact_id();
create index on audit_event (written_in, id);

create table audit_leaf (
    position bigint primary key,
    event_id bigint not null unique,
    hash bytea not null check (length(hash) = 32)
);

-- A signed note, and the whole subtrees with which the tree grows on from there.
create table audit_checkpoint (
    size bigint primary key,
    at timestamptz not null,
    note text not null,
    signers text[] not null,
    frontier bytea[] not null
);

create table audit_cursor (
    only_one boolean primary key default true check (only_one),
    written_in xid8 not null,
    event_id bigint not null,
    -- Lines up to this number came with a restored dump and are sealed.
    restored_to bigint not null default 0
);
insert into audit_cursor (written_in, event_id) values ('0', 0);

-- How far each witness outside has been told, and what went wrong the last time.
create table audit_witness (
    name text primary key,
    size bigint not null default 0,
    told_at timestamptz,
    trouble text not null default '',
    trouble_since timestamptz
);

create trigger never_changed before update or delete on audit_leaf
    for each row execute function trellis.refuse();
create trigger never_emptied before truncate on audit_leaf
    for each statement execute function trellis.refuse();
create trigger never_changed before update or delete on audit_checkpoint
    for each row execute function trellis.refuse();
create trigger never_emptied before truncate on audit_checkpoint
    for each statement execute function trellis.refuse();

do $$
declare one text;
begin
    foreach one in array array['audit_leaf', 'audit_checkpoint', 'audit_cursor', 'audit_witness'] loop
        execute format('alter table public.%I enable row level security', one);
        execute format('create policy everything on public.%I to trellis_policy using (true)', one);
    end loop;
    -- Nobody's roles reach `seal`: only the worker says it, for itself.
    foreach one in array array['audit_leaf', 'audit_checkpoint', 'audit_witness'] loop
        execute format('create policy sealer on public.%I to trellis_app
            using (''seal'' = any ((select trellis.reach())::text[]))', one);
    end loop;
end $$;
grant select on audit_leaf to trellis_app;
grant select, insert on audit_checkpoint to trellis_app;
grant select, insert, update on audit_witness to trellis_app;
grant select, insert on audit_leaf to trellis_policy;
grant select, update on audit_cursor to trellis_policy;
grant select on audit_checkpoint, audit_witness to trellis_policy;

-- The bytes of a line, each column with its length: app/core/ledger/entry.py makes the same.
-- Without a search path of their own these can be inlined, which is ten times as fast; every
-- name in them is PostgreSQL's or has its schema.
create function trellis.framed(what bytea) returns bytea
language sql immutable parallel safe
as $$ select case when what is null then '\x00'::bytea
    else '\x01'::bytea || int4send(length(what)) || what end $$;

create function trellis.framed(what text) returns bytea
language sql immutable parallel safe
as $$ select case when what is null then '\x00'::bytea
    else '\x01'::bytea || int4send(octet_length(what)) || convert_to(what, 'UTF8') end $$;

create function trellis.audit_leaf_hash(e audit_event) returns bytea
language sql stable parallel safe
as $$ select sha256('\x00'::bytea || trellis.framed('trellis audit entry 1'::text)
    || trellis.framed(e.id::text)
    || trellis.framed((extract(epoch from e.at) * 1000000)::bigint::text)
    || trellis.framed(e.user_id::text) || trellis.framed(e.agency_id::text)
    || '\x01'::bytea || int4send(cardinality(e.roles)) || coalesce((
        select string_agg(trellis.framed(role), ''::bytea order by place)
        from unnest(e.roles) with ordinality as r (role, place)), ''::bytea)
    || trellis.framed(e.action) || trellis.framed(e.subject_kind)
    || trellis.framed(e.subject_id::text) || trellis.framed(e.person_id::text)
    || trellis.framed(e.reason) || trellis.framed(e.request_id) || trellis.framed(e.outcome)
    || trellis.framed(e.digest) || trellis.framed(e.written_in::text)) $$;

-- Seal the next lines: those written before every transaction that is still going on. `first`
-- is the place of the first new leaf, `seen` how many lines were looked at; none: nothing is left.
create function trellis.seal_audit(batch integer)
returns table (first bigint, hashes bytea[], seen bigint)
language plpgsql volatile security definer set search_path = pg_catalog
as $$
declare reached public.audit_cursor;
begin
    perform trellis.require_reach('seal');
    select * into reached from public.audit_cursor for update;
    -- A dump restored on another server brings lines whose transactions are in that one's future.
    -- They have ended, wherever it was. Once they are sealed, go on with what is newer than they.
    if reached.written_in >= pg_snapshot_xmax(pg_current_snapshot()) and not exists (
        select from public.audit_event e
        where (e.written_in, e.id) > (reached.written_in, reached.event_id))
    then
        reached.written_in := '0';
        reached.event_id := 0;
        reached.restored_to := (select max(e.id) from public.audit_event e
            where e.written_in >= pg_snapshot_xmax(pg_current_snapshot()));
    end if;
    first := (select coalesce(max(l.position) + 1, 0) from public.audit_leaf l);
    with next as materialized (
        select e.id, e.written_in, trellis.audit_leaf_hash(e) as hash from public.audit_event e
        where (e.written_in, e.id) > (reached.written_in, reached.event_id)
            and e.id > reached.restored_to
            and (e.written_in < pg_snapshot_xmin(pg_current_snapshot())
                or e.written_in >= pg_snapshot_xmax(pg_current_snapshot()))
        order by e.written_in, e.id limit batch
    ), fresh as materialized (
        select n.*, row_number() over (order by n.written_in, n.id) as place from next n
        where not exists (select from public.audit_leaf l where l.event_id = n.id)
    ), kept as (
        insert into public.audit_leaf (position, event_id, hash)
        select seal_audit.first + f.place - 1, f.id, f.hash from fresh f
    ), moved as (
        update public.audit_cursor c set written_in = n.written_in, event_id = n.id,
            restored_to = reached.restored_to
        from (select * from next order by written_in desc, id desc limit 1) n
    )
    select coalesce((select array_agg(f.hash order by f.place) from fresh f), '{}'),
        (select count(*) from next) into hashes, seen;
    return next;
end $$;

-- For whoever watches: how far it is sealed, and since when something waits to be.
create function trellis.audit_standing()
returns table (size bigint, sealed_at timestamptz, waiting_since timestamptz)
language sql stable security definer set search_path = pg_catalog
as $$
    select (select c.size from public.audit_checkpoint c order by c.size desc limit 1),
        (select c.at from public.audit_checkpoint c order by c.size desc limit 1),
        (select e.at from public.audit_event e, public.audit_cursor c
            where (e.written_in, e.id) > (c.written_in, c.event_id) and e.id > c.restored_to
            order by e.written_in, e.id limit 1)
$$;

create function trellis.audit_witnesses()
returns table (name text, size bigint, told_at timestamptz, trouble text, trouble_since timestamptz)
language sql stable security definer set search_path = pg_catalog
as $$ select w.name, w.size, w.told_at, w.trouble, w.trouble_since
    from public.audit_witness w order by w.name $$;

do $$
declare one text;
begin
    foreach one in array array['framed(bytea)', 'framed(text)', 'audit_leaf_hash(audit_event)',
        'seal_audit(integer)', 'audit_standing()', 'audit_witnesses()'] loop
        execute format('revoke execute on function trellis.%s from public', one);
        if one like 'seal%' or one like 'audit_standing%' or one like 'audit_witnesses%' then
            execute format('grant execute on function trellis.%s to trellis_app, trellis_owner', one);
        end if;
        execute format('alter function trellis.%s owner to trellis_policy', one);
    end loop;
end $$;
