import pino from "pino";
import { env } from "@/lib/env";

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

/** JSON to the console and, with LOG_DIR, to a file there. Secrets are removed even if one slips in. */
export const log = pino(
  { level: env().LOG_LEVEL, base: null, redact: { paths: secretPaths, remove: true } },
  pino.multistream([
    { stream: process.stdout, level: "trace" },
    ...(env().LOG_DIR
      ? [
          {
            stream: pino.destination({
              dest: `${env().LOG_DIR}/duken.log`,
              mkdir: true,
              sync: false,
            }),
            level: "trace" as const,
          },
        ]
      : []),
  ]),
);
