DROP POLICY IF EXISTS contact_written ON hotline_contact;
DROP POLICY IF EXISTS contact_taken ON hotline_contact;
DROP POLICY IF EXISTS contact_of_its_centre ON hotline_contact;
