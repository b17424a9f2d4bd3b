-- Measures and their steps: read with the case, added by the team, never changed or removed. No
-- policy names the commune's officer: nothing here is ever hers. The same rules stand in policies.py.
ALTER TABLE protection_measure ENABLE ROW LEVEL SECURITY;
REVOKE UPDATE, DELETE ON protection_measure FROM diemtua_app;

CREATE POLICY measure_read_with_its_case ON protection_measure FOR SELECT TO diemtua_app USING (
    (SELECT diemtua.asker_role()) IN ('COUNSELLOR', 'CASE_WORKER', 'SUPERVISOR')
    AND EXISTS (SELECT FROM casework_case c WHERE c.id = case_id)
);
CREATE POLICY measure_begun_by_the_team ON protection_measure FOR INSERT TO diemtua_app WITH CHECK (
    (SELECT diemtua.asker_role()) IN ('COUNSELLOR', 'CASE_WORKER', 'SUPERVISOR')
    AND begun_by_id = (SELECT diemtua.asker_user())
    AND EXISTS (SELECT FROM casework_case c WHERE c.id = case_id AND c.status <> 'CLOSED')
);

ALTER TABLE protection_step ENABLE ROW LEVEL SECURITY;
REVOKE UPDATE, DELETE ON protection_step FROM diemtua_app;

CREATE POLICY step_read_with_its_measure ON protection_step FOR SELECT TO diemtua_app USING (
    (SELECT diemtua.asker_role()) IN ('COUNSELLOR', 'CASE_WORKER', 'SUPERVISOR')
    AND EXISTS (SELECT FROM protection_measure m WHERE m.id = measure_id)
);
CREATE POLICY step_taken_by_the_team ON protection_step FOR INSERT TO diemtua_app WITH CHECK (
    (SELECT diemtua.asker_role()) IN ('COUNSELLOR', 'CASE_WORKER', 'SUPERVISOR')
    AND noted_by_id = (SELECT diemtua.asker_user()) AND at <= noted_at
    AND EXISTS (
        SELECT FROM protection_measure m JOIN casework_case c ON c.id = m.case_id
        WHERE m.id = measure_id AND c.data_key_id = protection_step.data_key_id)
);
