-- The ODS code of the NHS role that somebody chose at their sign-in: they act for no other agency.
alter table web_session add column ods_code text;
