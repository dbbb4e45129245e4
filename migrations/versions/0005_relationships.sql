-- The legitimate relationship: why an agency may see a referral. Only these functions write it.

create table relationship (
    id uuid primary key default gen_random_uuid(),
    created_at timestamptz not null default now(),
    agency_id uuid not null references agency,
    referral_id uuid not null references referral deferrable initially deferred,
    person_id uuid not null references person deferrable initially deferred,
    onward_referral_id uuid references onward_referral deferrable initially deferred,
    role text not null check (role in ('source', 'holder', 'onward', 'break-glass')),
    granted_by uuid,
    until timestamptz,
    ended_at timestamptz,
    -- Copies to sort and filter lists by, kept true by the triggers below.
    status text,
    link_worker_id uuid,
    waiting_on_others boolean not null default false,
    next_due_on date,
    sent_at timestamptz,
    is_open boolean not null default true,
    check ((role = 'onward') = (onward_referral_id is not null))
);
create unique index relationship_live_key on relationship
    (agency_id, referral_id, role, onward_referral_id) nulls not distinct where ended_at is null;
create index relationship_referral on relationship (referral_id, agency_id, role);
create index relationship_person on relationship (person_id, agency_id, role);
create index relationship_onward on relationship (onward_referral_id)
    where onward_referral_id is not null;
create index relationship_caseload on relationship
    (agency_id, role, link_worker_id, waiting_on_others, next_due_on, referral_id)
    where is_open and ended_at is null;
create index relationship_waiting on relationship
    (agency_id, role, status, next_due_on, referral_id) where is_open and ended_at is null;
create index relationship_sent on relationship (agency_id, role, sent_at desc, referral_id)
    where ended_at is null;

grant select on agency, membership, sharing_agreement, service, organisation to trellis_policy;
grant select, insert, update on relationship, referral, person, onward_referral to trellis_policy;

create function trellis.agreement_in_force(sender uuid, receiver uuid) returns boolean
language sql stable security definer set search_path = pg_catalog
as $$
    select exists (
        select 1 from public.sharing_agreement a
        cross join (select (now() at time zone 'Europe/London')::date as today) calendar
        where a.from_agency_id = sender and a.to_agency_id = receiver and a.ended_at is null
            and a.starts_on <= today and (a.ends_on is null or a.ends_on >= today))
$$;

create function trellis.require_reach(wanted text) returns void
language plpgsql stable set search_path = pg_catalog
as $$
begin
    if not coalesce(wanted = any (trellis.reach()), false) then
        raise exception 'this context does not reach %', wanted using errcode = '42501';
    end if;
end $$;

-- A new referral of a new person, or of one whom this agency referred before.
create function trellis.open_referral(the_referral uuid, the_person uuid) returns void
language plpgsql security definer set search_path = pg_catalog
as $$
begin
    perform trellis.require_reach('source');
    if exists (select 1 from public.relationship r where r.referral_id = the_referral)
        or exists (select 1 from public.referral r where r.id = the_referral)
        or (exists (select 1 from public.relationship r where r.person_id = the_person)
            and not exists (select 1 from public.relationship r
                where r.person_id = the_person and r.agency_id = trellis.agency()
                    and r.role = 'source' and r.ended_at is null))
    then
        raise exception 'no such person or referral' using errcode = '42501';
    end if;
    insert into public.relationship (agency_id, referral_id, person_id, role, granted_by, status)
    values (trellis.agency(), the_referral, the_person, 'source', trellis.user_id(), 'draft');
end $$;

-- Sent: the team becomes the holder, along an agreement in force today.
create function trellis.send_referral(the_referral uuid) returns void
language plpgsql security definer set search_path = pg_catalog
as $$
declare sent public.referral;
begin
    perform trellis.require_reach('source');
    select * into sent from public.referral r
        where r.id = the_referral and r.from_agency_id = trellis.agency()
            and r.status = 'draft' and r.to_agency_id is not null for update;
    if sent is null then
        raise exception 'no such draft' using errcode = '42501';
    end if;
    if not trellis.agreement_in_force(sent.from_agency_id, sent.to_agency_id) then
        raise exception 'no sharing agreement in force' using errcode = '42501';
    end if;
    insert into public.relationship (agency_id, referral_id, person_id, role, granted_by, status)
    values (sent.to_agency_id, the_referral, sent.person_id, 'holder', trellis.user_id(), 'draft');
end $$;

-- Sent on: the service's agency is related to one onward referral and nothing else.
create function trellis.pass_on(the_referral uuid, the_onward uuid, the_service uuid)
returns void
language plpgsql security definer set search_path = pg_catalog
as $$
declare
    held public.relationship;
    receiver uuid;
begin
    perform trellis.require_reach('holder');
    select * into held from public.relationship r
        where r.referral_id = the_referral and r.agency_id = trellis.agency()
            and r.role = 'holder' and r.ended_at is null;
    select o.agency_id into receiver from public.service s
        join public.organisation o on o.id = s.organisation_id where s.id = the_service;
    if held is null or receiver is null then
        raise exception 'no such referral or service' using errcode = '42501';
    end if;
    if not trellis.agreement_in_force(trellis.agency(), receiver) then
        raise exception 'no sharing agreement in force' using errcode = '42501';
    end if;
    insert into public.relationship
        (agency_id, referral_id, person_id, onward_referral_id, role, granted_by, status)
    values (receiver, the_referral, held.person_id, the_onward, 'onward', trellis.user_id(),
        'requested');
end $$;

-- The holder takes an onward referral back, or an agency gives up its own relationship.
create function trellis.end_relationship(the_relationship uuid) returns void
language plpgsql security definer set search_path = pg_catalog
as $$
begin
    update public.relationship ended set ended_at = now()
    where ended.id = the_relationship and ended.ended_at is null and (
        (ended.agency_id = trellis.agency() and ended.role = any (trellis.reach()))
        or (ended.role = 'onward' and 'holder' = any (trellis.reach()) and exists (
            select 1 from public.relationship h where h.referral_id = ended.referral_id
                and h.agency_id = trellis.agency() and h.role = 'holder' and h.ended_at is null)));
    if not found then
        raise exception 'no such relationship' using errcode = '42501';
    end if;
end $$;

-- In an emergency: sixty minutes, with a reason; the audit line cannot be left out.
create function trellis.break_glass(the_referral uuid, why text) returns void
language plpgsql security definer set search_path = pg_catalog
as $$
declare the_person uuid;
begin
    perform trellis.require_reach('break-glass');
    select r.person_id into the_person from public.referral r
        where r.id = the_referral and r.status <> 'draft';
    if the_person is null or length(trim(why)) < 10 then
        raise exception 'no such referral, or no reason' using errcode = '42501';
    end if;
    insert into public.relationship
        (agency_id, referral_id, person_id, role, granted_by, until)
    values (trellis.agency(), the_referral, the_person, 'break-glass', trellis.user_id(),
        now() + interval '60 minutes');
    insert into public.audit_event
        (at, user_id, agency_id, roles, action, subject_kind, subject_id, person_id, reason)
    values (now(), trellis.user_id(), trellis.agency(), trellis.reach(), 'referral.glass_broken',
        'referral', the_referral, the_person, why);
end $$;
grant insert on audit_event to trellis_policy;

-- Whether this person may be known to another agency: a yes or a no, never who or where.
create function trellis.known_elsewhere(index_kind text, wanted bytea) returns boolean
language plpgsql stable security definer set search_path = pg_catalog
as $$
begin
    if not trellis.reach() && array['source', 'holder'] then
        raise exception 'this context may not ask' using errcode = '42501';
    end if;
    return exists (
        select 1 from public.person_index i
        join public.relationship r on r.person_id = i.person_id
        where i.kind = index_kind and i.digest = wanted and r.is_open and r.role = 'holder'
            and not exists (select 1 from public.relationship own
                where own.person_id = i.person_id and own.agency_id = trellis.agency()));
end $$;

create function trellis.copy_referral() returns trigger
language plpgsql security definer set search_path = pg_catalog
as $$
begin
    update public.relationship r
    set status = new.status, link_worker_id = new.link_worker_id,
        waiting_on_others = new.waiting_on_others, next_due_on = new.next_due_on,
        sent_at = coalesce(new.requested_at, new.created_at), is_open = new.closed_at is null
    where r.referral_id = new.id and r.role <> 'onward';
    return null;
end $$;
create trigger copy_referral after insert or update on referral
    for each row execute function trellis.copy_referral();

create function trellis.copy_onward_referral() returns trigger
language plpgsql security definer set search_path = pg_catalog
as $$
begin
    update public.relationship r
    set status = new.status, next_due_on = new.next_due_on, sent_at = new.requested_at,
        is_open = new.closed_at is null
    where r.onward_referral_id = new.id;
    return null;
end $$;
create trigger copy_onward_referral after insert or update on onward_referral
    for each row execute function trellis.copy_onward_referral();

do $$
declare one text;
begin
    foreach one in array array['agreement_in_force(uuid, uuid)', 'require_reach(text)',
        'open_referral(uuid, uuid)', 'send_referral(uuid)', 'pass_on(uuid, uuid, uuid)',
        'end_relationship(uuid)', 'break_glass(uuid, text)', 'known_elsewhere(text, bytea)',
        'copy_referral()', 'copy_onward_referral()'] loop
        execute format('revoke execute on function trellis.%s from public', one);
        execute format('grant execute on function trellis.%s to trellis_app', one);
        execute format('alter function trellis.%s owner to trellis_policy', one);
    end loop;
end $$;
