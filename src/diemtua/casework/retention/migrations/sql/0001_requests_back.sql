DROP FUNCTION diemtua.erase_case(uuid);
DROP FUNCTION diemtua.request_names_who_acts() CASCADE;
