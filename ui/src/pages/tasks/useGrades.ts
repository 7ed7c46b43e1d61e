import { useQuery } from "@tanstack/react-query";
import { Form, type FormInstance } from "antd";
import { queries } from "@/api/queries";
import type { Wishes } from "./wishes";

/** The grades of the chosen script, best first. */
export function useGrades(form: FormInstance<Wishes>): string[] {
  const scriptId = Form.useWatch("script_id", form) ?? "";
  const { data } = useQuery({ ...queries.script(scriptId), enabled: scriptId !== "" });
  return data?.grades ?? [];
}
