export const railCookie = "duken-rail";
export const railCollapsed = "narrow";
