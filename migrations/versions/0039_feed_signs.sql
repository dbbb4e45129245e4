-- What a feed tells by itself: that a listing was worked on, and that it is there no more.

-- A wider one follows at once.
-- squawk-ignore ban-drop-constraint
alter table life_sign drop constraint life_sign_kind_check;
alter table life_sign add constraint life_sign_kind_check check (kind in ('accepted', 'confirmed',
    'answered', 'phoned', 'feed', 'bounced', 'closed', 'reported', 'gone')) not valid;
alter table life_sign validate constraint life_sign_kind_check;

alter table source_record add column gone_at timestamptz;

set local role trellis_policy;

create function trellis.note_feed_signs() returns trigger
language plpgsql security definer set search_path = pg_catalog
as $$
begin
    insert into public.life_sign (id, created_at, service_id, kind, by_name)
    select gen_random_uuid(), now(), changed.id, 'feed', changed.assurer
    from changed join was using (id)
    where changed.evidence = 'feed' and changed.assured_at is distinct from was.assured_at;
    return null;
end $$;

-- These services of a source are there no more, and all others are. Each is doubted once, when it
-- is first missed: who then confirms it is not asked again. Coming back takes the doubt away.
create function trellis.source_left(which uuid, missing text[]) returns void
language plpgsql security definer set search_path = pg_catalog
as $$
begin
    if session_user in ('trellis_app', 'trellis_report') then
        if trellis.user_id() is not null or not trellis.curates() or not exists (
                select from public.directory_source
                where id = which and agency_id = trellis.agency()) then
            raise insufficient_privilege using message = 'only the reading of a source says this';
        end if;
    end if;
    with back as (
        update public.source_record set gone_at = null
        where source_id = which and kind = 'service' and gone_at is not null
            and external_id <> all (missing)
        returning local_id)
    update public.service set doubt = '', doubted_at = null
    where id in (select local_id from back) and doubt = 'gone';
    with gone as (
        update public.source_record set gone_at = now()
        where source_id = which and kind = 'service' and gone_at is null
            and external_id = any (missing)
        returning local_id),
    doubted as (
        update public.service set doubt = 'gone', doubted_at = now()
        where id in (select local_id from gone) and doubt = '' and status = 'active'
            and merged_into_id is null
        returning id)
    insert into public.life_sign (id, created_at, service_id, kind, by_name)
    select gen_random_uuid(), now(), doubted.id, 'gone', source.name
    from doubted, public.directory_source source where source.id = which;
end $$;
revoke execute on function trellis.source_left(uuid, text[]) from public;
grant execute on function trellis.source_left(uuid, text[]) to trellis_app;

reset role;

create trigger note_feed_signs after update on service
    referencing old table as was new table as changed
    for each statement execute function trellis.note_feed_signs();
