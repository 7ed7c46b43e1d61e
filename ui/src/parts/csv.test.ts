import { expect, it } from "vitest";
import { csv } from "./csv";

it("quotes what needs it and keeps rows on lines of their own", () => {
  expect(
    csv([
      ["a", 'say "hi"', "x,y"],
      ["1", "two\nlines", ""],
    ]),
  ).toBe('\ufeffa,"say ""hi""","x,y"\r\n1,"two\nlines",\r\n');
});

it("never lets a cell become a formula", () => {
  expect(csv([["=HYPERLINK(1)", "@x", "-1+2", "+447700900123"]])).toBe(
    "\ufeff'=HYPERLINK(1),'@x,'-1+2,+447700900123\r\n",
  );
});
