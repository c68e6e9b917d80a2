/** What is asked of a store: one's own, one that was shared, or with `can_view_all_stores` any. */
export const storePermissions = [
  "view_store",
  "change_store",
  "view_product",
  "change_price",
  "change_rule",
  "approve_decision",
  "view_order",
  "change_order",
  "view_review",
] as const;
export type StorePermission = (typeof storePermissions)[number];

/** What is asked of the office as a whole. */
export const officePermissions = [
  "can_view_all_stores",
  "manage_proxies",
  "change_settings",
  "view_user",
  "change_user",
  "view_audit",
  "view_recipient",
  "can_view_all_recipients",
  "view_message",
  "can_view_all_messages",
  "view_mailing",
  "can_view_all_mailings",
  "can_disable_mailing",
  "edit_mailing",
  "send_mailing",
] as const;
export type OfficePermission = (typeof officePermissions)[number];

export type Permission = StorePermission | OfficePermission;
export const permissions: readonly Permission[] = [...storePermissions, ...officePermissions];

const known: ReadonlySet<string> = new Set(permissions);
export const isPermission = (name: string): name is Permission => known.has(name);

/** Those that change nothing in a store. */
export type ViewPermission = Extract<StorePermission, `view_${string}`>;
export type ChangePermission = Exclude<StorePermission, ViewPermission>;

/** Without these a permission is of no use, so whoever gets it gets them. */
const needs: Partial<Record<Permission, readonly Permission[]>> = {
  change_store: ["view_store"],
  view_product: ["view_store"],
  change_price: ["view_product"],
  change_rule: ["view_product"],
  approve_decision: ["view_product"],
  view_order: ["view_store"],
  change_order: ["view_order"],
  view_review: ["view_store"],
  can_view_all_stores: ["view_store"],
  change_user: ["view_user"],
  can_view_all_recipients: ["view_recipient"],
  can_view_all_messages: ["view_message"],
  can_view_all_mailings: ["view_mailing"],
  can_disable_mailing: ["view_mailing"],
  edit_mailing: ["view_recipient", "view_message", "view_mailing"],
  send_mailing: ["view_recipient", "view_message", "view_mailing"],
};

/** The permissions and all they need, in the order of the list. */
export function withNeeds<P extends Permission>(chosen: Iterable<P>): P[] {
  const whole = new Set<Permission>();
  const add = (permission: Permission) => {
    whole.add(permission);
    for (const needed of needs[permission] ?? []) add(needed);
  };
  for (const permission of chosen) add(permission);
  // What a store's permission needs is a store's, too.
  return permissions.filter((permission): permission is P => whole.has(permission));
}

/** The permissions without one, and without all that need it. */
export function withoutOne<P extends Permission>(chosen: Iterable<P>, left: Permission): P[] {
  return [...chosen].filter((permission) => !withNeeds<Permission>([permission]).includes(left));
}

/** As the checkboxes stand: what belongs together. */
export const permissionAreas = {
  stores: ["view_store", "change_store", "can_view_all_stores"],
  goods: ["view_product", "change_price", "change_rule", "approve_decision"],
  office: ["change_settings", "manage_proxies", "view_audit"],
  people: ["view_user", "change_user"],
  orders: ["view_order", "change_order", "view_review"],
  mailings: [
    "view_recipient",
    "can_view_all_recipients",
    "view_message",
    "can_view_all_messages",
    "view_mailing",
    "can_view_all_mailings",
    "can_disable_mailing",
    "edit_mailing",
    "send_mailing",
  ],
} as const satisfies Record<string, readonly Permission[]>;
export type PermissionArea = keyof typeof permissionAreas;

/** Groups every installation may have; the owner sets their rights, but not their names. */
export const builtInGroups = {
  sellers: { name: "Sellers", permissions: storePermissions },
  managers: {
    name: "Managers",
    permissions: [
      "view_user",
      "view_recipient",
      "view_message",
      "view_mailing",
      "can_view_all_recipients",
      "can_view_all_messages",
      "can_view_all_mailings",
      "change_user",
      "can_disable_mailing",
    ],
  },
} as const satisfies Record<string, { name: string; permissions: readonly Permission[] }>;
export type BuiltInGroup = keyof typeof builtInGroups;
