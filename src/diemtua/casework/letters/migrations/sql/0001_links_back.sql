DROP POLICY referral_answer_told_to_its_sender ON casework_referral;
DROP POLICY packet_read_once_by_link ON casework_packet;
DROP POLICY referral_answered_by_link ON casework_referral;
DROP POLICY referral_read_by_link ON casework_referral;
DROP FUNCTION diemtua.link_only_wears_out() CASCADE;
DROP FUNCTION diemtua.link_parties();
DROP FUNCTION diemtua.referral_in_hand(boolean);
DROP FUNCTION diemtua.link_told(bytea) CASCADE;
