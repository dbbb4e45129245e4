-- What the editors of an organisation write waits for a curator unless somebody decides otherwise.
-- Organisations that stand keep what was decided for them.
alter table organisation alter column checks_editors set default true;

set local role trellis_policy;

create function trellis.publishes_organisation(which uuid) returns boolean
language sql stable security definer set search_path = pg_catalog
as $$
    select trellis.curates() or coalesce((
        select trellis.keeps_organisation(o.id) and (not o.checks_editors or exists (
            select from public.verified_editor v
            where v.organisation_id = o.id and v.user_id = trellis.user_id()))
        from public.organisation o where o.id = which), false)
$$;
revoke execute on function trellis.publishes_organisation(uuid) from public;
grant execute on function trellis.publishes_organisation(uuid) to trellis_app;

create or replace function trellis.publishes_service(which uuid) returns boolean
language sql stable security definer set search_path = pg_catalog
as $$
    select coalesce((
        select trellis.publishes_organisation(organisation_id)
        from public.service where id = which), false)
$$;

reset role;

-- A service that nobody has looked at yet is one that no search finds.
drop policy keeper_adds on service;
create policy keeper_adds on service for insert to trellis_app with check (
    trellis.keeps_organisation(organisation_id)
    and (status = 'inactive' or trellis.publishes_organisation(organisation_id)));

-- Anybody reads a charity number, so whoever gives it has proved nothing: a claim is checked by a yes
-- from the published address, or by what the curator has seen, which is kept with it.
alter table listing_claim add column proof text not null default '' check (length(proof) <= 500);
grant update (proof) on listing_claim to trellis_app;
drop policy coordinator_claims on listing_claim;
create policy coordinator_claims on listing_claim for insert to trellis_app with check (
    agency_id = (select trellis.agency()) and user_id = (select trellis.user_id())
    and 'onward' = any ((select trellis.reach())::text[]) and state = 'waiting'
    and checked_at is null and disowned_at is null and proof = '');
drop policy curator_decides on listing_claim;
create policy curator_decides on listing_claim for update to trellis_app
    using ((select trellis.curates()) or agency_id = (select trellis.agency()))
    with check (((select trellis.curates())
            and (state <> 'approved' or (disowned_at is null
                and (checked_at is not null or btrim(proof) <> ''))))
        or (state = 'taken back' and proof = ''));
set local role trellis_policy;
update listing_claim set checked_at = null where how = 'charity number' and state = 'waiting';
reset role;
