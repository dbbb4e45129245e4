-- Opening a record in an emergency, as people use it: looked up and opened in one step, so that
-- nobody learns beforehand whether there is a record, whose it is, or where.

-- Two colleagues may need the same record within the hour, and one of them again next week.
create unique index relationship_standing_key on relationship
    (agency_id, referral_id, role, onward_referral_id) nulls not distinct
    where ended_at is null and role <> 'break-glass';
create unique index relationship_glass_key on relationship (agency_id, referral_id, granted_by)
    where ended_at is null and role = 'break-glass';
-- squawk-ignore require-concurrent-index-deletion
drop index if exists relationship_live_key;

-- One attempt, whether or not it opened anything. Its words are sealed under the person's key;
-- an attempt that opened nothing names nobody and keeps no words.
create table glass_break (
    id uuid primary key,
    created_at timestamptz not null default now(),
    reference text not null unique,
    user_id uuid not null references app_user,
    agency_id uuid not null references agency,
    reason_code text not null check (length(reason_code) between 1 and 50),
    referral_id uuid references referral,
    person_id uuid references person,
    referral_reference text,
    until timestamptz,
    ended_at timestamptz,
    words_sealed bytea,
    check ((referral_id is null) = (person_id is null))
);
create index on glass_break (agency_id, created_at);
create index on glass_break (user_id, created_at);
create index on glass_break (person_id);

-- What the privacy officer thinks of it. Said once; nobody judges their own.
create table glass_review (
    id uuid primary key,
    created_at timestamptz not null default now(),
    glass_break_id uuid not null unique references glass_break,
    person_id uuid references person,
    agency_id uuid not null references agency,
    user_id uuid not null references app_user,
    judgement text not null check (judgement in ('justified', 'not justified')),
    words_sealed bytea
);
create index on glass_review (person_id);

do $$
declare one text;
begin
    foreach one in array array['glass_break', 'glass_review'] loop
        execute format('alter table public.%I enable row level security', one);
        execute format('alter table public.%I force row level security', one);
        execute format('create policy everything on public.%I to trellis_policy using (true)', one);
        execute format('create policy own_privacy_officer on public.%I for select to trellis_app
            using (agency_id = (select trellis.agency())
                and ''oversee'' = any ((select trellis.reach())::text[]))', one);
    end loop;
end $$;
create policy own on glass_break for select to trellis_app using (
    user_id = (select trellis.user_id()) and agency_id = (select trellis.agency()));
create policy own_words on glass_break for update to trellis_app using (
    user_id = (select trellis.user_id()) and agency_id = (select trellis.agency())
    and words_sealed is null)
    with check (user_id = (select trellis.user_id()) and agency_id = (select trellis.agency()));
create policy of_ones_own on glass_review for select to trellis_app using (
    exists (select 1 from public.glass_break g where g.id = glass_break_id
        and g.user_id = (select trellis.user_id()) offset 0));
create policy another_judges on glass_review for insert to trellis_app with check (
    agency_id = (select trellis.agency()) and user_id = (select trellis.user_id())
    and 'oversee' = any ((select trellis.reach())::text[])
    and exists (select 1 from public.glass_break g where g.id = glass_break_id
        and g.agency_id = (select trellis.agency()) and g.user_id <> (select trellis.user_id())
        and g.person_id is not distinct from glass_review.person_id offset 0));
grant select, update (words_sealed) on glass_break to trellis_app;
grant select, insert on glass_review to trellis_app;
grant select, insert, update on glass_break, glass_review to trellis_policy;

-- Whoever judges reads the words of both, and nothing else of the person.
create policy overseen on person_key for select to trellis_app using (
    'oversee' = any ((select trellis.reach())::text[])
    and exists (select 1 from public.glass_break g where g.person_id = person_key.person_id
        and g.agency_id = (select trellis.agency()) offset 0));

-- Looks up and opens in one step. `outcome` is one of: opened, nobody, known (the agency's own,
-- found by the ordinary search), limit. Every attempt but the last two is counted and audited.
create function trellis.open_in_emergency(the_break uuid, its_reference text, why text,
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

-- "End now": the hour is over before its time.
create function trellis.end_emergency(the_break uuid) returns void
language plpgsql security definer set search_path = pg_catalog
as $$
begin
    update public.glass_break g set ended_at = now()
    where g.id = the_break and g.user_id = trellis.user_id() and g.agency_id = trellis.agency()
        and g.ended_at is null and g.until > now();
    if not found then
        raise exception 'nothing is open' using errcode = '42501';
    end if;
    update public.relationship r set ended_at = now() where r.id = the_break and r.ended_at is null;
end $$;

do $$
declare one text;
begin
    foreach one in array array[
        'open_in_emergency(uuid, text, text, text, text, bytea[], integer)',
        'end_emergency(uuid)'] loop
        execute format('revoke execute on function trellis.%s from public', one);
        execute format('grant execute on function trellis.%s to trellis_app', one);
        execute format('alter function trellis.%s owner to trellis_policy', one);
    end loop;
end $$;
-- It kept the words in the clear and knew no limit.
set local role trellis_policy;
revoke execute on function trellis.break_glass(uuid, text) from trellis_app;
reset role;
