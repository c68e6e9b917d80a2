/**
 * A browser that an exit passes for: what it says of itself belongs together and never changes on
 * the way. Kaspi answers 429 at once to clients that name themselves (protocol I).
 */
export type BrowserIdentity = {
  key: string;
  userAgent: string;
  acceptLanguage: string;
  /** The client hints of Chromium, `sec-ch-ua` and its neighbours. */
  hints: Record<string, string>;
};

type Brand = "Google Chrome" | "Microsoft Edge";

const systems = {
  Windows: "Windows NT 10.0; Win64; x64",
  macOS: "Macintosh; Intel Mac OS X 10_15_7",
};

const ru = "ru-RU,ru;q=0.9,en-US;q=0.8,en;q=0.7";
const ruAndKk = "ru-RU,ru;q=0.9,kk-KZ;q=0.8,kk;q=0.7,en-US;q=0.6,en;q=0.5";

function browser(
  key: string,
  brand: Brand,
  system: keyof typeof systems,
  version: number,
  acceptLanguage: string,
): BrowserIdentity {
  const edge = brand === "Microsoft Edge" ? ` Edg/${version}.0.0.0` : "";
  return {
    key,
    userAgent: `Mozilla/5.0 (${systems[system]}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${version}.0.0.0 Safari/537.36${edge}`,
    acceptLanguage,
    hints: {
      "sec-ch-ua": brandList(brand, version),
      "sec-ch-ua-mobile": "?0",
      "sec-ch-ua-platform": `"${system}"`,
    },
  };
}

const noise = [" ", "(", ":", "-", ".", "/", ")", ";", "=", "?", "_"];
const noiseVersions = ["8", "99", "24"];
const orders = ["012", "021", "102", "120", "201", "210"];

/** As Chromium makes it up: an invented brand among the true ones, both by the version's number. */
export function brandList(brand: Brand, version: number): string {
  const invented = `Not${noise[version % 11]}A${noise[(version + 1) % 11]}Brand`;
  const named = [
    `"${invented}";v="${noiseVersions[version % 3]}"`,
    `"Chromium";v="${version}"`,
    `"${brand}";v="${version}"`,
  ];
  const places = orders[version % 6] ?? "012";
  return [0, 1, 2].map((place) => named[places.indexOf(String(place))]).join(", ");
}

/** Its headers are the protocol's own sample of those that Kaspi answers (protocol E). */
export const firstIdentity = browser("windows-chrome-150", "Google Chrome", "Windows", 150, ru);

export const identities: readonly BrowserIdentity[] = [
  firstIdentity,
  browser("windows-chrome-149", "Google Chrome", "Windows", 149, ru),
  browser("mac-chrome-150", "Google Chrome", "macOS", 150, ru),
  browser("windows-chrome-150-kk", "Google Chrome", "Windows", 150, ruAndKk),
  browser("windows-edge-150", "Microsoft Edge", "Windows", 150, "ru,en;q=0.9"),
  browser("mac-chrome-149-kk", "Google Chrome", "macOS", 149, ruAndKk),
  browser("windows-edge-149", "Microsoft Edge", "Windows", 149, "ru,en;q=0.9"),
];

/** The identity kept under this key; one that is no longer in the list is the first. */
export function identityByKey(key: string | null): BrowserIdentity {
  return identities.find((one) => one.key === key) ?? firstIdentity;
}

/** What every request of this browser says of it. */
export function headersOf(identity: BrowserIdentity): Record<string, string> {
  return {
    ...identity.hints,
    "User-Agent": identity.userAgent,
    "Accept-Language": identity.acceptLanguage,
    "Accept-Encoding": "gzip, deflate, br",
  };
}
