import pino from "pino";
import { bareError } from "@/lib/core/bare-error";
import { logSettings } from "@/lib/env";
import { currentOrigin, jobOf } from "@/lib/log/origin";
import { rotatingFile } from "@/lib/log/rotating-file";
import { withoutSecrets } from "@/lib/log/without-secrets";

const { LOG_LEVEL, LOG_DIR } = logSettings();

const LONGEST_FILE = 20 * 1024 * 1024;
const FILES_KEPT = 5;

/**
 * JSON to the console (stderr: the stdout of a command is its result) and, with LOG_DIR, to rotated
 * files there. Secrets are removed by their names, wherever one slips in.
 */
export const log = pino(
  {
    level: LOG_LEVEL,
    base: null,
    serializers: {
      err: (error) => withoutSecrets(pino.stdSerializers.err(bareError(error) as Error)),
    },
    formatters: { log: withoutSecrets },
    mixin: whereFrom,
  },
  pino.multistream(
    [process.stderr, ...(LOG_DIR ? [logFile(LOG_DIR)] : [])].map((stream) => ({
      stream,
      level: "trace" as const,
    })),
  ),
);

/** One id finds all that was said of a request, from its page to the last of its jobs. */
function whereFrom(): object {
  const origin = currentOrigin();
  if (!origin) return {};
  const { requestId: request, from, keyId: key, runId: run } = origin;
  if (run) return { request, job: jobOf(from), run };
  return key ? { request, key } : { request };
}

function logFile(folder: string) {
  return rotatingFile(`${folder}/duken.log`, { size: LONGEST_FILE, kept: FILES_KEPT });
}
