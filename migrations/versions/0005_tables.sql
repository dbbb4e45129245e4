-- The person, the referral, and what is recorded in the community referrer's own work.
-- Ids are made by the client; personal words are sealed blobs of the application's making.

create table person (
    id uuid primary key,
    created_at timestamptz not null,
    agency_id uuid not null references agency,
    identity_sealed bytea not null,
    contact_sealed bytea not null,
    requirements_sealed bytea not null,
    version integer not null
);

create table referral (
    id uuid primary key,
    created_at timestamptz not null,
    person_id uuid not null references person deferrable initially deferred,
    from_agency_id uuid not null references agency,
    to_agency_id uuid references agency,
    created_by uuid not null references app_user,
    reference text not null unique,
    status text not null check (status in ('draft', 'requested', 'accepted', 'in-progress',
        'on-hold', 'rejected', 'cancelled', 'failed', 'completed', 'entered-in-error')),
    status_before_hold text,
    on_hold_until date,
    reason_code text,
    closed_at timestamptz,
    link_worker_id uuid references app_user,
    urgency text not null check (urgency in ('routine', 'soon', 'urgent')),
    agreement text check (agreement in ('agreed', 'not sought')),
    risks_known boolean,
    previous_id uuid references referral,
    requested_at timestamptz,
    first_contact_due date,
    next_step text not null,
    next_due_on date,
    waiting_on_others boolean not null default false,
    narrative_sealed bytea not null,
    draft_sealed bytea,
    version integer not null,
    check (status = 'draft' or to_agency_id is not null or closed_at is not null),
    check (status not in ('rejected', 'cancelled', 'on-hold', 'failed') or reason_code is not null)
);
create index on referral (person_id);
create index on referral (link_worker_id) where closed_at is null;

create table referral_event (
    id uuid primary key,
    created_at timestamptz not null,
    referral_id uuid not null references referral deferrable initially deferred,
    person_id uuid not null references person deferrable initially deferred,
    user_id uuid not null references app_user,
    agency_id uuid not null references agency,
    kind text not null,
    status text not null,
    reason_code text,
    words_sealed bytea
);
create index on referral_event (referral_id, created_at);

create table risk (
    id uuid primary key,
    created_at timestamptz not null,
    referral_id uuid not null references referral deferrable initially deferred,
    person_id uuid not null references person deferrable initially deferred,
    risk_to text not null,
    starts_on date not null,
    ended_on date,
    review_on date not null,
    safeguarding_sealed bytea not null,
    version integer not null
);
create index on risk (referral_id);

create table need (
    id uuid primary key,
    created_at timestamptz not null,
    referral_id uuid not null references referral deferrable initially deferred,
    person_id uuid not null references person deferrable initially deferred,
    term_id uuid not null references taxonomy_term,
    status text not null check (status in ('open', 'met', 'partly met', 'not met',
        'no suitable service', 'person withdrew')),
    ended_at timestamptz,
    words_sealed bytea not null,
    version integer not null
);
create index on need (referral_id);

create table goal (
    id uuid primary key,
    created_at timestamptz not null,
    referral_id uuid not null references referral,
    person_id uuid not null references person,
    need_id uuid not null references need,
    importance integer not null check (importance between 1 and 10),
    ended_at timestamptz,
    words_sealed bytea not null,
    version integer not null
);
create index on goal (referral_id);

create table plan_action (
    id uuid primary key,
    created_at timestamptz not null,
    referral_id uuid not null references referral,
    person_id uuid not null references person,
    goal_id uuid not null references goal,
    who text not null,
    due_on date,
    confidence integer check (confidence between 1 and 10),
    status text not null check (status in ('to do', 'done', 'not done')),
    words_sealed bytea not null,
    version integer not null
);
create index on plan_action (referral_id);

create table encounter (
    id uuid primary key,
    created_at timestamptz not null,
    referral_id uuid not null references referral,
    person_id uuid not null references person,
    user_id uuid not null references app_user,
    held_on date not null,
    kind text not null,
    place text not null,
    present text[] not null default '{}',
    outcome text not null,
    minutes integer check (minutes between 0 and 600),
    follow_up_on date,
    note_sealed bytea not null
);
create index on encounter (referral_id, held_on);

create table message (
    id uuid primary key,
    created_at timestamptz not null,
    referral_id uuid not null references referral,
    person_id uuid not null references person,
    user_id uuid not null references app_user,
    kind text not null check (kind in ('taken on', 'plan agreed', 'closed', 'note')),
    words_sealed bytea not null,
    read_at timestamptz
);
create index on message (referral_id, created_at);

-- What 0003 made before there was a person to point at.
alter table person_key add foreign key (person_id) references person deferrable initially deferred;
alter table person_index add foreign key (person_id) references person deferrable initially deferred;
