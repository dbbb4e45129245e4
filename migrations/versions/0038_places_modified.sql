-- A place that changes changes every service that is offered there: who keeps a copy of the
-- directory asks for what was modified, and must hear of it whoever changed the place and how.

set local role trellis_policy;

create function trellis.places_changed() returns trigger
language plpgsql security definer set search_path = pg_catalog
as $$
begin
    update public.service s set last_modified = greatest(s.last_modified, now())
    where s.id in (
        select p.service_id
        from changed
        join was using (id)
        join public.service_at_location p on p.location_id = changed.id
        where (changed.name, changed.address, changed.town, changed.postcode, changed.easting,
                changed.northing, changed.travel, changed.facilities, changed.access)
            is distinct from (was.name, was.address, was.town, was.postcode, was.easting,
                was.northing, was.travel, was.facilities, was.access));
    return null;
end $$;

reset role;

-- The search rows follow from the change of the services: once, not twice.
drop trigger listing_on_update on location;
create trigger places_changed after update on location
    referencing old table as was new table as changed
    for each statement execute function trellis.places_changed();
