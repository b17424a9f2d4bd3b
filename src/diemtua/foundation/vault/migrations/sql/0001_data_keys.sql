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

-- Which records lose their key by vault_erase alone. A room adds its tables whose records one person
-- may erase; everything else ends by a step of its room that asks for more (erase_case: two people).
CREATE TABLE diemtua.vault_erasable (records regclass PRIMARY KEY);
REVOKE ALL ON diemtua.vault_erasable FROM PUBLIC;

-- Destroys one data key and keeps who did it. Whether the asker may erase this record the room that
-- calls has decided; here only those come through who work with persons' records or watch over them,
-- only keys that no other table than the erasable ones uses, and no person more often than 100 times
-- an hour: whoever gets hold of one session cannot wipe a city.
CREATE FUNCTION diemtua.vault_erase(key_id uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    eraser text := coalesce(diemtua.asker_user()::text, diemtua.asker_job(), '');
    user_of_keys record;
    is_used boolean;
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
    FOR user_of_keys IN
        SELECT c.conrelid::regclass AS records, a.attname AS key_column
          FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
         WHERE c.contype = 'f' AND c.confrelid = 'public.vault_data_key'::regclass
           AND NOT EXISTS (SELECT FROM diemtua.vault_erasable e WHERE e.records = c.conrelid)
    LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM %s WHERE %I = $1)', user_of_keys.records, user_of_keys.key_column)
           INTO is_used USING key_id;
        IF is_used THEN
            RAISE EXCEPTION 'This record is erased by a step of its own alone'
                USING ERRCODE = 'insufficient_privilege';
        END IF;
    END LOOP;
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
