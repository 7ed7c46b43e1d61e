import type { FormInstance } from "antd";
import { useState } from "react";
import type { Problem } from "@/api/problem";

/** Shows what the server found wrong at the field it concerns; what concerns no field is handed back as `rest`. */
export function useFormProblem<Values>(
  form: FormInstance<Values>,
  fields: readonly (keyof Values & string)[],
) {
  const [rest, setRest] = useState<Problem | null>(null);
  const show = (problem: Problem) => {
    const found = fields.flatMap((name) => {
      const message = problem.faultAt(name) ?? (problem.body.field === name ? problem.message : undefined);
      return message ? [{ name, errors: [message] }] : [];
    });
    form.setFields(found as unknown as Parameters<typeof form.setFields>[0]);
    setRest(found.length > 0 ? null : problem);
  };
  return { rest, show };
}
