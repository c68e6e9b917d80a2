import { type Overheard, type SmtpSettings, smtpTransport } from "./smtp";
import { type Outcome, outcomeOf, type SmtpTrouble, wordsOf } from "./smtp-answer-rules";

/** A letter to one person, with everything filled in. */
export type Letter = {
  /** Its own, so that it is known again wherever it turns up. */
  messageId: string;
  to: { name: string; address: string };
  subject: string;
  text: string;
  /** Empty: text alone. */
  html: string;
  /** For the head of the letter: what a mail program sends there ends the letters at once. */
  unsubscribeUrl: string | null;
  files: readonly { name: string; type: string; content: Buffer }[];
};

/** Whoever takes letters to their boxes. */
export type Post = {
  /** Never throws: what became of the letter is the answer. */
  give(letter: Letter): Promise<Outcome>;
  close(): void;
};

type Options = { connections: number; overhear?: Overheard | undefined };

/** Letters by SMTP, over a few connections that stay open. */
export function smtpPost(settings: SmtpSettings, { connections, overhear }: Options): Post {
  const transport = smtpTransport(settings, { connections, overhear });
  // A reader that has come to the letter's end has given the server all of it.
  const given = new Set<unknown>();
  transport.use("stream", ({ data, message }, done) => {
    const read = message.createReadStream.bind(message);
    message.createReadStream = (...options: Parameters<typeof read>) =>
      read(...options).once("end", () => given.add(data.messageId));
    done();
  });
  return {
    async give(letter) {
      const data = composed(settings.from, letter);
      try {
        const { response = "" } = await transport.sendMail(data);
        const code = Number.parseInt(response, 10);
        return { kind: "success", code: Number.isNaN(code) ? null : code, said: wordsOf(response) };
      } catch (error) {
        return outcomeOf(error as SmtpTrouble, given.has(letter.messageId));
      } finally {
        given.delete(letter.messageId);
      }
    },
    close: () => transport.close(),
  };
}

function composed(from: string, letter: Letter) {
  const { messageId, to, subject, text, html, unsubscribeUrl, files } = letter;
  return {
    ...{ from, to, subject, text, messageId },
    ...(html && { html }),
    ...(unsubscribeUrl && {
      headers: {
        "List-Unsubscribe": `<${unsubscribeUrl}>`,
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
      },
    }),
    attachments: files.map(({ name, type, content }) => ({
      ...{ filename: name, contentType: type, content },
    })),
  };
}
