DROP FUNCTION diemtua.erase_contacts_of_case(uuid);
