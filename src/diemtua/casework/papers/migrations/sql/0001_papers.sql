-- Who may reach which paper: whoever sees its case. policies.py says the same, and a matrix test holds
-- the two against each other. A paper is never changed and never deleted by the application.
ALTER TABLE papers_paper ENABLE ROW LEVEL SECURITY;
REVOKE UPDATE, DELETE ON papers_paper FROM diemtua_app;

-- Whether a version to come is of the same paper, case and key as the one it replaces. (A policy may not
-- ask its own table.)
CREATE FUNCTION diemtua.paper_follows(older uuid, of_thread uuid, of_case uuid, of_key uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT EXISTS (SELECT FROM public.papers_paper p WHERE p.id = older AND p.thread = of_thread
                        AND p.case_id = of_case AND p.data_key_id = of_key) $$;
REVOKE ALL ON FUNCTION diemtua.paper_follows(uuid, uuid, uuid, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION diemtua.paper_follows(uuid, uuid, uuid, uuid) TO diemtua_app;

CREATE POLICY paper_read_with_its_case ON papers_paper FOR SELECT TO diemtua_app USING (
    (SELECT diemtua.asker_role()) IN ('COUNSELLOR', 'CASE_WORKER', 'SUPERVISOR')
    AND EXISTS (SELECT FROM casework_case c WHERE c.id = case_id)
);
CREATE POLICY paper_written_in_a_case_seen ON papers_paper FOR INSERT TO diemtua_app WITH CHECK (
    recorded_by_id = (SELECT diemtua.asker_user())
    AND (SELECT diemtua.asker_role()) IN ('COUNSELLOR', 'CASE_WORKER', 'SUPERVISOR')
    AND EXISTS (SELECT FROM casework_case c WHERE c.id = case_id AND c.status <> 'CLOSED')
    AND (replaces_id IS NULL OR diemtua.paper_follows(replaces_id, thread, case_id, data_key_id))
);

ALTER TABLE papers_withdrawal ENABLE ROW LEVEL SECURITY;
REVOKE UPDATE, DELETE ON papers_withdrawal FROM diemtua_app;
GRANT UPDATE (state, decided_by_id, decided_at) ON papers_withdrawal TO diemtua_app;

CREATE POLICY withdrawal_read_with_its_case ON papers_withdrawal FOR SELECT TO diemtua_app USING (
    (SELECT diemtua.asker_role()) IN ('COUNSELLOR', 'CASE_WORKER', 'SUPERVISOR')
    AND EXISTS (SELECT FROM casework_case c WHERE c.id = case_id)
);
CREATE POLICY withdrawal_asked_in_ones_own_name ON papers_withdrawal FOR INSERT TO diemtua_app WITH CHECK (
    asked_by_id = (SELECT diemtua.asker_user())
    AND state IN ('ASKED', 'WITHDRAWN') AND decided_by_id IS NULL
    AND (SELECT diemtua.asker_role()) IN ('COUNSELLOR', 'CASE_WORKER', 'SUPERVISOR')
    AND EXISTS (SELECT FROM papers_paper p WHERE p.id = papers_withdrawal.thread AND p.case_id = papers_withdrawal.case_id)
);
-- Keeping is the supervisor's; erasing goes through erase_paper alone.
CREATE POLICY withdrawal_refused_by_the_supervisor ON papers_withdrawal FOR UPDATE TO diemtua_app USING (
    (SELECT diemtua.asker_role()) = 'SUPERVISOR' AND state = 'ASKED'
    AND EXISTS (SELECT FROM casework_case c WHERE c.id = case_id)
) WITH CHECK (
    state = 'KEPT' AND decided_by_id = (SELECT diemtua.asker_user())
);

-- Erases one paper in all its versions: destroys its key and empties it. Only a supervisor of the
-- case's organisation who did not ask for it, and only a key that nothing but the paper uses.
CREATE FUNCTION diemtua.erase_paper(withdrawal uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    me uuid := diemtua.asker_user();
    wanted uuid;
    key_id uuid;
    user_of_keys record;
    is_used boolean;
BEGIN
    IF diemtua.asker_role() IS DISTINCT FROM 'SUPERVISOR' OR me IS NULL THEN
        RAISE EXCEPTION 'Only a supervisor erases a paper' USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE public.papers_withdrawal w
       SET state = 'ERASED', decided_by_id = me, decided_at = clock_timestamp()
      FROM public.casework_case c
     WHERE w.id = withdrawal AND w.state = 'ASKED' AND w.erases AND w.asked_by_id <> me
       AND c.id = w.case_id AND c.organisation_id = diemtua.asker_organisation()
    RETURNING w.thread INTO wanted;
    IF wanted IS NULL THEN
        RETURN false;
    END IF;
    SELECT p.data_key_id INTO key_id FROM public.papers_paper p WHERE p.id = wanted;
    FOR user_of_keys IN
        SELECT c.conrelid::regclass AS records, a.attname AS key_column
          FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
         WHERE c.contype = 'f' AND c.confrelid = 'public.vault_data_key'::regclass
           AND c.conrelid NOT IN ('public.papers_paper'::regclass, 'public.vault_attachment'::regclass)
    LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM %s WHERE %I = $1)', user_of_keys.records, user_of_keys.key_column)
           INTO is_used USING key_id;
        IF is_used THEN
            RAISE EXCEPTION 'This key is not the paper''s own' USING ERRCODE = 'insufficient_privilege';
        END IF;
    END LOOP;
    UPDATE public.vault_data_key k
       SET wrapped = NULL, erased_at = clock_timestamp(), erased_by = me::text
     WHERE k.id = key_id AND k.wrapped IS NOT NULL;
    UPDATE public.papers_paper p SET content = NULL WHERE p.thread = wanted;
    RETURN true;
END
$$;
REVOKE ALL ON FUNCTION diemtua.erase_paper(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION diemtua.erase_paper(uuid) TO diemtua_app;

-- The papers of a case end with its key, whoever destroys that and by whichever step.
CREATE FUNCTION diemtua.papers_end_with_their_case() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    UPDATE public.vault_data_key k
       SET wrapped = NULL, erased_at = NEW.erased_at, erased_by = NEW.erased_by
     WHERE k.wrapped IS NOT NULL AND k.id IN (
        SELECT p.data_key_id FROM public.papers_paper p
          JOIN public.casework_case c ON c.id = p.case_id
         WHERE c.data_key_id = NEW.id);
    RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION diemtua.papers_end_with_their_case() FROM PUBLIC;
CREATE TRIGGER papers_end_with_their_case AFTER UPDATE OF wrapped ON vault_data_key
    FOR EACH ROW WHEN (OLD.wrapped IS NOT NULL AND NEW.wrapped IS NULL)
    EXECUTE FUNCTION diemtua.papers_end_with_their_case();

-- A file is reached by who reaches its paper, and removed only after the paper was erased.
CREATE POLICY paper_files_with_their_paper ON vault_attachment AS RESTRICTIVE TO diemtua_app USING (
    owner_label <> 'papers.Paper'
    OR EXISTS (SELECT FROM papers_paper p WHERE p.id = owner_id AND p.data_key_id = vault_attachment.data_key_id)
);
CREATE POLICY paper_files_stay_until_erased ON vault_attachment AS RESTRICTIVE FOR UPDATE TO diemtua_app USING (
    owner_label <> 'papers.Paper'
    OR EXISTS (SELECT FROM papers_withdrawal w JOIN papers_paper p ON p.thread = w.thread
                WHERE p.id = owner_id AND w.state = 'ERASED')
);
-- Its pieces too: whoever sees a file may not delete them under it.
CREATE FUNCTION diemtua.paper_pieces_may_go(file uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT NOT EXISTS (SELECT FROM public.vault_attachment a
                          WHERE a.id = file AND a.owner_label = 'papers.Paper' AND a.removed_at IS NULL) $$;
REVOKE ALL ON FUNCTION diemtua.paper_pieces_may_go(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION diemtua.paper_pieces_may_go(uuid) TO diemtua_app;
CREATE POLICY paper_pieces_stay_until_erased ON vault_attachment_chunk AS RESTRICTIVE FOR DELETE TO diemtua_app
    USING (diemtua.paper_pieces_may_go(attachment_id));
