import { expect, test } from "vitest";
import { checkWritePermission } from "@/lib/kaspi/write-permission";
import { failure } from "./failures";
import { type Answer, cabinetAnswering } from "./stub-server";

const PAGE = "<!DOCTYPE html><html><body></body></html>";

test.each<[string, Answer, object]>([
  ["an empty 403 for a missing right", { status: 403 }, { key: "login_permissions" }],
  [
    "403 with a page for a refused address",
    { status: 403, body: PAGE },
    { kind: "kaspi_address_refused" },
  ],
  ["401 for a dead session", { status: 401 }, { kind: "kaspi_session_expired" }],
  [
    "a redirect to the login for a dead session",
    { status: 302, headers: { location: "https://idmc.shop.kaspi.kz/login" } },
    { kind: "kaspi_session_expired" },
  ],
  ["the login page for a dead session", { body: PAGE }, { kind: "kaspi_session_expired" }],
  ["5xx for trouble", { status: 503 }, { kind: "kaspi_unreachable" }],
])("the right to write: it takes %s", async (_, answer, expected) => {
  const { cabinet } = await cabinetAnswering(answer);
  expect(await failure(checkWritePermission(cabinet, "123"))).toMatchObject(expected);
});

test("the right to write is there when Kaspi shows the settings", async () => {
  const { cabinet } = await cabinetAnswering({ body: "{}" });
  await expect(checkWritePermission(cabinet, "123")).resolves.toBeUndefined();
});
