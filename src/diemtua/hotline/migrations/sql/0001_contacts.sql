-- A contact is the counsellor's who holds it (who took the call, or to whom it was handed over); the
-- supervisor of her centre reads it. Nobody else.
ALTER TABLE hotline_contact ENABLE ROW LEVEL SECURITY;
REVOKE UPDATE, DELETE ON hotline_contact FROM diemtua_app;
-- Whose it is and when it was begun by whom is written once.
GRANT UPDATE (channel, line, started_at, ended_at, caller_kind, unit_id, acts, gbv_type, danger_now,
              children, notice_told_at, call_back_at, called_back_at, outcome, handed_to, callback,
              notes, unread, phone_token, state, version, tab, case_id) ON hotline_contact TO diemtua_app;

CREATE POLICY contact_of_its_centre ON hotline_contact FOR SELECT TO diemtua_app USING (
    organisation_id = (SELECT diemtua.asker_organisation())
    AND CASE (SELECT diemtua.asker_role())
        WHEN 'SUPERVISOR' THEN true
        WHEN 'COUNSELLOR' THEN held_by_id = (SELECT diemtua.asker_user())
        ELSE false
    END
);
CREATE POLICY contact_taken ON hotline_contact FOR INSERT TO diemtua_app WITH CHECK (
    organisation_id = (SELECT diemtua.asker_organisation())
    AND (SELECT diemtua.asker_role()) = 'COUNSELLOR'
    AND taken_by_id = (SELECT diemtua.asker_user())
    AND held_by_id = (SELECT diemtua.asker_user())
);
CREATE POLICY contact_written ON hotline_contact FOR UPDATE TO diemtua_app USING (
    organisation_id = (SELECT diemtua.asker_organisation())
    AND (SELECT diemtua.asker_role()) = 'COUNSELLOR'
    AND held_by_id = (SELECT diemtua.asker_user())
) WITH CHECK (
    organisation_id = (SELECT diemtua.asker_organisation())
    AND held_by_id = (SELECT diemtua.asker_user())
);

-- Hand-overs --------------------------------------------------------------------------------------
-- Written while the contact is still in sight, read by whoever sees the contact afterwards.
ALTER TABLE hotline_handover ENABLE ROW LEVEL SECURITY;
REVOKE UPDATE, DELETE ON hotline_handover FROM diemtua_app;

CREATE POLICY hand_over_read_with_its_contact ON hotline_handover FOR SELECT TO diemtua_app USING (
    EXISTS (SELECT FROM hotline_contact c WHERE c.id = contact_id)
);
CREATE POLICY hand_over_written_by_the_giver ON hotline_handover FOR INSERT TO diemtua_app WITH CHECK (
    given_by_id = (SELECT diemtua.asker_user())
    AND (SELECT diemtua.asker_role()) IN ('COUNSELLOR', 'SUPERVISOR')
    AND EXISTS (SELECT FROM hotline_contact c WHERE c.id = contact_id)
);

-- The one way a contact changes hands: from the counsellor who holds it, or by the supervisor of the
-- centre, to somebody who is a counsellor there today. Afterwards the giver sees it no more.
CREATE FUNCTION diemtua.hand_over_contact(wanted uuid, receiver uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    me uuid := diemtua.asker_user();
    here uuid := diemtua.asker_organisation();
    my_role text := diemtua.asker_role();
    today date := (now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date;
BEGIN
    UPDATE public.hotline_contact c
    SET held_by_id = receiver
    WHERE c.id = wanted
      AND c.organisation_id = here
      AND (my_role = 'SUPERVISOR' OR (my_role = 'COUNSELLOR' AND c.held_by_id = me))
      AND EXISTS (
          SELECT FROM public.accounts_membership m
          JOIN public.accounts_user u ON u.id = m.user_id
          WHERE m.user_id = receiver
            AND m.organisation_id = here
            AND m.role = 'COUNSELLOR'
            AND m.valid_from <= today
            AND (m.valid_to IS NULL OR m.valid_to > today)
            AND u.is_active
      );
    RETURN FOUND;
END
$$;

-- Earlier calls --------------------------------------------------------------------------------------
-- Other calls to the own centre from the number of a contact the asker sees: when, where and who has
-- it, and nothing that was told. It writes itself into the trail, and no more than 60 times an hour
-- for one person: telephone numbers cannot be tried one by one.
CREATE FUNCTION diemtua.earlier_contacts(of_contact uuid, at_most integer)
RETURNS TABLE (id uuid, started_at timestamptz, unit varchar, danger_now varchar, outcome varchar,
               held_by varchar, may_open boolean)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    here uuid := diemtua.asker_organisation();
    me uuid := diemtua.asker_user();
    my_role text := coalesce(diemtua.asker_role(), '');
    number bytea;
BEGIN
    SELECT c.phone_token INTO number
    FROM public.hotline_contact c
    WHERE c.id = of_contact
      AND c.organisation_id = here
      AND (my_role = 'SUPERVISOR' OR (my_role = 'COUNSELLOR' AND c.held_by_id = me));
    IF number IS NULL THEN
        RETURN;
    END IF;
    IF 60 <= (SELECT count(*) FROM public.audit_entry e
              WHERE e.user_id = me AND e.action = 'hotline.number.looked-up'
                AND e.at > clock_timestamp() - interval '1 hour') THEN
        RAISE EXCEPTION 'Looked up too often' USING ERRCODE = 'program_limit_exceeded';
    END IF;
    INSERT INTO public.audit_entry (lane, seq, at, kind, role, job, action, subject_label, subject_id,
                                    why, screen, request_id, details, prev_hash, hash)
    VALUES (0, 0, statement_timestamp(), '', '', '', 'hotline.number.looked-up', 'hotline.Contact',
            of_contact::text, '', '', '', '{}', '', '');
    RETURN QUERY
    SELECT c.id, c.started_at, p.name, c.danger_now, c.outcome, u.full_name,
           my_role = 'SUPERVISOR' OR c.held_by_id = me
    FROM public.hotline_contact c
    JOIN public.accounts_user u ON u.id = c.held_by_id
    LEFT JOIN public.places_unit p ON p.key = c.unit_id
    WHERE c.organisation_id = here AND c.phone_token = number AND c.id <> of_contact
    ORDER BY c.started_at DESC
    LIMIT least(at_most, 50);
END
$$;

-- Lines ----------------------------------------------------------------------------------------------
-- Every asker may know the numbers; the supervisor and the administrator keep them.
ALTER TABLE hotline_line ENABLE ROW LEVEL SECURITY;
REVOKE DELETE ON hotline_line FROM diemtua_app;

CREATE POLICY line_known_to_every_asker ON hotline_line FOR SELECT TO diemtua_app USING (
    (SELECT diemtua.asker_kind()) IS NOT NULL
);
CREATE POLICY line_added_by_its_keepers ON hotline_line FOR INSERT TO diemtua_app WITH CHECK (
    (SELECT diemtua.asker_role()) IN ('SUPERVISOR', 'ADMINISTRATOR')
);
CREATE POLICY line_changed_by_its_keepers ON hotline_line FOR UPDATE TO diemtua_app USING (
    (SELECT diemtua.asker_role()) IN ('SUPERVISOR', 'ADMINISTRATOR')
) WITH CHECK ((SELECT diemtua.asker_role()) IN ('SUPERVISOR', 'ADMINISTRATOR'));

-- Duties -----------------------------------------------------------------------------------------------
-- A duty may begin with a call: the counsellor who holds the contact begins it, about nobody's case.
CREATE POLICY duty_started_with_its_contact ON casework_duty FOR INSERT TO diemtua_app WITH CHECK (
    case_id IS NULL
    AND organisation_id = (SELECT diemtua.asker_organisation())
    AND informed_by_id = (SELECT diemtua.asker_user())
    AND (SELECT diemtua.asker_role()) = 'COUNSELLOR'
    AND state = 'OPEN'
    AND EXISTS (SELECT FROM hotline_contact c WHERE c.id = from_contact)
);

REVOKE ALL ON FUNCTION diemtua.hand_over_contact(uuid, uuid),
    diemtua.earlier_contacts(uuid, integer)
FROM PUBLIC;
GRANT EXECUTE ON FUNCTION diemtua.hand_over_contact(uuid, uuid),
    diemtua.earlier_contacts(uuid, integer)
TO diemtua_app;
