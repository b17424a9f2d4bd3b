-- A contact is the counsellor's who took it; the supervisor of her centre reads it. Nobody else.
ALTER TABLE hotline_contact ENABLE ROW LEVEL SECURITY;
REVOKE DELETE ON hotline_contact FROM diemtua_app;

CREATE POLICY contact_of_its_centre ON hotline_contact FOR SELECT TO diemtua_app USING (
    organisation_id = (SELECT diemtua.asker_organisation())
    AND CASE (SELECT diemtua.asker_role())
        WHEN 'SUPERVISOR' THEN true
        WHEN 'COUNSELLOR' THEN taken_by_id = (SELECT diemtua.asker_user())
        ELSE false
    END
);
CREATE POLICY contact_taken ON hotline_contact FOR INSERT TO diemtua_app WITH CHECK (
    organisation_id = (SELECT diemtua.asker_organisation())
    AND (SELECT diemtua.asker_role()) = 'COUNSELLOR'
    AND taken_by_id = (SELECT diemtua.asker_user())
);
CREATE POLICY contact_written ON hotline_contact FOR UPDATE TO diemtua_app USING (
    organisation_id = (SELECT diemtua.asker_organisation())
    AND (SELECT diemtua.asker_role()) = 'COUNSELLOR'
    AND taken_by_id = (SELECT diemtua.asker_user())
) WITH CHECK (
    organisation_id = (SELECT diemtua.asker_organisation())
    AND taken_by_id = (SELECT diemtua.asker_user())
);
