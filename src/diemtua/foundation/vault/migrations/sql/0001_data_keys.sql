-- Data keys. A wrapped key opens nothing without the key ring, which is not in the database; which
-- record may be read its own policy decides. Still, who never works with a person's record does not
-- even get the wrapped key.

-- Whether the asker works with persons' records: whoever does not can open nothing that is sealed.
CREATE FUNCTION diemtua.vault_opens() RETURNS boolean LANGUAGE sql STABLE
RETURN coalesce(diemtua.asker_kind() = 'job' OR diemtua.asker_role() IN (
    'COUNSELLOR', 'CASE_WORKER', 'PERPETRATOR_WORKER', 'SUPERVISOR', 'PROVIDER', 'COMMUNE_OFFICER'
), false);

ALTER TABLE vault_data_key ENABLE ROW LEVEL SECURITY;
REVOKE ALL ON vault_data_key FROM diemtua_app;
GRANT SELECT, INSERT ON vault_data_key TO diemtua_app;

CREATE POLICY data_key_read ON vault_data_key FOR SELECT TO diemtua_app
    USING ((SELECT diemtua.vault_opens()));
-- Whoever asks may seal: a person without an account who writes to the letterbox does, and cannot
-- read it back.
CREATE POLICY data_key_add ON vault_data_key FOR INSERT TO diemtua_app
    WITH CHECK ((SELECT diemtua.asker_kind()) IS NOT NULL
                AND wrapped IS NOT NULL AND erased_at IS NULL AND erased_by = '');

-- Destroys one data key and keeps who did it. Whether the asker may erase this record the room that
-- calls has decided; here only those come through who work with persons' records or watch over them,
-- and no person more often than 100 times an hour: whoever gets hold of one session cannot wipe a city.
CREATE FUNCTION diemtua.vault_erase(key_id uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    eraser text := coalesce(diemtua.asker_user()::text, diemtua.asker_job(), '');
BEGIN
    IF NOT (diemtua.vault_opens()
            OR coalesce(diemtua.asker_role() = 'DATA_PROTECTION_OFFICER', false)) THEN
        RAISE EXCEPTION 'The asker may not erase' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF diemtua.asker_kind() = 'member' AND 100 <= (
        SELECT count(*) FROM vault_data_key
         WHERE wrapped IS NULL AND erased_by = eraser
           AND erased_at > clock_timestamp() - interval '1 hour'
    ) THEN
        RAISE EXCEPTION 'Too many erasures' USING ERRCODE = 'program_limit_exceeded';
    END IF;
    UPDATE vault_data_key
       SET wrapped = NULL, erased_at = clock_timestamp(), erased_by = eraser
     WHERE id = key_id AND wrapped IS NOT NULL;
    RETURN FOUND;
END
$$;
REVOKE EXECUTE ON FUNCTION diemtua.vault_erase(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION diemtua.vault_erase(uuid) TO diemtua_app;

-- Whether anything was ever sealed here: then a missing key ring must be recovered, never made anew.
CREATE FUNCTION diemtua.vault_is_used() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT EXISTS (SELECT 1 FROM vault_data_key WHERE wrapped IS NOT NULL) $$;
REVOKE EXECUTE ON FUNCTION diemtua.vault_is_used() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION diemtua.vault_is_used() TO diemtua_app;
