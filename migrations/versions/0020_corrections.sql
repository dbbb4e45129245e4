-- An encounter is written once. What was wrong in it is said by a later row; `stands` is all of
-- the earlier one that ever changes, and what is counted are the rows that stand.

alter table encounter add column corrects_id uuid references encounter,
    add column stands boolean not null default true;
create unique index encounter_corrected_once on encounter (corrects_id);

grant update (stands) on encounter to trellis_app;
create policy holder_strikes on encounter for update to trellis_app using (
    exists (select 1 from public.relationship r
        where r.referral_id = encounter.referral_id and r.role = 'holder' offset 0));

-- As in 0010, of the encounters that stand.
set local role trellis_policy;

create or replace function trellis.count_journey(since date, until date)
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
        where e.outcome = 'spoke with the person' and e.stands group by b.id, b.sent_on
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

reset role;
