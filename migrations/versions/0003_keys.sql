-- Keys, each wrapped by the one above it, and the blind indexes. Nothing here opens a record
-- without the root key, which is never in the database.

create table branch_key (
    id uuid primary key,
    root_key text not null,
    wrapped bytea not null,
    commitment bytea not null check (length(commitment) = 32),
    created_at timestamptz not null,
    retired_at timestamptz
);

create table person_key (
    person_id uuid primary key,
    branch_key_id uuid not null references branch_key,
    wrapped bytea not null,
    commitment bytea not null check (length(commitment) = 32),
    generation integer not null check (generation > 0),
    made_at timestamptz not null
);
create index on person_key (branch_key_id);

-- A known text under the root key, and under the index key: a wrong key is found at start.
create table key_canary (
    kind text primary key check (kind in ('root', 'index')),
    key_name text not null,
    sealed bytea not null
);

-- Compound digests only: never one of a surname, sex, status or diagnosis alone.
create table person_index (
    person_id uuid not null,
    kind text not null check (kind in ('nhs number', 'name and birth')),
    digest bytea not null check (length(digest) = 32),
    key_name text not null default '',
    primary key (person_id, kind, digest)
);
create index on person_index (kind, digest);
create index on person_index (key_name);

-- How far a rotation has come, so that it goes on where it was broken off.
create table key_rotation (
    kind text primary key check (kind in ('root', 'branch', 'person', 'index')),
    started_at timestamptz not null,
    finished_at timestamptz,
    last_person_id uuid,
    done integer not null default 0
);

alter table person_key enable row level security;
alter table person_key force row level security;
create policy everything on person_key to trellis_policy using (true);
alter table person_index enable row level security;
alter table person_index force row level security;
create policy everything on person_index to trellis_policy using (true);

grant select on branch_key, key_canary to trellis_app;
grant select, insert on person_key to trellis_app;
grant select, insert, delete on person_index to trellis_app;
grant select, insert, update, delete on branch_key, person_key, key_canary, person_index,
    key_rotation to trellis_policy;

-- A writer's key, which a rotation does not replace before the writer is done. The lock is
-- taken first, so that the row is read as it is afterwards.
create function trellis.hold_person_key(which uuid) returns setof person_key
language plpgsql volatile security invoker set search_path = pg_catalog
as $$
begin
    perform pg_advisory_xact_lock_shared(hashtextextended('person key ' || which::text, 0));
    return query select * from public.person_key where person_id = which;
end $$;
revoke execute on function trellis.hold_person_key(uuid) from public;
grant execute on function trellis.hold_person_key(uuid) to trellis_app;

-- A rotation seals anew, and says in the audit trail what the new blobs are.
grant insert (at, user_id, agency_id, roles, action, subject_kind, subject_id, person_id, reason,
    request_id, outcome, digest) on audit_event to trellis_policy;
