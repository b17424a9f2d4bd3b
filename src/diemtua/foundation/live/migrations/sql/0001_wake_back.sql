DROP FUNCTION IF EXISTS diemtua.live_prune();
DROP TRIGGER IF EXISTS live_event_wake ON live_event;
DROP FUNCTION IF EXISTS diemtua.live_wake();
