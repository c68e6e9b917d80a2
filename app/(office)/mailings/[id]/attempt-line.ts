import type { AttemptStatus } from "@/lib/mailings/status-model";

/** Which run a letter that is sent again belongs to. */
export type OfRun = { mailingId: number; run: number };

/** A letter of a run as its table has it. */
export type AttemptLine = {
  id: string;
  email: string;
  fullName: string;
  status: AttemptStatus;
  reason: string | null;
  serverResponse: string | null;
  smtpCode: number | null;
  tries: number;
  nextAt: Date | null;
  at: Date | null;
  /** Of which run it is, where whoever looks may send it again. */
  again: OfRun | null;
};

type Row = Omit<AttemptLine, "again"> & {
  mailingId: number;
  runNumber: number;
  recipientId: string | null;
};

/** `got`: who has got the letter since; null where none may be sent again. */
export function attemptLine(row: Row, got: ReadonlySet<string> | null): AttemptLine {
  const { id, email, fullName, status, reason, serverResponse, smtpCode, tries, nextAt, at } = row;
  const { mailingId, runNumber: run, recipientId } = row;
  const mayAgain = got !== null && recipientId !== null && !got.has(recipientId);
  return {
    ...{ id, email, fullName, status, reason, serverResponse, smtpCode, tries, nextAt, at },
    again: mayAgain ? { mailingId, run } : null,
  };
}
