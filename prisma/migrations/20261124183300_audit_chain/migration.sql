-- AlterTable
ALTER TABLE "AuditEvent" ADD COLUMN "key" TEXT;
ALTER TABLE "AuditEvent" ADD COLUMN "prevHash" TEXT NOT NULL DEFAULT '';
ALTER TABLE "AuditEvent" ADD COLUMN "hash" TEXT NOT NULL DEFAULT '';

-- AlterTable
ALTER TABLE "Delivery" ADD COLUMN "digest" TEXT;
CREATE INDEX "Delivery_source_digest_idx" ON "Delivery"("source", "digest");

-- One field of what is hashed, as length and text, so that no two rows read alike. A dash is null.
CREATE FUNCTION fleetwright_audit_field(field TEXT) RETURNS TEXT LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce(octet_length(convert_to(field, 'UTF8')) || ':' || field, '-')
$$;

-- lib/db/audit-hash.ts computes the same without the database.
CREATE FUNCTION fleetwright_audit_hash(row_ "AuditEvent") RETURNS TEXT LANGUAGE sql STABLE AS $$
  SELECT encode(sha256(convert_to(
    fleetwright_audit_field(row_."prevHash") || fleetwright_audit_field(row_."id"::text)
    || fleetwright_audit_field(row_."key")
    || fleetwright_audit_field(to_char(row_."at" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
    || fleetwright_audit_field(row_."actor") || fleetwright_audit_field(row_."action")
    || fleetwright_audit_field(row_."target") || fleetwright_audit_field(row_."team")
    || fleetwright_audit_field(row_."cluster") || fleetwright_audit_field(row_."change"::text)
    || fleetwright_audit_field(row_."detail"::text), 'UTF8')), 'hex')
$$;

-- What was written before there was a chain is chained in the order it was written.
DO $$
DECLARE
  one "AuditEvent";
  previous TEXT := '';
  position_ BIGINT := 0;
BEGIN
  FOR one IN SELECT * FROM "AuditEvent" ORDER BY "id" LOOP
    position_ := position_ + 1;
    UPDATE "AuditEvent" SET "id" = position_, "prevHash" = previous,
      "key" = coalesce(one."detail"->>'key', 'row:' || one."id"), "detail" = one."detail" - 'key'
      WHERE "id" = one."id" RETURNING * INTO one;
    UPDATE "AuditEvent" SET "hash" = fleetwright_audit_hash(one) WHERE "id" = position_ RETURNING "hash" INTO previous;
  END LOOP;
END $$;

ALTER TABLE "AuditEvent" ALTER COLUMN "key" SET NOT NULL;
CREATE UNIQUE INDEX "AuditEvent_key_key" ON "AuditEvent"("key");
CREATE UNIQUE INDEX "AuditEvent_prevHash_key" ON "AuditEvent"("prevHash");
CREATE INDEX "AuditEvent_change_idx" ON "AuditEvent"("change");

-- Numbers and chains a row whoever inserts it. The lock makes writers wait for each other until they commit. A
-- writer that reads an older snapshot meets the unique index on prevHash instead of forking the chain.
CREATE FUNCTION fleetwright_audit_append() RETURNS TRIGGER LANGUAGE plpgsql AS $$
DECLARE
  last "AuditEvent";
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('fleetwright.audit'));
  SELECT * INTO last FROM "AuditEvent" ORDER BY "id" DESC LIMIT 1;
  NEW."id" := coalesce(last."id", 0) + 1;
  NEW."prevHash" := coalesce(last."hash", '');
  NEW."hash" := fleetwright_audit_hash(NEW);
  RETURN NEW;
END $$;

CREATE FUNCTION fleetwright_audit_refuse() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit trail is append-only: % is refused', TG_OP USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER audit_append BEFORE INSERT ON "AuditEvent"
  FOR EACH ROW EXECUTE FUNCTION fleetwright_audit_append();
CREATE TRIGGER audit_keep BEFORE UPDATE OR DELETE ON "AuditEvent"
  FOR EACH ROW EXECUTE FUNCTION fleetwright_audit_refuse();
CREATE TRIGGER audit_keep_all BEFORE TRUNCATE ON "AuditEvent"
  FOR EACH STATEMENT EXECUTE FUNCTION fleetwright_audit_refuse();
