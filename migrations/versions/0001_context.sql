-- The signed context: `user|agency|reach|expiry|hmac`, set for one transaction by the
-- application and checked here, so that injected SQL cannot say it is somebody else.

create schema trellis;
create schema trellis_private;
grant usage on schema trellis to trellis_app, trellis_report, trellis_policy;
grant usage, create on schema trellis, trellis_private to trellis_policy;
grant usage on schema public to trellis_app, trellis_report, trellis_policy;
revoke create on schema public from public;

-- HMAC-SHA256 (RFC 2104) from the built-in sha256: the key is kept already padded.
create table trellis_private.context_key (
    only_one boolean primary key default true check (only_one),
    inner_key bytea not null check (length(inner_key) = 64),
    outer_key bytea not null check (length(outer_key) = 64)
);
alter table trellis_private.context_key owner to trellis_policy;

create function trellis.verified() returns text[]
language plpgsql stable parallel safe security definer set search_path = pg_catalog
as $$
declare
    signed text := current_setting('trellis.context', true);
    parts text[];
    body text;
    key trellis_private.context_key;
begin
    if signed is null or signed = '' then
        raise exception 'no context: who is asking?' using errcode = '28000';
    end if;
    parts := string_to_array(signed, '|');
    body := array_to_string(parts[1:4], '|');
    select * into key from trellis_private.context_key;
    if array_length(parts, 1) is distinct from 5 or key is null or parts[5] is distinct from
        encode(sha256(key.outer_key || sha256(key.inner_key || convert_to(body, 'UTF8'))), 'hex')
    then
        raise exception 'forged context' using errcode = '28000';
    end if;
    if parts[4]::bigint < extract(epoch from clock_timestamp()) then
        raise exception 'expired context' using errcode = '28000';
    end if;
    return parts;
end $$;

create function trellis.user_id() returns uuid
language sql stable parallel safe set search_path = pg_catalog
as $$ select nullif((trellis.verified())[1], '')::uuid $$;

create function trellis.agency() returns uuid
language sql stable parallel safe set search_path = pg_catalog
as $$ select nullif((trellis.verified())[2], '')::uuid $$;

create function trellis.reach() returns text[]
language sql stable parallel safe set search_path = pg_catalog
as $$ select string_to_array((trellis.verified())[3], ',') $$;

revoke execute on all functions in schema trellis from public;
grant execute on all functions in schema trellis to trellis_app, trellis_report, trellis_owner;

grant select on alembic_version to trellis_app;

-- Last: what is given away can no longer be granted by the owner.
alter function trellis.verified() owner to trellis_policy;
alter function trellis.user_id() owner to trellis_policy;
alter function trellis.agency() owner to trellis_policy;
alter function trellis.reach() owner to trellis_policy;
