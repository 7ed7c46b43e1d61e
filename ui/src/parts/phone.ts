const TWO_DIGIT_CODES = new Set(
  (
    "20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82 84 86 " +
    "90 91 92 93 94 95 98"
  ).split(" "),
);

/** Digits in each group after the country code, by the code, or the code and the next digit, and the length. */
const GROUPS: Record<string, Record<number, number[]>> = {
  "1": { 10: [3, 3, 4] },
  "44": { 10: [4, 6], 9: [3, 6] },
  "442": { 10: [2, 4, 4] },
  "86": { 11: [3, 4, 4], 10: [2, 4, 4] },
  "49": { 11: [4, 3, 4], 10: [3, 3, 4] },
  "33": { 9: [1, 2, 2, 2, 2] },
};

/** How many digits the country code of an E.164 number has (ITU-T E.164 list of assigned codes). */
function codeLength(digits: string): number {
  if (digits.startsWith("1") || digits.startsWith("7")) return 1;
  return TWO_DIGIT_CODES.has(digits.slice(0, 2)) ? 2 : 3;
}

/** Groups of three, the last one of three or four, for countries without a rule above. */
function evenGroups(length: number): number[] {
  if (length <= 4) return [length];
  const groups: number[] = [];
  let left = length;
  while (left > 4) {
    groups.push(3);
    left -= 3;
  }
  return [...groups, left];
}

function cut(digits: string, sizes: number[]): string[] {
  let at = 0;
  return sizes.map((size) => {
    at += size;
    return digits.slice(at - size, at);
  });
}

/** An E.164 number in groups that can be read aloud; what isn't one (masked, an extension) stays as it is. */
export function groupedPhone(phone: string): string {
  if (!/^\+\d{7,15}$/.test(phone)) return phone;
  const digits = phone.slice(1);
  const code = digits.slice(0, codeLength(digits));
  const rest = digits.slice(code.length);
  const sizes =
    GROUPS[code + rest.slice(0, 1)]?.[rest.length] ?? GROUPS[code]?.[rest.length] ?? evenGroups(rest.length);
  return [`+${code}`, ...cut(rest, sizes)].join(" ");
}
