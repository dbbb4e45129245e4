-- Nobody is at the keyboard when the worker reads a feed for a council.

create or replace function trellis.feed_is_evidence() returns trigger
language plpgsql set search_path = pg_catalog
as $$
declare
    is_feed boolean := session_user not in ('trellis_app', 'trellis_report');
begin
    if not is_feed then
        -- Apart from the line above: the operator's roles may not ask this.
        is_feed := trellis.user_id() is null and trellis.curates();
    end if;
    if is_feed and new.assured_at is not null then
        if tg_op = 'INSERT' then
            new.evidence := 'feed';
        elsif new.assured_at is distinct from old.assured_at
            and new.evidence is not distinct from old.evidence then
            new.evidence := 'feed';
            new.prompts := 0;
        end if;
    end if;
    return new;
end $$;
