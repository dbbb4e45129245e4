-- Everybody reads the directory. An agency's coordinators write what belongs to the
-- organisation that is their agency; curators of a council write every listing.

grant select on organisation, service, service_term, service_area, schedule, location,
    service_at_location, taxonomy, taxonomy_term, disclosure_profile, postcode, outward_code
    to trellis_app, trellis_report, trellis_policy;
grant insert on organisation, service, location to trellis_app;
grant insert, delete on service_term to trellis_app;
grant insert, update, delete on service_area, schedule, service_at_location to trellis_app;
grant select, insert on listing_change to trellis_app;
grant select on listing_change to trellis_policy;
-- Named columns: ids and owners are settled when a row is made.
grant update (name, description, email, phone, url, charity_number, company_number, agency_id,
    last_modified, version) on organisation to trellis_app;
grant update (name, description, status, alert, eligibility, minimum_age, maximum_age, fees,
    self_referral, accepts_referrals, access_modes, languages, contact_name, phone, email, url,
    capacity_state, capacity_places, capacity_weeks, capacity_updated_at, assured_at, assurer,
    last_modified, disclosure_profile_id, version) on service to trellis_app;
grant update (name, address, town, postcode, easting, northing, travel, facilities, access)
    on location to trellis_app;

-- Reference data comes from files, through the maintenance role.
grant insert, update, delete, truncate on postcode, outward_code to trellis_policy;
grant insert, update on taxonomy, taxonomy_term, disclosure_profile to trellis_policy;
-- A bulk load of a whole directory does too.
grant insert, update, delete on organisation, service, service_term, service_area, schedule,
    location, service_at_location to trellis_policy;

create function trellis.curates() returns boolean
language sql stable security definer set search_path = pg_catalog
as $$
    select coalesce('curate' = any (trellis.reach()), false) and exists (
        select from public.agency where id = trellis.agency() and kind = 'council' and active)
$$;

create function trellis.keeps_organisation(which uuid) returns boolean
language sql stable security definer set search_path = pg_catalog
as $$
    select trellis.curates() or exists (
        select from public.organisation
        where id = which and agency_id = trellis.agency() and 'onward' = any (trellis.reach()))
$$;

create function trellis.keeps_service(which uuid) returns boolean
language sql stable security definer set search_path = pg_catalog
as $$
    select coalesce(
        (select trellis.keeps_organisation(organisation_id) from public.service where id = which),
        false)
$$;

alter table organisation enable row level security;
alter table organisation force row level security;
create policy everyone_reads on organisation for select using (true);
create policy curator_adds on organisation for insert to trellis_app
    with check ((select trellis.curates()));
create policy keeper_changes on organisation for update to trellis_app
    using (trellis.keeps_organisation(id))
    with check ((select trellis.curates()) or agency_id = (select trellis.agency()));
create policy everything on organisation to trellis_policy using (true);

alter table service enable row level security;
alter table service force row level security;
create policy everyone_reads on service for select using (true);
create policy keeper_adds on service for insert to trellis_app
    with check (trellis.keeps_organisation(organisation_id));
create policy keeper_changes on service for update to trellis_app
    using (trellis.keeps_organisation(organisation_id));
create policy everything on service to trellis_policy using (true);

alter table location enable row level security;
alter table location force row level security;
create policy everyone_reads on location for select using (true);
create policy keeper_adds on location for insert to trellis_app
    with check (trellis.keeps_organisation(organisation_id));
create policy keeper_changes on location for update to trellis_app
    using (trellis.keeps_organisation(organisation_id));
create policy everything on location to trellis_policy using (true);

alter table service_term enable row level security;
alter table service_term force row level security;
create policy everyone_reads on service_term for select using (true);
create policy keeper_adds on service_term for insert to trellis_app
    with check (trellis.keeps_service(service_id));
create policy keeper_removes on service_term for delete to trellis_app
    using (trellis.keeps_service(service_id));
create policy everything on service_term to trellis_policy using (true);

alter table service_area enable row level security;
alter table service_area force row level security;
create policy everyone_reads on service_area for select using (true);
create policy keeper_adds on service_area for insert to trellis_app
    with check (trellis.keeps_service(service_id));
create policy keeper_changes on service_area for update to trellis_app
    using (trellis.keeps_service(service_id));
create policy keeper_removes on service_area for delete to trellis_app
    using (trellis.keeps_service(service_id));
create policy everything on service_area to trellis_policy using (true);

alter table schedule enable row level security;
alter table schedule force row level security;
create policy everyone_reads on schedule for select using (true);
create policy keeper_adds on schedule for insert to trellis_app
    with check (trellis.keeps_service(service_id));
create policy keeper_changes on schedule for update to trellis_app
    using (trellis.keeps_service(service_id));
create policy keeper_removes on schedule for delete to trellis_app
    using (trellis.keeps_service(service_id));
create policy everything on schedule to trellis_policy using (true);

alter table service_at_location enable row level security;
alter table service_at_location force row level security;
create policy everyone_reads on service_at_location for select using (true);
create policy keeper_adds on service_at_location for insert to trellis_app
    with check (trellis.keeps_service(service_id));
create policy keeper_changes on service_at_location for update to trellis_app
    using (trellis.keeps_service(service_id));
create policy keeper_removes on service_at_location for delete to trellis_app
    using (trellis.keeps_service(service_id));
create policy everything on service_at_location to trellis_policy using (true);

-- A listing's history names members of staff, so only its keepers read it.
alter table listing_change enable row level security;
alter table listing_change force row level security;
create policy keeper_reads on listing_change for select to trellis_app
    using (trellis.keeps_service(service_id));
create policy keeper_adds on listing_change for insert to trellis_app with check (
    trellis.keeps_service(service_id) and by_user_id = (select trellis.user_id())
    and agency_id = (select trellis.agency()));
create policy everything on listing_change to trellis_policy using (true);

revoke execute on function trellis.curates(), trellis.keeps_organisation(uuid),
    trellis.keeps_service(uuid) from public;
grant execute on function trellis.curates(), trellis.keeps_organisation(uuid),
    trellis.keeps_service(uuid) to trellis_app;
alter function trellis.curates() owner to trellis_policy;
alter function trellis.keeps_organisation(uuid) owner to trellis_policy;
alter function trellis.keeps_service(uuid) owner to trellis_policy;
