import Link from "next/link";
import { Money } from "@/components/money";

/** A sum that leads to the orders it is made of; nothing leads nowhere. */
export function SumLink({ amount, href }: { amount: number; href: string }) {
  if (amount === 0) return <Money amount={amount} />;
  return (
    <Link href={href} prefetch={false} className="hover:text-blue hover:underline">
      <Money amount={amount} />
    </Link>
  );
}
