import { useQuery } from "@tanstack/react-query";
import { Button, Select, Space } from "antd";
import { useTranslation } from "react-i18next";
import type { CustomerCard } from "@/api/model";
import { queries } from "@/api/queries";
import { useMay } from "@/app/session";
import { ProblemNote } from "@/parts/ProblemPage";
import { useChange } from "./useChange";

/** Taking a customer from the public pool, giving it back, and for leaders giving it to somebody. */
export function Ownership({ card }: { card: CustomerCard }) {
  const { t } = useTranslation();
  const choices = useQuery(queries.bookChoices());
  const gives = useMay("assign_customers");
  const change = useChange(card);
  const give = (owner_id: string | null) => change.mutate({ change: { owner_id }, revision: card.revision });
  const me = choices.data?.me;
  return (
    <>
      {change.error ? <ProblemNote error={change.error} /> : null}
      <Space wrap>
        {card.owner ? (
          <Button loading={change.isPending} onClick={() => give(null)}>
            {t("book.giveBack")}
          </Button>
        ) : (
          <Button type="primary" disabled={!me} loading={change.isPending} onClick={() => me && give(me)}>
            {t("book.take")}
          </Button>
        )}
        {gives ? (
          <Select
            aria-label={t("book.give")}
            placeholder={t("book.give")}
            style={{ minWidth: 180 }}
            value={card.owner?.id}
            options={(choices.data?.owners ?? []).map(({ id, name }) => ({ value: id, label: name }))}
            onChange={give}
          />
        ) : null}
      </Space>
    </>
  );
}
