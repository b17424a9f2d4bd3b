-- Requests of persons over their data. The same rules stand in policies.py.
ALTER TABLE retention_request ENABLE ROW LEVEL SECURITY;
REVOKE UPDATE, DELETE ON retention_request FROM diemtua_app;
GRANT UPDATE (state, due_at, extended_at, replied_at, decided_by_id, decided_at, refusal, done_by_id, done_at)
    ON retention_request TO diemtua_app;

CREATE POLICY request_read_with_its_case ON retention_request FOR SELECT TO diemtua_app USING (
    (SELECT diemtua.asker_role()) IN ('COUNSELLOR', 'CASE_WORKER', 'SUPERVISOR')
    AND EXISTS (SELECT FROM casework_case c WHERE c.id = case_id)
);
CREATE POLICY erasure_read_by_the_officer ON retention_request FOR SELECT TO diemtua_app USING (
    (SELECT diemtua.asker_role()) = 'DATA_PROTECTION_OFFICER' AND "right" = 'ERASE' AND state <> 'RECEIVED'
);
CREATE POLICY request_received_with_its_case ON retention_request FOR INSERT TO diemtua_app WITH CHECK (
    received_by_id = (SELECT diemtua.asker_user())
    AND state = 'RECEIVED' AND decided_by_id IS NULL AND done_by_id IS NULL
    AND EXISTS (SELECT FROM casework_case c WHERE c.id = case_id AND c.organisation_id = retention_request.organisation_id
                AND c.code = retention_request.code)
);
CREATE POLICY request_decided_by_the_supervisor ON retention_request FOR UPDATE TO diemtua_app USING (
    (SELECT diemtua.asker_role()) = 'SUPERVISOR'
    AND organisation_id = (SELECT diemtua.asker_organisation())
    AND state IN ('RECEIVED', 'GRANTED')
) WITH CHECK (
    organisation_id = (SELECT diemtua.asker_organisation())
    AND (decided_by_id IS NULL OR decided_by_id = (SELECT diemtua.asker_user()) OR state IN ('GRANTED', 'DONE'))
    AND NOT ("right" = 'ERASE' AND state = 'DONE')
);
CREATE POLICY erasure_refused_by_the_officer ON retention_request FOR UPDATE TO diemtua_app USING (
    (SELECT diemtua.asker_role()) = 'DATA_PROTECTION_OFFICER' AND "right" = 'ERASE' AND state = 'GRANTED'
) WITH CHECK (state = 'REFUSED' AND decided_by_id = (SELECT diemtua.asker_user()));

-- Who decided and who carried it out is never somebody else than who does it: that two people erase a
-- case hangs on it.
CREATE FUNCTION diemtua.request_names_who_acts() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    me uuid := diemtua.asker_user();
BEGIN
    IF current_user = 'diemtua_app' AND (
        NEW.decided_by_id IS DISTINCT FROM OLD.decided_by_id AND NEW.decided_by_id IS DISTINCT FROM me
        OR NEW.done_by_id IS DISTINCT FROM OLD.done_by_id AND NEW.done_by_id IS DISTINCT FROM me
        OR NEW.state = 'GRANTED' AND OLD.state <> 'GRANTED' AND NEW.decided_by_id IS DISTINCT FROM me
    ) THEN
        RAISE EXCEPTION 'Nobody decides in another''s name' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER request_names_who_acts BEFORE UPDATE ON retention_request
    FOR EACH ROW EXECUTE FUNCTION diemtua.request_names_who_acts();

-- Carries out a granted erasure: destroys the key of the case and of every packet shared out of it,
-- the keys of its files and of the accesses to it, and what could find it by name or number. The
-- officer who asks may not be the one who granted it, and sees nothing of the case.
CREATE FUNCTION diemtua.erase_case(request uuid) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    me uuid := diemtua.asker_user();
    wanted uuid;
    destroyed integer;
BEGIN
    IF diemtua.asker_role() IS DISTINCT FROM 'DATA_PROTECTION_OFFICER' OR me IS NULL THEN
        RAISE EXCEPTION 'Only the data protection officer erases' USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE public.retention_request r
       SET state = 'DONE', done_by_id = me, done_at = clock_timestamp()
     WHERE r.id = request AND r."right" = 'ERASE' AND r.state = 'GRANTED' AND r.decided_by_id <> me
    RETURNING r.case_id INTO wanted;
    IF wanted IS NULL THEN
        RETURN 0;
    END IF;
    UPDATE public.vault_data_key k
       SET wrapped = NULL, erased_at = clock_timestamp(), erased_by = me::text
     WHERE k.wrapped IS NOT NULL AND k.id IN (
        SELECT c.data_key_id FROM public.casework_case c WHERE c.id = wanted
        UNION SELECT p.data_key_id FROM public.casework_packet p
              JOIN public.casework_referral r ON r.id = p.referral_id WHERE r.case_id = wanted
        UNION SELECT a.data_key_id FROM public.casework_caseaccess a WHERE a.case_id = wanted
        UNION SELECT d.data_key_id FROM public.casework_duty d WHERE d.case_id = wanted
     );
    GET DIAGNOSTICS destroyed = ROW_COUNT;
    DELETE FROM public.casework_casetoken t WHERE t.case_id = wanted;
    UPDATE public.casework_case c
       SET identity = NULL, story = NULL, safe_contact = NULL, fact_link = NULL
     WHERE c.id = wanted;
    RETURN destroyed;
END
$$;
REVOKE ALL ON FUNCTION diemtua.erase_case(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION diemtua.erase_case(uuid) TO diemtua_app;
