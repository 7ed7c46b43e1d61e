import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Space } from "antd";
import { useTranslation } from "react-i18next";
import { type Case, type ConditionNode, UNCONNECTED } from "../script/content";
import { withNode } from "../script/edit";
import { waysOf } from "../script/ways";
import { useDesk } from "../state/DesignContext";
import { ConditionEditor } from "./ConditionEditor";
import { Group } from "./Field";
import styles from "./panel.module.css";
import { TargetSelect } from "./TargetSelect";

const swapped = (cases: Case[], index: number, other: number): Case[] => {
  const next = [...cases];
  const [one, two] = [next[index], next[other]];
  if (one && two) {
    next[index] = two;
    next[other] = one;
  }
  return next;
};

/** The ways out of a condition, asked one after the other. */
export function CaseFields({ name, node }: { name: string; node: ConditionNode }) {
  const { t } = useTranslation();
  const { edit, whyNot } = useDesk();
  const { cases } = node;
  const ways = waysOf(node);
  const put = (next: Case[], key = "") =>
    edit((content) => withNode(content, name, { ...node, cases: next }), key);
  return (
    <Group title={t("designer.cases.title")} hint={t("designer.cases.hint")}>
      <div style={{ marginBlockStart: 8 }}>
        {cases.map((one, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a case is known by its place
          <div key={index} className={styles.case}>
            <div className={styles.caseHead}>
              {t("designer.cases.number", { number: index + 1 })}
              <Space size={0}>
                <Button
                  size="small"
                  type="text"
                  disabled={index === 0}
                  icon={<ArrowUpOutlined />}
                  aria-label={t("designer.order.up")}
                  onClick={() => put(swapped(cases, index, index - 1))}
                />
                <Button
                  size="small"
                  type="text"
                  disabled={index === cases.length - 1}
                  icon={<ArrowDownOutlined />}
                  aria-label={t("designer.order.down")}
                  onClick={() => put(swapped(cases, index, index + 1))}
                />
                <Button
                  size="small"
                  type="text"
                  disabled={cases.length === 1}
                  icon={<DeleteOutlined />}
                  aria-label={t("designer.cases.remove", { number: index + 1 })}
                  onClick={() => put(cases.filter((_, place) => place !== index))}
                />
              </Space>
            </div>
            <ConditionEditor
              when={one.when}
              afterwards={false}
              onChange={(when) =>
                put(
                  cases.map((old, place) => (place === index ? { ...old, when } : old)),
                  `${name}.case.${index}`,
                )
              }
            />
            <div style={{ marginBlockStart: 8 }}>
              <TargetSelect
                label={t("designer.target.of", { way: t("designer.cases.number", { number: index + 1 }) })}
                source={name}
                way={`case:${index}`}
                target={ways[index]?.target ?? ""}
              />
            </div>
          </div>
        ))}
      </div>
      <Button
        size="small"
        icon={<PlusOutlined />}
        disabled={whyNot !== null}
        onClick={() => put([...cases, { when: {}, next: UNCONNECTED }])}
      >
        {t("designer.cases.add")}
      </Button>
    </Group>
  );
}
