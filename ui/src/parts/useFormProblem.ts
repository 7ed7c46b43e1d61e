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

/** The words under a field unfold only a moment after they were set. */
const MESSAGE_COMES_MS = 350;

/** A field may be so tall that what is said under it is out of sight. */
const showMessage = () =>
  document.querySelector(".ant-form-item-explain-error")?.scrollIntoView({ block: "nearest" });

/** The form's own field for a place in the body: the field itself, or the one whose value it is part of. */
function placeIn<Values>(form: FormInstance<Values>): (where: string) => (string | number)[] {
  const fields = form.getFieldsError().map(({ name }) => name.map(String).join("."));
  return (where) => {
    const parts = where.split(".");
    const lengths = parts.map((_, index) => parts.length - index);
    const known = lengths.find((length) => fields.includes(parts.slice(0, length).join(".")));
    return parts.slice(0, known ?? parts.length);
  };
}

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
    const named = fieldOf(problem.code, known, problem.faults[0]?.where);
    const fieldAt = placeIn(form);
    const found =
      named !== undefined
        ? [{ name: fieldAt(named), errors: [words(problem)] }]
        : problem.faults
            .map(({ where, message }) => ({
              name: fieldAt(where),
              errors: [rowWords(told(problem, message))],
            }))
            .filter(({ name: [first = ""] }) => known.includes(String(first)));
    form.setFields(found as unknown as Parameters<typeof form.setFields>[0]);
    const [first] = found;
    if (first)
      form.scrollToField(first.name as Parameters<typeof form.scrollToField>[0], {
        block: "center",
        focus: true,
      });
    setTimeout(showMessage, MESSAGE_COMES_MS);
    setRest(found.length > 0 ? null : problem);
  };
  return { rest, show };
}
