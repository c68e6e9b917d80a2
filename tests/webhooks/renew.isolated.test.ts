import { eq } from "drizzle-orm";
import { expect, test, vi } from "vitest";
import { renew } from "@/app/(office)/settings/webhooks/actions";
import { webhooks } from "@/lib/db/schema/webhooks";
import { testOffice } from "../support/office";
import { reachableByJobs } from "../support/office-jobs";
import { signedIn } from "../support/session";
import { hooked } from "../support/webhooks";

const asked = vi.hoisted(() => ({ headers: {} as Record<string, string> }));
// Next tells the headers of a request, and hears what is to be drawn anew, only inside its own server.
vi.mock("next/headers", () => ({
  headers: async () => new Headers(asked.headers),
  cookies: async () => ({ get: () => undefined }),
}));
vi.mock("next/cache", () => ({ revalidatePath: () => {} }));

const office = await testOffice();
reachableByJobs(office);
const { access, owner } = office;

test("a secret is renewed for who knows the password, not for an open browser", async () => {
  const { id: webhookId } = await hooked(access).add(owner, "https://example.kz/");
  const secret = async () => {
    const [row] = await access.db.select().from(webhooks).where(eq(webhooks.id, webhookId));
    return row?.secret;
  };
  const former = await secret();
  asked.headers = await signedIn(owner);
  const refused = await renew({ webhookId, current: "a wrong password" });
  expect(refused).toMatchObject({
    ok: false,
    failure: { fields: { current: expect.any(String) } },
  });
  expect(await secret()).toBe(former);
  const renewed = await renew({ webhookId, current: "a long password" });
  expect(renewed).toMatchObject({ ok: true, value: { secret: expect.stringMatching(/^whsec_/) } });
  expect(await secret()).not.toBe(former);
});
