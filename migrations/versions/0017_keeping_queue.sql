-- What waits for a curator, oldest first, whatever its kind. Row-level security of the tables
-- below decides what each reader finds in it.
create view curation_queue with (security_invoker = true) as
    select 'change' as kind, id, service_id, null::uuid as organisation_id, created_at as since,
        topic as about
    from proposed_change where state = 'waiting'
    union all
    select 'claim', id, null, organisation_id, created_at, agency_name
    from listing_claim where state = 'waiting'
    union all
    select 'report', id, service_id, null, created_at, kind
    from listing_report where state = 'waiting'
    union all
    select 'doubt', id, id, organisation_id, doubted_at, doubt
    from service where doubted_at is not null and doubt <> 'reported' and merged_into_id is null
    union all
    select 'stale', id, id, organisation_id, coalesce(assured_at, created_at), ''
    from service where status = 'active' and merged_into_id is null
        and coalesce(assured_at, created_at) < now() - interval '9 months'
    union all
    select 'duplicate', id, first_id, null, created_at, array_to_string(why, ', ')
    from duplicate_pair where state = 'waiting'
    union all
    select 'check', c.id, null, c.organisation_id, c.valid_until::timestamptz, c.kind
    from quality_check c where c.valid_until < current_date and not exists (
        select from quality_check n where n.organisation_id = c.organisation_id
            and n.kind = c.kind and n.created_at > c.created_at);
grant select on curation_queue to trellis_app;
