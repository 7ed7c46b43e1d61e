import { groupedPhone } from "./phone";

export const Phone = ({ number }: { number: string }) => (
  <span className="number unbroken">{groupedPhone(number)}</span>
);
