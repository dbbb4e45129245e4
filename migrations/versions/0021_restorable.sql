-- A restore fills tables before it grants anything: what a stored column is made with must not
-- run as a role that has no rights yet.
set local role trellis_policy;
alter function trellis.said_of(text, text[]) security invoker;
grant execute on function trellis.fold(text) to trellis_owner;
reset role;
