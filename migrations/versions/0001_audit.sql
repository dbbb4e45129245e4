-- The audit trail and the keys of forms already sent.

create table audit_event (
    id bigint generated always as identity primary key,
    at timestamptz not null,
    user_id uuid,
    agency_id uuid,
    roles text[] not null,
    action text not null,
    subject_kind text not null default '',
    subject_id uuid,
    person_id uuid,
    reason text not null default '',
    request_id text not null default '',
    outcome text not null default 'done',
    digest bytea
);
create index on audit_event (person_id, at desc) where person_id is not null;
create index on audit_event (agency_id, at desc);
create index on audit_event using brin (at);

grant insert (at, user_id, agency_id, roles, action, subject_kind, subject_id, person_id, reason,
    request_id, outcome, digest) on audit_event to trellis_app;
grant select on audit_event to trellis_app, trellis_policy;

alter table audit_event enable row level security;
alter table audit_event force row level security;
create policy as_oneself on audit_event for insert to trellis_app with check (
    agency_id is not distinct from (select trellis.agency())
    and user_id is not distinct from (select trellis.user_id()));
create policy own_privacy_officer on audit_event for select to trellis_app using (
    agency_id = (select trellis.agency()) and 'oversee' = any ((select trellis.reach())::text[]));
create policy everything on audit_event to trellis_policy using (true);

create function trellis.refuse() returns trigger
language plpgsql set search_path = pg_catalog
as $$ begin raise exception 'the audit trail is only added to' using errcode = '42501'; end $$;
create trigger never_changed before update or delete on audit_event
    for each row execute function trellis.refuse();
create trigger never_emptied before truncate on audit_event
    for each statement execute function trellis.refuse();

create table idempotency_key (
    key uuid not null,
    user_id uuid not null references app_user,
    digest bytea not null,
    answer text not null,
    created_at timestamptz not null,
    primary key (user_id, key)
);
create index on idempotency_key (created_at);
grant select, insert, update (answer) on idempotency_key to trellis_app;
alter table idempotency_key enable row level security;
alter table idempotency_key force row level security;
create policy own on idempotency_key to trellis_app using (user_id = (select trellis.user_id()));
create policy everything on idempotency_key to trellis_policy using (true);
