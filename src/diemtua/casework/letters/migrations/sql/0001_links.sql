-- Links to referrals. The same rules stand in policies.py.
ALTER TABLE letters_link ENABLE ROW LEVEL SECURITY;
REVOKE UPDATE, DELETE ON letters_link FROM diemtua_app;
GRANT UPDATE (wrong_pins, opened_at, closed_at) ON letters_link TO diemtua_app;

-- Whether this is the link that was told for this transaction, and the server reads for its holder.
CREATE FUNCTION diemtua.link_told(of_link bytea) RETURNS boolean LANGUAGE sql STABLE
RETURN coalesce(
    diemtua.asker_job() = 'letters.open'
    AND of_link = sha256(convert_to(current_setting('diemtua.referral_link', true), 'UTF8')), false);

-- The referral behind the link that was told: while it may still be opened, or once it was.
-- Five wrong numbers are the most that can ever be tried, whatever reference/links.toml says.
CREATE FUNCTION diemtua.referral_in_hand(is_opened boolean) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT l.referral_id FROM public.letters_link l
    WHERE diemtua.link_told(l.token_hash) AND l.closed_at IS NULL AND l.wrong_pins < 5
      AND CASE WHEN is_opened
          THEN l.opened_at IS NOT NULL AND l.answer_until > statement_timestamp()
          ELSE l.opened_at IS NULL AND l.open_until > statement_timestamp() END
$$;

-- Which place was asked and who asks, for the page behind the link.
CREATE FUNCTION diemtua.link_parties() RETURNS TABLE (place text, sender text, sender_phone text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT f.name, o.name, u.phone
    FROM public.casework_referral r
    JOIN public.directory_facility f ON f.id = r.facility_id
    JOIN public.accounts_organisation o ON o.id = r.from_organisation_id
    JOIN public.accounts_user u ON u.id = r.sent_by_id
    WHERE r.id = diemtua.referral_in_hand(true)
$$;
REVOKE EXECUTE ON FUNCTION diemtua.link_told(bytea), diemtua.referral_in_hand(boolean), diemtua.link_parties()
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION diemtua.link_told(bytea), diemtua.referral_in_hand(boolean), diemtua.link_parties()
    TO diemtua_app;

CREATE POLICY link_read_with_its_referral ON letters_link FOR SELECT TO diemtua_app USING (
    (SELECT diemtua.asker_role()) IN ('COUNSELLOR', 'CASE_WORKER', 'SUPERVISOR')
    AND EXISTS (SELECT FROM casework_referral r WHERE r.id = referral_id)
);
CREATE POLICY link_made_by_the_sender ON letters_link FOR INSERT TO diemtua_app WITH CHECK (
    (SELECT diemtua.asker_role()) IN ('COUNSELLOR', 'CASE_WORKER', 'SUPERVISOR')
    AND made_by_id = (SELECT diemtua.asker_user())
    AND wrong_pins = 0 AND opened_at IS NULL AND closed_at IS NULL
    AND EXISTS (
        SELECT FROM casework_referral r
        WHERE r.id = referral_id AND r.state IN ('SENT', 'ACCEPTED')
          AND r.from_organisation_id = (SELECT diemtua.asker_organisation())
    )
);
CREATE POLICY link_closed_by_the_sender ON letters_link FOR UPDATE TO diemtua_app USING (
    (SELECT diemtua.asker_role()) IN ('COUNSELLOR', 'CASE_WORKER', 'SUPERVISOR')
    AND EXISTS (SELECT FROM casework_referral r WHERE r.id = referral_id)
) WITH CHECK (closed_at IS NOT NULL);
CREATE POLICY link_read_by_its_holder ON letters_link FOR SELECT TO diemtua_app
    USING (diemtua.link_told(token_hash));
CREATE POLICY link_opened_by_its_holder ON letters_link FOR UPDATE TO diemtua_app
    USING (diemtua.link_told(token_hash)) WITH CHECK (diemtua.link_told(token_hash) AND closed_at IS NULL);

-- A link is opened once, closed once, and forgets no wrong number.
CREATE FUNCTION diemtua.link_only_wears_out() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF NEW.wrong_pins < OLD.wrong_pins
       OR OLD.opened_at IS NOT NULL AND NEW.opened_at IS DISTINCT FROM OLD.opened_at
       OR OLD.closed_at IS NOT NULL AND NEW.closed_at IS DISTINCT FROM OLD.closed_at THEN
        RAISE EXCEPTION 'A link only wears out' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER link_only_wears_out BEFORE UPDATE ON letters_link
    FOR EACH ROW EXECUTE FUNCTION diemtua.link_only_wears_out();

-- What the holder of a link may do with the referral behind it: read what was shared as long as
-- nobody has, then answer.
CREATE POLICY referral_read_by_link ON casework_referral FOR SELECT TO diemtua_app USING (
    id = (SELECT diemtua.referral_in_hand(false)) OR id = (SELECT diemtua.referral_in_hand(true))
);
CREATE POLICY referral_answered_by_link ON casework_referral FOR UPDATE TO diemtua_app USING (
    id = (SELECT diemtua.referral_in_hand(true)) AND state IN ('SENT', 'ACCEPTED')
) WITH CHECK (
    id = (SELECT diemtua.referral_in_hand(true))
    AND state IN ('SENT', 'ACCEPTED', 'DECLINED', 'COMPLETED')
    AND (answered_by_id IS NULL OR state = 'COMPLETED')
);
CREATE POLICY packet_read_once_by_link ON casework_packet FOR SELECT TO diemtua_app USING (
    referral_id = (SELECT diemtua.referral_in_hand(false))
    AND EXISTS (
        SELECT FROM casework_referral r
        WHERE r.id = referral_id AND r.state IN ('SENT', 'ACCEPTED')
          AND (r.shared_until IS NULL OR r.shared_until > statement_timestamp())
    )
);

-- An answer told by telephone or on the printed letter: the sender writes it down in her own name.
CREATE POLICY referral_answer_told_to_its_sender ON casework_referral FOR UPDATE TO diemtua_app USING (
    from_organisation_id = (SELECT diemtua.asker_organisation())
    AND (SELECT diemtua.asker_role()) IN ('COUNSELLOR', 'CASE_WORKER', 'SUPERVISOR')
    AND state IN ('SENT', 'ACCEPTED')
    AND EXISTS (SELECT FROM casework_case c WHERE c.id = case_id)
) WITH CHECK (
    from_organisation_id = (SELECT diemtua.asker_organisation())
    AND (SELECT diemtua.asker_role()) IN ('COUNSELLOR', 'CASE_WORKER', 'SUPERVISOR')
    AND (state IN ('ACCEPTED', 'DECLINED') AND answered_by_id = (SELECT diemtua.asker_user())
         OR state = 'COMPLETED')
);
