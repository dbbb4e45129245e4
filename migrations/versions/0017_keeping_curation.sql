-- Who may change a listing at once, what waits for a curator, and links for editors without
-- an account.

alter table organisation add column checks_editors boolean not null default false;
grant update (checks_editors) on organisation to trellis_app;

create table verified_editor (
    organisation_id uuid not null references organisation,
    user_id uuid not null references app_user,
    verified_at timestamptz not null,
    verified_by uuid not null references app_user,
    primary key (organisation_id, user_id)
);
create index on verified_editor (user_id);
create index on verified_editor (verified_by);
grant select, insert, delete on verified_editor to trellis_app;
grant select on verified_editor to trellis_policy;
alter table verified_editor enable row level security;
alter table verified_editor force row level security;
create policy keeper_reads on verified_editor for select to trellis_app
    using (trellis.keeps_organisation(organisation_id));
create policy curator_adds on verified_editor for insert to trellis_app
    with check ((select trellis.curates()) and verified_by = (select trellis.user_id()));
create policy curator_removes on verified_editor for delete to trellis_app
    using ((select trellis.curates()));
create policy everything on verified_editor to trellis_policy using (true);

create function trellis.publishes_service(which uuid) returns boolean
language sql stable security definer set search_path = pg_catalog
as $$
    select trellis.curates() or coalesce((
        select trellis.keeps_organisation(o.id) and (not o.checks_editors or exists (
            select from public.verified_editor v
            where v.organisation_id = o.id and v.user_id = trellis.user_id()))
        from public.service s join public.organisation o on o.id = s.organisation_id
        where s.id = which), false)
$$;

-- Each change leaves its line of history, so this is where one that should wait is stopped.
-- Whether there is room is said at once by every keeper.
drop policy keeper_adds on listing_change;
create policy keeper_adds on listing_change for insert to trellis_app with check (
    trellis.keeps_service(service_id) and by_user_id = (select trellis.user_id())
    and agency_id = (select trellis.agency())
    and (topic = 'state' or trellis.publishes_service(service_id)));

create table proposed_change (
    id uuid primary key,
    created_at timestamptz not null,
    service_id uuid not null references service,
    topic text not null,
    before jsonb not null,
    after jsonb not null,
    by_user_id uuid references app_user,
    by_name text not null,
    agency_id uuid references agency,
    state text not null default 'waiting'
        check (state in ('waiting', 'approved', 'refused', 'taken back')),
    decided_at timestamptz,
    decided_by uuid references app_user,
    decided_name text not null default '',
    decided_words text not null default '' check (length(decided_words) <= 1000),
    change_id uuid references listing_change
);
create index on proposed_change (service_id, created_at desc);
create index proposed_change_waiting_index on proposed_change (created_at, id)
    where state = 'waiting';
create index on proposed_change (by_user_id);
create index on proposed_change (agency_id);
create index on proposed_change (decided_by);
create index on proposed_change (change_id);
grant select, insert on proposed_change to trellis_app;
grant update (state, decided_at, decided_by, decided_name, decided_words, change_id)
    on proposed_change to trellis_app;
grant select, insert on proposed_change to trellis_policy;
alter table proposed_change enable row level security;
alter table proposed_change force row level security;
create policy keeper_reads on proposed_change for select to trellis_app
    using (trellis.keeps_service(service_id));
create policy keeper_proposes on proposed_change for insert to trellis_app with check (
    trellis.keeps_service(service_id) and by_user_id = (select trellis.user_id())
    and agency_id = (select trellis.agency()) and state = 'waiting');
create policy curator_decides on proposed_change for update to trellis_app
    using ((select trellis.curates()) or by_user_id = (select trellis.user_id()))
    with check ((select trellis.curates()) or state = 'taken back');
create policy everything on proposed_change to trellis_policy using (true);

create table listing_claim (
    id uuid primary key,
    created_at timestamptz not null,
    organisation_id uuid not null references organisation,
    agency_id uuid not null references agency,
    agency_name text not null,
    user_id uuid not null references app_user,
    by_name text not null,
    how text not null check (how in ('e-mail', 'charity number')),
    checked_at timestamptz,
    disowned_at timestamptz,
    state text not null default 'waiting'
        check (state in ('waiting', 'approved', 'refused', 'taken back')),
    decided_at timestamptz,
    decided_by uuid references app_user,
    decided_name text not null default '',
    decided_words text not null default '' check (length(decided_words) <= 1000)
);
create unique index listing_claim_once_index on listing_claim (organisation_id, agency_id)
    where state = 'waiting';
create index listing_claim_waiting_index on listing_claim (created_at, id) where state = 'waiting';
create index on listing_claim (agency_id, created_at desc);
create index on listing_claim (user_id);
create index on listing_claim (decided_by);
grant select, insert on listing_claim to trellis_app;
grant update (state, decided_at, decided_by, decided_name, decided_words)
    on listing_claim to trellis_app;
grant select, update on listing_claim to trellis_policy;
alter table listing_claim enable row level security;
alter table listing_claim force row level security;
create policy own_and_curator_read on listing_claim for select to trellis_app
    using (agency_id = (select trellis.agency()) or (select trellis.curates()));
create policy coordinator_claims on listing_claim for insert to trellis_app with check (
    agency_id = (select trellis.agency()) and user_id = (select trellis.user_id())
    and 'onward' = any ((select trellis.reach())::text[]) and state = 'waiting'
    and (checked_at is null or how = 'charity number'));
create policy curator_decides on listing_claim for update to trellis_app
    using ((select trellis.curates()) or agency_id = (select trellis.agency()))
    with check ((select trellis.curates()) or state = 'taken back');
create policy everything on listing_claim to trellis_policy using (true);

create table listing_report (
    id uuid primary key,
    created_at timestamptz not null,
    service_id uuid not null references service,
    kind text not null
        check (kind in ('closed', 'times', 'place', 'contact', 'other', 'from its editor')),
    words text not null default '' check (length(words) <= 1000),
    state text not null default 'waiting' check (state in ('waiting', 'done')),
    decided_at timestamptz,
    decided_by uuid references app_user,
    decided_name text not null default '',
    decided_words text not null default '' check (length(decided_words) <= 1000)
);
create index on listing_report (service_id, created_at desc);
create index listing_report_waiting_index on listing_report (created_at, id)
    where state = 'waiting';
create index on listing_report (decided_by);
grant select on listing_report to trellis_app;
grant update (state, decided_at, decided_by, decided_name, decided_words)
    on listing_report to trellis_app;
grant select, insert on listing_report to trellis_policy;
alter table listing_report enable row level security;
alter table listing_report force row level security;
create policy keeper_reads on listing_report for select to trellis_app
    using (trellis.keeps_service(service_id));
create policy curator_decides on listing_report for update to trellis_app
    using ((select trellis.curates()));
create policy everything on listing_report to trellis_policy using (true);

-- Anybody may say that something is wrong, though not without end: false once twenty such
-- reports of a listing wait. The same report sent twice is one.
create function trellis.report_listing(report uuid, which uuid, what text, said text)
returns boolean
language plpgsql volatile security definer set search_path = pg_catalog
as $$
begin
    if (select count(*) from public.listing_report
        where service_id = which and state = 'waiting') >= 20 then
        return false;
    end if;
    insert into public.listing_report (id, created_at, service_id, kind, words)
    values (report, now(), which, what, said) on conflict (id) do nothing;
    if found then
        perform trellis.doubted(which,
            case what when 'closed' then 'closed' else 'reported' end, '', now());
    end if;
    return true;
end $$;

-- A mailed link: only the SHA-256 of its secret is kept, and nobody reads the table.
create table editor_link (
    id uuid primary key,
    created_at timestamptz not null,
    digest bytea not null unique check (length(digest) = 32),
    service_id uuid references service,
    claim_id uuid references listing_claim,
    expires_at timestamptz not null,
    used_at timestamptz,
    used_for text check (used_for in ('confirmed', 'changed', 'claim')),
    check (num_nonnulls(service_id, claim_id) = 1)
);
create index on editor_link (service_id, created_at desc);
create index on editor_link (claim_id);
create index on editor_link (expires_at);
grant select, insert, update, delete on editor_link to trellis_policy;
alter table editor_link enable row level security;
alter table editor_link force row level security;
create policy everything on editor_link to trellis_policy using (true);

create function trellis.make_link(secret bytea, service uuid, claim uuid, days integer)
returns void
language sql volatile security definer set search_path = pg_catalog
as $$
    delete from public.editor_link where expires_at < now() - interval '90 days';
    insert into public.editor_link (id, created_at, digest, service_id, claim_id, expires_at)
    values (gen_random_uuid(), now(), secret, service, claim, now() + make_interval(days => days))
$$;

-- How many links were mailed for a listing in the last day, so that nobody's inbox is filled.
create function trellis.links_today(service uuid) returns integer
language sql stable security definer set search_path = pg_catalog
as $$
    select count(*)::integer from public.editor_link
    where service_id = service and created_at > now() - interval '1 day'
$$;

create function trellis.link_of(secret bytea)
returns table (service_id uuid, claim_id uuid, expires_at timestamptz, used_at timestamptz)
language sql stable security definer set search_path = pg_catalog
as $$
    select l.service_id, l.claim_id, l.expires_at, l.used_at
    from public.editor_link l where l.digest = secret
$$;

-- Exactly one use: whoever comes second, or late, finds no row.
create function trellis.use_link(secret bytea, purpose text) returns public.editor_link
language sql volatile security definer set search_path = pg_catalog
as $$
    update public.editor_link set used_at = now(), used_for = purpose
    where digest = secret and used_at is null and expires_at > now()
        and (purpose = 'claim') = (claim_id is not null)
    returning *
$$;

create function trellis.confirm_by_link(secret bytea) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog
as $$
declare
    link public.editor_link := trellis.use_link(secret, 'confirmed');
begin
    if link.id is null then
        return false;
    end if;
    perform trellis.alive(link.service_id, 'answered', '', now());
    return true;
end $$;

create function trellis.propose_by_link(secret bytea, changes jsonb, note text) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog
as $$
declare
    link public.editor_link := trellis.use_link(secret, 'changed');
begin
    if link.id is null then
        return false;
    end if;
    perform trellis.alive(link.service_id, 'answered', '', now());
    insert into public.proposed_change (id, created_at, service_id, topic, before, after, by_name)
    select gen_random_uuid(), now(), link.service_id, topic, before, after,
        'An editor, by a mailed link'
    from jsonb_to_recordset(changes) one(topic text, before jsonb, after jsonb);
    if note <> '' then
        insert into public.listing_report (id, created_at, service_id, kind, words)
        values (gen_random_uuid(), now(), link.service_id, 'from its editor', note);
    end if;
    return true;
end $$;

-- What the page of a mailed claim shows, and what its reader answers.
create function trellis.claim_of_link(secret bytea)
returns table (by_name text, agency_name text, organisation text, state text)
language sql stable security definer set search_path = pg_catalog
as $$
    select c.by_name, c.agency_name, o.name, c.state
    from public.editor_link l join public.listing_claim c on c.id = l.claim_id
    join public.organisation o on o.id = c.organisation_id where l.digest = secret
$$;

create function trellis.answer_claim(secret bytea, ours boolean) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog
as $$
declare
    link public.editor_link := trellis.use_link(secret, 'claim');
begin
    if link.id is null then
        return false;
    end if;
    update public.listing_claim set checked_at = case when ours then now() end,
        disowned_at = case when not ours then now() end
    where id = link.claim_id;
    return true;
end $$;

do $$
declare
    one text;
begin
    foreach one in array array['publishes_service(uuid)', 'report_listing(uuid, uuid, text, text)',
        'make_link(bytea, uuid, uuid, integer)', 'links_today(uuid)', 'link_of(bytea)',
        'use_link(bytea, text)', 'confirm_by_link(bytea)', 'propose_by_link(bytea, jsonb, text)',
        'claim_of_link(bytea)', 'answer_claim(bytea, boolean)'] loop
        execute format('revoke execute on function trellis.%s from public', one);
        if one <> 'use_link(bytea, text)' then
            execute format('grant execute on function trellis.%s to trellis_app', one);
        end if;
        execute format('alter function trellis.%s owner to trellis_policy', one);
    end loop;
end $$;
