import { expect, it } from "vitest";
import { mostUrgentFirst } from "@/components/notices/urgency";
import type { Notice } from "@/lib/notices/model";

const notice = (id: string, severity: Notice["severity"], minute: number): Notice => ({
  id,
  severity,
  kind: "needs_reauth",
  storeId: null,
  params: {},
  mayDismiss: true,
  createdAt: new Date(Date.UTC(2026, 4, 9, 10, minute)),
});

it("notices that lose money come first, of equals the newest", () => {
  const given = [
    notice("old warning", "warning", 1),
    notice("news", "info", 9),
    notice("new warning", "warning", 5),
    notice("danger", "danger", 0),
  ];
  expect(mostUrgentFirst(given).map(({ id }) => id)).toEqual([
    "danger",
    "new warning",
    "old warning",
    "news",
  ]);
});
