import { useMutation, useQueries, useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, App, Button, Form, Radio, Space } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate, useParams } from "react-router";
import { bookQueries, bookRequests } from "@/api/book";
import type { CustomerCard } from "@/api/model";
import { queries } from "@/api/queries";
import { AddressDrawer } from "@/parts/AddressDrawer";
import { PageSkeleton } from "@/parts/PageSkeleton";
import { Phone } from "@/parts/Phone";
import { ProblemNote } from "@/parts/ProblemPage";
import { asLabel } from "@/parts/readable";
import { Time } from "@/parts/Time";
import { usePartWords } from "../usePartWords";
import { mergeBody, type Part, partsOf } from "./together";

function usePartValue() {
  const { data } = useQuery(queries.bookChoices());
  return (key: string, value: string) => {
    if (key === "owner_id") return data?.owners.find(({ id }) => id === value)?.name ?? value;
    return key === "follow_up_at" ? <Time at={value} /> : value;
  };
}

interface ChoiceProps {
  part: Part;
  value: string | undefined;
  choose: (value: string) => void;
}

function Choice({ part, value, choose }: ChoiceProps) {
  const words = usePartWords();
  const show = usePartValue();
  return (
    <Form.Item label={asLabel(words([part.key]))}>
      <Radio.Group
        value={value ?? part.values[0]?.value}
        onChange={({ target }) => choose(target.value)}
        options={part.values.map(({ value: one, from }) => ({
          value: one,
          label: (
            <>
              {show(part.key, one)}{" "}
              <span className="quiet">
                <Phone number={from} />
              </span>
            </>
          ),
        }))}
      />
    </Form.Item>
  );
}

function Choosing({ cards }: { cards: CustomerCard[] }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const [kept, setKept] = useState(cards[0]?.id ?? "");
  const [chosen, setChosen] = useState<Record<string, string>>({});
  const merge = useMutation({
    mutationFn: () => bookRequests.merge(kept, mergeBody(cards, kept, chosen)),
    onSuccess: (card) => {
      client.setQueryData(queries.card(card.id).queryKey, card);
      for (const queryKey of [["book"], ["card"], ["timeline"], ["customers"]])
        void client.invalidateQueries({ queryKey });
      message.success(t("merge.done"));
      navigate(`/customers/${card.id}`);
    },
  });
  return (
    <Form layout="vertical">
      <Form.Item label={t("merge.kept")} extra={t("merge.keptHint")}>
        <Radio.Group value={kept} onChange={({ target }) => setKept(target.value)}>
          <Space orientation="vertical">
            {cards.map((card) => (
              <Radio key={card.id} value={card.id}>
                {card.name || t("customer.unnamed")} <Phone number={card.phone} />
              </Radio>
            ))}
          </Space>
        </Radio.Group>
      </Form.Item>
      {partsOf(cards, kept).map((part) => (
        <Choice
          key={part.key}
          part={part}
          value={chosen[part.key]}
          choose={(value) => setChosen((old) => ({ ...old, [part.key]: value }))}
        />
      ))}
      <p>{t("merge.together")}</p>
      <Alert type="warning" showIcon title={t("merge.forGood")} description={t("merge.forGoodHint")} />
      {merge.error ? <ProblemNote error={merge.error} /> : null}
      <Button
        danger
        type="primary"
        loading={merge.isPending}
        style={{ marginBlockStart: 16 }}
        onClick={() => merge.mutate()}
      >
        {t("merge.do", { count: cards.length })}
      </Button>
    </Form>
  );
}

/** Several customers who are one person: whose card stays, and what it says. */
export function MergeDrawer() {
  const { t } = useTranslation();
  const { ids = "" } = useParams();
  const asked = useQueries({ queries: ids.split(",").map((id) => queries.card(id)) });
  const fields = useQuery(bookQueries.fields());
  const failed = asked.find(({ error }) => error);
  const cards = asked.flatMap(({ data }) => (data ? [data] : []));
  const ready = cards.length === asked.length && fields.data;
  return (
    <AddressDrawer title={t("merge.title")} back="/customers" width={620}>
      {failed?.error ? <ProblemNote error={failed.error} retry={() => void failed.refetch()} /> : null}
      {!ready && !failed ? <PageSkeleton /> : null}
      {ready ? <Choosing cards={cards} /> : null}
    </AddressDrawer>
  );
}
