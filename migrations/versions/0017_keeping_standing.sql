-- Quality checks with the day they end, what may be sent meanwhile, and what a referral to a
-- kind of service may carry, version by version.

create table quality_check (
    id uuid primary key,
    created_at timestamptz not null,
    organisation_id uuid not null references organisation,
    kind text not null check (kind in ('safeguarding policy', 'insurance', 'DBS checks',
        'data protection')),
    seen_on date not null,
    valid_until date not null,
    seen_by uuid not null references app_user,
    seen_by_name text not null,
    note text not null default '' check (length(note) <= 1000)
);
create index on quality_check (organisation_id, kind, created_at desc);
create index on quality_check (valid_until);
create index on quality_check (seen_by);
grant select, insert on quality_check to trellis_app;
grant select on quality_check to trellis_policy, trellis_report;
alter table quality_check enable row level security;
alter table quality_check force row level security;
create policy members_read on quality_check for select to trellis_app
    using ((select trellis.agency()) is not null);
create policy curator_adds on quality_check for insert to trellis_app
    with check ((select trellis.curates()) and seen_by = (select trellis.user_id()));
create policy everything on quality_check to trellis_policy using (true);

create table check_rule (
    kind text primary key,
    rule text not null check (rule in ('nothing', 'least', 'warn'))
);
insert into check_rule values ('safeguarding policy', 'nothing'), ('insurance', 'warn'),
    ('DBS checks', 'nothing'), ('data protection', 'least');
grant select, update (rule) on check_rule to trellis_app;
alter table check_rule enable row level security;
alter table check_rule force row level security;
create policy everyone_reads on check_rule for select using (true);
create policy curator_changes on check_rule for update to trellis_app
    using ((select trellis.curates()));

-- Profiles: each change is a version of its own, whoever makes it.
alter table disclosure_profile
    add column version integer not null default 1,
    add column changed_by text not null default '';
create table disclosure_profile_version (
    profile_id uuid not null references disclosure_profile,
    version integer not null,
    created_at timestamptz not null,
    fields text[] not null,
    words text not null,
    changed_by text not null,
    primary key (profile_id, version)
);
grant select on disclosure_profile_version to trellis_app, trellis_report;
grant select, insert on disclosure_profile_version to trellis_policy;
insert into disclosure_profile_version (profile_id, version, created_at, fields, words, changed_by)
select id, 1, created_at, fields, words, '' from disclosure_profile;

create function trellis.profile_changes() returns trigger
language plpgsql security definer set search_path = pg_catalog
as $$
begin
    if tg_op = 'UPDATE' then
        if (new.fields, new.words) is not distinct from (old.fields, old.words) then
            new.version := old.version;
            return new;
        end if;
        new.version := old.version + 1;
    end if;
    return new;
end $$;
create function trellis.keep_profile_version() returns trigger
language plpgsql security definer set search_path = pg_catalog
as $$
begin
    insert into public.disclosure_profile_version
        (profile_id, version, created_at, fields, words, changed_by)
    values (new.id, new.version, now(), new.fields, new.words, new.changed_by)
    on conflict do nothing;
    return null;
end $$;
create trigger profile_changes before update on disclosure_profile
    for each row execute function trellis.profile_changes();
create trigger keep_profile_version after insert or update on disclosure_profile
    for each row execute function trellis.keep_profile_version();
revoke execute on function trellis.profile_changes(), trellis.keep_profile_version() from public;
grant execute on function trellis.profile_changes(), trellis.keep_profile_version()
    to trellis_app, trellis_policy;
alter function trellis.profile_changes() owner to trellis_policy;
alter function trellis.keep_profile_version() owner to trellis_policy;

grant update (fields, words, changed_by) on disclosure_profile to trellis_app;
alter table disclosure_profile enable row level security;
alter table disclosure_profile force row level security;
create policy everyone_reads on disclosure_profile for select using (true);
create policy curator_changes on disclosure_profile for update to trellis_app
    using ((select trellis.curates()));
create policy everything on disclosure_profile to trellis_policy using (true);

-- What was sent says by which version of which profile.
alter table disclosure add column profile_version text not null default '';
