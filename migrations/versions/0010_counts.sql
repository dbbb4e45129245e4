-- What a commissioner sees. A count under 5 never leaves the database, the rest are rounded to 5,
-- and a period is whole months, so that two periods cannot be set against each other for a day.

create function trellis.published(number bigint) returns integer
language sql immutable set search_path = pg_catalog
as $$ select case when number >= 5 then (round(number / 5.0) * 5)::integer end $$;

create function trellis.count_referrals(since date, until date)
returns table (month date, status text, number integer)
language plpgsql stable security definer set search_path = pg_catalog
as $$
begin
    perform trellis.require_reach('count');
    return query
    select m.month, r.status, trellis.published(count(*))
    from public.referral r
    cross join lateral (select date_trunc('month', r.requested_at at time zone 'Europe/London')::date as month) m
    where m.month between date_trunc('month', since) and date_trunc('month', until)
    group by grouping sets ((m.month, r.status), (m.month), (r.status))
    having count(*) >= 5;
end $$;

-- How far journeys that began in the period have come, and how long that took.
create function trellis.count_journey(since date, until date)
returns table (step text, number integer, median_days integer)
language plpgsql stable security definer set search_path = pg_catalog
as $$
begin
    perform trellis.require_reach('count');
    return query
    with begun as (
        select r.id, r.status, (r.requested_at at time zone 'Europe/London')::date as sent_on
        from public.referral r
        where date_trunc('month', r.requested_at at time zone 'Europe/London')
            between date_trunc('month', since) and date_trunc('month', until)
    ), reached as (
        select b.id, min(e.held_on) - b.sent_on as days
        from begun b join public.encounter e on e.referral_id = b.id
        where e.outcome = 'spoke with the person' group by b.id, b.sent_on
    ), sent_on as (
        select b.id, min((o.requested_at at time zone 'Europe/London')::date) - b.sent_on as days
        from begun b join public.onward_referral o on o.referral_id = b.id group by b.id, b.sent_on
    ), helped as (
        select b.id, min((v.created_at at time zone 'Europe/London')::date) - b.sent_on as days
        from begun b join public.onward_event v on v.referral_id = b.id
        where v.kind = 'attended' group by b.id, b.sent_on
    ), steps as (
        select 'sent' as step, null::integer as days from begun
        union all select 'reached a community referrer', days from reached
        union all select 'referred on', days from sent_on
        union all select 'received help', days from helped
        union all select 'finished', null from begun b where b.status = 'completed'
    )
    select s.step, trellis.published(count(*)),
        round(percentile_cont(0.5) within group (
            order by case when s.days is not null then greatest(s.days, 0) end))::integer
    from steps s group by s.step having count(*) >= 5;
end $$;

-- Needs of referrals sent in the period, by term and by how they ended; "null" is all of a term.
create function trellis.count_needs(since date, until date)
returns table (term_id uuid, status text, number integer)
language plpgsql stable security definer set search_path = pg_catalog
as $$
begin
    perform trellis.require_reach('count');
    return query
    select n.term_id, n.status, trellis.published(count(*))
    from public.need n join public.referral r on r.id = n.referral_id
    where date_trunc('month', r.requested_at at time zone 'Europe/London')
        between date_trunc('month', since) and date_trunc('month', until)
    group by grouping sets ((n.term_id, n.status), (n.term_id))
    having count(*) >= 5;
end $$;

do $$
declare one text;
begin
    foreach one in array array['published(bigint)', 'count_referrals(date, date)',
        'count_journey(date, date)', 'count_needs(date, date)'] loop
        execute format('revoke execute on function trellis.%s from public', one);
        execute format('grant execute on function trellis.%s to trellis_app', one);
        execute format('alter function trellis.%s owner to trellis_policy', one);
    end loop;
end $$;
