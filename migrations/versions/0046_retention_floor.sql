-- The times that the application says are believed upwards only: eight years for an adult, the
-- 25th birthday for a child, two years for what was declined. The day is the database's own.

set local role trellis_policy;

-- A child's year of birth is believed as far as somebody could have been a child at the end: their
-- 25th year then ends seven years later at the earliest.
create or replace function trellis.referral_kept_until(was_declined boolean, born integer, ended date,
    adult_years integer, child_age integer, declined_years integer) returns date
language sql immutable parallel safe
as $$
    select case
        when was_declined then (ended + make_interval(years => greatest(declined_years, 2)))::date
        when born is not null and ended is not null then greatest(
            make_date(born + greatest(child_age, 25), 12, 31),
            (ended + make_interval(years => 7))::date)
        else (ended + make_interval(years => greatest(adult_years, 8)))::date end
$$;

-- As in 0021, but for the day. `today` is there for the releases that say it.
create or replace function trellis.erase(the_erasure uuid, adult_years integer, child_age integer,
    declined_years integer, today date, backup_days integer) returns uuid[]
language plpgsql security definer set search_path = pg_catalog
as $$
declare
    this_day constant date := (now() at time zone 'Europe/London')::date;
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
    if kept.is_open or kept.due_on is null or kept.due_on > this_day then
        raise exception 'kept longer' using errcode = '42501';
    end if;
    if exists (select 1 from public.legal_hold h
        where h.person_id = proposed.person_id and h.lifted_at is null) then
        raise exception 'under a legal hold' using errcode = '42501';
    end if;
    update public.erasure e
    set status = 'done', decided_at = now(), decided_by = trellis.user_id(),
        backups_until = this_day + greatest(backup_days, 1),
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
reset role;
