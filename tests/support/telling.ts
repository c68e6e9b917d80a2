import type { Caller } from "@/lib/auth/model";
import { SECOND } from "@/lib/core/time";
import { telegramLinks } from "@/lib/db/schema/telegram";
import { createTelegram, type Telegram } from "@/lib/telegram/client";
import type { TellingAccess } from "@/lib/telling/access";
import type { TestOffice } from "./office";
import { fakeTelegram } from "./telegram/bot-api";
import type { Options } from "./telegram/server";

const shared = globalThis as typeof globalThis & { dukenTelegram?: Telegram };

export const OFFICE = "https://office.example.kz";

/** Telegram as the office sees it, by the office's clock; the whole process speaks to it. Once per test file. */
export async function telegramOf({ access, twin }: TestOffice, options: Options = {}) {
  const fake = await fakeTelegram({ now: () => access.clock().getTime(), ...options });
  const telegram = createTelegram({ url: fake.url, token: fake.token, patience: 5 });
  shared.dukenTelegram = telegram;
  const telling: TellingAccess = {
    db: access.db,
    clock: access.clock,
    // Whoever waits moves the clock: no test does.
    sleep: async (ms) => void twin.advance({ ms }),
    telegram,
    officeUrl: OFFICE,
  };
  /** A person in front of Telegram whose account is somebody's here. */
  async function linked(
    who: Pick<Caller, "id">,
    more: Partial<typeof telegramLinks.$inferInsert> = {},
  ) {
    const person = fake.person();
    person.chat.begun = true;
    const link = { userId: who.id, telegramId: person.id, linkedAt: access.clock(), ...more };
    await access.db
      .insert(telegramLinks)
      .values(link)
      .onConflictDoUpdate({ target: telegramLinks.userId, set: link });
    return person;
  }
  return {
    fake,
    telling,
    linked,
    pass: (seconds: number) => twin.advance({ ms: seconds * SECOND }),
  };
}
