-- Agencies, the people who sign in for them, what they have agreed, and their sessions.

create table agency (
    id uuid primary key,
    created_at timestamptz not null,
    name text not null unique check (length(name) between 1 and 200),
    kind text not null check (kind in ('practice', 'referring agency', 'link worker team',
        'voluntary organisation', 'commissioner', 'council')),
    ods_code text,
    notice_email text,
    issuers text[] not null default '{}',
    active boolean not null default true
);

create table app_user (
    id uuid primary key,
    created_at timestamptz not null,
    name text not null,
    email text not null default '',
    issuer text not null,
    subject text not null check (subject <> ''),
    status text not null check (status in ('waiting', 'active', 'suspended')),
    wanted_agency_id uuid references agency,
    last_seen_at timestamptz,
    unique (issuer, subject)
);
create index on app_user (wanted_agency_id);

create table membership (
    id uuid primary key,
    created_at timestamptz not null,
    user_id uuid not null references app_user,
    agency_id uuid not null references agency,
    roles text[] not null,
    ended_at timestamptz
);
create unique index membership_live_key on membership (user_id, agency_id) where ended_at is null;
create index on membership (agency_id);

create table sharing_agreement (
    id uuid primary key,
    created_at timestamptz not null,
    from_agency_id uuid not null references agency,
    to_agency_id uuid not null references agency check (to_agency_id <> from_agency_id),
    purpose text not null check (length(purpose) between 1 and 500),
    starts_on date not null,
    ends_on date,
    ended_at timestamptz
);
create index on sharing_agreement (from_agency_id, to_agency_id);
create index on sharing_agreement (to_agency_id);

create table web_session (
    id uuid primary key,
    created_at timestamptz not null,
    digest bytea not null unique check (length(digest) = 32),
    user_id uuid references app_user,
    agency_id uuid references agency,
    provider text,
    issuer text,
    subject text,
    provider_session text,
    data jsonb not null default '{}',
    last_seen_at timestamptz not null,
    expires_at timestamptz not null,
    ended_at timestamptz,
    proof bytea
);
create index on web_session (user_id) where ended_at is null;
create index on web_session (issuer, provider_session) where ended_at is null;
create index on web_session (expires_at);

create unlogged table rate_hit (
    key text primary key,
    hits integer not null,
    until timestamptz not null
);

grant select on agency, app_user, membership, sharing_agreement to trellis_app, trellis_policy;
grant update (name, notice_email, issuers) on agency to trellis_app;
grant insert on app_user, membership, sharing_agreement to trellis_app;
grant update (name, email, status, wanted_agency_id, last_seen_at) on app_user to trellis_app;
grant update (roles, ended_at) on membership to trellis_app;
grant update (ends_on, ended_at) on sharing_agreement to trellis_app;
grant select, insert, update, delete on web_session, rate_hit to trellis_app;

-- Only an administrator of the agency concerned changes who is in it and what it has agreed.
alter table agency enable row level security;
create policy everyone_reads on agency for select using (true);
create policy own_administrator on agency for update
    using (id = (select trellis.agency()) and 'administer' = any ((select trellis.reach())::text[]));

alter table membership enable row level security;
create policy everyone_reads on membership for select using (true);
create policy own_administrator_adds on membership for insert with check (
    agency_id = (select trellis.agency()) and 'administer' = any ((select trellis.reach())::text[]));
create policy own_administrator_changes on membership for update using (
    agency_id = (select trellis.agency()) and 'administer' = any ((select trellis.reach())::text[]));

alter table sharing_agreement enable row level security;
create policy everyone_reads on sharing_agreement for select using (true);
create policy party_adds on sharing_agreement for insert with check (
    (select trellis.agency()) in (from_agency_id, to_agency_id)
    and 'administer' = any ((select trellis.reach())::text[]));
create policy party_changes on sharing_agreement for update using (
    (select trellis.agency()) in (from_agency_id, to_agency_id)
    and 'administer' = any ((select trellis.reach())::text[]));

create function trellis.guard_user_status() returns trigger
language plpgsql set search_path = pg_catalog
as $$
begin
    -- The owner sets up the first administrators; everybody else waits for one.
    if current_user = 'trellis_app' then
        if tg_op = 'INSERT' and new.status <> 'waiting' then
            raise exception 'a new user waits for an administrator' using errcode = '42501';
        end if;
        if tg_op = 'UPDATE' and new.status <> old.status
            and not coalesce('administer' = any (trellis.reach()), false) then
            raise exception 'only an administrator changes a user''s status' using errcode = '42501';
        end if;
    end if;
    return new;
end $$;
create trigger guard_user_status before insert or update on app_user
    for each row execute function trellis.guard_user_status();

create function trellis.guard_membership_roles() returns trigger
language plpgsql set search_path = pg_catalog
as $$
begin
    -- Everybody's counts and everybody's listings are not one agency's to give away.
    if current_user = 'trellis_app' and new.roles && '{curator,commissioner}'::text[]
        and not exists (select 1 from public.agency where id = new.agency_id
            and kind in ('council', 'commissioner')) then
        raise exception 'an agency of this kind has no such role' using errcode = '42501';
    end if;
    return new;
end $$;
create trigger guard_membership_roles before insert or update of roles on membership
    for each row execute function trellis.guard_membership_roles();
