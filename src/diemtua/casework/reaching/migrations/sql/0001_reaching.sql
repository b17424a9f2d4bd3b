-- Ways to reach her and attempts. The same rules stand in policies.py.
ALTER TABLE reaching_way ENABLE ROW LEVEL SECURITY;
REVOKE UPDATE, DELETE ON reaching_way FROM diemtua_app;
GRANT UPDATE (ended_at, ended_by_id) ON reaching_way TO diemtua_app;

CREATE POLICY way_read_with_its_case ON reaching_way FOR SELECT TO diemtua_app USING (
    (SELECT diemtua.asker_role()) IN ('COUNSELLOR', 'CASE_WORKER', 'SUPERVISOR')
    AND EXISTS (SELECT FROM casework_case c WHERE c.id = case_id)
);
CREATE POLICY way_noted_by_the_team ON reaching_way FOR INSERT TO diemtua_app WITH CHECK (
    noted_by_id = (SELECT diemtua.asker_user()) AND ended_at IS NULL
    AND EXISTS (SELECT FROM casework_case c WHERE c.id = case_id AND c.data_key_id = reaching_way.data_key_id)
);
CREATE POLICY way_ended_by_the_team ON reaching_way FOR UPDATE TO diemtua_app USING (
    ended_at IS NULL AND EXISTS (SELECT FROM casework_case c WHERE c.id = case_id)
) WITH CHECK (ended_at IS NOT NULL AND ended_by_id = (SELECT diemtua.asker_user()));

ALTER TABLE reaching_attempt ENABLE ROW LEVEL SECURITY;
REVOKE UPDATE, DELETE ON reaching_attempt FROM diemtua_app;
GRANT UPDATE (came, told_at, note) ON reaching_attempt TO diemtua_app;

CREATE POLICY attempt_read_with_its_case ON reaching_attempt FOR SELECT TO diemtua_app USING (
    (SELECT diemtua.asker_role()) IN ('COUNSELLOR', 'CASE_WORKER', 'SUPERVISOR')
    AND EXISTS (SELECT FROM casework_case c WHERE c.id = case_id)
);
-- She agreed to be contacted and the way still counts: without both no attempt can be written, and
-- nothing of the way is shown before an attempt is.
CREATE POLICY attempt_by_a_safe_way ON reaching_attempt FOR INSERT TO diemtua_app WITH CHECK (
    tried_by_id = (SELECT diemtua.asker_user()) AND came = 'BEGUN'
    AND EXISTS (SELECT FROM casework_case c WHERE c.id = case_id AND c.data_key_id = reaching_attempt.data_key_id)
    AND EXISTS (SELECT FROM reaching_way w WHERE w.id = way_id AND w.case_id = reaching_attempt.case_id
                AND w.ended_at IS NULL)
    AND EXISTS (
        SELECT FROM casework_consent s
        WHERE s.case_id = reaching_attempt.case_id AND s.purpose = 'CONTACT' AND s.withdrawn_at IS NULL
          AND s.given_at <= reaching_attempt.tried_at
          AND (s.valid_until IS NULL OR s.valid_until > reaching_attempt.tried_at))
);
CREATE POLICY attempt_told_by_who_tried ON reaching_attempt FOR UPDATE TO diemtua_app USING (
    tried_by_id = (SELECT diemtua.asker_user()) AND came = 'BEGUN'
    AND EXISTS (SELECT FROM casework_case c WHERE c.id = case_id)
) WITH CHECK (tried_by_id = (SELECT diemtua.asker_user()) AND came <> 'BEGUN');
