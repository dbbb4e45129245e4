-- Whoever is silent is asked three times before the curator rings: a listing comes into the queue
-- four weeks after the third prompt, or after nine months at once where nobody can be asked.
create or replace view curation_queue with (security_invoker = true) as
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
    select 'stale', s.id, s.id, s.organisation_id, coalesce(s.assured_at, s.created_at), ''
    from service s
    where s.status in ('active', 'temporarily closed') and s.merged_into_id is null
        and coalesce(s.assured_at, s.created_at) < now() - interval '9 months'
        and (s.prompts >= 3 and s.prompted_at <= now() - interval '28 days'
            or s.email = '' and (select o.email from organisation o
                where o.id = s.organisation_id) = '')
    union all
    select 'duplicate', id, first_id, null, created_at, array_to_string(why, ', ')
    from duplicate_pair where state = 'waiting'
    union all
    select 'check', c.id, null, c.organisation_id, c.valid_until::timestamptz, c.kind
    from quality_check c where c.valid_until < current_date and not exists (
        select from quality_check n where n.organisation_id = c.organisation_id
            and n.kind = c.kind and n.created_at > c.created_at);

set local role trellis_policy;

-- Who is closed for now is asked as well.
create or replace function trellis.prompts_due(at timestamptz)
returns table (address text, service_id uuid, name text, stage integer)
language sql stable security definer set search_path = pg_catalog
as $$
    select coalesce(nullif(s.email, ''), o.email), s.id, s.name,
        case when coalesce(s.assured_at, s.created_at) <= at - interval '9 months' then 3
            when coalesce(s.assured_at, s.created_at) <= at - interval '6 months' then 2
            else 1 end
    from public.service s join public.organisation o on o.id = s.organisation_id
    where s.status in ('active', 'temporarily closed') and s.merged_into_id is null
        and coalesce(s.assured_at, s.created_at) <= at - interval '3 months'
        and coalesce(nullif(s.email, ''), o.email) <> '' and s.doubt <> 'bounced'
        and s.prompts < case
            when coalesce(s.assured_at, s.created_at) <= at - interval '9 months' then 3
            when coalesce(s.assured_at, s.created_at) <= at - interval '6 months' then 2
            else 1 end
        -- Never twice within four weeks, also when a neglected directory has just been loaded.
        and (s.prompted_at is null or s.prompted_at <= at - interval '28 days')
    order by coalesce(s.assured_at, s.created_at), s.id
    limit 500
$$;


-- Near names at one address are a pair without a telephone number too: two words of three are the
-- same. Words are keys with their postcode, so that still only listings that share one are compared.
create or replace function trellis.find_duplicates() returns integer
language sql volatile security definer set search_path = pg_catalog
as $$
    with listed as materialized (
        select s.id, s.organisation_id, trellis.name_words(s.name) as words,
            nullif(right(regexp_replace(coalesce(nullif(s.phone, ''), o.phone), '\D', '', 'g'), 10),
                '') as phone,
            coalesce(o.charity_number, '') as charity,
            coalesce((select upper(replace(l.postcode, ' ', ''))
                from public.service_at_location p join public.location l on l.id = p.location_id
                where p.service_id = s.id order by p.position limit 1), '') as postcode
        from public.service s join public.organisation o on o.id = s.organisation_id
        where s.merged_into_id is null and s.status <> 'defunct'),
    keys as materialized (
        select l.id, k.key from listed l cross join lateral (values
            ('n' || array_to_string(l.words, ' ') || '|' || l.phone),
            ('n' || array_to_string(l.words, ' ') || '|' || nullif(l.postcode, '')),
            ('n' || array_to_string(l.words, ' ') || '|' || nullif(l.charity, '')),
            ('p' || l.phone || '|' || nullif(l.postcode, ''))) k(key)
        where k.key is not null and cardinality(l.words) > 0
        union all
        select l.id, 'w' || word || '|' || l.postcode
        from listed l, unnest(l.words) word where l.postcode <> ''),
    blocks as (
        select key from keys group by key having count(*) between 2 and 20),
    pairs as (
        select distinct a.id as first_id, b.id as second_id
        from blocks join keys a using (key) join keys b using (key) where a.id < b.id),
    judged as (
        select p.first_id, p.second_id, array_remove(array[
            case when a.words = b.words then 'name'
                when a.phone is distinct from b.phone then 'words in the name' end,
            case when a.phone = b.phone then 'telephone' end,
            case when a.postcode = b.postcode and a.postcode <> '' then 'address' end,
            case when a.charity = b.charity and a.charity <> '' then 'charity number' end],
            null) as why,
            a.words = b.words or (select count(*) from unnest(a.words) w where w = any (b.words))
                * case when a.phone = b.phone then 2.0 else 1.5 end
                >= greatest(cardinality(a.words), cardinality(b.words))
            -- Two groups that a number tells apart meet in one hall.
            and (a.phone = b.phone or not exists (
                select w from unnest(a.words || b.words) w where w ~ '[0-9]'
                    and not (w = any (a.words) and w = any (b.words)))) as alike
        from pairs p join listed a on a.id = p.first_id join listed b on b.id = p.second_id),
    added as (
        insert into public.duplicate_pair (id, created_at, first_id, second_id, why)
        select gen_random_uuid(), now(), first_id, second_id, why from judged where alike
        on conflict (first_id, second_id) do nothing returning 1)
    select count(*)::integer from added
$$;

reset role;
