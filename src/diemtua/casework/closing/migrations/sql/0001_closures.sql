-- Closures. The same rules stand in policies.py.
ALTER TABLE closing_closure ENABLE ROW LEVEL SECURITY;
REVOKE UPDATE, DELETE ON closing_closure FROM diemtua_app;
GRANT UPDATE (state, decided_by_id, decided_at, answer, reopened_by_id, reopened_at, reopened_because)
    ON closing_closure TO diemtua_app;

CREATE POLICY closure_read_with_its_case ON closing_closure FOR SELECT TO diemtua_app USING (
    (SELECT diemtua.asker_role()) IN ('COUNSELLOR', 'CASE_WORKER', 'SUPERVISOR')
    AND EXISTS (SELECT FROM casework_case c WHERE c.id = case_id)
);
CREATE POLICY closure_asked_by_who_works_it ON closing_closure FOR INSERT TO diemtua_app WITH CHECK (
    (SELECT diemtua.asker_role()) IN ('CASE_WORKER', 'SUPERVISOR')
    AND asked_by_id = (SELECT diemtua.asker_user()) AND state = 'ASKED'
    AND EXISTS (SELECT FROM casework_case c WHERE c.id = case_id AND c.status = 'IN_PROGRESS'
                AND c.data_key_id = closing_closure.data_key_id)
);
CREATE POLICY closure_decided_by_the_supervisor ON closing_closure FOR UPDATE TO diemtua_app USING (
    (SELECT diemtua.asker_role()) = 'SUPERVISOR' AND state = 'ASKED'
    AND EXISTS (SELECT FROM casework_case c WHERE c.id = case_id
                AND c.organisation_id = (SELECT diemtua.asker_organisation()))
) WITH CHECK (state IN ('APPROVED', 'RETURNED') AND decided_by_id = (SELECT diemtua.asker_user()));
CREATE POLICY closure_reopened_by_the_team ON closing_closure FOR UPDATE TO diemtua_app USING (
    (SELECT diemtua.asker_role()) IN ('CASE_WORKER', 'SUPERVISOR') AND state = 'APPROVED'
    AND EXISTS (SELECT FROM casework_case c WHERE c.id = case_id)
) WITH CHECK (state = 'REOPENED' AND reopened_by_id = (SELECT diemtua.asker_user()));

-- Who decided stays who decided.
CREATE FUNCTION diemtua.closure_keeps_who_decided() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF OLD.state <> 'ASKED' AND (NEW.decided_by_id IS DISTINCT FROM OLD.decided_by_id
                                 OR NEW.decided_at IS DISTINCT FROM OLD.decided_at) THEN
        RAISE EXCEPTION 'Who decided stays who decided' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER closure_keeps_who_decided BEFORE UPDATE ON closing_closure
    FOR EACH ROW EXECUTE FUNCTION diemtua.closure_keeps_who_decided();

-- A case closes by an agreed closure alone, and opens again by a reopened one.
CREATE FUNCTION diemtua.case_closes_by_two() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    is_agreed boolean := EXISTS (
        SELECT FROM public.closing_closure k WHERE k.case_id = NEW.id AND k.state = 'APPROVED');
BEGIN
    IF current_user = 'diemtua_app' AND (NEW.status = 'CLOSED') <> is_agreed THEN
        RAISE EXCEPTION 'A case is closed and reopened by a closure' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER case_closes_by_two BEFORE UPDATE OF status ON casework_case
    FOR EACH ROW WHEN ((OLD.status = 'CLOSED') IS DISTINCT FROM (NEW.status = 'CLOSED'))
    EXECUTE FUNCTION diemtua.case_closes_by_two();
