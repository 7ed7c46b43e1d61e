import { DeleteOutlined, EditOutlined, MoreOutlined, PlusOutlined } from "@ant-design/icons";
import { App, Button, Dropdown, Input, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "./Designer.module.css";
import { MAIN, nodesIn } from "./script/content";
import { addFlow, removeFlow } from "./script/edit";
import { useDesk } from "./state/DesignContext";

/** What is being named: another flow, or one there is. */
type Naming = { flow: string | null; label: string } | null;

function FlowMenu({ flow, onRename }: { flow: string; onRename: () => void }) {
  const { t } = useTranslation();
  const { content, edit } = useDesk();
  const { modal } = App.useApp();
  const label = content.flows?.[flow]?.label ?? flow;
  const remove = () =>
    modal.confirm({
      title: t("designer.flows.removeTitle", { label }),
      content: t("designer.flows.removeText", { count: nodesIn(content, flow).length }),
      okText: t("designer.flows.remove"),
      okButtonProps: { danger: true },
      focusable: { autoFocusButton: "cancel" },
      cancelText: t("designer.cancel"),
      onOk: () => edit((old) => removeFlow(old, flow)),
    });
  return (
    <Dropdown
      trigger={["click"]}
      menu={{
        items: [
          { key: "rename", icon: <EditOutlined />, label: t("designer.flows.rename"), onClick: onRename },
          {
            key: "remove",
            icon: <DeleteOutlined />,
            danger: true,
            label: t("designer.flows.remove"),
            onClick: remove,
          },
        ],
      }}
    >
      <Button
        size="small"
        type="text"
        icon={<MoreOutlined />}
        aria-label={t("designer.flows.more", { label })}
      />
    </Dropdown>
  );
}

/** The flows of the script, the main one first. */
export function FlowTabs() {
  const { t } = useTranslation();
  const { content, design, dispatch, edit, faults, whyNot } = useDesk();
  const [naming, setNaming] = useState<Naming>(null);
  const flows = [
    { flow: MAIN, label: t("designer.flows.main") },
    ...Object.entries(content.flows ?? {}).map(([flow, { label }]) => ({ flow, label })),
  ];
  const here = flows.find(({ flow }) => flow === design.flow);
  const faultsIn = (flow: string) =>
    faults.filter(({ node }) => node && (content.nodes[node]?.flow ?? MAIN) === flow).length;
  const settle = () => {
    const label = naming?.label.trim();
    if (!naming || !label) return;
    const { flow } = naming;
    if (flow === null) {
      const added = addFlow(content, label);
      edit(() => added.content);
      dispatch({ type: "flow", flow: added.name });
    } else {
      edit((old) => {
        const found = old.flows?.[flow];
        return found ? { ...old, flows: { ...old.flows, [flow]: { ...found, label } } } : old;
      });
    }
    setNaming(null);
  };
  return (
    <div className={styles.flows}>
      <div className={styles.flowTabs} role="tablist" aria-label={t("designer.flows.name")}>
        {flows.map(({ flow, label }) => (
          <button
            key={flow}
            type="button"
            role="tab"
            aria-selected={flow === design.flow}
            className={`${styles.flowButton} ${flow === design.flow ? styles.flowHere : ""}`}
            onClick={() => dispatch({ type: "flow", flow })}
          >
            {label}
            {faultsIn(flow) > 0 ? <span className={styles.flowFaults}>{faultsIn(flow)}</span> : null}
          </button>
        ))}
      </div>
      {here && here.flow !== MAIN && whyNot === null ? (
        <FlowMenu flow={here.flow} onRename={() => setNaming(here)} />
      ) : null}
      <Button
        size="small"
        type="text"
        icon={<PlusOutlined />}
        disabled={whyNot !== null}
        aria-label={t("designer.flows.add")}
        title={t("designer.flows.add")}
        onClick={() => setNaming({ flow: null, label: "" })}
      />
      <Modal
        open={naming !== null}
        title={t(naming?.flow === null ? "designer.flows.add" : "designer.flows.rename")}
        okText={t("designer.flows.save")}
        cancelText={t("designer.cancel")}
        okButtonProps={{ disabled: !naming?.label.trim() }}
        onOk={settle}
        onCancel={() => setNaming(null)}
        destroyOnHidden
      >
        <Input
          autoFocus
          maxLength={120}
          value={naming?.label ?? ""}
          placeholder={t("designer.flows.example")}
          aria-label={t("designer.flows.label")}
          onChange={(event) => naming && setNaming({ ...naming, label: event.target.value })}
          onPressEnter={(event) => {
            // Else the key also presses what the focus returns to when the dialog closes, which opens it anew.
            event.preventDefault();
            settle();
          }}
        />
      </Modal>
    </div>
  );
}
