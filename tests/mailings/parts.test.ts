import { expect, test } from "vitest";
import { DAY, later } from "@/lib/core/time";
import { messages } from "@/lib/db/schema/mailings";
import { mailingParts } from "@/lib/mailings/mailing-queries";
import { testOffice } from "../support/office";

const office = await testOffice();
const { access, owner, stranger } = office;
const { db, clock } = access;

const letters = (ownerId: string, count: number) =>
  db
    .insert(messages)
    .values(
      Array.from({ length: count }, (_, nth) => {
        const at = later(clock(), -nth * DAY);
        return {
          ownerId,
          subject: `${nth}`,
          bodyText: "",
          bodyHtml: "",
          createdAt: at,
          updatedAt: at,
        };
      }),
    )
    .returning({ id: messages.id, subject: messages.subject });

test("a mailing keeps its letter however many newer ones there are, and is offered nobody else's", async () => {
  const own = await letters(owner.id, 510);
  const [foreign] = await letters(stranger.id, 1);
  const oldest = own.at(-1)?.id ?? "";
  const offered = async (messageId?: string) =>
    (await mailingParts(db, owner, messageId)).letters.map(({ id }) => id);
  expect(await offered()).not.toContain(oldest);
  expect((await offered()).slice(0, 2)).toEqual(own.slice(0, 2).map(({ id }) => id));
  expect((await offered(oldest)).slice(0, 2)).toEqual([oldest, own[0]?.id]);
  expect(await offered(foreign?.id)).not.toContain(foreign?.id);
});
