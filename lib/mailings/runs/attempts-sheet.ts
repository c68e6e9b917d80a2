import type { SheetColumn } from "@/lib/excel/sheet-model";
import { type AttemptReason, type AttemptStatus, attemptReasons } from "../status-model";

type Column = "run" | "email" | "name" | "state" | "reason" | "code" | "said" | "tries" | "at";

type Words = {
  header: (name: Column) => string;
  state: (status: AttemptStatus) => string;
  reason: (reason: AttemptReason) => string;
};

type Row = {
  runNumber: number;
  email: string;
  fullName: string;
  status: AttemptStatus;
  reason: string | null;
  smtpCode: number | null;
  serverResponse: string | null;
  tries: number;
  at: Date | null;
};

/** The columns of a file of what came of a run's letters. */
export function attemptsSheet({ header, state, reason }: Words): SheetColumn<Row>[] {
  const why = (row: Row) => attemptReasons.find((one) => one === row.reason);
  return [
    { header: header("run"), width: 10, value: ({ runNumber }) => runNumber },
    { header: header("email"), width: 32, value: ({ email }) => email },
    { header: header("name"), width: 28, value: ({ fullName }) => fullName || null },
    { header: header("state"), width: 16, value: ({ status }) => state(status) },
    {
      header: header("reason"),
      width: 32,
      value: (row) => {
        const known = why(row);
        return known ? reason(known) : null;
      },
    },
    { header: header("code"), width: 8, value: ({ smtpCode }) => smtpCode },
    { header: header("said"), width: 48, value: ({ serverResponse }) => serverResponse },
    { header: header("tries"), width: 10, value: ({ tries }) => tries },
    { header: header("at"), width: 18, value: ({ at }) => at },
  ];
}
