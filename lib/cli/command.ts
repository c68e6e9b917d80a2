import { type ParseArgsConfig, parseArgs } from "node:util";

type Options = NonNullable<ParseArgsConfig["options"]>;
type Given<O extends Options> = ReturnType<
  typeof parseArgs<{ options: O; allowPositionals: true }>
>["values"];

/** A management command, ready for its words of the command line; answers the exit code. */
export type Command = {
  summary: string;
  usage: string;
  /** Runs without a database, or sees to it itself; the others find it migrated. */
  standsAlone: boolean;
  /** Stays up and works for others: what it does is not asked for at the command line. */
  staysUp: boolean;
  run(args: string[]): Promise<number>;
};

/** What the caller got wrong, said in a sentence; the exit code is 2. */
export class UsageError extends Error {
  override name = "UsageError";
}

/**
 * Describes a command. `positionals` names the words that must be there, in order;
 * the result of `run` is printed on stdout by itself, and nothing else may be.
 */
export function defineCommand<const O extends Options>(definition: {
  summary: string;
  usage: string;
  options: O;
  positionals?: string[];
  standsAlone?: boolean;
  staysUp?: boolean;
  run(values: Given<O>, positionals: string[]): Promise<number>;
}): Command {
  const {
    summary,
    usage,
    options,
    positionals: wanted = [],
    standsAlone = false,
    staysUp = false,
    run,
  } = definition;
  return {
    summary,
    usage,
    standsAlone,
    staysUp,
    async run(args) {
      const { values, positionals } = parse(args, options);
      if (positionals.length !== wanted.length) throw new UsageError(`Нужно: ${usage}`);
      return run(values as Given<O>, positionals);
    },
  };
}

function parse(args: string[], options: Options) {
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const option = args.find((arg) => arg.startsWith("-")) ?? "";
    if (code === "ERR_PARSE_ARGS_UNKNOWN_OPTION") {
      throw new UsageError(`Неизвестный ключ: ${unknownOption(error) ?? option}`);
    }
    if (code === "ERR_PARSE_ARGS_INVALID_OPTION_VALUE") {
      throw new UsageError(`Не так задан ключ: ${unknownOption(error) ?? option}`);
    }
    throw error;
  }
}

/** Node names the option in quotes inside its English sentence. */
function unknownOption(error: unknown): string | undefined {
  return /'(-{1,2}[^' ]+)/.exec((error as Error).message)?.[1];
}
