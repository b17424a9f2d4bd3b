DROP FUNCTION diemtua.erase_case(uuid);
