-- The end of a person's record: proposed by one privacy officer, done by another. What is left is
-- a stub: references, dates, by whom and why.

create table erasure (
    id uuid primary key,
    created_at timestamptz not null,
    person_id uuid not null references person,
    agency_id uuid not null references agency,
    proposed_by uuid not null references app_user,
    rule text not null check (rule in ('adult', 'child', 'declined')),
    due_on date not null,
    refs text[] not null,
    status text not null default 'proposed' check (status in ('proposed', 'withdrawn', 'done')),
    decided_at timestamptz,
    decided_by uuid references app_user check (status <> 'done' or decided_by <> proposed_by),
    -- Which root key opens backups made before, and until when there are any.
    root_key text,
    backups_until date,
    emptied integer,
    told integer
);
create unique index erasure_open_key on erasure (person_id) where status = 'proposed';
create unique index erasure_done_key on erasure (person_id) where status = 'done';
create index on erasure (agency_id, created_at);
create index erasure_done on erasure (decided_at) where status = 'done';
alter table erasure enable row level security;
alter table erasure force row level security;
create policy everything on erasure to trellis_policy using (true);
create policy officer_reads on erasure for select to trellis_app using (
    agency_id = (select trellis.agency()) and 'oversee' = any ((select trellis.reach())::text[])
    or trellis.oversees(person_id));
create policy officer_proposes on erasure for insert to trellis_app with check (
    agency_id = (select trellis.agency()) and proposed_by = (select trellis.user_id())
    and status = 'proposed' and trellis.oversees(person_id));
create policy officer_withdraws on erasure for update to trellis_app using (
    status = 'proposed' and trellis.oversees(person_id))
    with check (status = 'withdrawn' and decided_by = (select trellis.user_id()));
grant select, insert, update (status, decided_at, decided_by) on erasure to trellis_app;
grant select, update on erasure to trellis_policy;
grant delete on person_key, person_index to trellis_policy;

-- Which of these people are erased: an empty blob alone is damage.
create function trellis.erased(people uuid[]) returns setof uuid
language sql stable security definer set search_path = pg_catalog
as $$
    select e.person_id from public.erasure e where e.person_id = any (people) and e.status = 'done'
$$;

-- Empty every sealed column of one person, those of later migrations too; how many held something.
create function trellis.empty_sealed(the_person uuid) returns integer
language plpgsql security definer set search_path = pg_catalog
as $$
declare
    one record;
    emptied integer;
    total integer := 0;
begin
    for one in
        select c.relname, a.attname, a.attnotnull,
            case when c.relname = 'person' then 'id' else 'person_id' end as whose
        from pg_attribute a join pg_class c on c.oid = a.attrelid
        where c.relkind in ('r', 'p') and not c.relispartition
            and c.relnamespace = 'public'::regnamespace
            and a.attname like '%\_sealed' and not a.attisdropped
        order by c.relname, a.attname
    loop
        execute format('update public.%I set %I = %L where %I = $1 and %I is not null',
            one.relname, one.attname, case when one.attnotnull then '' end, one.whose, one.attname)
            using the_person;
        get diagnostics emptied = row_count;
        total := total + emptied;
    end loop;
    return total;
end $$;

-- Everybody to whom the person was sent on is told, as when it is taken back.
create function trellis.take_back_everything(the_person uuid) returns setof uuid
language plpgsql security definer set search_path = pg_catalog
as $$
begin
    update public.relationship gone set ended_at = now()
    where gone.person_id = the_person and gone.role in ('onward', 'break-glass')
        and gone.ended_at is null;
    return query
    insert into public.withdrawal (referral_id, onward_referral_id, to_agency_id, service_id, reference)
    select o.referral_id, o.id, o.to_agency_id, o.service_id, o.reference
    from public.onward_referral o where o.person_id = the_person
    on conflict (onward_referral_id) do nothing
    returning to_agency_id;
end $$;

-- Done by another privacy officer than the one who proposed it; the agencies to tell.
create function trellis.erase(the_erasure uuid, adult_years integer, child_age integer,
    declined_years integer, today date, backup_days integer) returns uuid[]
language plpgsql security definer set search_path = pg_catalog
as $$
declare
    proposed public.erasure;
    kept record;
    agencies uuid[];
begin
    perform trellis.require_reach('oversee');
    select * into proposed from public.erasure e where e.id = the_erasure for update;
    if proposed.id is null or proposed.status <> 'proposed'
        or not trellis.oversees(proposed.person_id) then
        raise exception 'no such proposal' using errcode = '42501';
    end if;
    if proposed.proposed_by = trellis.user_id() then
        raise exception 'another officer approves' using errcode = '42501';
    end if;
    -- Waits for whoever is writing about the person, and lets nobody write until it is over.
    perform pg_advisory_xact_lock(hashtextextended('person key ' || proposed.person_id::text, 0));
    select * into kept from trellis.kept_until(proposed.person_id, adult_years, child_age,
        declined_years);
    if kept.is_open or kept.due_on is null or kept.due_on > today then
        raise exception 'kept longer' using errcode = '42501';
    end if;
    if exists (select 1 from public.legal_hold h
        where h.person_id = proposed.person_id and h.lifted_at is null) then
        raise exception 'under a legal hold' using errcode = '42501';
    end if;
    update public.erasure e
    set status = 'done', decided_at = now(), decided_by = trellis.user_id(),
        backups_until = today + backup_days,
        root_key = (select c.key_name from public.key_canary c where c.kind = 'root'),
        emptied = trellis.empty_sealed(proposed.person_id)
    where e.id = the_erasure;
    delete from public.person_index i where i.person_id = proposed.person_id;
    delete from public.person_key k where k.person_id = proposed.person_id;
    update public.retention t set erased = true where t.person_id = proposed.person_id;
    agencies := array(select trellis.take_back_everything(proposed.person_id));
    update public.erasure e set told = cardinality(agencies) where e.id = the_erasure;
    return agencies;
end $$;

-- A hold and an erasure do not pass each other by.
create function trellis.hold_before_erasure() returns trigger
language plpgsql security definer set search_path = pg_catalog
as $$
begin
    perform pg_advisory_xact_lock_shared(hashtextextended('person key ' || new.person_id::text, 0));
    if exists (select 1 from trellis.erased(array[new.person_id])) then
        raise exception 'erased' using errcode = '42501';
    end if;
    return new;
end $$;
create trigger hold_before_erasure before insert on legal_hold
    for each row execute function trellis.hold_before_erasure();

do $$
declare one text;
begin
    foreach one in array array['erased(uuid[])', 'empty_sealed(uuid)',
        'take_back_everything(uuid)', 'erase(uuid, integer, integer, integer, date, integer)',
        'hold_before_erasure()'] loop
        execute format('revoke execute on function trellis.%s from public', one);
        execute format('alter function trellis.%s owner to trellis_policy', one);
    end loop;
end $$;
-- `empty_sealed` and `take_back_everything` only serve the others.
set local role trellis_policy;
grant execute on function trellis.erased(uuid[]) to trellis_app;
grant execute on function trellis.erase(uuid, integer, integer, integer, date, integer) to trellis_app;
reset role;
