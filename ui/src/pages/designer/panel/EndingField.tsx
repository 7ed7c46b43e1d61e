import { Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useEndingWords } from "@/parts/ending-words";
import { type HangUpNode, NAME_PATTERN } from "../script/content";
import { useDesk } from "../state/DesignContext";
import { Field } from "./Field";

const FINISHED = "finished";
const DO_NOT_CALL = "do_not_call";
const USUAL = [FINISHED, DO_NOT_CALL, "not_interested", "wrong_number"];

interface Props {
  node: HangUpNode;
  onChange: (reason: string | undefined) => void;
}

/** Why the call ends at a goodbye: one of the usual reasons, one of the script's, or a name of one's own. */
export function EndingField({ node, onChange }: Props) {
  const { t } = useTranslation();
  const { content } = useDesk();
  const ending = useEndingWords();
  const [sought, setSought] = useState("");
  const value = node.reason ?? FINISHED;
  const given = Object.values(content.nodes).flatMap((one) =>
    one.kind === "hang_up" && one.reason ? [one.reason] : [],
  );
  const known = [...new Set([...USUAL, ...given])];
  const own = sought.trim();
  const isOwn = NAME_PATTERN.test(own) && !known.includes(own);
  const options = known.map((name) => ({ value: name, label: ending(name), title: name }));
  return (
    <Field
      label={t("designer.reason.label")}
      hint={value === DO_NOT_CALL ? t("designer.reason.doNotCall") : t("designer.reason.hint")}
      error={NAME_PATTERN.test(value) ? null : t("designer.name.pattern")}
    >
      {(id) => (
        <Select
          id={id}
          style={{ width: "100%" }}
          value={value}
          options={
            isOwn ? [...options, { value: own, label: t("designer.reason.own", { name: own }) }] : options
          }
          labelRender={() => ending(value)}
          notFoundContent={t("designer.name.pattern")}
          showSearch={{
            onSearch: setSought,
            filterOption: (text, option) =>
              `${option?.value} ${option?.label}`.toLowerCase().includes(text.trim().toLowerCase()),
          }}
          onChange={(reason: string) => onChange(reason === FINISHED ? undefined : reason)}
        />
      )}
    </Field>
  );
}
