import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { isAgainStale } from "../script/asking";
import { type AskNode, type CollectNode, listed, type Node, without } from "../script/content";
import { withNode } from "../script/edit";
import { useDesk } from "../state/DesignContext";
import styles from "./panel.module.css";

interface Props {
  name: string;
  node: AskNode | CollectNode;
}

/** Under a question that was written anew: what it would still be asked as once more. */
export function AgainNote({ name, node }: Props) {
  const { t } = useTranslation();
  const { content, design, edit, whyNot } = useDesk();
  if (!isAgainStale(design.history.past, content, name)) return null;
  return (
    <div className={styles.doubt} role="status">
      <p>
        {t("designer.again.stale")}{" "}
        {listed(node.again).map((text) => (
          <q key={text}>{text}</q>
        ))}
      </p>
      <Button
        size="small"
        disabled={whyNot !== null}
        onClick={() => edit((old) => withNode(old, name, without(node, "again") as Node))}
      >
        {t("designer.again.drop")}
      </Button>
    </div>
  );
}
