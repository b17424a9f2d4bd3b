DROP POLICY step_taken_by_the_team ON protection_step;
DROP POLICY step_read_with_its_measure ON protection_step;
DROP POLICY measure_begun_by_the_team ON protection_measure;
DROP POLICY measure_read_with_its_case ON protection_measure;
