-- Evidence that a listing is alive, doubts about it, and the reminders that ask.

-- These belong to the policy role; new rules name them.
set local role trellis_policy;
grant execute on function trellis.keeps_service(uuid), trellis.keeps_organisation(uuid),
    trellis.curates() to trellis_owner;
reset role;

alter table service
    add column evidence text not null default '',
    add column doubt text not null default '',
    add column doubted_at timestamptz,
    add column prompts integer not null default 0,
    add column prompted_at timestamptz,
    add column paused_until date,
    add column merged_into_id uuid references service;
create index on service (merged_into_id) where merged_into_id is not null;
create index service_doubted_index on service (doubted_at, id) where doubted_at is not null;
create index service_age_index on service (coalesce(assured_at, created_at), id)
    where status = 'active' and merged_into_id is null;
grant update (paused_until, merged_into_id) on service to trellis_app;

create table life_sign (
    id uuid primary key,
    created_at timestamptz not null,
    service_id uuid not null references service,
    kind text not null check (kind in ('accepted', 'confirmed', 'answered', 'phoned',
        'bounced', 'closed', 'reported')),
    by_name text not null default ''
);
create index on life_sign (service_id, created_at desc);
grant select on life_sign to trellis_app;
grant select, insert on life_sign to trellis_policy;
alter table life_sign enable row level security;
alter table life_sign force row level security;
create policy keeper_reads on life_sign for select to trellis_app
    using (trellis.keeps_service(service_id));
create policy everything on life_sign to trellis_policy using (true);

-- Something was seen to be alive: it counts from now, doubts and reminders begin anew.
create function trellis.alive(which uuid, what text, who text, at timestamptz) returns void
language sql volatile security definer set search_path = pg_catalog
as $$
    update public.service set assured_at = greatest(at, assured_at), assurer = who,
        evidence = what, doubt = '', doubted_at = null, prompts = 0, prompted_at = null
    where id = which;
    insert into public.life_sign (id, created_at, service_id, kind, by_name)
    values (gen_random_uuid(), at, which, what, who)
$$;

create function trellis.doubted(which uuid, what text, who text, at timestamptz) returns void
language sql volatile security definer set search_path = pg_catalog
as $$
    update public.service set doubt = what, doubted_at = at where id = which;
    insert into public.life_sign (id, created_at, service_id, kind, by_name)
    values (gen_random_uuid(), at, which, what, who)
$$;

-- What a keeper of the listing saw; false when the actor does not keep it.
create function trellis.note_life_sign(which uuid, what text, who text, at timestamptz)
returns boolean
language plpgsql volatile security definer set search_path = pg_catalog
as $$
begin
    if not trellis.keeps_service(which) then
        return false;
    end if;
    if what = 'closed' then
        perform trellis.doubted(which, what, who, at);
    else
        perform trellis.alive(which, what, who, at);
    end if;
    return true;
end $$;

-- Mail to a published address came back; how many listings that puts in doubt.
create function trellis.mail_came_back(address text) returns integer
language sql volatile security definer set search_path = pg_catalog
as $$
    with hit as (
        select s.id, trellis.doubted(s.id, 'bounced', '', now())
        from public.service s join public.organisation o on o.id = s.organisation_id
        where lower(coalesce(nullif(s.email, ''), o.email)) = lower(address)
            and s.merged_into_id is null)
    select count(*)::integer from hit
$$;
create index service_email_index on service (lower(email)) where email <> '';
create index organisation_email_index on organisation (lower(email)) where email <> '';

-- A feed that says when it was checked is evidence too: only the operator's imports come here.
create function trellis.feed_is_evidence() returns trigger
language plpgsql set search_path = pg_catalog
as $$
begin
    if session_user not in ('trellis_app', 'trellis_report') and new.assured_at is not null then
        if tg_op = 'INSERT' then
            new.evidence := 'feed';
        elsif new.assured_at is distinct from old.assured_at
            and new.evidence is not distinct from old.evidence then
            new.evidence := 'feed';
            new.prompts := 0;
        end if;
    end if;
    return new;
end $$;
create trigger feed_is_evidence before insert or update of assured_at on service
    for each row execute function trellis.feed_is_evidence();

-- Which organisations to ask whether a listing is still right: at 3, 6 and 9 months.
create function trellis.prompts_due(at timestamptz)
returns table (address text, service_id uuid, name text, stage integer)
language sql stable security definer set search_path = pg_catalog
as $$
    select coalesce(nullif(s.email, ''), o.email), s.id, s.name,
        case when coalesce(s.assured_at, s.created_at) <= at - interval '9 months' then 3
            when coalesce(s.assured_at, s.created_at) <= at - interval '6 months' then 2
            else 1 end
    from public.service s join public.organisation o on o.id = s.organisation_id
    where s.status = 'active' and s.merged_into_id is null
        and coalesce(s.assured_at, s.created_at) <= at - interval '3 months'
        and coalesce(nullif(s.email, ''), o.email) <> '' and s.doubt <> 'bounced'
        and s.prompts < case
            when coalesce(s.assured_at, s.created_at) <= at - interval '9 months' then 3
            when coalesce(s.assured_at, s.created_at) <= at - interval '6 months' then 2
            else 1 end
        -- Never twice within four weeks, also when a neglected directory has just been loaded.
        and (s.prompted_at is null or s.prompted_at <= at - interval '28 days')
    order by coalesce(s.assured_at, s.created_at), s.id
    limit 500
$$;

create function trellis.prompted(which uuid[], stage integer, at timestamptz) returns void
language sql volatile security definer set search_path = pg_catalog
as $$
    update public.service set prompts = greatest(prompts, stage), prompted_at = at
    where id = any (which)
$$;

do $$
declare
    one text;
begin
    foreach one in array array['alive(uuid, text, text, timestamptz)',
        'doubted(uuid, text, text, timestamptz)', 'note_life_sign(uuid, text, text, timestamptz)',
        'mail_came_back(text)', 'feed_is_evidence()', 'prompts_due(timestamptz)',
        'prompted(uuid[], integer, timestamptz)'] loop
        execute format('revoke execute on function trellis.%s from public', one);
    end loop;
end $$;
grant execute on function trellis.note_life_sign(uuid, text, text, timestamptz),
    trellis.mail_came_back(text), trellis.prompts_due(timestamptz),
    trellis.prompted(uuid[], integer, timestamptz) to trellis_app;
grant execute on function trellis.feed_is_evidence() to trellis_policy;
alter function trellis.alive(uuid, text, text, timestamptz) owner to trellis_policy;
alter function trellis.doubted(uuid, text, text, timestamptz) owner to trellis_policy;
alter function trellis.note_life_sign(uuid, text, text, timestamptz) owner to trellis_policy;
alter function trellis.mail_came_back(text) owner to trellis_policy;
alter function trellis.prompts_due(timestamptz) owner to trellis_policy;
alter function trellis.prompted(uuid[], integer, timestamptz) owner to trellis_policy;
