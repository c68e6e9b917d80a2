import pino from "pino";
import { bareError } from "@/lib/core/bare-error";
import { logSettings } from "@/lib/env";

const secretPaths = [
  "password",
  "cookies",
  "cookie",
  "token",
  "code",
  "*.password",
  "*.cookies",
  "*.token",
];

const { LOG_LEVEL, LOG_DIR } = logSettings();

/**
 * JSON to the console (stderr: the stdout of a command is its result) and, with LOG_DIR, to a file
 * there. Secrets are removed even if one slips in.
 */
export const log = pino(
  {
    level: LOG_LEVEL,
    base: null,
    serializers: { err: (error) => pino.stdSerializers.err(bareError(error) as Error) },
    redact: { paths: secretPaths, remove: true },
  },
  pino.multistream([
    { stream: process.stderr, level: "trace" },
    ...(LOG_DIR
      ? [
          {
            stream: pino.destination({
              dest: `${LOG_DIR}/duken.log`,
              mkdir: true,
              sync: false,
            }),
            level: "trace" as const,
          },
        ]
      : []),
  ]),
);
