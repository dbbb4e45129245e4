-- A context is for one transaction: the moment at which it began is part of what is signed. Whoever
-- saw one cannot say it again, on this connection or on another.
--
-- The release before signed four parts. They are still taken, since its processes serve until the
-- last of them has gone; the next release takes no more.

set local role trellis_policy;

create or replace function trellis.verified() returns text[]
language plpgsql stable parallel safe security definer set search_path = pg_catalog
as $$
declare
    signed text := current_setting('trellis.context', true);
    parts text[];
    body text;
    key trellis_private.context_key;
    count integer;
begin
    if signed is null or signed = '' then
        raise exception 'no context: who is asking?' using errcode = '28000';
    end if;
    parts := string_to_array(signed, '|');
    count := array_length(parts, 1);
    body := array_to_string(parts[1:count - 1], '|');
    select * into key from trellis_private.context_key;
    if count not in (5, 6) or key is null or parts[count] is distinct from
        encode(sha256(key.outer_key || sha256(key.inner_key || convert_to(body, 'UTF8'))), 'hex')
    then
        raise exception 'forged context' using errcode = '28000';
    end if;
    if parts[4]::bigint < extract(epoch from clock_timestamp()) then
        raise exception 'expired context' using errcode = '28000';
    end if;
    if count = 6 and parts[5]::bigint <> (extract(epoch from now()) * 1000000)::bigint then
        raise exception 'replayed context: it is of another transaction' using errcode = '28000';
    end if;
    return parts;
end $$;

reset role;
