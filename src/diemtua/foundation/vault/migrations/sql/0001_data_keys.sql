-- Data keys: whoever asks may read wrapped keys and add one; nobody but the owner changes one.
-- A wrapped key opens nothing without the key ring, which is not in the database; which record may be
-- read is decided by that record's own policy.
ALTER TABLE vault_data_key ENABLE ROW LEVEL SECURITY;
REVOKE ALL ON vault_data_key FROM diemtua_app;
GRANT SELECT, INSERT ON vault_data_key TO diemtua_app;
CREATE POLICY data_key_read ON vault_data_key FOR SELECT TO diemtua_app
    USING ((SELECT diemtua.asker_kind()) IN ('member', 'job', 'public'));
CREATE POLICY data_key_add ON vault_data_key FOR INSERT TO diemtua_app
    WITH CHECK ((SELECT diemtua.asker_kind()) IN ('member', 'job', 'public') AND erased_at IS NULL);

-- Destroys one data key. The room that calls it has decided that the asker may.
CREATE FUNCTION diemtua.vault_erase(key uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public
AS $$
BEGIN
    IF diemtua.asker() IS NULL THEN
        RAISE EXCEPTION 'Nobody asks' USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE vault_data_key SET wrapped = NULL, erased_at = clock_timestamp()
     WHERE id = key AND wrapped IS NOT NULL;
    RETURN FOUND;
END
$$;
REVOKE EXECUTE ON FUNCTION diemtua.vault_erase(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION diemtua.vault_erase(uuid) TO diemtua_app;
