-- Files that hang on records. The record they hang on decides: a room narrows this with a RESTRICTIVE
-- policy of its own (see the vault's README). Here: the same organisation, and a role that opens.
ALTER TABLE vault_attachment ENABLE ROW LEVEL SECURITY;
ALTER TABLE vault_attachment_chunk ENABLE ROW LEVEL SECURITY;
REVOKE ALL ON vault_attachment, vault_attachment_chunk FROM diemtua_app;
-- Their key is that of the record they hang on, and ends with it.
INSERT INTO diemtua.vault_erasable VALUES ('vault_attachment');
GRANT SELECT, INSERT, UPDATE (name, wrapped, removed_at) ON vault_attachment TO diemtua_app;
GRANT SELECT, INSERT, DELETE ON vault_attachment_chunk TO diemtua_app;

CREATE POLICY attachment_same_organisation ON vault_attachment TO diemtua_app
    USING ((SELECT diemtua.asker_kind()) = 'job'
           OR ((SELECT diemtua.vault_opens())
               AND organisation_id = (SELECT diemtua.asker_organisation())));

-- A piece is seen by who sees its file. It is written before its file, in the same transaction.
CREATE POLICY attachment_chunk_read ON vault_attachment_chunk FOR SELECT TO diemtua_app
    USING (EXISTS (SELECT 1 FROM vault_attachment a WHERE a.id = attachment_id));
CREATE POLICY attachment_chunk_remove ON vault_attachment_chunk FOR DELETE TO diemtua_app
    USING (EXISTS (SELECT 1 FROM vault_attachment a WHERE a.id = attachment_id));
CREATE POLICY attachment_chunk_add ON vault_attachment_chunk FOR INSERT TO diemtua_app
    WITH CHECK ((SELECT diemtua.vault_opens()));

-- A file that was removed stays removed, and only an empty name may be written over a name.
CREATE FUNCTION diemtua.vault_attachment_only_removed() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF OLD.removed_at IS NOT NULL
       AND (NEW.removed_at IS DISTINCT FROM OLD.removed_at OR NEW.wrapped IS NOT NULL
            OR NEW.name IS NOT NULL) THEN
        RAISE EXCEPTION 'A removed file stays removed' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NEW.removed_at IS NULL THEN
        RAISE EXCEPTION 'A file is removed or left as it is' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER vault_attachment_only_removed BEFORE UPDATE ON vault_attachment
    FOR EACH ROW EXECUTE FUNCTION diemtua.vault_attachment_only_removed();
