-- The references of whom an officer oversees, for a list of their legal holds: one question a page.
create function trellis.overseen_references(people uuid[])
returns table (person_id uuid, refs text[])
language plpgsql stable security definer set search_path = pg_catalog
as $$
begin
    perform trellis.require_reach('oversee');
    return query
    select t.person_id, array_agg(t.reference order by t.reference) from public.retention t
    where t.person_id = any (people) and trellis.oversees(t.person_id) group by t.person_id;
end $$;
revoke execute on function trellis.overseen_references(uuid[]) from public;
grant execute on function trellis.overseen_references(uuid[]) to trellis_app;
alter function trellis.overseen_references(uuid[]) owner to trellis_policy;
