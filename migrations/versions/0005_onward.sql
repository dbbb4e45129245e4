-- Sending on: onward referrals, the sealed record of what was disclosed, and signposts.

create table onward_referral (
    id uuid primary key,
    created_at timestamptz not null,
    referral_id uuid not null references referral,
    person_id uuid not null references person,
    need_id uuid references need,
    service_id uuid not null references service,
    from_agency_id uuid not null references agency,
    to_agency_id uuid not null references agency,
    created_by uuid not null references app_user,
    reference text not null unique,
    status text not null check (status in ('draft', 'requested', 'accepted', 'in-progress',
        'on-hold', 'rejected', 'cancelled', 'failed', 'completed', 'entered-in-error')),
    status_before_hold text,
    on_hold_until date,
    reason_code text,
    closed_at timestamptz,
    attendance text check (attendance in ('booked', 'attended', 'did not attend',
        'event cancelled')),
    appointment_on date,
    accompanied_by text,
    accompanied_on date,
    requested_at timestamptz not null,
    answer_due date not null,
    next_due_on date,
    version integer not null,
    check (status not in ('rejected', 'cancelled', 'on-hold', 'failed') or reason_code is not null)
);
create index on onward_referral (referral_id);
create index on onward_referral (service_id, requested_at);

create table onward_event (
    id uuid primary key,
    created_at timestamptz not null,
    referral_id uuid not null references referral,
    person_id uuid not null references person,
    onward_referral_id uuid not null references onward_referral deferrable initially deferred,
    user_id uuid not null references app_user,
    agency_id uuid not null references agency,
    kind text not null,
    status text not null,
    reason_code text,
    words_sealed bytea
);
create index on onward_event (onward_referral_id, created_at);

create table disclosure (
    id uuid primary key,
    created_at timestamptz not null,
    referral_id uuid not null references referral,
    person_id uuid not null references person,
    onward_referral_id uuid not null unique references onward_referral
        deferrable initially deferred,
    service_id uuid not null references service,
    to_agency_id uuid not null references agency,
    user_id uuid not null references app_user,
    profile text not null,
    fields text[] not null,
    basis text not null,
    snapshot_sealed bytea not null
);
create index on disclosure (referral_id);

-- Telling, not sending: no personal data leaves, so no relationship follows.
create table signpost (
    id uuid primary key,
    created_at timestamptz not null,
    referral_id uuid not null references referral,
    person_id uuid not null references person,
    need_id uuid references need,
    service_id uuid not null references service,
    user_id uuid not null references app_user
);
create index on signpost (referral_id);
