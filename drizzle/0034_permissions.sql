CREATE TABLE "group_permissions" (
	"group_id" uuid NOT NULL,
	"permission" text NOT NULL,
	CONSTRAINT "group_permissions_group_id_permission_pk" PRIMARY KEY("group_id","permission")
);
--> statement-breakpoint
CREATE TABLE "groups" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"name" text NOT NULL,
	"built_in" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "groups_name_unique" UNIQUE("name"),
	CONSTRAINT "groups_built_in_unique" UNIQUE("built_in")
);
--> statement-breakpoint
CREATE TABLE "invite_groups" (
	"invite_id" uuid NOT NULL,
	"group_id" uuid NOT NULL,
	CONSTRAINT "invite_groups_invite_id_group_id_pk" PRIMARY KEY("invite_id","group_id")
);
--> statement-breakpoint
CREATE TABLE "store_shares" (
	"store_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"permissions" text[] NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "store_shares_store_id_user_id_pk" PRIMARY KEY("store_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "user_groups" (
	"user_id" uuid NOT NULL,
	"group_id" uuid NOT NULL,
	CONSTRAINT "user_groups_user_id_group_id_pk" PRIMARY KEY("user_id","group_id")
);
--> statement-breakpoint
ALTER TABLE "group_permissions" ADD CONSTRAINT "group_permissions_group_id_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."groups"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invite_groups" ADD CONSTRAINT "invite_groups_invite_id_invites_id_fk" FOREIGN KEY ("invite_id") REFERENCES "public"."invites"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invite_groups" ADD CONSTRAINT "invite_groups_group_id_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."groups"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "store_shares" ADD CONSTRAINT "store_shares_store_id_stores_id_fk" FOREIGN KEY ("store_id") REFERENCES "public"."stores"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "store_shares" ADD CONSTRAINT "store_shares_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "user_groups" ADD CONSTRAINT "user_groups_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "user_groups" ADD CONSTRAINT "user_groups_group_id_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."groups"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "store_shares_user" ON "store_shares" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "user_groups_group" ON "user_groups" USING btree ("group_id");--> statement-breakpoint
-- Everybody goes on as before: members are sellers, and who could look at all stores still can.
INSERT INTO "groups" ("name", "built_in") VALUES ('Sellers', 'sellers');--> statement-breakpoint
INSERT INTO "group_permissions" ("group_id", "permission")
	SELECT "id", unnest(ARRAY['view_store', 'change_store', 'view_product', 'change_price', 'change_rule',
		'approve_decision', 'view_order', 'view_review']) FROM "groups";--> statement-breakpoint
INSERT INTO "user_groups" ("user_id", "group_id")
	SELECT "users"."id", "groups"."id" FROM "users", "groups" WHERE "users"."role" = 'member';--> statement-breakpoint
INSERT INTO "invite_groups" ("invite_id", "group_id")
	SELECT "invites"."id", "groups"."id" FROM "invites", "groups"
	WHERE "invites"."role" = 'member' AND "invites"."accepted_at" IS NULL AND "invites"."withdrawn_at" IS NULL;--> statement-breakpoint
INSERT INTO "groups" ("name") SELECT 'Видят все магазины'
	WHERE EXISTS (SELECT FROM "users" WHERE "can_view_all_stores" AND "role" = 'member');--> statement-breakpoint
INSERT INTO "group_permissions" ("group_id", "permission")
	SELECT "id", unnest(ARRAY['view_store', 'view_product', 'can_view_all_stores']) FROM "groups" WHERE "built_in" IS NULL;--> statement-breakpoint
INSERT INTO "user_groups" ("user_id", "group_id")
	SELECT "users"."id", "groups"."id" FROM "users", "groups"
	WHERE "users"."role" = 'member' AND "can_view_all_stores" AND "built_in" IS NULL;--> statement-breakpoint
ALTER TABLE "users" DROP COLUMN "can_view_all_stores";