ALTER POLICY case_of_its_team ON casework_case USING (
    organisation_id = (SELECT diemtua.asker_organisation())
    AND CASE (SELECT diemtua.asker_role())
        WHEN 'SUPERVISOR' THEN true
        WHEN 'CASE_WORKER' THEN worker_id = (SELECT diemtua.asker_user())
        WHEN 'COUNSELLOR' THEN opened_by_id = (SELECT diemtua.asker_user())
        ELSE false
    END
);
ALTER POLICY case_changed_by_its_team ON casework_case USING (
    organisation_id = (SELECT diemtua.asker_organisation())
    AND CASE (SELECT diemtua.asker_role())
        WHEN 'SUPERVISOR' THEN true
        WHEN 'CASE_WORKER' THEN worker_id = (SELECT diemtua.asker_user())
        WHEN 'COUNSELLOR' THEN opened_by_id = (SELECT diemtua.asker_user())
        ELSE false
    END
) WITH CHECK (
    organisation_id = (SELECT diemtua.asker_organisation())
    AND CASE (SELECT diemtua.asker_role())
        WHEN 'SUPERVISOR' THEN true
        WHEN 'CASE_WORKER' THEN worker_id = (SELECT diemtua.asker_user())
        WHEN 'COUNSELLOR' THEN opened_by_id = (SELECT diemtua.asker_user())
        ELSE false
    END
);
DROP FUNCTION diemtua.who_looked(uuid);
DROP FUNCTION diemtua.look_for_case(text, text, bytea[]);
DROP POLICY access_given_for_an_absence ON casework_caseaccess;
DROP POLICY access_taken_in_an_emergency ON casework_caseaccess;
DROP FUNCTION diemtua.case_is_of(uuid, uuid);
DROP FUNCTION diemtua.cases_opened_to_me();
