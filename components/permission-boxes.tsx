"use client";

import { useTranslations } from "next-intl";
import { Checkbox } from "@/components/ui/checkbox";
import {
  type Permission,
  type PermissionArea,
  permissionAreas,
  withNeeds,
  withoutOne,
} from "@/lib/auth/permission-model";

type Props<P extends Permission> = {
  /** Those one may choose of. */
  of: readonly P[];
  chosen: readonly P[];
  onChange: (chosen: P[]) => void;
  /** Always given, and not asked about. */
  fixed?: readonly P[];
  /** Why one cannot be chosen; null: it can. */
  refusal?: (permission: P) => string | null;
};

/** Rights by checkbox, area by area; what one needs comes with it and goes before it. */
export function PermissionBoxes<P extends Permission>(props: Props<P>) {
  const { of } = props;
  const areas = Object.keys(permissionAreas) as PermissionArea[];
  return areas.map((area) => {
    const here: readonly Permission[] = permissionAreas[area];
    const some = of.filter((permission) => here.includes(permission));
    return some.length > 0 && <Area key={area} {...props} area={area} of={some} />;
  });
}

function Area<P extends Permission>({
  area,
  of,
  chosen,
  onChange,
  fixed = [],
  refusal = () => null,
}: Props<P> & { area: PermissionArea }) {
  const t = useTranslations("permissions");
  const flip = (permission: P, on: boolean) =>
    onChange(on ? withNeeds([...chosen, permission]) : withoutOne(chosen, permission));
  return (
    <fieldset className="flex flex-col gap-1 border-t pt-3 first:border-t-0 first:pt-0">
      <legend className="float-left w-full font-medium">{t(`area.${area}`)}</legend>
      {of.map((permission) => {
        const named: Permission = permission;
        const why = refusal(permission);
        const isOn = chosen.includes(permission);
        return (
          <Checkbox
            key={permission}
            checked={isOn}
            disabled={fixed.includes(permission) || (why !== null && !isOn)}
            onChange={({ target }) => flip(permission, target.checked)}
            className="mt-1 self-start"
          >
            <span className="min-w-0 py-0.5">
              {t(`name.${named}`)}
              <span className="block text-ink-soft text-sm">{why ?? t(`hint.${named}`)}</span>
            </span>
          </Checkbox>
        );
      })}
    </fieldset>
  );
}
