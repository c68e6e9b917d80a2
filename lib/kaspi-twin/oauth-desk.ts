type Asked = { state: string; verifier: string; redirectUrl: string };
type Code = { email: string; merchants: string[]; challenge: string; at: number };

/** The logins that are on their way between the cabinet and the identity host. */
export class OAuthDesk {
  /** By the cookie `mc_arr`. */
  readonly requests = new Map<string, Asked>();
  readonly codes = new Map<string, Code>();
}
