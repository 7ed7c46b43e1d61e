import { MailOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { messageQueries } from "@/api/messages";

interface Props {
  template: string;
  values: Record<string, string>;
}

/** What a call would send where a script is only tried: nothing was sent. */
export function SupposedMessage({ template, values }: Props) {
  const { t } = useTranslation();
  const { data } = useQuery(messageQueries.templates());
  const text = data?.find(({ name }) => name === template)?.usable?.text ?? "";
  const filled = text.replace(/\{(\w+)\}/g, (slot, name: string) => values[name] || slot);
  return (
    <p className="quiet" style={{ whiteSpace: "pre-wrap", marginBlock: 4 }}>
      <MailOutlined aria-hidden /> {t("messages.supposed", { template })}
      {filled ? <q style={{ display: "block" }}>{filled}</q> : null}
    </p>
  );
}
