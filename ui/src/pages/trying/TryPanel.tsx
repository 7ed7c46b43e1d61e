import { Segmented } from "antd";
import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import { TestChat } from "../designer/chat/TestChat";
import { TestValues } from "../designer/chat/TestValues";
import type { TestChat as Conversation } from "../designer/chat/useChat";
import { testValues } from "../designer/chat/useChat";
import { useDesk } from "../designer/state/DesignContext";
import { meaningLabel, partLabels } from "../designer/words/condition-words";
import { Microphone } from "./Microphone";
import { RingPhone } from "./RingPhone";
import type { Tried } from "./tried";
import styles from "./trying.module.css";

type Way = "write" | "talk" | "ring";

interface Props {
  talk: Conversation;
  /** Told whether the microphone is open. */
  onLive: (live: boolean) => void;
}

/** Trying the script that is drawn: in writing, by microphone, or on one's own phone. */
export function TryPanel({ talk, onLive }: Props) {
  const { t } = useTranslation();
  const { script, content, faults, saver, dispatch } = useDesk();
  const [way, setWay] = useState<Way>("write");
  const tried: Tried = {
    scriptId: script.id,
    variables: testValues(content, talk.typed),
    faults: faults.length,
    grades: Object.keys(content.grades.names),
    labels: partLabels(content),
    settle: () => saver.settle(),
  };
  const onPath = useCallback((path: readonly string[]) => dispatch({ type: "path", path }), [dispatch]);
  return (
    <>
      <Segmented<Way>
        block
        size="small"
        className={styles.ways}
        aria-label={t("trying.way")}
        value={way}
        options={[
          { value: "write", label: t("trying.write") },
          { value: "talk", label: t("trying.talkWay") },
          { value: "ring", label: t("trying.ringWay") },
        ]}
        onChange={setWay}
      />
      {way === "write" ? (
        <TestChat talk={talk} />
      ) : (
        <div className={styles.panel}>
          <TestValues typed={talk.typed} onType={talk.setTyped} />
          {way === "ring" ? (
            <RingPhone tried={tried} />
          ) : (
            <Microphone
              tried={tried}
              label={(intent) => meaningLabel(content, intent)}
              onNode={(name) => dispatch({ type: "goto", name })}
              onPath={onPath}
              onLive={onLive}
            />
          )}
        </div>
      )}
    </>
  );
}
