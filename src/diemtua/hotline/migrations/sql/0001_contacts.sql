-- A contact is the counsellor's who took it; the supervisor of her centre reads it. Nobody else.
ALTER TABLE hotline_contact ENABLE ROW LEVEL SECURITY;
REVOKE UPDATE, DELETE ON hotline_contact FROM diemtua_app;
-- Whose it is and when it was begun by whom is written once.
GRANT UPDATE (channel, line, started_at, ended_at, caller_kind, unit_id, acts, gbv_type, danger_now,
              children, notice_told_at, call_back_at, called_back_at, outcome, handed_to, callback,
              notes, unread, state, version, tab, case_id) ON hotline_contact TO diemtua_app;

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
