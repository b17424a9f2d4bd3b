DROP FUNCTION IF EXISTS diemtua.audit_checkpoint();
DROP TRIGGER IF EXISTS audit_checkpoint_fixed ON audit_checkpoint;
DROP TRIGGER IF EXISTS audit_entry_kept ON audit_entry;
DROP TRIGGER IF EXISTS audit_entry_fixed ON audit_entry;
DROP TRIGGER IF EXISTS audit_entry_chain ON audit_entry;
DROP FUNCTION IF EXISTS diemtua.audit_refuse();
DROP FUNCTION IF EXISTS diemtua.audit_chain();
DROP FUNCTION IF EXISTS diemtua.audit_hash(audit_entry);
DROP FUNCTION IF EXISTS diemtua.audit_field(text);
