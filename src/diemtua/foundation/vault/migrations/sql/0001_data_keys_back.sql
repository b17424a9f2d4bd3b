DROP FUNCTION IF EXISTS diemtua.vault_is_used();
DROP FUNCTION IF EXISTS diemtua.vault_erase(uuid);
DROP POLICY IF EXISTS data_key_add ON vault_data_key;
DROP POLICY IF EXISTS data_key_read ON vault_data_key;
DROP FUNCTION IF EXISTS diemtua.vault_opens();
DROP TABLE IF EXISTS diemtua.vault_erasable;
