import { isAppError } from "@/lib/core/errors";
import { closeDatabase } from "@/lib/db/client";
import { UsageError } from "./command";
import { dispatch } from "./dispatch";

async function explain(error: unknown): Promise<void> {
  if (isAppError(error)) {
    const { errorText } = await import("@/lib/i18n/error-text");
    const { translator } = await import("@/lib/i18n/translator");
    console.error(errorText(translator("ru"), error));
    console.error(`(${error.message})`);
  } else if (error instanceof Error) {
    console.error(error.message);
  } else {
    console.error(error);
  }
}

try {
  process.exitCode = await dispatch(process.argv.slice(2));
} catch (error) {
  await explain(error);
  process.exitCode = error instanceof UsageError ? 2 : 1;
} finally {
  await closeDatabase();
}
