set local role trellis_policy;
create or replace function trellis.name_words(said text) returns text[]
language sql immutable parallel safe set search_path = pg_catalog
as $$
    select coalesce(array_agg(distinct word order by word), '{}')
    from unnest(regexp_split_to_array(trellis.fold(said), '[^a-z0-9]+')) word
    where (length(word) > 1 or word ~ '[0-9]') and word not in ('the', 'and', 'of', 'for', 'at',
        'in', 'group', 'club', 'service', 'services', 'project')
$$;
reset role;
