import { afterAll } from "vitest";
import { answerApi } from "@/lib/api/answer-api";
import { served } from "./served";

/** The API as a program meets it: at an address of this machine. Once per test file. */
export async function apiServer(answer = answerApi): Promise<{ url: string }> {
  const { url, stop } = await served(answer);
  afterAll(stop);
  return { url };
}
