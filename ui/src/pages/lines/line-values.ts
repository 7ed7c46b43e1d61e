import type { LineDetail } from "@/api/lines";
import type { NewLine } from "@/api/model";

const FORM_NAME = "line";
const MICROS = 1_000_000;

/** A line as its form holds it: the pool as lines of text, moments by the reader's clock. */
export interface LineValues extends Omit<NewLine, "more_numbers" | "home" | "expires_at"> {
  more_numbers: string;
  home: { country: string | null; province: string | null; city: string | null };
  expires_at: string;
}

/** The form's fields at which a refusal is shown. */
export const FIELDS = [
  "name",
  "kind",
  "caller_number",
  "more_numbers",
  "home",
  "channels",
  "calls_per_second",
  "ring_timeout_s",
  "price",
  "billed_first_s",
  "billed_next_s",
  "expires_at",
  "carrier_host",
  "carrier_port",
  "username",
  "password",
] as const;

export const lineForm = FORM_NAME;

export const FRESH: Partial<LineValues> = {
  kind: "fixed",
  carrier_port: 5060,
  register: false,
  channels: 10,
  calls_per_second: 5,
  ring_timeout_s: 30,
  price: "0",
  billed_first_s: 60,
  billed_next_s: 60,
};

export const numbersIn = (text = ""): string[] =>
  text
    .split(/[\n,;]+/)
    .map((number) => number.trim())
    .filter(Boolean);

/** A moment as a field of date and time takes it. */
export function localMoment(at: string | null | undefined): string {
  if (!at) return "";
  const moment = new Date(at);
  return new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** The moment of what such a field holds, in UTC. */
export const momentOf = (local: string | null | undefined): string | null =>
  local ? new Date(local).toISOString() : null;

/** Micros as people write them: at most six digits behind the point, none in vain. */
export const written = (micros: number): string => (micros / MICROS).toFixed(6).replace(/\.?0+$/, "");

export const valuesOf = (line: LineDetail): LineValues => ({
  ...line,
  more_numbers: line.more_numbers.join("\n"),
  home: {
    country: line.home?.country ?? null,
    province: line.home?.province || null,
    city: line.home?.city || null,
  },
  price: written(line.price_per_minute),
  expires_at: localMoment(line.expires_at),
  password: null,
});

/** What is sent; an expiry that was not touched goes back as it came, seconds and all. */
export function bodyOf(values: LineValues, before: LineDetail | null): NewLine {
  const { home, more_numbers, expires_at, username, password, ...rest } = values;
  const untouched = before && expires_at === localMoment(before.expires_at);
  return {
    ...rest,
    username: username || null,
    password: password || null,
    channels: rest.kind === "mobile" ? 1 : rest.channels,
    more_numbers: rest.kind === "pooled" ? numbersIn(more_numbers) : [],
    home: home?.country
      ? { country: home.country, province: home.province ?? "", city: home.city ?? "" }
      : null,
    expires_at: untouched ? before.expires_at : momentOf(expires_at),
  };
}
