import { afterAll } from "vitest";
import { type FakeTelegram, type Options, startFakeTelegram } from "./server";

/** A Bot API of this file's own, gone with its last test. Once per test file, at its top. */
export async function fakeTelegram(options: Options = {}): Promise<FakeTelegram> {
  const fake = await startFakeTelegram(options);
  afterAll(fake.stop);
  return fake;
}
