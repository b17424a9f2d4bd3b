DROP POLICY IF EXISTS duty_started_with_its_contact ON casework_duty;
DROP FUNCTION IF EXISTS diemtua.earlier_contacts(uuid, integer);
DROP FUNCTION IF EXISTS diemtua.hand_over_contact(uuid, uuid);
DROP POLICY IF EXISTS contact_written ON hotline_contact;
DROP POLICY IF EXISTS contact_taken ON hotline_contact;
DROP POLICY IF EXISTS contact_of_its_centre ON hotline_contact;
