/** A filter by a customer field, "dentist:Weiss", as the list's own filters name it: "Dentist: Weiss". */
export function fieldWords(filter: string, fields: readonly { key: string; label: string }[]): string {
  const [key = "", ...rest] = filter.split(":");
  return `${fields.find((field) => field.key === key)?.label ?? key}: ${rest.join(":")}`;
}
