-- The privacy officer's room. Nothing here holds a name: a line says which user, which person's
-- record by its id, and what is unusual about it.

create table unusual_access (
    id uuid primary key,
    created_at timestamptz not null,
    on_day date not null,
    agency_id uuid not null references agency,
    user_id uuid not null references app_user,
    person_id uuid references person,
    referral_reference text,
    kind text not null check (kind in ('own record', 'colleague', 'same address',
        'same surname', 'many people')),
    people integer,
    usual integer,
    judgement text check (judgement in ('explained', 'concerning')),
    reason_code text,
    judged_at timestamptz,
    judged_by uuid references app_user,
    words_sealed bytea,
    version integer not null,
    check ((kind = 'many people') = (person_id is null)),
    check ((judgement is null) = (judged_at is null)),
    check (judged_by <> user_id)
);
create unique index unusual_access_once_key on unusual_access
    (agency_id, user_id, person_id, kind, on_day) nulls not distinct;
create index on unusual_access (agency_id, on_day desc, id desc);
create index on unusual_access (person_id);

alter table unusual_access enable row level security;
alter table unusual_access force row level security;
create policy everything on unusual_access to trellis_policy using (true);
create policy own_privacy_officer on unusual_access for select to trellis_app using (
    agency_id = (select trellis.agency()) and 'oversee' = any ((select trellis.reach())::text[]));
create policy watch_adds on unusual_access for insert to trellis_app with check (
    agency_id = (select trellis.agency()) and 'oversee' = any ((select trellis.reach())::text[])
    and judgement is null);
create policy another_judges on unusual_access for update to trellis_app using (
    agency_id = (select trellis.agency()) and 'oversee' = any ((select trellis.reach())::text[])
    and user_id is distinct from (select trellis.user_id()))
    with check (judged_by = (select trellis.user_id()));
grant select, insert, update (judgement, reason_code, judged_at, judged_by, words_sealed, version)
    on unusual_access to trellis_app;
grant select, insert, update on unusual_access to trellis_policy;

create policy overseen_access on person_key for select to trellis_app using (
    'oversee' = any ((select trellis.reach())::text[])
    and exists (select 1 from public.unusual_access u where u.person_id = person_key.person_id
        and u.agency_id = (select trellis.agency()) offset 0));

-- A record that a privacy officer may ask about: one that their agency has, had, or opened.
create function trellis.overseen(the_referral uuid, its_reference text)
returns table (referral_id uuid, person_id uuid, reference text)
language plpgsql stable security definer set search_path = pg_catalog
as $$
begin
    perform trellis.require_reach('oversee');
    return query
    select r.id, r.person_id, r.reference from public.referral r
    where (r.id = the_referral or r.reference = its_reference)
        and exists (select 1 from public.relationship l
            where l.referral_id = r.id and l.agency_id = trellis.agency());
end $$;

-- Who has seen a person's record: one line for each user, day and deed, the latest first. A team
-- that holds the record, and the officer of an agency that has or had it, see everybody's; an
-- officer whose people only opened it sees those. Safeguarding is for officers only.
create function trellis.seen_record(the_person uuid, before bigint, most integer,
    with_safeguarding boolean)
returns table (last_id bigint, day date, first_at timestamptz, last_at timestamptz,
    user_id uuid, agency_id uuid, action text, times bigint)
language plpgsql stable security definer set search_path = pg_catalog
as $$
declare
    mine uuid := trellis.agency();
    reach text[] := trellis.reach();
    officer boolean := 'oversee' = any (reach) and exists (select 1 from public.relationship r
        where r.person_id = the_person and r.agency_id = mine);
    everybody boolean := exists (select 1 from public.relationship r
        where r.person_id = the_person and r.agency_id = mine and (
            (r.role = 'holder' and r.ended_at is null and 'holder' = any (reach))
            or (officer and r.role in ('source', 'holder'))));
begin
    if not (officer or everybody) then
        raise exception 'no such record' using errcode = '42501';
    end if;
    return query
    select max(e.id), (e.at at time zone 'Europe/London')::date, min(e.at), max(e.at), e.user_id,
        e.agency_id, e.action, count(*)
    from public.audit_event e
    where e.person_id = the_person and e.user_id is not null and e.outcome = 'done'
        and (everybody or e.agency_id = mine)
        and ((with_safeguarding and officer) or e.subject_kind <> 'safeguarding_note')
    group by (e.at at time zone 'Europe/London')::date, e.user_id, e.agency_id, e.action
    having before is null or max(e.id) < before
    order by max(e.id) desc limit least(most, 500);
end $$;

do $$
declare one text;
begin
    foreach one in array array['overseen(uuid, text)',
        'seen_record(uuid, bigint, integer, boolean)'] loop
        execute format('revoke execute on function trellis.%s from public', one);
        execute format('grant execute on function trellis.%s to trellis_app', one);
        execute format('alter function trellis.%s owner to trellis_policy', one);
    end loop;
end $$;

-- As before (migration 0016), and whoever is erased stays unfound.
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
