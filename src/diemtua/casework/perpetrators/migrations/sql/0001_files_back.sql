DROP POLICY token_of_a_file_seen ON perpetrators_file_token;
DROP POLICY tie_made_with_the_file ON perpetrators_tie;
DROP POLICY token_written_with_its_file ON perpetrators_file_token;
DROP FUNCTION diemtua.whom_a_relapse_concerns(uuid);
DROP FUNCTION diemtua.progress_of_case(uuid);
DROP FUNCTION diemtua.progress_behind(uuid);
DROP FUNCTION diemtua.opened_file_just_now(uuid);
