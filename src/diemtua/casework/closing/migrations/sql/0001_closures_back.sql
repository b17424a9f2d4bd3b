DROP FUNCTION diemtua.case_closes_by_two() CASCADE;
DROP FUNCTION diemtua.closure_keeps_who_decided() CASCADE;
DROP POLICY closure_reopened_by_the_team ON closing_closure;
DROP POLICY closure_decided_by_the_supervisor ON closing_closure;
DROP POLICY closure_asked_by_who_works_it ON closing_closure;
DROP POLICY closure_read_with_its_case ON closing_closure;
