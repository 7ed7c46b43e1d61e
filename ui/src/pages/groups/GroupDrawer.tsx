import { DeleteOutlined } from "@ant-design/icons";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, InputNumber, Select, Skeleton } from "antd";
import { Fragment, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate, useParams } from "react-router";
import { lineQueries, lineRequests, type PolicyGroup } from "@/api/lines";
import type { Line } from "@/api/model";
import { asProblem } from "@/api/problem";
import { queries } from "@/api/queries";
import { useWhyNot } from "@/app/session";
import { AddressDrawer } from "@/parts/AddressDrawer";
import { ProblemNote } from "@/parts/ProblemPage";
import styles from "./groups.module.css";

const MOST_LINES = 200;
const LOWEST_PRIORITY = 100;

interface Bound {
  id: string;
  name: string;
  priority: number;
}

interface EditorProps {
  bound: readonly Bound[];
  lines: readonly Line[];
  change: (bound: Bound[]) => void;
}

function Editor({ bound, lines, change }: EditorProps) {
  const { t } = useTranslation();
  const others = lines.filter(({ id }) => !bound.some((one) => one.id === id));
  const next = Math.min(Math.max(0, ...bound.map(({ priority }) => priority)) + 1, LOWEST_PRIORITY);
  const set = (id: string, priority: number) =>
    change(bound.map((one) => (one.id === id ? { ...one, priority } : one)));
  return (
    <>
      <div className={styles.bound}>
        {bound.map(({ id, name, priority }) => (
          <Fragment key={id}>
            <InputNumber
              min={1}
              max={LOWEST_PRIORITY}
              precision={0}
              value={priority}
              aria-label={t("group.priorityOf", { name })}
              onChange={(value) => set(id, value ?? 1)}
            />
            <span>{name}</span>
            <Button
              icon={<DeleteOutlined />}
              aria-label={t("group.takeOut", { name })}
              onClick={() => change(bound.filter((one) => one.id !== id))}
            />
          </Fragment>
        ))}
      </div>
      <Select
        value={null}
        showSearch={{ optionFilterProp: "label" }}
        style={{ width: "100%" }}
        aria-label={t("group.add")}
        placeholder={t("group.add")}
        disabled={others.length === 0}
        options={others.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(id: string | null) => {
          const line = others.find((one) => one.id === id);
          if (line) change([...bound, { id: line.id, name: line.name, priority: next }]);
        }}
      />
    </>
  );
}

function useBind(group: PolicyGroup | undefined) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { message } = App.useApp();
  return useMutation({
    mutationFn: (bound: readonly Bound[]) => {
      if (!group) throw new Error("there is no group to change yet");
      return lineRequests.bind(
        group.id,
        bound.map(({ id, priority }) => ({ line_id: id, priority })),
      );
    },
    onSuccess: (changed) => {
      void client.invalidateQueries({ queryKey: ["lines"] });
      message.success(t("group.bound", { name: changed.name }));
      navigate("/policy-groups");
    },
  });
}

/** Which of the company's lines are in a group, and which goes first. */
export function GroupDrawer() {
  const { t } = useTranslation();
  const { groupId = "" } = useParams();
  const groups = useQuery(lineQueries.groups());
  const lines = useQuery(queries.lines({ limit: MOST_LINES }));
  const group = groups.data?.find(({ id }) => id === groupId);
  const [edited, setEdited] = useState<Bound[] | null>(null);
  const bind = useBind(group);
  const whyNot = useWhyNot("change_lines");
  const bound = edited ?? group?.lines ?? [];
  return (
    <AddressDrawer
      title={group?.name ?? t("menu.policyGroups")}
      back="/policy-groups"
      problem={bind.isError ? asProblem(bind.error) : null}
      footer={
        <Button
          type="primary"
          loading={bind.isPending}
          disabled={whyNot !== null || edited === null}
          onClick={() => bind.mutate(bound)}
        >
          {t("group.save")}
        </Button>
      }
    >
      <p>{t("group.order")}</p>
      {lines.error ? <ProblemNote error={lines.error} retry={() => void lines.refetch()} /> : null}
      {group && lines.data ? (
        <Editor bound={bound} lines={lines.data.items} change={setEdited} />
      ) : lines.error ? null : (
        <Skeleton active />
      )}
      {whyNot ? <p className="quiet">{whyNot}</p> : null}
    </AddressDrawer>
  );
}
