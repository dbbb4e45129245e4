-- A safeguarding note is for the people it names and for nobody else: not the rest of the team,
-- not whoever broke the glass, not the referrer. `readers` is the rule; the row carries it.

create table safeguarding_note (
    id uuid primary key,
    created_at timestamptz not null,
    referral_id uuid not null references referral,
    person_id uuid not null references person,
    agency_id uuid not null references agency,
    user_id uuid not null references app_user,
    readers uuid[] not null check (cardinality(readers) > 0),
    hidden_from_person boolean not null,
    noticed_on date not null,
    ended_on date,
    safeguarding_sealed bytea not null,
    version integer not null,
    check (ended_on is null or ended_on >= noticed_on)
);
create index on safeguarding_note (referral_id);
create index on safeguarding_note (person_id);

alter table safeguarding_note enable row level security;
alter table safeguarding_note force row level security;
create policy everything on safeguarding_note to trellis_policy using (true);
-- Both at once: named, and in the team that holds the referral now.
create policy named on safeguarding_note for select to trellis_app using (
    (select trellis.user_id()) = any (readers) and agency_id = (select trellis.agency())
    and exists (select 1 from public.relationship r
        where r.referral_id = safeguarding_note.referral_id and r.role = 'holder' offset 0));
create policy named_changes on safeguarding_note for update to trellis_app using (
    (select trellis.user_id()) = any (readers) and agency_id = (select trellis.agency())
    and exists (select 1 from public.relationship r
        where r.referral_id = safeguarding_note.referral_id and r.role = 'holder' offset 0));
create policy holder_adds on safeguarding_note for insert to trellis_app with check (
    user_id = (select trellis.user_id()) and user_id = any (readers)
    and agency_id = (select trellis.agency())
    and exists (select 1 from public.relationship r
        where r.referral_id = safeguarding_note.referral_id
            and r.person_id = safeguarding_note.person_id and r.role = 'holder' offset 0));
-- Whose it is, and who wrote it, never changes.
grant select, insert, update (readers, hidden_from_person, ended_on, safeguarding_sealed, version)
    on safeguarding_note to trellis_app;
grant select, insert, update on safeguarding_note to trellis_policy;
