-- Who may reach which row of an assessment: whoever sees its case. policies.py says the same, and a
-- matrix test holds the two against each other.
ALTER TABLE assessments_assessment ENABLE ROW LEVEL SECURITY;
REVOKE UPDATE, DELETE ON assessments_assessment FROM diemtua_app;
GRANT UPDATE (state, saved_by_id, saved_at, tab, revision, finished_by_id, finished_at, is_complete,
              score, highest, band, level, judged_level, awaits_review, answers, note)
    ON assessments_assessment TO diemtua_app;

CREATE POLICY assessment_read_with_its_case ON assessments_assessment FOR SELECT TO diemtua_app USING (
    (SELECT diemtua.asker_role()) IN ('COUNSELLOR', 'CASE_WORKER', 'SUPERVISOR')
    AND EXISTS (SELECT FROM casework_case c WHERE c.id = case_id)
);
CREATE POLICY assessment_begun_in_a_case_seen ON assessments_assessment FOR INSERT TO diemtua_app
WITH CHECK (
    begun_by_id = (SELECT diemtua.asker_user())
    AND saved_by_id = (SELECT diemtua.asker_user())
    AND state = 'DRAFT'
    AND (SELECT diemtua.asker_role()) IN ('COUNSELLOR', 'CASE_WORKER', 'SUPERVISOR')
    AND EXISTS (SELECT FROM casework_case c WHERE c.id = case_id AND c.data_key_id = assessments_assessment.data_key_id
                AND c.status <> 'CLOSED')
);
CREATE POLICY assessment_written_by_its_team ON assessments_assessment FOR UPDATE TO diemtua_app USING (
    (SELECT diemtua.asker_role()) IN ('COUNSELLOR', 'CASE_WORKER', 'SUPERVISOR')
    AND EXISTS (SELECT FROM casework_case c WHERE c.id = case_id)
) WITH CHECK (
    (SELECT diemtua.asker_role()) IN ('COUNSELLOR', 'CASE_WORKER', 'SUPERVISOR')
    AND EXISTS (SELECT FROM casework_case c WHERE c.id = case_id)
);

-- A finished assessment stays as it was: what was answered, what it said, who and when.
-- Only a supervisor ends what waits for a review.
CREATE FUNCTION diemtua.assessment_stays() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF OLD.awaits_review AND NOT NEW.awaits_review AND diemtua.asker_role() IS DISTINCT FROM 'SUPERVISOR'
       AND diemtua.asker_kind() IS NOT NULL THEN
        RAISE EXCEPTION 'A review is the supervisor''s' USING ERRCODE = 'insufficient_privilege';
    END IF;
    NEW.judged_level := OLD.judged_level;
    NEW.awaits_review := OLD.awaits_review;
    IF NEW IS DISTINCT FROM OLD THEN
        RAISE EXCEPTION 'A finished assessment is not changed' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER assessment_stays_as_finished AFTER UPDATE ON assessments_assessment
    FOR EACH ROW WHEN (OLD.state = 'DONE') EXECUTE FUNCTION diemtua.assessment_stays();

-- Judgements are written once. A review is the supervisor's.
ALTER TABLE assessments_judgement ENABLE ROW LEVEL SECURITY;
REVOKE UPDATE, DELETE ON assessments_judgement FROM diemtua_app;

CREATE POLICY judgement_read_with_its_assessment ON assessments_judgement FOR SELECT TO diemtua_app USING (
    (SELECT diemtua.asker_role()) IN ('COUNSELLOR', 'CASE_WORKER', 'SUPERVISOR')
    AND EXISTS (SELECT FROM assessments_assessment a WHERE a.id = assessment_id)
);
CREATE POLICY judgement_written_in_ones_own_name ON assessments_judgement FOR INSERT TO diemtua_app
WITH CHECK (
    by_id = (SELECT diemtua.asker_user())
    AND (SELECT diemtua.asker_role()) IN ('COUNSELLOR', 'CASE_WORKER', 'SUPERVISOR')
    AND (kind <> 'REVIEWED' OR (SELECT diemtua.asker_role()) = 'SUPERVISOR')
    AND EXISTS (SELECT FROM assessments_assessment a
                WHERE a.id = assessment_id AND a.state = 'DONE'
                  AND a.data_key_id = assessments_judgement.data_key_id)
);
