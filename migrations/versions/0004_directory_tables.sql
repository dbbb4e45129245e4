-- Organisations and services in the shape of HSDS. Nothing here is about a person referred.

create table organisation (
    id uuid primary key,
    created_at timestamptz not null,
    name text not null check (length(name) between 1 and 200),
    description text not null default '' check (length(description) <= 10000),
    email text not null default '',
    phone text not null default '',
    url text not null default '' check (url = '' or url ~ '^https?://'),
    charity_number text,
    company_number text,
    agency_id uuid references agency,
    last_modified timestamptz not null,
    version integer not null
);
create index on organisation (agency_id) where agency_id is not null;
create index on organisation (charity_number) where charity_number is not null;
create index on organisation (last_modified);

create table disclosure_profile (
    id uuid primary key,
    created_at timestamptz not null,
    code text not null unique,
    name text not null,
    words text not null,
    fields text[] not null check (fields <@ array['name', 'preferred name', 'date of birth',
        'age band', 'phone', 'e-mail', 'address', 'postcode area', 'needs', 'reason',
        'the person''s words', 'access needs', 'risks relevant to visits', 'GP practice'])
);

create table taxonomy (
    id uuid primary key,
    created_at timestamptz not null,
    name text not null unique,
    description text not null default '',
    uri text not null default '',
    version text not null default ''
);

create table taxonomy_term (
    id uuid primary key,
    created_at timestamptz not null,
    taxonomy_id uuid not null references taxonomy,
    code text not null,
    name text not null check (length(name) between 1 and 200),
    synonyms text[] not null default '{}',
    parent_id uuid references taxonomy_term,
    position integer not null default 0,
    disclosure_profile_id uuid references disclosure_profile,
    unique (taxonomy_id, code)
);
create index on taxonomy_term (parent_id);
create index on taxonomy_term (disclosure_profile_id);

create table service (
    id uuid primary key,
    created_at timestamptz not null,
    organisation_id uuid not null references organisation,
    name text not null check (length(name) between 1 and 200),
    description text not null default '' check (length(description) <= 10000),
    status text not null
        check (status in ('active', 'inactive', 'defunct', 'temporarily closed')),
    alert text not null default '',
    eligibility text not null default '' check (length(eligibility) <= 4000),
    minimum_age integer check (minimum_age between 0 and 130),
    maximum_age integer check (maximum_age between 0 and 130),
    fees text not null default '',
    self_referral boolean not null default true,
    accepts_referrals boolean not null default true,
    access_modes text[] not null default '{}',
    languages text[] not null default '{}',
    contact_name text not null default '',
    phone text not null default '',
    email text not null default '',
    url text not null default '' check (url = '' or url ~ '^https?://'),
    capacity_state text check (capacity_state in ('places', 'waiting list', 'full', 'paused')),
    capacity_places integer check (capacity_places between 0 and 100000),
    capacity_weeks integer check (capacity_weeks between 0 and 520),
    capacity_updated_at timestamptz,
    assured_at timestamptz,
    assurer text not null default '',
    last_modified timestamptz not null,
    disclosure_profile_id uuid references disclosure_profile,
    version integer not null,
    check (minimum_age <= maximum_age)
);
create index on service (organisation_id);
create index on service (disclosure_profile_id) where disclosure_profile_id is not null;
create index on service (last_modified);
create index on service (assured_at);

create table service_term (
    service_id uuid not null references service,
    term_id uuid not null references taxonomy_term,
    primary key (service_id, term_id)
);
create index on service_term (term_id);

create table service_area (
    id uuid primary key,
    created_at timestamptz not null,
    service_id uuid not null references service,
    name text not null,
    outwards text[] not null
);
create index on service_area (service_id);

create table schedule (
    id uuid primary key,
    created_at timestamptz not null,
    service_id uuid not null references service,
    freq text not null check (freq in ('WEEKLY', 'MONTHLY')),
    interval integer not null check (interval between 1 and 12),
    byday text not null check (byday ~ '^(-?[1-5])?(MO|TU|WE|TH|FR|SA|SU)(,(-?[1-5])?(MO|TU|WE|TH|FR|SA|SU))*$'),
    opens_at time,
    closes_at time,
    note text not null default '',
    position integer not null default 0
);
create index on schedule (service_id);

-- Metres on the British National Grid, so that distance is Pythagoras on stock PostgreSQL.
create table location (
    id uuid primary key,
    created_at timestamptz not null,
    organisation_id uuid not null references organisation,
    name text not null check (length(name) between 1 and 200),
    address text not null default '',
    town text not null default '',
    postcode text not null default '',
    easting integer,
    northing integer,
    travel text not null default '',
    facilities text[] not null default '{}',
    access text not null default '',
    spot point generated always as (point(easting, northing)) stored
);
create index on location (organisation_id);
create index on location using gist (spot);

create table service_at_location (
    id uuid primary key,
    created_at timestamptz not null,
    service_id uuid not null references service,
    location_id uuid not null references location,
    position integer not null default 0,
    unique (service_id, location_id)
);
create index on service_at_location (location_id);

create table listing_change (
    id uuid primary key,
    created_at timestamptz not null,
    service_id uuid not null references service,
    topic text not null,
    before jsonb not null,
    after jsonb not null,
    by_user_id uuid not null references app_user,
    by_name text not null,
    agency_id uuid not null references agency,
    undoes_id uuid unique references listing_change
);
create index on listing_change (service_id, created_at desc);
create index on listing_change (by_user_id);
create index on listing_change (agency_id);

-- Facts loaded from a file.
create table postcode (
    code text primary key check (code ~ '^[A-Z0-9]{5,7}$'),
    outward text not null,
    easting integer not null,
    northing integer not null,
    place text not null,
    ended boolean not null default false
);
create index on postcode (outward);

create table outward_code (
    outward text primary key,
    easting integer not null,
    northing integer not null,
    place text not null
);
