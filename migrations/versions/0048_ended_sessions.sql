-- A session that has ended stays so, whatever is said with the application's own credentials: no
-- end is taken back, and no row is taken out, or made another, to be put in again as it was.
create function trellis.keep_session_ended() returns trigger
language plpgsql set search_path = pg_catalog
as $$
begin
    if current_user <> 'trellis_app' then
        return case tg_op when 'DELETE' then old else new end;
    end if;
    if tg_op = 'DELETE' then
        if old.user_id is not null and old.expires_at > now() then
            raise exception 'a session is ended, not taken out' using errcode = '42501';
        end if;
        return old;
    end if;
    if (new.id, new.user_id, new.expires_at) is distinct from (old.id, old.user_id, old.expires_at)
        or (old.ended_at is not null and new.ended_at is distinct from old.ended_at) then
        raise exception 'a session stays what it is, and ended' using errcode = '42501';
    end if;
    return new;
end $$;
create trigger keep_session_ended before update or delete on web_session
    for each row execute function trellis.keep_session_ended();

-- Logout tokens that were believed: one counts once. They are not believed for longer than minutes.
create table logout_token (digest bytea primary key, until timestamptz not null);
create index on logout_token (until);
grant select, insert, delete on logout_token to trellis_app;
