import type { FormInstance } from "antd";
import { useState } from "react";
import type { Problem } from "@/api/problem";
import { fieldOf, useFaultWords } from "./fault-words";
import { useRowFaultWords } from "./row-fault-words";

const told = ({ body }: Problem, reason: string) => ({
  code: String(body.fault ?? ""),
  fields: body,
  reason,
});

/** Shows what the server found wrong at the field it concerns; what concerns no field is handed back as `rest`. */
export function useFormProblem<Values>(
  form: FormInstance<Values>,
  fields: readonly (keyof Values & string)[],
) {
  const [rest, setRest] = useState<Problem | null>(null);
  const words = useFaultWords();
  const rowWords = useRowFaultWords();
  const show = (problem: Problem) => {
    const known: readonly string[] = fields;
    const named = fieldOf(problem.code, known);
    const found =
      named !== undefined
        ? [{ name: [named], errors: [words(problem)] }]
        : problem.faults
            .map(({ where, message }) => ({
              name: where.split("."),
              errors: [rowWords(told(problem, message))],
            }))
            .filter(({ name: [first = ""] }) => known.includes(first));
    form.setFields(found as unknown as Parameters<typeof form.setFields>[0]);
    const [first] = found;
    if (first)
      form.scrollToField(first.name as Parameters<typeof form.scrollToField>[0], {
        block: "center",
        focus: true,
      });
    setRest(found.length > 0 ? null : problem);
  };
  return { rest, show };
}
