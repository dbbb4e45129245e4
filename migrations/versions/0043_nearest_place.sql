-- Which place of a service is the nearest: asked of the few that have several. As a function it has
-- a price of its own: as a question inside a search the planner took it to be asked of every place
-- in the country, and then found all matches and sorted them instead of beginning with the nearest.

set local role trellis_policy;

create function trellis.nearest_place(service uuid, here point) returns uuid
language sql stable parallel safe cost 1 set search_path = pg_catalog
as $$
    select p.id from public.service_at_location p join public.location l on l.id = p.location_id
    where p.service_id = service and l.spot is not null
    order by point(l.easting, l.northing) <-> here, p.id limit 1
$$;
revoke execute on function trellis.nearest_place(uuid, point) from public;
grant execute on function trellis.nearest_place(uuid, point) to trellis_app;

reset role;
