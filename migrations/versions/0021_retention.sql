-- How long each referral's record is kept, and what keeps it longer. A privacy officer works by
-- references: nothing here, and nothing these functions answer, says who a person is.

create table retention (
    referral_id uuid primary key references referral deferrable initially deferred,
    person_id uuid not null references person deferrable initially deferred,
    from_agency_id uuid not null,
    to_agency_id uuid,
    reference text not null,
    declined boolean not null default false,
    ended_on date,
    -- The year of birth of who was a child when support ended; of nobody else.
    child_born integer,
    erased boolean not null default false
);
create index on retention (person_id);
create index retention_from on retention (from_agency_id, ended_on) where not erased;
create index retention_to on retention (to_agency_id, ended_on) where not erased;
create index on retention (reference);
alter table retention enable row level security;
alter table retention force row level security;
create policy everything on retention to trellis_policy using (true);
grant select, insert, update on retention to trellis_policy;

create function trellis.keep_retention() returns trigger
language plpgsql security definer set search_path = pg_catalog
as $$
begin
    insert into public.retention as kept
        (referral_id, person_id, from_agency_id, to_agency_id, reference, declined, ended_on)
    values (new.id, new.person_id, new.from_agency_id, new.to_agency_id, new.reference,
        new.status = 'rejected' or (new.status = 'cancelled' and new.link_worker_id is null),
        (new.closed_at at time zone 'Europe/London')::date)
    on conflict (referral_id) do update
    set to_agency_id = excluded.to_agency_id, declined = excluded.declined,
        ended_on = case when excluded.ended_on is null then null
            else greatest(kept.ended_on, excluded.ended_on) end;
    return null;
end $$;
create trigger keep_retention
    after insert or update of status, closed_at, to_agency_id, link_worker_id on referral
    for each row execute function trellis.keep_retention();

-- The clock restarts when a record that had ended is used again.
create function trellis.restart_retention() returns trigger
language plpgsql security definer set search_path = pg_catalog
as $$
begin
    update public.retention kept
    set ended_on = (new.created_at at time zone 'Europe/London')::date
    where kept.referral_id = new.referral_id
        and kept.ended_on < (new.created_at at time zone 'Europe/London')::date;
    return null;
end $$;
create trigger restart_retention after insert on referral_event
    for each row execute function trellis.restart_retention();

-- Whoever ends the support knows the date of birth; the year is all that is kept of it.
create function trellis.keep_child_born(the_referral uuid, the_year integer) returns void
language sql volatile security definer set search_path = pg_catalog
as $$
    update public.retention kept set child_born = the_year
    where kept.referral_id = the_referral and exists (select 1 from public.relationship r
        where r.referral_id = the_referral and r.agency_id = trellis.agency()
            and r.role = any (trellis.reach()) and r.role in ('source', 'holder')
            and r.ended_at is null)
$$;

-- Whether the acting agency sent or received a referral of this person, and its privacy officer asks.
create function trellis.oversees(the_person uuid) returns boolean
language sql stable security definer set search_path = pg_catalog
as $$
    select coalesce('oversee' = any (trellis.reach()), false) and exists (
        select 1 from public.retention t where t.person_id = the_person
            and trellis.agency() in (t.from_agency_id, t.to_agency_id))
$$;

-- Until when everything about a person is kept: the latest of their referrals decides.
create function trellis.kept_until(the_person uuid, adult_years integer, child_age integer,
    declined_years integer)
returns table (refs text[], is_open boolean, ended_on date, rule text, due_on date, erased boolean)
language sql stable security definer set search_path = pg_catalog
as $$
    with each as (
        select t.*, case when t.declined then 'declined' when t.child_born is not null then 'child'
            else 'adult' end as own_rule
        from public.retention t where t.person_id = the_person
    ), due as (
        select e.*, case e.own_rule when 'child' then make_date(e.child_born + child_age, 12, 31)
            when 'declined' then (e.ended_on + make_interval(years => declined_years))::date
            else (e.ended_on + make_interval(years => adult_years))::date end as own_due
        from each e
    )
    select array_agg(d.reference order by d.reference)
            filter (where trellis.agency() in (d.from_agency_id, d.to_agency_id)),
        bool_or(d.ended_on is null), max(d.ended_on),
        (array_agg(d.own_rule order by d.own_due desc nulls last))[1],
        case when bool_and(d.ended_on is not null) then max(d.own_due) end,
        bool_or(d.erased)
    from due d having count(*) > 0
$$;

-- For a privacy officer: one person, by any of their references or by id.
create function trellis.overseen_person(wanted uuid, wanted_reference text,
    adult_years integer, child_age integer, declined_years integer)
returns table (person_id uuid, refs text[], is_open boolean, ended_on date, rule text,
    due_on date, erased boolean)
language sql stable security definer set search_path = pg_catalog
as $$
    select who.person_id, k.*
    from (select distinct t.person_id from public.retention t
        where (t.person_id = wanted or t.reference = wanted_reference)
            and trellis.agency() in (t.from_agency_id, t.to_agency_id)) who
    cross join lateral trellis.kept_until(who.person_id, adult_years, child_age, declined_years) k
    where 'oversee' = any (trellis.reach())
$$;

-- For a privacy officer: whose time has come, the longest overdue first, a page at a time.
create function trellis.people_due(today date, adult_years integer, child_age integer,
    declined_years integer, after_due date, after_person uuid, rows integer)
returns table (person_id uuid, refs text[], is_open boolean, ended_on date, rule text,
    due_on date, erased boolean)
language sql stable security definer set search_path = pg_catalog
as $$
    select who.person_id, k.*
    from (
        select t.person_id from public.retention t
        where t.from_agency_id = (select trellis.agency()) and not t.erased
            and t.ended_on <= today - make_interval(years => least(adult_years, declined_years))
        union
        select t.person_id from public.retention t
        where t.to_agency_id = (select trellis.agency()) and not t.erased
            and t.ended_on <= today - make_interval(years => least(adult_years, declined_years))
    ) who
    cross join lateral trellis.kept_until(who.person_id, adult_years, child_age, declined_years) k
    where 'oversee' = any ((select trellis.reach())::text[]) and k.due_on <= today and not k.erased
        and (after_due is null or (k.due_on, who.person_id) > (after_due, after_person))
    order by k.due_on, who.person_id limit rows
$$;

create table legal_hold (
    id uuid primary key,
    created_at timestamptz not null,
    person_id uuid not null references person,
    agency_id uuid not null references agency,
    placed_by uuid not null references app_user,
    reason text not null,
    case_number text not null check (length(case_number) <= 60),
    lifted_at timestamptz,
    lifted_by uuid references app_user,
    lifted_because text
);
create index on legal_hold (person_id) where lifted_at is null;
create index on legal_hold (agency_id, created_at);
alter table legal_hold enable row level security;
alter table legal_hold force row level security;
create policy everything on legal_hold to trellis_policy using (true);
create policy officer_reads on legal_hold for select to trellis_app using (
    agency_id = (select trellis.agency()) and 'oversee' = any ((select trellis.reach())::text[])
    or trellis.oversees(person_id));
create policy officer_places on legal_hold for insert to trellis_app with check (
    agency_id = (select trellis.agency()) and placed_by = (select trellis.user_id())
    and lifted_at is null and trellis.oversees(person_id));
create policy own_officer_lifts on legal_hold for update to trellis_app using (
    agency_id = (select trellis.agency()) and 'oversee' = any ((select trellis.reach())::text[])
    and lifted_at is null)
    with check (lifted_by = (select trellis.user_id()) and lifted_at is not null);
grant select, insert, update (lifted_at, lifted_by, lifted_because) on legal_hold to trellis_app;
grant select on legal_hold to trellis_policy;

do $$
declare one text;
begin
    foreach one in array array['keep_retention()', 'restart_retention()',
        'keep_child_born(uuid, integer)', 'oversees(uuid)', 'kept_until(uuid, integer, integer, integer)',
        'overseen_person(uuid, text, integer, integer, integer)',
        'people_due(date, integer, integer, integer, date, uuid, integer)'] loop
        execute format('revoke execute on function trellis.%s from public', one);
        if one not in ('keep_retention()', 'restart_retention()', 'kept_until(uuid, integer, integer, integer)') then
            execute format('grant execute on function trellis.%s to trellis_app', one);
        end if;
        execute format('alter function trellis.%s owner to trellis_policy', one);
    end loop;
end $$;

-- What was there before: its children are not known, so they are kept as adults are.
set local role trellis_policy;
insert into public.retention
    (referral_id, person_id, from_agency_id, to_agency_id, reference, declined, ended_on)
select r.id, r.person_id, r.from_agency_id, r.to_agency_id, r.reference,
    r.status = 'rejected' or (r.status = 'cancelled' and r.link_worker_id is null),
    (r.closed_at at time zone 'Europe/London')::date
from public.referral r;
reset role;
