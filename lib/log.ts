import pino from "pino";
import { bareError } from "@/lib/core/bare-error";
import { logSettings } from "@/lib/env";
import { rotatingFile } from "@/lib/log/rotating-file";

const secretPaths = [
  "password",
  "cookies",
  "cookie",
  "token",
  "code",
  "*.password",
  "*.cookies",
  "*.cookie",
  "*.token",
  "proxyUrl",
  "*.proxyUrl",
];

const { LOG_LEVEL, LOG_DIR } = logSettings();

const LONGEST_FILE = 20 * 1024 * 1024;
const FILES_KEPT = 5;

/**
 * JSON to the console (stderr: the stdout of a command is its result) and, with LOG_DIR, to rotated
 * files there. Secrets are removed even if one slips in.
 */
export const log = pino(
  {
    level: LOG_LEVEL,
    base: null,
    serializers: { err: (error) => pino.stdSerializers.err(bareError(error) as Error) },
    redact: { paths: secretPaths, remove: true },
  },
  pino.multistream(
    [process.stderr, ...(LOG_DIR ? [logFile(LOG_DIR)] : [])].map((stream) => ({
      stream,
      level: "trace" as const,
    })),
  ),
);

function logFile(folder: string) {
  return rotatingFile(`${folder}/duken.log`, { size: LONGEST_FILE, kept: FILES_KEPT });
}
