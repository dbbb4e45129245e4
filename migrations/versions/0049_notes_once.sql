-- A safeguarding note is written once. What is said otherwise is a later row that names it, and
-- the earlier one stays readable to those whom the later one names.
alter table safeguarding_note add column corrects_id uuid references safeguarding_note,
    add column stands boolean not null default true;
create unique index safeguarding_note_corrected_once on safeguarding_note (corrects_id);
grant update (stands) on safeguarding_note to trellis_app;

-- A note that nobody can read any longer, because all whom it names have left, names the team
-- leads of the agency from then on. Nothing of it is read here.
create function trellis.name_successors() returns table (reference text, successor uuid)
language plpgsql security definer set search_path = pg_catalog
as $$
declare
    one record;
begin
    perform trellis.require_reach('succeed');
    for one in
        select n.id, n.agency_id, n.person_id, n.stands, r.reference, array(
            select distinct m.user_id from public.membership m
            where m.agency_id = n.agency_id and m.ended_at is null
                and 'team lead' = any (m.roles)) as leads
        from public.safeguarding_note n join public.referral r on r.id = n.referral_id
        where not exists (select 1 from public.membership m where m.user_id = any (n.readers)
            and m.agency_id = n.agency_id and m.ended_at is null
            and m.roles && array['link worker', 'team lead'])
        for update of n
    loop
        continue when cardinality(one.leads) = 0;
        update public.safeguarding_note n
        set readers = n.readers || one.leads, version = n.version + 1 where n.id = one.id;
        insert into public.audit_event (at, agency_id, roles, action, subject_kind, subject_id,
            person_id, reason, outcome)
        values (now(), one.agency_id, '{}', 'safeguarding_note.succeeded', 'safeguarding_note',
            one.id, one.person_id, 'every reader has left', 'done');
        if one.stands then
            return query select one.reference, unnest(one.leads);
        end if;
    end loop;
end $$;
revoke execute on function trellis.name_successors() from public;
grant execute on function trellis.name_successors() to trellis_app;
alter function trellis.name_successors() owner to trellis_policy;

-- The privacy officers of the agencies that sent or hold this person's referrals: for the nightly
-- check, and for an officer who oversees the person, who needs another one to agree.
set local role trellis_policy;
create or replace function trellis.officers_of(the_person uuid) returns setof uuid
language plpgsql stable security definer set search_path = pg_catalog
as $$
begin
    if not trellis.oversees(the_person) then
        perform trellis.require_reach('check');
    end if;
    return query select distinct m.user_id from public.membership m
    where m.ended_at is null and 'privacy officer' = any (m.roles) and m.agency_id in (
        select r.agency_id from public.relationship r
        where r.person_id = the_person and r.role in ('source', 'holder'));
end $$;
reset role;

-- As before (migration 0024), and a try that finds somebody of one's own agency counts like any
-- other: else it would be a test, without end or trace, of who is on the agency's books.
set local role trellis_policy;
create or replace function trellis.open_in_emergency(the_break uuid, its_reference text, why text,
    wanted_reference text, index_kind text, wanted bytea[], daily_limit integer)
returns table (outcome text, opened_referral uuid, opened_person uuid, holder uuid)
language plpgsql security definer set search_path = pg_catalog
as $$
declare
    me uuid := trellis.user_id();
    mine uuid := trellis.agency();
    midnight timestamptz := date_trunc('day', now() at time zone 'Europe/London')
        at time zone 'Europe/London';
    matched uuid[];
    found_one public.referral;
begin
    perform trellis.require_reach('break-glass');
    perform pg_advisory_xact_lock(hashtextextended('break glass ' || me::text, 0));
    if (select count(*) from public.glass_break g where g.user_id = me
        and g.created_at >= midnight) >= least(daily_limit, 50) then
        return query select 'limit', null::uuid, null::uuid, null::uuid;
        return;
    end if;
    matched := array(
        select r.id from public.referral r where r.reference = wanted_reference
        union
        select r.id from public.person_index i join public.referral r on r.person_id = i.person_id
        where i.kind = index_kind and i.digest = any (wanted));
    if exists (select 1 from public.relationship r where r.referral_id = any (matched)
        and r.agency_id = mine and r.role in ('source', 'holder')
        and r.role = any (trellis.reach()) and r.ended_at is null) then
        insert into public.glass_break (id, reference, user_id, agency_id, reason_code)
        values (the_break, its_reference, me, mine, why);
        insert into public.audit_event (at, user_id, agency_id, roles, action, subject_kind,
            subject_id, reason, outcome)
        values (now(), me, mine, trellis.reach(), 'referral.glass_broken', 'glass_break', the_break,
            why, 'refused');
        return query select 'known', null::uuid, null::uuid, null::uuid;
        return;
    end if;
    select r.* into found_one from public.referral r
    where r.id = any (matched) and r.requested_at is not null and r.status <> 'entered-in-error'
        and not exists (select 1 from trellis.erased(array[r.person_id]))
    order by (r.closed_at is null) desc, r.requested_at desc limit 1;
    insert into public.glass_break (id, reference, user_id, agency_id, reason_code, referral_id,
        person_id, referral_reference, until)
    values (the_break, its_reference, me, mine, why, found_one.id, found_one.person_id,
        found_one.reference,
        case when found_one.id is not null then now() + interval '60 minutes' end);
    insert into public.audit_event (at, user_id, agency_id, roles, action, subject_kind,
        subject_id, person_id, reason, outcome)
    values (now(), me, mine, trellis.reach(), 'referral.glass_broken', 'glass_break', the_break,
        found_one.person_id, why, case when found_one.id is null then 'refused' else 'done' end);
    if found_one.id is null then
        return query select 'nobody', null::uuid, null::uuid, null::uuid;
        return;
    end if;
    update public.relationship r set ended_at = now()
    where r.agency_id = mine and r.referral_id = found_one.id and r.role = 'break-glass'
        and r.granted_by = me and r.ended_at is null;
    insert into public.relationship
        (id, agency_id, referral_id, person_id, role, granted_by, until)
    values (the_break, mine, found_one.id, found_one.person_id, 'break-glass', me,
        now() + interval '60 minutes');
    return query select 'opened', found_one.id, found_one.person_id, found_one.to_agency_id;
end $$;
reset role;
