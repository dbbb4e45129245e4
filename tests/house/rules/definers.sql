// ruleid: definers-fix-their-search-path
create function lets_anybody_in() returns void language sql security definer as $$ select 1 $$;
// ok: definers-fix-their-search-path
create function fixed() returns void language sql security definer set search_path = pg_catalog as $$ select 1 $$;
