import { Alert, Checkbox, Form, type FormInstance, Select } from "antd";
import { useTranslation } from "react-i18next";
import { useMessageOffer } from "@/parts/message-offer";
import { SendsNothingNote } from "@/parts/SendsNothing";
import { useGrades } from "./useGrades";
import type { Wishes } from "./wishes";

const AT = "hang_up_message";

/** Which message follows calls with which grades; greyed, saying why, while none could be sent. */
export function MessageFields({ form }: { form: FormInstance<Wishes> }) {
  const { t } = useTranslation();
  const { usable, why, pays, isPending } = useMessageOffer();
  const chosen = Form.useWatch([AT, "template_id"], form) as string | undefined;
  const grades = useGrades(form);
  const version = usable.find(({ id }) => id === chosen)?.usable;
  return (
    <>
      {why ? <Alert type="info" showIcon style={{ marginBlockEnd: 12 }} title={why} /> : null}
      <SendsNothingNote />
      <Form.Item
        name={[AT, "template_id"]}
        label={t("messages.template")}
        extra={pays === null || pays === undefined ? undefined : t("messages.paysFor", { count: pays })}
      >
        <Select
          allowClear
          disabled={why !== ""}
          loading={isPending}
          placeholder={t("messages.noMessage")}
          options={usable.map(({ id, name }) => ({ value: id, label: name }))}
        />
      </Form.Item>
      {version ? (
        <>
          <p className="quiet" style={{ whiteSpace: "pre-wrap" }}>
            {version.text}
          </p>
          <p className="quiet">{t(`messageKindHint.${version.kind}`)}</p>
          <Form.Item
            name={[AT, "grades"]}
            label={t("messages.grades")}
            rules={[{ required: true, message: t("messages.gradesMissing") }]}
          >
            <Checkbox.Group options={grades} />
          </Form.Item>
        </>
      ) : null}
    </>
  );
}
