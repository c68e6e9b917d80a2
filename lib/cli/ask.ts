import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { UsageError } from "./command";

/** The value given by its option, or the person's answer; without a terminal there is nobody to ask. */
export async function givenOrAsked(
  given: string | undefined,
  option: string,
  question: string,
): Promise<string> {
  return given ?? ask(option, question, { unseen: false });
}

/** The same for a password: what is typed is not shown. */
export async function givenOrAskedUnseen(
  given: string | undefined,
  option: string,
  question: string,
): Promise<string> {
  return given ?? ask(option, question, { unseen: true });
}

async function ask(option: string, question: string, how: { unseen: boolean }): Promise<string> {
  if (!process.stdin.isTTY) {
    throw new UsageError(`Спросить некого: задайте ${option} в командной строке.`);
  }
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({
    input: process.stdin,
    output: how.unseen ? nowhere : process.stderr,
    terminal: true,
  });
  lines.on("SIGINT", () => process.exit(130));
  if (how.unseen) process.stderr.write(question);
  try {
    return await lines.question(how.unseen ? "" : question);
  } finally {
    lines.close();
    if (how.unseen) process.stderr.write("\n");
  }
}
