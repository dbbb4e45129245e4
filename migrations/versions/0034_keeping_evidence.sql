-- Something seen long ago, and told of only now, does not take the place of something newer.
set local role trellis_policy;
create or replace function trellis.alive(which uuid, what text, who text, at timestamptz) returns void
language sql volatile security definer set search_path = pg_catalog
as $$
    update public.service set assured_at = at, assurer = who, evidence = what, doubt = '',
        doubted_at = null, prompts = 0, prompted_at = null
    where id = which and at >= coalesce(assured_at, '-infinity');
    insert into public.life_sign (id, created_at, service_id, kind, by_name)
    values (gen_random_uuid(), at, which, what, who)
$$;
reset role;
