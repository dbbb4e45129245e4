-- Functions that lend their rights are closed to everybody, those of triggers too.

set local role trellis_policy;

revoke execute on function trellis.places_changed() from public;
revoke execute on function trellis.note_feed_signs() from public;
revoke execute on function trellis.languages_spoken() from public;

reset role;
