-- The languages that services speak, by the word that stands in a facet: a search can offer them
-- all without looking at every service.

create table spoken_language (
    slug text primary key,
    name text not null
);
grant select on spoken_language to trellis_app, trellis_report;
grant select, insert on spoken_language to trellis_policy;

set local role trellis_policy;

create function trellis.languages_spoken() returns trigger
language plpgsql security definer set search_path = pg_catalog
as $$
begin
    insert into public.spoken_language (slug, name)
    select regexp_replace(trellis.fold(tongue), '[^a-z0-9]+', '-', 'g') slug, min(tongue)
    from changed, unnest(changed.languages) tongue
    where trellis.fold(tongue) <> 'english' and length(tongue) <= 60
    group by slug order by slug
    on conflict do nothing;
    return null;
end $$;

insert into public.spoken_language (slug, name)
select regexp_replace(trellis.fold(tongue), '[^a-z0-9]+', '-', 'g') slug, min(tongue)
from public.service, unnest(languages) tongue
where trellis.fold(tongue) <> 'english' and length(tongue) <= 60
group by slug;

reset role;

create trigger languages_on_insert after insert on service
    referencing new table as changed for each statement execute function trellis.languages_spoken();
create trigger languages_on_update after update on service
    referencing new table as changed for each statement execute function trellis.languages_spoken();
