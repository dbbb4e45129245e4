-- A source with an address is read by the worker for the council that added it; one without is
-- an operator's file. What a source says is public; what came of reading it is for curators.

alter table directory_source
    add column address text check (address ~ '^https?://' and length(address) <= 2000),
    add column every_hours integer check (every_hours between 1 and 8784),
    add column agency_id uuid references agency,
    add column next_at timestamptz,
    add column version integer not null default 1,
    add constraint directory_source_read_for_somebody_check
        check ((address is null) = (agency_id is null)
            and (address is not null or every_hours is null));
create index on directory_source (next_at) where next_at is not null;
create index on directory_source (agency_id) where agency_id is not null;

alter table source_import
    add column dry_run boolean not null default false,
    add column failure text not null default '';

create table source_remark (
    import_id uuid not null references source_import,
    number integer not null,
    outcome text not null,
    external_id text not null,
    name text not null,
    about text not null,
    value text not null,
    reason text not null,
    primary key (import_id, number)
);

grant select, insert on source_remark to trellis_app, trellis_policy;
grant delete on source_remark to trellis_app, trellis_policy;
grant insert on directory_source, source_record, source_import to trellis_app;
grant update (every_hours, next_at, version) on directory_source to trellis_app;
grant update (digest, said, changed_at) on source_record to trellis_app;
grant update (counts, ended_at, failure) on source_import to trellis_app;
-- A source may say that another organisation offers a service now.
grant update (organisation_id) on service to trellis_app;

alter table directory_source enable row level security;
alter table directory_source force row level security;
create policy everyone_reads on directory_source for select using (true);
create policy curator_adds on directory_source for insert to trellis_app
    with check ((select trellis.curates()) and agency_id = (select trellis.agency()));
create policy curator_changes on directory_source for update to trellis_app
    using ((select trellis.curates()));
create policy everything on directory_source to trellis_policy using (true);

alter table source_record enable row level security;
alter table source_record force row level security;
create policy everyone_reads on source_record for select using (true);
create policy curator_adds on source_record for insert to trellis_app
    with check ((select trellis.curates()));
create policy curator_changes on source_record for update to trellis_app
    using ((select trellis.curates()));
create policy everything on source_record to trellis_policy using (true);

alter table source_import enable row level security;
alter table source_import force row level security;
create policy curator_reads on source_import for select to trellis_app
    using ((select trellis.curates()));
create policy report_reads on source_import for select to trellis_report using (true);
create policy curator_adds on source_import for insert to trellis_app
    with check ((select trellis.curates()));
create policy curator_changes on source_import for update to trellis_app
    using ((select trellis.curates()));
create policy everything on source_import to trellis_policy using (true);

alter table source_remark enable row level security;
alter table source_remark force row level security;
create policy curator_reads on source_remark for select to trellis_app
    using ((select trellis.curates()));
create policy curator_adds on source_remark for insert to trellis_app
    with check ((select trellis.curates()));
create policy curator_removes on source_remark for delete to trellis_app
    using ((select trellis.curates()));
create policy everything on source_remark to trellis_policy using (true);
