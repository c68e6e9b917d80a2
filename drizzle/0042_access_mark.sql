CREATE TABLE "access_mark" (
	"id" integer PRIMARY KEY DEFAULT 1 NOT NULL,
	"mark" uuid NOT NULL
);
--> statement-breakpoint
CREATE FUNCTION "mark_access"() RETURNS trigger LANGUAGE plpgsql AS $$
begin
  -- Once in a transaction, and at its end: whoever holds the row waits for no other.
  if current_setting('duken.access_marked', true) = 'yes' then return null; end if;
  perform set_config('duken.access_marked', 'yes', true);
  insert into access_mark (id, mark) values (1, gen_random_uuid())
    on conflict (id) do update set mark = excluded.mark;
  return null;
end $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER "users_mark_access" AFTER UPDATE OF role, is_active, name, email, locale, time_zone OR DELETE ON "users" DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "mark_access"();
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER "user_groups_mark_access" AFTER INSERT OR UPDATE OR DELETE ON "user_groups" DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "mark_access"();
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER "group_permissions_mark_access" AFTER INSERT OR UPDATE OR DELETE ON "group_permissions" DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "mark_access"();
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER "store_shares_mark_access" AFTER INSERT OR UPDATE OR DELETE ON "store_shares" DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "mark_access"();
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER "stores_mark_access" AFTER UPDATE OF user_id, archived_at ON "stores" DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "mark_access"();
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER "api_keys_mark_access" AFTER UPDATE OF revoked_at, expires_at, scopes, per_second OR DELETE ON "api_keys" DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "mark_access"();
