import type { Env } from "@/lib/env";
import { type Finding, unsafe, unwise } from "./finding";
import { nearness } from "./hosts";

function addressFinding({ NEXTAUTH_URL }: Env): Finding | null {
  const { protocol, hostname } = new URL(NEXTAUTH_URL);
  if (protocol === "https:" || nearness(hostname) === "here") return null;
  return unsafe("http", [
    "NEXTAUTH_URL открывается по http.",
    "Пароли и входы идут по сети открыто.",
    "Поставьте перед офисом прокси с TLS и задайте https-адрес.",
  ]);
}

function trainingFinding({ KASPI }: Env): Finding | null {
  if (KASPI === "live") return null;
  return unsafe("training", [
    "Офис работает с учебным Kaspi (KASPI=twin).",
    "Учебный вход известен всем, ключи сделаны на месте, цены не настоящие.",
    "Для работы: KASPI=live и отдельная база.",
  ]);
}

const kaspiUrls = [
  "KASPI_CABINET_URL",
  "KASPI_ID_URL",
  "KASPI_STOREFRONT_URL",
  "KASPI_IMAGES_URL",
] as const;

/** Of the training Kaspi only this machine may know; of the real one passwords may go nowhere else. */
function kaspiAddressFinding(env: Env): Finding | null {
  const isWrong = (url: string) => {
    const { protocol, hostname } = new URL(url);
    if (env.KASPI === "twin") return nearness(hostname) !== "here";
    return protocol !== "https:" || !/(^|\.)(cdn-)?kaspi\.kz$/.test(hostname);
  };
  const wrong = kaspiUrls.filter((name) => isWrong(env[name]));
  if (wrong.length === 0) return null;
  const [why, todo] =
    env.KASPI === "twin"
      ? [
          "Учебный Kaspi выдаёт коды и токены любому, кто до него дойдёт.",
          "Оставьте его на 127.0.0.1.",
        ]
      : [
          "Туда уходят пароли и входы ваших магазинов.",
          "Уберите: настоящие адреса подставятся сами.",
        ];
  return unsafe("kaspi-address", [`Не адрес Kaspi: ${wrong.join(", ")}.`, why, todo]);
}

function mailFinding({ EMAIL_HOST, EMAIL_TLS }: Env): Finding | null {
  if (!EMAIL_HOST || EMAIL_TLS !== "off" || nearness(EMAIL_HOST) === "here") return null;
  return unsafe("mail", [
    "Почта уходит без шифрования (EMAIL_TLS=off).",
    "В письмах ссылки, по которым задают пароль.",
    "EMAIL_TLS=starttls или tls.",
  ]);
}

function botFinding({ TELEGRAM_BOT_TOKEN, TELEGRAM_API_URL, BOT_API_KEY }: Env): Finding | null {
  if (!TELEGRAM_BOT_TOKEN) return null;
  if (!BOT_API_KEY)
    return unwise("bot-key", [
      "TELEGRAM_BOT_TOKEN есть, BOT_API_KEY нет.",
      "Бот не работает: его некому впустить в офис.",
      "manage bot-key --new, и ключ в .env.",
    ]);
  const { protocol, hostname } = new URL(TELEGRAM_API_URL);
  if (protocol === "https:" || nearness(hostname) === "here") return null;
  return unsafe("telegram-address", [
    "TELEGRAM_API_URL открывается по http.",
    "В каждом адресе токен бота: по пути его прочтут.",
    "https или сервер на этой же машине.",
  ]);
}

function logFinding({ LOG_LEVEL }: Env): Finding | null {
  if (LOG_LEVEL !== "debug") return null;
  return unwise("debug-log", [
    "LOG_LEVEL=debug.",
    "Журналы растут быстро и говорят больше нужного.",
    "LOG_LEVEL=info.",
  ]);
}

function modeFinding({ NODE_ENV }: Env): Finding | null {
  if (NODE_ENV === "production") return null;
  return unsafe("node-env", [
    `NODE_ENV=${NODE_ENV}.`,
    "Так включаются поблажки для разработки.",
    "NODE_ENV=production; make up ставит его сам.",
  ]);
}

function jobsFinding(env: Env): Finding | null {
  if (env.JOBS !== "off") return null;
  return unsafe("jobs-off", [
    "Задания выключены (JOBS=off).",
    "Цены не обновляются, и никто об этом не предупредит.",
    "JOBS=in-app или worker.",
  ]);
}

function inngestFinding(env: Env): Finding | null {
  const { INNGEST_EVENT_KEY, INNGEST_SIGNING_KEY, INNGEST_BASE_URL } = env;
  const isMeant = INNGEST_EVENT_KEY ?? INNGEST_SIGNING_KEY ?? INNGEST_BASE_URL;
  if (!isMeant || (INNGEST_EVENT_KEY && INNGEST_SIGNING_KEY)) return null;
  return unsafe("inngest-keys", [
    "Inngest задан не целиком: нужны и INNGEST_EVENT_KEY, и INNGEST_SIGNING_KEY.",
    "Без ключа подписи вызовы заданий не проверить, и работать они будут не там.",
    "Задайте оба ключа или уберите всё, что про Inngest.",
  ]);
}

const checks = [
  addressFinding,
  trainingFinding,
  kaspiAddressFinding,
  mailFinding,
  botFinding,
  logFinding,
  modeFinding,
  jobsFinding,
  inngestFinding,
];

/** What the variables say by themselves. */
export const settingsFindings = (env: Env): Finding[] =>
  checks.map((check) => check(env)).filter((found) => found !== null);

/** `engines` of package.json; odd versions of Node get no fixes after half a year. */
export function nodeFinding(version: string): Finding | null {
  const [major = 0, minor = 0] = version.replace(/^v/, "").split(".").map(Number);
  const isOld = major < 20 || (major === 20 && minor < 20);
  if (!isOld && major % 2 === 0) return null;
  return (isOld ? unsafe : unwise)("node", [
    `Node.js ${version} не из поддерживаемых.`,
    "Для него не выходят исправления.",
    "Поставьте чётную версию не старее 20.20.",
  ]);
}
