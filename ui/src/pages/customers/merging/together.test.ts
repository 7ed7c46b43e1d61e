import { describe, expect, it } from "vitest";
import type { CustomerCard } from "@/api/model";
import { mergeBody, partsOf } from "./together";

const card = (id: string, other: Partial<CustomerCard>) =>
  ({
    id,
    phone: `+${id}`,
    name: "Ann",
    category: "",
    owner: null,
    follow_up_at: null,
    fields: {},
    revision: 3,
    ...other,
  }) as unknown as CustomerCard;
const ONE = card("1", { fields: { plan: "Gold" } });
const TWO = card("2", { name: "A. Lee", category: "Regular", fields: { plan: "Basic", city: "Leeds" } });

describe("customers who become one", () => {
  it("are asked about only where they differ, the kept one first", () => {
    expect(partsOf([TWO, ONE], "1")).toEqual([
      {
        key: "name",
        values: [
          { value: "Ann", from: "+1" },
          { value: "A. Lee", from: "+2" },
        ],
      },
      {
        key: "fields.plan",
        values: [
          { value: "Gold", from: "+1" },
          { value: "Basic", from: "+2" },
        ],
      },
    ]);
  });
  it("are sent with what was chosen, and the kept one's where nothing was", () => {
    expect(mergeBody([TWO, ONE], "1", { "fields.plan": "Basic" })).toEqual({
      revision: 3,
      others: [{ id: "2", revision: 3 }],
      name: "Ann",
      fields: { plan: "Basic" },
    });
  });
});
