DROP POLICY attempt_told_by_who_tried ON reaching_attempt;
DROP POLICY attempt_by_a_safe_way ON reaching_attempt;
DROP POLICY attempt_read_with_its_case ON reaching_attempt;
DROP POLICY way_ended_by_the_team ON reaching_way;
DROP POLICY way_noted_by_the_team ON reaching_way;
DROP POLICY way_read_with_its_case ON reaching_way;
