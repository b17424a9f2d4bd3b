-- The tables go with their policies; what the policies called goes here, after them.
DROP POLICY service_that_a_stay_is ON casework_servicegiven;
DROP POLICY case_whose_stay_is_recorded ON casework_case;
DROP POLICY referral_sent_with_consent ON casework_referral;
DROP FUNCTION diemtua.is_stay_of(uuid, uuid, uuid);
DROP FUNCTION diemtua.case_has_stay(uuid);
DROP FUNCTION diemtua.may_share(uuid, uuid, uuid, varchar[], timestamptz);
DROP FUNCTION diemtua.take_over_case(uuid, timestamptz);
DROP FUNCTION diemtua.waiting_cases(integer);
DROP FUNCTION diemtua.join_duty(uuid, uuid);
DROP FUNCTION diemtua.case_keeps_its_worker() CASCADE;
DELETE FROM diemtua.vault_erasable WHERE records = 'casework_packet'::regclass;
