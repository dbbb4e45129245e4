-- Text of plain letters has nothing to take off; its length in bytes says so at once.

set local role trellis_policy;

create or replace function trellis.fold(words text) returns text
language sql immutable parallel safe strict set search_path = pg_catalog
as $$
    select lower(case when octet_length(words) = length(words) then words
        else regexp_replace(normalize(words, nfkd), '[\u0300-\u036f]', '', 'g') end)
$$;

reset role;
