-- When and how somebody proved who they are, kept with their session; the proof binds both.
alter table web_session add column proved_at timestamptz;
alter table web_session add column acr text;
alter table web_session add column assurance_proof bytea;
