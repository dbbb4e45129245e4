-- Nothing is read by it, and it put the people who were sent to one service side by side: nearly a
-- diagnosis. An onward referral is found by its referral, its relationship or its reference.
-- squawk-ignore require-concurrent-index-deletion
drop index onward_referral_service_id_requested_at_idx;
