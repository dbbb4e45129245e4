-- `next_due_on` is the receiving agency's clock. These three are the sending team's:
-- when it looks again, the answer it has not noted yet, and how far silence has escalated.

alter table onward_referral
    add column look_on date,
    add column news_at timestamptz,
    add column escalation integer not null default 0;
create index onward_referral_late on onward_referral (answer_due) where status = 'requested';

-- What was sent, from whom and to whom never changes.
revoke update on onward_referral from trellis_app;
grant update (status, status_before_hold, on_hold_until, reason_code, closed_at, attendance,
    appointment_on, accompanied_by, accompanied_on, next_due_on, look_on, news_at, escalation,
    version) on onward_referral to trellis_app;

-- Nobody writes in somebody else's name, whatever else they may write.
do $$
declare one text;
begin
    foreach one in array array['referral_event', 'onward_event', 'disclosure', 'signpost', 'message']
    loop
        execute format('create policy as_oneself on public.%I as restrictive for insert to trellis_app
            with check (user_id = (select trellis.user_id()))', one);
    end loop;
    foreach one in array array['referral_event', 'onward_event'] loop
        execute format('create policy for_own_agency on public.%I as restrictive for insert
            to trellis_app with check (agency_id = (select trellis.agency()))', one);
    end loop;
end $$;

-- After a withdrawal this stub is all that the receiving agency can read: a reference, no person.
create table withdrawal (
    id uuid primary key default gen_random_uuid(),
    created_at timestamptz not null default now(),
    referral_id uuid not null references referral,
    onward_referral_id uuid not null unique references onward_referral,
    to_agency_id uuid not null references agency,
    service_id uuid not null references service,
    reference text not null,
    acknowledged_at timestamptz,
    acknowledged_by uuid references app_user
);
create index on withdrawal (to_agency_id) where acknowledged_at is null;
create index on withdrawal (referral_id);
alter table withdrawal enable row level security;
alter table withdrawal force row level security;
create policy everything on withdrawal to trellis_policy using (true);
create policy receiver on withdrawal for select to trellis_app using (
    to_agency_id = (select trellis.agency()) and 'onward' = any ((select trellis.reach())::text[]));
create policy receiver_acknowledges on withdrawal for update to trellis_app using (
    to_agency_id = (select trellis.agency()) and 'onward' = any ((select trellis.reach())::text[]));
create policy team on withdrawal for select to trellis_app using (
    exists (select 1 from public.relationship r where r.referral_id = withdrawal.referral_id
        and r.role in ('holder', 'break-glass') offset 0));
grant select, update (acknowledged_at, acknowledged_by) on withdrawal to trellis_app;
grant select, insert on withdrawal to trellis_policy;

-- The team takes an onward referral back: the receiver's relationship ends, the stub remains.
create function trellis.take_back(the_onward uuid) returns void
language plpgsql security definer set search_path = pg_catalog
as $$
begin
    perform trellis.require_reach('holder');
    update public.relationship gone set ended_at = now()
    where gone.onward_referral_id = the_onward and gone.role = 'onward' and gone.ended_at is null
        and exists (select 1 from public.relationship h where h.referral_id = gone.referral_id
            and h.agency_id = trellis.agency() and h.role = 'holder' and h.ended_at is null);
    if not found then
        raise exception 'no such onward referral' using errcode = '42501';
    end if;
    insert into public.withdrawal (referral_id, onward_referral_id, to_agency_id, service_id, reference)
    select o.referral_id, o.id, o.to_agency_id, o.service_id, o.reference
    from public.onward_referral o where o.id = the_onward;
end $$;

-- The receiver cannot see the referral; its answer still puts it in front of the team today.
-- Who works on it is all that comes back, so that they can be told.
create function trellis.answer_arrived(the_onward uuid) returns uuid
language plpgsql security definer set search_path = pg_catalog
as $$
declare
    related public.relationship;
    today date := (now() at time zone 'Europe/London')::date;
begin
    perform trellis.require_reach('onward');
    select * into related from public.relationship r
    where r.onward_referral_id = the_onward and r.agency_id = trellis.agency()
        and r.role = 'onward' and r.ended_at is null;
    if related.id is null then
        raise exception 'no such onward referral' using errcode = '42501';
    end if;
    update public.referral r
    set next_step = 'read answer', next_due_on = today, waiting_on_others = false
    where r.id = related.referral_id and r.closed_at is null
        and (r.waiting_on_others or r.next_due_on is null or r.next_due_on > today);
    return (select r.link_worker_id from public.referral r where r.id = related.referral_id);
end $$;

-- For the clock that runs without a user: ids only, of what somebody should look at again.
create function trellis.onward_due(today date)
returns table (onward_id uuid, referral_id uuid, holder_id uuid, receiver_id uuid,
    link_worker_id uuid, lead_ids uuid[], answer_due date, unanswered boolean, escalation integer)
language sql stable security definer set search_path = pg_catalog
as $$
    select o.id, o.referral_id, o.from_agency_id, o.to_agency_id, r.link_worker_id,
        array(select m.user_id from public.membership m where m.agency_id = o.from_agency_id
            and m.ended_at is null and 'team lead' = any (m.roles)),
        o.answer_due, o.status = 'requested', o.escalation
    from public.onward_referral o join public.referral r on r.id = o.referral_id
    where r.closed_at is null and o.closed_at is null and (
        (o.status = 'requested' and o.answer_due < today)
        or (r.waiting_on_others and coalesce(o.look_on, o.answer_due) <= today))
$$;

do $$
declare one text;
begin
    foreach one in array array['take_back(uuid)', 'answer_arrived(uuid)', 'onward_due(date)'] loop
        execute format('revoke execute on function trellis.%s from public', one);
        execute format('grant execute on function trellis.%s to trellis_app', one);
        execute format('alter function trellis.%s owner to trellis_policy', one);
    end loop;
end $$;
